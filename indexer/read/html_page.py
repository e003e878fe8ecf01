"""HTML -> the text a reader sees, stretch by stretch, each character with its place in the page.

A stretch is the text between two block boundaries. It knows the innermost element that holds all of it, so that what
it is can be told from there. Only scripts, styles and the tools beside headings are left out; what else is no content
is told apart later, by labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from indexer.aligned import AlignedText, Run
from indexer.read.blocks import joined
from indexer.read.html_markup import Token, attributes, pieces, tokens
from indexer.read.html_tree import BLOCK, BOLD, HEADINGS, Element, OpenElements, common
from indexer.read.tables import LONGEST_CELL, Cell, Grid, Place, Rows

_SAYS = frozenset({"meta", "link", "base", "time"})
_HEADINGS = frozenset(HEADINGS)


class TooManyStretchesError(Exception):
    """A page has more stretches of text than can be labelled in good time."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text between two block boundaries."""

    element: Element  # the innermost that holds all of the text
    text: AlignedText  # not empty, no white space at its ends but for tabs before the first cell of a row
    linked: int = 0  # characters in links
    is_head: bool = False  # a row of heads of a table's columns
    is_first: bool = False  # the first row of a table


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
    walk.page.stretches = list(rows(walk.page.stretches))
    return walk.page


def rows(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, the cells of a table's row joined by tabs; tables that lay out a page stay in pieces."""
    last: Grid | None = None
    for grid, group in groupby(stretches, key=_grid):
        if grid is None:
            yield from group
        else:
            yield from _table([list(row) for _, row in groupby(group, key=_row)], begins=grid is not last)
            last = grid


def _grid(stretch: Stretch) -> Grid | None:
    """The table in a row of which a stretch stands."""
    row = _row(stretch)
    return row.grid if row else None


def _row(stretch: Stretch) -> Element | None:
    """The row that a stretch stands in."""
    row = stretch.element.cell.parent if stretch.element.cell else None
    return row if row and row.name == "tr" else None


def _table(table: list[list[Stretch]], *, begins: bool) -> Iterator[Stretch]:
    """The rows of a table with more than one column, each one stretch; of others what there is in them."""
    made = Rows()
    is_wide = any(len({stretch.element.cell for stretch in row}) > 1 for row in table)
    for stretches in table:
        cells = [_cell(list(cell)) for _, cell in groupby(stretches, key=lambda stretch: stretch.element.cell)]
        row = _row(stretches[0])
        if row and is_wide and not _lays_out(stretches, cells, is_alone=len(table) == 1):
            are_heads = _are_heads(row, stretches, is_first=begins and len(table) > 1)
            text = made.text(cells, cells[0].place.row, are_heads=are_heads)
            yield Stretch(row, text, sum(stretch.linked for stretch in stretches), are_heads, begins)
            begins = False
        else:
            yield from stretches


def _lays_out(stretches: Sequence[Stretch], cells: Sequence[Cell], *, is_alone: bool) -> bool:
    """True for a row that only puts parts of the page side by side."""
    has_parts = is_alone and len(stretches) > len(cells)
    is_headed = any(stretch.element.stands_in(_HEADINGS) for stretch in stretches)
    return has_parts or is_headed or any(len(cell.text) > LONGEST_CELL for cell in cells)


def _cell(stretches: Sequence[Stretch]) -> Cell:
    """What stands in one cell of a row, on one line."""
    cell = stretches[0].element.cell
    place = cell.place if cell else None
    return Cell(place or Place(0, 0), joined((stretch.text for stretch in stretches), " "))


def _are_heads(row: Element, stretches: Sequence[Stretch], *, is_first: bool) -> bool:
    """True for a row that names the columns; in the first of several its letters may be all that says so."""
    if row.parent is not None and row.parent.name == "thead":
        return True
    cells = {stretch.element.cell for stretch in stretches}
    are_named = all(cell and cell.name == "th" for cell in cells)
    return len(cells) > 1 and (
        are_named or (is_first and all(stretch.element.stands_in(BOLD) for stretch in stretches))
    )


class _Walk:
    """A walk over the tokens of a page."""

    def __init__(self, html: str, limit: int) -> None:
        self.html = html
        self.limit = limit
        self.page = Page()
        self.open = OpenElements()
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
        elif token.kind == "raw":
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
        text = AlignedText.build("".join(self.parts), self.runs).stripped() if self.parts else None
        if text:
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
        self.open.open(token.name, found)

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
        for characters, start, end in pieces(self.html, token.start, token.end, kept):
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
