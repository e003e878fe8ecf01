"""Which lines of a region are rows of a table."""

from __future__ import annotations

from indexer.read.pdf_lines import Line, gaps

_CELL_GAP, _COLUMN = 1.6, 3.0  # type sizes between two cells; points between the edges of cells of one column
_EVEN = 0.2  # type sizes between the steps from row to row
_NEAR = 2  # lines above and below that a row may line up with


def table_rows(lines: list[Line]) -> list[bool]:
    """For each line whether it is a row: its cells line up with those of a line nearby, or it stands between rows."""
    cells = [_cells(line) for line in lines]
    aligned = [_is_aligned(cells, at) for at in range(len(lines))]
    return [
        row or (0 < at < len(lines) - 1 and aligned[at - 1] and aligned[at + 1] and _between(lines[at - 1 : at + 2]))
        for at, row in enumerate(aligned)
    ]


def _is_aligned(cells: list[list[tuple[float, float]]], at: int) -> bool:
    """True when a line has cells, and one of them lines up with a cell of a line nearby."""
    near = range(max(0, at - _NEAR), min(len(cells), at + _NEAR + 1))
    return len(cells[at]) > 1 and any(_lines_up(cells[at], cells[other]) for other in near if other != at)


def _between(three: list[Line]) -> bool:
    """True when a line stands between two others as if it were of their kind: its columns may be too close to tell."""
    above, line, below = three
    even = abs((line.base - above.base) - (below.base - line.base)) < _EVEN * line.size
    return even and above.style == line.style == below.style and abs(line.left - above.left) < _COLUMN


def _cells(line: Line) -> list[tuple[float, float]]:
    """Left and right edges of the stretches of a line between wide gaps."""
    cells = [(line.words[0].left, line.words[0].right)]
    for gap, word in zip(gaps(line), line.words[1:], strict=True):
        if gap > _CELL_GAP:
            cells.append((word.left, word.right))
        else:
            cells[-1] = (cells[-1][0], max(cells[-1][1], word.right))
    return cells


def _lines_up(mine: list[tuple[float, float]], others: list[tuple[float, float]]) -> bool:
    """True when a cell after the first shares an edge or its middle with one of the other line's."""
    return any(
        abs(a - c) < _COLUMN or abs(b - d) < _COLUMN or abs(a + b - c - d) < 2 * _COLUMN
        for a, b in mine[1:]
        for c, d in others[1:]
    )
