"""HTML -> the text a reader sees, stretch by stretch, each character with its place in the page.

A stretch is the text between two block boundaries. It knows the innermost element that holds all of it, so that what
it is can be told from there. Only scripts, styles and the tools beside headings are left out; what else is no content
is told apart later, by labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.aligned import AlignedText, Run
from indexer.read.html_marks import is_mark
from indexer.read.html_markup import Token, attributes, pieces, tokens
from indexer.read.html_rows import set_rows
from indexer.read.html_tables import Stretch, rows
from indexer.read.html_terms import terms
from indexer.read.html_tree import BLOCK, Element, OpenElements, common
from indexer.read.raised import raised

_SAYS = frozenset({"meta", "link", "base", "time"})

# Raised numbers right behind a mark are of sources, and no part of the text, be they links or not.
_CITED = re.compile(r"\s*\[?\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\]?\s*")
_BEFORE = re.compile(r"[^\W\d_][)\]”’]?[.,;:!?]?”?\Z(?<=[.,;:!?”])")  # a source; behind a digit it is part of a price


class TooManyStretchesError(Exception):
    """A page has more stretches of text than can be labelled in good time."""


@dataclass(slots=True)
class Page:
    """What a page shows, and what it says about itself."""

    stretches: list[Stretch] = field(default_factory=list)
    title: str = ""
    says: list[tuple[str, dict[str, str]]] = field(default_factory=list)  # meta, link, base, time elements
    scripts: list[str] = field(default_factory=list)  # JSON-LD, as written


def page(html: str, limit: int) -> Page:
    """The page's text and what it says about itself; TooManyStretchesError when it has over `limit` stretches."""
    walk = _Walk(html, limit)
    for token in tokens(html):
        walk.take(token)
    walk.end()
    in_rows = list(rows(walk.page.stretches))
    with_terms = list(terms(in_rows))
    walk.page.stretches = list(set_rows(with_terms))
    return walk.page


class _Walk:
    """A walk over the tokens of a page."""

    def __init__(self, html: str, limit: int) -> None:
        self.html = html
        self.limit = limit
        self.page = Page()
        self.open = OpenElements()
        self.raised = False  # what comes stands in a superscript
        self.begin()

    def begin(self) -> None:
        """Begin a stretch."""
        self.element = self.open.innermost
        self.parts: list[str] = []
        self.runs: list[Run] = []
        self.linked = 0
        self.broken = False  # a line break stands after the last text

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind == "text":
            self._text(token)
            return
        if token.name == "sup" or token.name in BLOCK:
            self.raised = token.kind == "open" and token.name == "sup"
        if token.kind == "raw":
            self._raw(token)
        elif token.kind == "close":
            self._boundary(token.name)
            self.open.close(token.name)
        elif token.name == "br":
            self._line_break()
        else:
            self._opening(token)

    def end(self) -> None:
        """End the stretch, and begin another."""
        text = AlignedText.build("".join(self.parts), self.runs) if self.parts else None
        if text and text.text.strip():
            text = _from_first_line(text) if self.element.preformatted else text.stripped()
            self.page.stretches.append(Stretch(self.element, text, min(self.linked, len(text))))
            if len(self.page.stretches) > self.limit:
                raise TooManyStretchesError(self.limit)
        self.begin()

    def _boundary(self, name: str) -> None:
        if name in BLOCK:
            self.end()

    def _opening(self, token: Token) -> None:
        self._boundary(token.name)
        found = attributes(token.attributes) if token.attributes else {}
        if token.name in _SAYS:
            self.page.says.append((token.name, found))
        self.open.open(token.name, found, is_mark=is_mark(self.html, token, found))

    def _raw(self, token: Token) -> None:
        """Keep the first title, and scripts that hold data for search engines."""
        if token.name == "title" and not self.page.title:
            self.page.title = "".join(piece[0] for piece in pieces(self.html, token.start, token.end)).strip()
        elif token.name == "script" and "ld+json" in token.attributes.lower():
            self.page.scripts.append(self.html[token.start : token.end])

    def _line_break(self) -> None:
        """One line break is part of a paragraph; two in a row end it."""
        if self.broken:
            self.end()
        self.broken = bool(self.parts)

    def _text(self, token: Token) -> None:
        element = self.open.innermost
        if element.tool:
            return
        kept = element.preformatted
        before = ""
        if self.raised and self.parts:
            before = "".join(self.parts[-3:])
            if _BEFORE.search(before[-4:]) and not element.link and _CITED.fullmatch(self.html, token.start, token.end):
                return
        for characters, start, end in pieces(self.html, token.start, token.end, kept):
            if before:
                characters = raised(characters, before)
            if not kept and characters[0] == " " and self._after_space():
                characters, start = characters[1:], start + 1
            if not characters:
                continue
            if self.broken:
                self._add("\n", start, start, element)
                self.broken = False
            self._add(characters, start, end, element)

    def _after_space(self) -> bool:
        """True where a reader would not see another space."""
        return self.broken or not self.parts or self.parts[-1][-1] in " \n"

    def _add(self, characters: str, start: int, end: int, element: Element) -> None:
        """Add characters of the source that stand in an element."""
        if element is not self.element:
            self.element = common(self.element, element) if self.parts else element
        self.parts.append(characters)
        self.runs.append((len(characters), start, end))
        if element.link:
            self.linked += len(characters)


def _from_first_line(text: AlignedText) -> AlignedText:
    """Code from its first line that is not empty, indented as it is, without white space at its end."""
    before = text.text[: len(text.text) - len(text.text.lstrip())]
    first = 1 + max(map(before.rfind, "\n\r"))
    return text[first : len(text.text.rstrip())]
