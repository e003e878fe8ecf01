"""What both kernels are asked, and what they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.engines.array_file import Array
from indexer.engines.term_lists import Postings


class Listed(NamedTuple):
    """Documents, ascending, and how often each holds something."""

    docs: Array  # int64
    counts: Array  # uint32


class Worths:
    """What one occurrence is worth in each document of a segment: the same in documents of one length."""

    __slots__ = ("lengths", "ready", "worths")

    def __init__(self, lengths: Array, worths: Array) -> None:
        self.lengths = lengths  # uint16: for each document the place of its worth; nobody changes it any more
        self.worths = worths  # float64
        self.ready: Any = None  # what the C kernel makes of it when it is first asked about

    def of(self, docs: Array) -> Array:
        """What it is worth in some documents."""
        return np.asarray(self.worths.take(self.lengths.take(docs)))  # in half the time of indexing


class Source(NamedTuple):
    """A list of documents, and what one occurrence is worth in each document of the segment."""

    held: Postings | Listed
    worths: Worths


class Lists:
    """The lists of what counts as one clause in a segment, none twice."""

    __slots__ = ("__weakref__", "levels_kept", "ready", "sources", "whole_kept")

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = tuple(sources)
        self.ready: tuple[Any, ...] = ()  # what the C kernel makes of them when it is first asked about
        self.levels_kept: Any = None  # what the numpy kernel keeps of them, see `kernel_memory`
        self.whole_kept: Any = None


class Part(NamedTuple):
    """What a clause adds to a score."""

    value: float
    lists: Lists


class Segment(NamedTuple):
    """Where documents are looked for."""

    first: int  # the number of its first document among those of all segments
    documents: int  # how many there are
    among: Array | None  # whether each may be found; None when each may
    parts: Sequence[Part]  # what the score of a document is the sum of


class Found(NamedTuple):
    """Documents with their scores; of those in order the best first, equals by number."""

    total: int  # documents that have a score
    numbers: Array
    scores: Array
    ordered: int  # how many stand in order; behind them, by number, come those with less
