"""An aligned text in tiles: stretches of so many characters, each with its runs as small numbers.

A run is one number where it begins where the one before ends in the source, as most do. One to one: its characters. One
character: how many of the source it stands for, below zero. Any other is four: 0, its characters, how far the source
moves on, how many it has there.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np

from indexer.aligned import AlignedText, Run, extend
from indexer.arrays import Array, holds


class Tile(NamedTuple):
    """A stretch of a text."""

    text: str
    begins: int  # where its first run begins in the source
    steps: Array  # its runs from there on


def tiles(text: AlignedText, size: int) -> list[Tile]:
    """The tiles of a text, of some size each; all at once take a third of the time."""
    places, begins, lengths, sizes = _pieces(text, size)
    edges = np.arange(0, len(text), size)
    firsts = np.searchsorted(places, edges)
    ahead = np.diff(begins, prepend=0)
    ahead[1:] -= sizes[:-1]
    ahead[firsts] = 0
    steps, ends = _steps(lengths, ahead, sizes)
    bounds = np.concatenate(([0], ends))[np.append(firsts, len(places))].tolist()
    return [
        Tile(text.text[at : at + size], begin, steps[first:last])
        for at, begin, first, last in zip(edges.tolist(), begins[firsts].tolist(), bounds, bounds[1:], strict=False)
    ]


def joined(tiles: Sequence[Tile]) -> AlignedText:
    """The text of tiles in a row."""
    runs: list[Run] = []
    for tile in tiles:
        extend(runs, _runs(tile.steps.tolist(), tile.begins))
    made = AlignedText("".join([tile.text for tile in tiles]), tuple(runs))
    if made.starts[-1] != len(made.text):
        raise ValueError(f"runs cover {made.starts[-1]} characters of {len(made)}")
    return made


def _pieces(text: AlignedText, size: int) -> tuple[Array, Array, Array, Array]:
    """The runs, each cut where a tile ends: where they begin in text and source, characters there and there."""
    lengths, firsts, lasts = np.frombuffer(text.packed, np.int64).reshape(-1, 3).T
    places = np.cumsum(lengths) - lengths
    edges = np.arange(0, len(text), size)
    edges = edges[~holds(places, edges)]
    behind = np.searchsorted(places, edges)
    cut = np.insert(places, behind, edges)
    run = np.insert(np.arange(len(places)), behind, behind - 1)
    pieces = np.diff(cut, append=len(text))
    sizes = np.where(lengths[run] == 1, (lasts - firsts)[run], pieces)
    return cut, firsts[run] + cut - places[run], pieces, sizes


def _steps(lengths: Array, ahead: Array, sizes: Array) -> tuple[Array, Array]:
    """The numbers of runs, and where those of each end; `ahead` is how far the source moves on before each."""
    is_even = (ahead == 0) & (lengths == sizes)
    is_one = (ahead == 0) & (lengths == 1) & (sizes > 1)
    is_other = ~(is_even | is_one)
    counts = np.where(is_other, 4, 1)
    ends = np.cumsum(counts)
    steps = np.repeat(np.where(is_even, sizes, -sizes), counts)
    for at, numbers in enumerate((0, lengths[is_other], ahead[is_other], sizes[is_other])):
        steps[ends[is_other] - 4 + at] = numbers
    return steps, ends


def _runs(steps: list[int], at: int) -> list[Run]:
    """The runs that the numbers spell, from a place of the source on."""
    runs: list[Run] = []
    left = iter(steps)
    for step in left:
        length, start = step, at
        if step > 0:
            at += step
        elif step:
            length, at = 1, at - step
        else:
            length, ahead, size = islice(left, 3)
            start += ahead
            at = start + size
        runs.append((length, start, at))
    return runs
