"""What the stretches of text in a chapter of a book are, by the elements they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from indexer.read.blocks import Labelled, Written
from indexer.read.html_page import Page
from indexer.read.html_signs import is_code, unseen
from indexer.read.html_tree import Element
from indexer.read.preformatted import pieces

_SAID = {  # by epub:type or role, without the "doc-" that roles begin with
    **dict.fromkeys(("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes"), "footnote"),
    **dict.fromkeys(("bibliography", "biblioentry"), "references"),
    **dict.fromkeys(("pagebreak", "page-break"), "running"),
}
_APART = frozenset(  # parts of a book that are not its text
    "colophon contributors copyright-page imprint imprimatur index landmarks loa loi lot lov other-credits page-list "
    "pagelist seriespage toc toc-brief".split()
)
_TITLE_PAGES = frozenset({"cover", "halftitlepage", "title-page", "titlepage"})
_LONGEST_LINE = 300  # characters on a title page; what is longer is an abstract
_LONGEST_PART = 5000  # characters; a whole book in one file can begin with its cover
_ITEMS = frozenset({"li", "dt", "dd"})


class _Label(NamedTuple):
    """What text is."""

    kind: str = "prose"
    level: int = 0  # of a heading, from 1


_OTHER = _Label("other")
_LINE = _Label("line of a title page")
_ELEMENTS = {f"h{level}": _Label("heading", level) for level in range(1, 7)}
_ELEMENTS |= {
    "tr": _Label("row"),
    "figcaption": _Label("caption"),
    "caption": _Label("caption"),
    "nav": _OTHER,
}


def labelled(page: Page, part: str = "") -> Iterator[Written]:
    """The text of a chapter, stretch by stretch; `part` is what the book says the whole chapter is."""
    labels: dict[Element, _Label] = {}
    short = sum(len(stretch.text) for stretch in page.stretches) <= _LONGEST_PART
    for stretch in page.stretches:
        links = 2 * stretch.linked > len(stretch.text)
        apart = links if part == "toc" else short and part in _APART | _TITLE_PAGES
        label = _OTHER if apart else _label(stretch.element, labels)
        if label == _LINE:
            label = _OTHER if len(stretch.text) <= _LONGEST_LINE else _Label()
        kind = "columns" if label.kind == "row" and stretch.is_head else label.kind
        given = Labelled(kind, stretch.text, label.level or int(stretch.is_first))
        for piece in pieces(given, is_set=stretch.element.preformatted):
            yield Written(piece.kind, piece.text.text, piece.level)


def _label(element: Element, labels: dict[Element, _Label]) -> _Label:
    """What text in an element is; `labels` are those of elements already met."""
    unmet: list[Element] = []
    label = _Label()
    for outer in element.lineage():
        if outer in labels:
            label = labels[outer]
            break
        unmet.append(outer)
    for inner in reversed(unmet):
        label = labels[inner] = _within(inner, label)
    return label


def _within(element: Element, around: _Label) -> _Label:
    """What text in an element is, when around it is something else: the innermost that says so counts."""
    said = _said(element)
    if around == _OTHER or not _APART.isdisjoint(said) or unseen(element):
        return _OTHER
    if around == _LINE or not _TITLE_PAGES.isdisjoint(said):
        return _LINE
    special = next((_SAID[word] for word in said if word in _SAID), "")
    if special:
        return _Label(special)
    if element.name in _ITEMS and around.kind == "prose":
        return _Label("item")
    if element.name == "pre" and is_code(element):
        return _Label("code")
    return _ELEMENTS.get(element.name, around)


def _said(element: Element) -> list[str]:
    """What an element's epub:type and role say it is."""
    given = f"{element.attributes.get('epub:type', '')} {element.attributes.get('role', '')}".lower()
    return [word.removeprefix("doc-") for word in given.split()]
