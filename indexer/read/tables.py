"""The cells of a table in their columns, and its rows as text: a tab between two columns, be a cell in them or none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from indexer.aligned import AlignedText

LONGEST_CELL = 300  # characters; tables that lay out a page hold whole texts in their cells
_SPAN = re.compile(r"[1-9][0-9]{0,3}")
_MOST_COLUMNS = 100  # in which cells may take more than their own place; few tables have as many


class Place(NamedTuple):
    """Where a cell stands in its table."""

    row: int  # from 0
    column: int  # the first that it takes, from 0
    rows: int = 1  # that it takes


class Cell(NamedTuple):
    """A cell of a row."""

    place: Place
    text: AlignedText


class Grid:
    """Hands out the places of a table, cell after cell."""

    def __init__(self) -> None:
        self._row = self._column = -1
        self._free = [0] * _MOST_COLUMNS  # for each column, the first row that no cell above takes

    def begin_row(self) -> None:
        """Go on to the next row."""
        self._row += 1
        self._column = 0

    def place(self, columns: str = "", rows: str = "") -> Place:
        """The place of the next cell, which takes so many columns and rows: one of each where no number is given."""
        while self._column < _MOST_COLUMNS and self._free[self._column] > self._row:
            self._column += 1
        at = self._column
        if at >= _MOST_COLUMNS:
            self._column += 1
            return Place(self._row, at)
        self._column = min(at + _number(columns), _MOST_COLUMNS)
        end = self._row + _number(rows)
        self._free[at : self._column] = [max(end, free) for free in self._free[at : self._column]]
        return Place(self._row, at, end - self._row)


class Rows:
    """Makes the rows of a table to text, in order: a cell that takes several rows is said in all that it leads."""

    def __init__(self) -> None:
        self._held: dict[int, Cell] = {}  # by column, the last cell that takes several rows

    def go_on(self, place: Place) -> None:
        """Let the cell above take this place too, where the format says so in each row."""
        if above := self._held.get(place.column):
            rows = place.row - above.place.row + 1
            self._held[place.column] = above._replace(place=above.place._replace(rows=rows))

    def text(self, cells: Iterable[Cell], row: int, *, are_heads: bool = False) -> AlignedText:
        """A row of heads, or another with what leads it from above."""
        cells = [cell._replace(text=cell.text.stripped()) for cell in cells]
        cells = [cell for cell in cells if cell.text.text]
        leading = [] if are_heads else self._leading(row, cells[0].place.column if cells else 0)
        self._held |= {cell.place.column: cell for cell in cells}
        return _tabbed([*leading, *cells])

    def _leading(self, row: int, column: int) -> list[Cell]:
        """The cells above that take the columns before one in a row, as many as are no longer than one may be."""
        held = [self._held[at] for at in range(min(column, _MOST_COLUMNS)) if at in self._held]
        found = [cell for cell in held if cell.place.row < row < cell.place.row + cell.place.rows]
        return found if sum(len(cell.text) for cell in found) <= LONGEST_CELL else []


def row(texts: Iterable[AlignedText]) -> AlignedText:
    """A row of a table whose cells take one place each."""
    return Rows().text((Cell(Place(0, at), text) for at, text in enumerate(texts)), 0)


def _tabbed(cells: list[Cell]) -> AlignedText:
    """The cells, with a tab that stands for nothing in the source between two columns."""
    parts: list[AlignedText] = []
    column = 0
    for place, text in cells:
        tabs = max(place.column - column, 1 if parts else 0)
        parts += AlignedText.inserted("\t" * tabs, text.source(0, 0).start), text
        column = place.column
    return AlignedText.join(parts)


def _number(span: str) -> int:
    return int(span) if _SPAN.fullmatch(span) else 1
