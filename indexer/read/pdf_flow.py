"""Paragraphs that go on over the end of a column or page, or around a figure, put together again.

What stands between the two pieces (a caption, rows, footnotes) comes after the paragraph. A formula in a sentence stays
in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.read.pdf_blocks import BULLET, ENDED, NUMBERED, Part, joined, word_count
from indexer.records import Span

_FLOWING = frozenset({"prose", "item", "references"})
_STOPPING = frozenset({"heading", "title"})
_SAME_SIZE = 0.06  # of the size
_FULL, _INDENT = 1.0, 0.7  # type sizes that a full line may lack, and that an indented one stands in
_CLOSE = 1.6  # type sizes between base lines of one paragraph
_LABEL_WORDS, _LINE_WORDS = 3, 8  # at most, in each of several lines and in a single one
_NARROW = 0.6  # of the column's width
_OPEN = 12  # parts looked back at: a table's notes or a chart's boxes may stand between
_FAR = 2  # pages: one full of figures may stand between
_FORMULA_WORDS = 0.34  # of a formula's words are words, at most
_HANGING = re.compile(r"[,\x02-]$|\b(?:and|or|of|the|an?|in|to|for|with|by|from|at|on|as|is|are|was|were|that)$")
_WORD = re.compile(r"[^\W\d_]{3,}")


def flowing(parts: list[Part], original: str) -> list[Part]:
    """The parts with the pieces of broken paragraphs joined."""
    indents = _indents(parts)
    found: list[Part] = []
    open_ones: list[int] = []  # where flowing parts stand that nothing has stopped
    for part in parts:
        if part.kind in _STOPPING:
            open_ones.clear()
        at = next((at for at in _beginnings(found, open_ones, part) if _goes_on(found[at], part, indents)), None)
        if at is not None:
            found[at] = _together(found[at], part, original)
            continue
        if part.kind in _FLOWING and not _is_label(part):
            open_ones.append(len(found))
        found.append(part)
    return [replace(part, kind="other") if _is_formula(part) else part for part in found]


def _beginnings(found: list[Part], open_ones: list[int], part: Part) -> Iterator[int]:
    """Where the parts stand that `part` may go on: the last one like it, or an item, whose other half looks like prose.

    A formula is of any size.
    """
    for at in reversed(open_ones[-_OPEN:]):
        alike = abs(found[at].size - part.size) <= _SAME_SIZE * part.size or _is_formula(part)
        if found[at].kind == part.kind and alike:
            yield at
            return
        if (
            (found[at].kind, part.kind) == ("item", "prose")
            and part.text.text[:1].islower()
            and _moved(found[at], part)
        ):
            yield at


def _indents(parts: list[Part]) -> bool:
    """True when the document's paragraphs are told by indented first lines."""
    long = [part for part in parts if part.kind == "prose" and len(part.lines) > 2]
    return sum(_is_indented(part) for part in long) > 0.3 * len(long)


def _is_indented(part: Part) -> bool:
    """True when the first line stands in."""
    left = part.lines[1].left if len(part.lines) > 1 else part.column[1]
    return part.lines[0].left - left > _INDENT * part.size


def _goes_on(part: Part, after: Part, indents: bool) -> bool:
    """True when `after` goes on where `part` stops."""
    text, more = part.text.text, after.text.text
    if after.page - part.page > _FAR:
        return False
    if part.kind == "references":
        return _entry_goes_on(part, after)
    if _is_formula(after) and part.column[0] == after.column[0]:
        return not ENDED.search(text) or text.endswith(":")
    if _starts_item(part, more):
        return False
    if not ENDED.search(text):
        return (
            _starts_inside(more, part)
            or bool(_HANGING.search(text))
            or (_carried(part, after) and _is_full(part) and not _is_indented(after))
        )
    moved_on = _moved(part, after) and indents and _is_full(part) and not _is_indented(after)
    return part.kind == "prose" and moved_on and not NUMBERED.match(more)


def _starts_item(part: Part, more: str) -> bool:
    """True when text starts with a bullet, or with a number after an item."""
    return bool(BULLET.match(more) or (part.kind == "item" and NUMBERED.match(more)))


def _starts_inside(more: str, part: Part) -> bool:
    """True when text starts as no sentence does; a number may, behind a full line."""
    number = more[:1].isdigit() or more[:1] == "("
    return more[:1].islower() or (number and _is_full(part) and not NUMBERED.match(more))


def _entry_goes_on(part: Part, after: Part) -> bool:
    """True when a list of numbered references goes on without a number, or an entry stops in mid-air."""
    if not _moved(part, after):
        return len(part.lines) == 1 and after.lines[0].left - part.lines[0].left > _INDENT * part.size
    if NUMBERED.match(part.text.text):
        return not NUMBERED.match(after.text.text)
    return after.text.text[:1].islower() or not ENDED.search(part.text.text)


def _moved(part: Part, after: Part) -> bool:
    """True when a page or column ends between two parts: the second one stands higher than the first one ends."""
    return part.page != after.page or after.lines[0].base < part.lines[-1].base


def _carried(part: Part, after: Part) -> bool:
    """True when the next line after a part is the first of the other: up in a new column, or below, beyond a figure."""
    step = after.lines[0].base - part.lines[-1].base
    return _moved(part, after) or (part.column[0] != after.column[0] and step < _CLOSE * part.size)


def _is_full(part: Part) -> bool:
    """True when the last line reaches the right edge of its column."""
    return part.column[2] - part.lines[-1].right < _FULL * part.size


def _is_label(part: Part) -> bool:
    """True for a few words as figures and feet have: what stood before them goes on behind them."""
    few = all(word_count(line) <= _LABEL_WORDS for line in part.text.text.split("\n"))
    narrow = part.lines[0].width < _NARROW * (part.column[2] - part.column[1])
    alone = len(part.lines) == 1 and part.words <= _LINE_WORDS and narrow
    return part.kind == "prose" and (few or alone) and not ENDED.search(part.text.text)


def _is_formula(part: Part) -> bool:
    """True when few of the words are words."""
    words = part.text.text.split()
    known = sum(bool(_WORD.search(word)) for word in words)
    return part.kind == "prose" and len(part.lines) <= 4 and known <= _FORMULA_WORDS * len(words)


def _together(part: Part, after: Part, original: str) -> Part:
    """Two pieces as one part, which goes on from where the second one stands."""
    text = joined((part.text, after.text), original)
    return replace(after, lines=part.lines + after.lines, text=text, kind=part.kind)


def spans(parts: list[Part]) -> list[Span]:
    """Where each part stands when all are joined by blank lines."""
    found: list[Span] = []
    start = 0
    for part in parts:
        found.append(Span(start, start + len(part.text)))
        start = found[-1].end + 2
    return found
