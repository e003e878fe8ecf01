"""Pieces of lines -> regions in reading order: columns where there is a gutter, rows where there is a table.

The gutter is the upright stretch that few pieces cross and that has the most text on both sides. Pieces that cross it
cut the page into bands; in a band without any, the left column is read before the right one, and each may hold columns
of its own. A band whose left and right pieces stand on the same lines, and were written line by line, is a table,
unless both sides are filled with prose.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from indexer.read.pdf_lines import Line, rows

_STEPS = 600  # places tried for a gutter; one a point on an upright sheet
_TRIES = 3  # places tried
_LEAST_LINES = 3  # on both sides of a gutter
_LEAST_WIDTH = 0.12  # of the region: narrower is a column of numbers or bullets
_SLACK = 1.5  # points that a piece may reach into the gutter
_PAIRED = 0.6  # of the shorter side's lines: more stand beside one of the other side, so the band may be a table
_FILLED, _PROSE_WORDS = 0.55, 4  # of the side's width, and words in a stretch: prose mostly has more
_CLOSE = 1.6  # type sizes between base lines of one paragraph


class _Band(NamedTuple):
    """Pieces between two heights: those that cross the gutter, or those on its two sides."""

    across: tuple[Line, ...]
    left: tuple[Line, ...] = ()
    right: tuple[Line, ...] = ()

    @property
    def pieces(self) -> tuple[Line, ...]:
        """All of them."""
        return self.across + self.left + self.right


def regions(pieces: list[Line]) -> list[list[Line]]:
    """The pieces in groups, in reading order; a group is read line by line."""
    for gutter in _gutters(pieces):
        bands = _bands(pieces, gutter)
        if any(_opens(band) for band in bands):
            return [region for band in bands for region in _read(band)]
    return [pieces] if pieces else []


def _read(band: _Band) -> Iterator[list[Line]]:
    """The regions of a band."""
    if band.left and band.right and not _is_table(band):
        yield from regions(list(band.left))
        yield from regions(list(band.right))
    else:
        yield from regions(list(band.pieces))


def _gutters(pieces: list[Line]) -> list[float]:
    """The most likely places of a gutter, best first."""
    if len(pieces) < 2 * _LEAST_LINES:
        return []
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    step = max(right - left, 1.0) / _STEPS
    ended, begun = [0.0] * (_STEPS + 2), [0.0] * (_STEPS + 2)
    for piece in pieces:
        ended[int((piece.right - left) / step) + 1] += piece.width
        begun[int((piece.left - left) / step)] += piece.width
    return [left + (at + 0.5) * step for at in _best(_scores(ended, begun))]


def _scores(ended: list[float], begun: list[float]) -> list[float]:
    """For each place the text on its poorer side, less the text that crosses it."""
    total, before, started = sum(begun), 0.0, 0.0
    scores = []
    for end, begin in zip(ended, begun, strict=True):
        before, started = before + end, started + begin
        scores.append(min(before, total - started) - (started - before))
    return scores


def _best(scores: list[float]) -> list[int]:
    """The middles of the stretches with the highest scores, apart from one another and from the sides."""
    chosen: list[int] = []
    margin = int(_LEAST_WIDTH * _STEPS)
    for at in sorted(range(margin, len(scores) - margin), key=lambda at: -scores[at]):
        if any(abs(at - other) < margin for other in chosen):
            continue
        last = at
        while last + 1 < len(scores) and scores[last + 1] == scores[at]:
            last += 1
        chosen.append((at + last) // 2)
        if len(chosen) == _TRIES:
            break
    return chosen


def _bands(pieces: list[Line], gutter: float) -> list[_Band]:
    """The pieces cut into bands by those that cross the gutter."""
    bands: list[_Band] = []
    for row in rows(pieces):
        across = tuple(piece for piece in row if piece.left < gutter - _SLACK and piece.right > gutter + _SLACK)
        last = bands[-1] if bands else _Band(())
        if across or _ends_paragraph(last, row):
            band = _Band(tuple(row))
        else:
            sides = _Band((), *_sides(row, gutter))
            band = sides
        if bands and bool(last.across) == bool(band.across):
            bands[-1] = _Band(last.across + band.across, last.left + band.left, last.right + band.right)
        else:
            bands.append(band)
    return bands


def _sides(row: list[Line], gutter: float) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The pieces of a row on the left and on the right of the gutter."""
    left = tuple(piece for piece in row if piece.left + piece.right < 2 * gutter)
    right = tuple(piece for piece in row if piece.left + piece.right >= 2 * gutter)
    return left, right


def _ends_paragraph(band: _Band, row: list[Line]) -> bool:
    """True when a row is the short last line of the paragraph across the gutter above it."""
    if not band.across or len(row) > 1:
        return False
    above, piece = band.across[-1], row[0]
    starts_alike = abs(piece.left - above.left) < 1.5 * piece.size or abs(piece.right - above.right) < piece.size
    return starts_alike and piece.style == above.style and piece.base - above.base < _CLOSE * piece.size


def _opens(band: _Band) -> bool:
    """True when the band shows that the gutter is one: enough lines on both sides, and no table."""
    return min(len(rows(band.left)), len(rows(band.right))) >= _LEAST_LINES and not _is_table(band)


def _is_table(band: _Band) -> bool:
    """True when the two sides belong together line by line."""
    on_left = {id(piece) for piece in band.left}
    pairs = 0
    for row in rows(band.left + band.right):
        left = [piece for piece in row if id(piece) in on_left]
        right = [piece for piece in row if id(piece) not in on_left]
        pairs += bool(left and right) and 0 <= right[0].words[0].start - left[-1].words[-1].end <= 2
    fewer = min(len(rows(band.left)), len(rows(band.right)))
    return pairs > _PAIRED * fewer and not (_is_prose(band.left) and _is_prose(band.right))


def _is_prose(side: tuple[Line, ...]) -> bool:
    """True when the lines of a side mostly fill it, with stretches of several words: cells have fewer."""
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    lines = rows(side)
    filled = sum(sum(piece.width for piece in row) > _FILLED * width for row in lines)
    return 2 * filled > len(lines) and median(len(piece.words) for piece in side) >= _PROSE_WORDS
