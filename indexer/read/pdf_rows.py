"""Which lines of a region are rows of a table, and in which columns their cells stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from math import inf
from typing import NamedTuple

from indexer.read.pdf_lines import Line, all_bold, gaps, line
from indexer.read.pdf_words import Word

_CELL_GAP, _COLUMN = 1.6, 3.0  # type sizes between two cells; points between the edges of cells of one column
_GUTTER = 1.25  # widths of a letter between columns that no word of many rows stands in; a space has .5 to 1
_MANY = 3  # rows, or cells, at least
_EVEN = 0.2  # type sizes between the steps from row to row
_MOST_HEADS = 2  # rows of heads without bold letters
_VALUE = re.compile(r"[(<>~≈±]{0,2}[-−+]?[$€£]?\d(?!\d{0,2}[-–][^\W\d_])")  # but "10-year survival"
_NEAR = 2  # lines above and below that a row may line up with


class Row(NamedTuple):
    """A row of a table."""

    cells: list[Line]
    columns: Sequence[int]  # of each cell, from 0
    kind: str = "row"  # or columns
    level: int = 0  # 1 for the first row of a table


def table_rows(lines: list[Line], text: str) -> list[Row | None]:
    """For each line the row that it is, None for others; `text` is that of the page.

    The cells of a row line up with those of a line nearby, or it stands between rows, or its words begin all columns
    of the rows below.
    """
    parts = [_parts(line) for line in lines]
    cells = [[(part.left, part.right) for part in row] for row in parts]
    aligned = [_is_aligned(cells, at) for at in range(len(lines))]
    rows = [
        row or (0 < at < len(lines) - 1 and aligned[at - 1] and aligned[at + 1] and _between(lines[at - 1 : at + 2]))
        for at, row in enumerate(aligned)
    ]
    for at in range(len(lines) - 2):
        rows[at] = rows[at] or (rows[at + 1] and rows[at + 2] and _heads(lines[at : at + 3], cells[at + 1]))
    found: list[Row | None] = []
    for is_row, table in groupby(zip(rows, parts, strict=True), key=lambda pair: pair[0]):
        cut = [row for _, row in table]
        found += _table(cut, text) if is_row else [None] * len(cut)
    return found


def _table(rows: list[list[Line]], text: str) -> Iterator[Row]:
    """The rows of a table, the first one heads when it alone is bold or words over numbers; in words two may be."""
    words = [word for row in rows if len(row) > 1 for part in row for word in part.words]
    letter = sum(word.right - word.left for word in words) / sum(word.end - word.start for word in words)
    gutter = _GUTTER * letter if len(rows) >= _MANY else _CELL_GAP * words[0].style.size
    columns = _columns(words, gutter)
    if len(columns) < max(map(len, rows)):  # a cell of one row stands below two of another
        yield from (Row(row, range(len(row)), level=int(not at)) for at, row in enumerate(rows))
        return
    cut = [_in_columns([word for part in row for word in part.words], columns, gutter) for row in rows]
    bold = [all(map(all_bold, cells)) for cells, _ in cut]
    heads = int(bold[0] and not any(bold[1:2]) and len(cut[0][0]) > 1) or _unnumbered(cut, text)
    for at, (cells, places) in enumerate(cut):
        yield Row(cells, places, "columns" if at < heads else "row", int(not at))


def _unnumbered(rows: list[tuple[list[Line], list[int]]], text: str) -> int:
    """How many rows are heads: words alone, over a column of numbers."""
    values = [
        {place for cell, place in zip(*row, strict=True) if _VALUE.match(text, cell.words[0].start)} for row in rows
    ]
    heads = next((at for at, found in enumerate(values) if found), 0)
    if not 0 < heads <= _MOST_HEADS or len(rows) - heads < 2 or any(len(cells) < 2 for cells, _ in rows[:heads]):
        return 0
    numbered = set.intersection(*values[heads:])
    return heads if any(numbered.intersection(places) for _, places in rows[:heads]) else 0


def _columns(words: list[Word], gutter: float) -> list[float]:
    """The left edges of columns: between two of them is a gutter, so many points wide, that no word stands in."""
    edges: list[float] = []
    right = -inf
    for word in sorted(words, key=lambda word: word.left):
        if word.left - right > gutter:
            edges.append(word.left)
        right = max(right, word.right)
    return edges


def _in_columns(words: list[Word], columns: list[float], gutter: float) -> tuple[list[Line], list[int]]:
    """The cells of a row, and the column of each; one may reach into the next."""
    cells: list[list[Word]] = []
    places: list[int] = []
    for word in words:
        place = max(bisect_right(columns, word.left + _COLUMN) - 1, 0)
        if not cells or (place > places[-1] and word.left - cells[-1][-1].right > gutter):
            cells.append([])
            places.append(place)
        cells[-1].append(word)
    return list(map(line, cells)), places


def _is_aligned(cells: list[list[tuple[float, float]]], at: int) -> bool:
    """True when a line has cells, and one of them lines up with a cell of a line nearby."""
    near = range(max(0, at - _NEAR), min(len(cells), at + _NEAR + 1))
    return len(cells[at]) > 1 and any(_lines_up(cells[at], cells[other]) for other in near if other != at)


def _between(three: list[Line]) -> bool:
    """True when a line stands between two others as if it were of their kind: its columns may be too close to tell."""
    above, line, below = three
    even = abs((line.base - above.base) - (below.base - line.base)) < _EVEN * line.size
    return even and above.style == line.style == below.style and abs(line.left - above.left) < _COLUMN


def _heads(three: list[Line], cells: list[tuple[float, float]]) -> bool:
    """True when words of a line begin right above all of several cells, a step above them as even as those below."""
    above, line, below = three
    even = abs((line.base - above.base) - (below.base - line.base)) < _EVEN * line.size
    lefts = [word.left for word in above.words]
    return even and len(cells) >= _MANY and all(any(abs(left - cell) < _COLUMN for left in lefts) for cell, _ in cells)


def _parts(whole: Line) -> list[Line]:
    """The stretches of a line between wide gaps."""
    edges = [0, *(at for at, gap in enumerate(gaps(whole), 1) if gap > _CELL_GAP), len(whole.words)]
    return [line(whole.words[start:end]) for start, end in pairwise(edges)] if len(edges) > 2 else [whole]


def _lines_up(mine: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    """True when a cell after the first shares an edge or its middle with one of the other line's."""
    return any(
        abs(a - c) < _COLUMN or abs(b - d) < _COLUMN or abs(a + b - c - d) < 2 * _COLUMN
        for a, b in mine[1:]
        for c, d in others[1:]
    )
