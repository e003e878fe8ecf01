"""The stretches of a page's text, those in one row of a table as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.aligned import AlignedText
from indexer.read.blocks import joined
from indexer.read.html_tree import BOLD, HEADINGS, Element
from indexer.read.tables import LONGEST_CELL, Cell, Grid, Place, Rows

_HEADINGS = frozenset(HEADINGS)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The text between two block boundaries."""

    element: Element  # the innermost that holds all of the text
    text: AlignedText  # not empty, no white space at its ends but before code and, tabs, before the first cell
    linked: int = 0  # characters in links
    is_head: bool = False  # a row of heads of a table's columns
    is_first: bool = False  # the first row of a table


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
