"""Rows that a page sets with `div`s in place of a table: several alike in a row, each of a few short parts.

What is mostly sentences is none: so are the lines of a play or a poem set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from indexer.read.html_tables import Stretch
from indexer.read.html_tree import BLOCK, HEADINGS, Element
from indexer.read.tables import row

_LEAST, _MOST = 2, 6  # cells of a row
_ROWS = 3  # alike in a row at least
_LONGEST = 60  # characters of a cell
_NEAR = 4  # elements around a cell's text up to its block
_HOLDERS = frozenset({"div", "section"})
_SENTENCE_ENDS = (".", "!", "?", "…")
_NO_CELLS = frozenset({*HEADINGS, "button", "dd", "dt", "li", "pre", "td", "th", "tr"})


def set_rows(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches, those of one such row as one."""
    groups = [(outer, list(group)) for outer, group in groupby(stretches, key=_row)]
    at = 0
    while at < len(groups):
        alike = _alike(groups, at)
        are_rows = alike >= _ROWS and not _are_sentences([one for _, group in groups[at : at + alike] for one in group])
        for outer, group in groups[at : at + max(alike, 1)]:
            if are_rows and outer:
                text = row(stretch.text for stretch in group)
                is_first = outer is groups[at][0]
                yield Stretch(outer.child("tr", {}), text, sum(one.linked for one in group), is_first=is_first)
            else:
                yield from group
        at += max(alike, 1)


def _alike(groups: Sequence[tuple[Element | None, list[Stretch]]], at: int) -> int:
    """How many rows alike begin with a group."""
    outer, first = groups[at]
    if not outer or not _LEAST <= len(first) <= _MOST:
        return 0
    count = 0
    for other, group in islice(groups, at, None):
        if not (
            other and other.parent is outer.parent and other.attributes.get("class") == outer.attributes.get("class")
        ):
            break
        if len(group) != len(first) or not all(_is_cell(stretch, other) for stretch in group):
            break
        count += 1
    return count


def _are_sentences(stretches: Sequence[Stretch]) -> bool:
    """True when more than half of them end as sentences do."""
    return 2 * sum(one.text.text.endswith(_SENTENCE_ENDS) for one in stretches) > len(stretches)


def _is_cell(stretch: Stretch, outer: Element) -> bool:
    """True for short text in an element of its own."""
    return len(stretch.text) <= _LONGEST and "\n" not in stretch.text.text and _block(stretch.element) is not outer


def _row(stretch: Stretch) -> Element | None:
    """What may be the row that a stretch stands in as a cell."""
    block = _block(stretch.element)
    if not block or block.name in _NO_CELLS or stretch.element.cell or stretch.element.entry:
        return None
    outer = block.parent
    return outer if outer and outer.name in _HOLDERS else None


def _block(element: Element) -> Element | None:
    """The block that an element is or stands in."""
    return next((outer for outer in islice(element.lineage(), _NEAR) if outer.name in BLOCK), None)
