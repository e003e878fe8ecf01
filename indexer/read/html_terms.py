"""Terms and what is said of them (`dl`, `dt`, `dd`) -> rows of a table, or headings where much is said of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from indexer.read.blocks import is_question, joined
from indexer.read.html_tables import Stretch
from indexer.read.html_tree import HEADINGS, Element
from indexer.read.tables import LONGEST_CELL, row

_LONGEST_TERM = 200  # characters of a heading
_PARTS = frozenset({*HEADINGS, "blockquote", "details", "figure", "li", "pre", "summary", "tr"})
_LETTER = re.compile(r"[^\W\d_]")
_HEADS = "h6"


@dataclass(slots=True)
class _List:
    """A list of terms."""

    terms: dict[Element, list[str]] = field(default_factory=dict)  # the texts of each `dt`
    said: dict[Element, int] = field(default_factory=dict)  # the characters of each `dd`
    has_parts: bool = False  # what is said holds lists, code, tables or other terms
    has_headings: bool = False  # a term is a heading by itself

    def is_told(self) -> bool:
        """True when terms are told from what is said of them: short, in words, and something is said."""
        texts = [" ".join(texts) for texts in self.terms.values()]
        short = all(len(text) <= _LONGEST_TERM and _LETTER.search(text) for text in texts)
        return bool(texts and self.said) and short and not self.has_headings

    def is_table(self) -> bool:
        """True when so little is said of each term that it fits into a cell."""
        asks = any(is_question(text) for texts in self.terms.values() for text in texts)
        return not (asks or self.has_parts) and all(size <= LONGEST_CELL for size in self.said.values())


def terms(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The stretches, each term with what is said of it in a row, or as its heading."""
    lists = _lists(stretches)
    for inner, group in groupby(stretches, key=lambda stretch: _list_of(stretch.element.entry)):
        found = lists.get(inner) if inner else None
        if not (inner and found and found.is_told()):
            yield from group
        elif found.is_table():
            yield from _rows(inner, list(group))
        else:
            yield from _headed(inner, group)


def _lists(stretches: Iterable[Stretch]) -> dict[Element, _List]:
    """What stands in each list."""
    lists: dict[Element, _List] = {}
    for stretch in stretches:
        entry = stretch.element.entry
        inner = _list_of(entry)
        if not (entry and inner):
            continue
        if inner not in lists:
            lists[inner] = _List()
            if (around := _list_of(inner.entry)) and inner.entry:
                lists.setdefault(around, _List()).said.setdefault(inner.entry, 0)
                lists[around].has_parts = True
        found = lists[inner]
        inside = {element.name for element in _up_to(stretch.element, entry)}
        if entry.name == "dt":
            found.terms.setdefault(entry, []).append(stretch.text.text)
            found.has_headings = found.has_headings or not inside.isdisjoint(_PARTS)
        else:
            found.said[entry] = found.said.get(entry, 0) + len(stretch.text)
            found.has_parts = found.has_parts or not inside.isdisjoint(_PARTS)
    return lists


def _up_to(element: Element, entry: Element) -> Iterator[Element]:
    """The elements from one out to a `dt` or `dd` that it stands in."""
    for outer in element.lineage():
        if outer is entry:
            return
        yield outer


def _list_of(entry: Element | None) -> Element | None:
    """The list that a `dt` or `dd` is an entry of; a `div` may stand between."""
    outer = entry.parent if entry else None
    outer = outer.parent if outer and outer.name == "div" else outer
    return outer if outer and outer.name == "dl" else None


def _rows(inner: Element, stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Each term of a list with what is said of it, as a row of a table."""
    begins = True
    for pair in _pairs(stretches):
        heads = [stretch for stretch in pair if stretch.element.entry and stretch.element.entry.name == "dt"]
        behind = pair[len(heads) :]
        said = [joined((one.text for one in cell), " ") for _, cell in groupby(behind, lambda one: one.element.entry)]
        text = row([joined((one.text for one in heads), ", "), *said])
        yield Stretch(inner.child("tr", {}), text, sum(one.linked for one in pair), is_first=begins)
        begins = False


def _pairs(stretches: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """The terms, those in a row together, each with what is said of it."""
    pair: list[Stretch] = []
    for before, stretch in zip((None, *stretches), stretches, strict=False):
        begins = _is_term(stretch) and not (before and _is_term(before))
        if begins and pair:
            yield pair
            pair = []
        pair.append(stretch)
    yield pair


def _is_term(stretch: Stretch) -> bool:
    return stretch.element.entry is not None and stretch.element.entry.name == "dt"


def _headed(inner: Element, stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches of a list, terms in a row as one heading."""
    for is_term, group in groupby(stretches, key=_is_term):
        if is_term:
            heads = list(group)
            text = joined((one.text for one in heads), ", ")
            yield Stretch(inner.child(_HEADS, {}), text, sum(one.linked for one in heads))
        else:
            yield from group
