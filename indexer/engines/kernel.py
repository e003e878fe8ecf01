"""The inner loops of searching: in C where a compiler built them, else in numpy, with the same answers to the last bit.

The environment's PINCITE_KERNEL=numpy asks for numpy all the same.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from indexer.engines import kernel_numpy
from indexer.engines.array_file import Array, BrokenArrayFileError
from indexer.engines.kernel_numpy import Found, Listed, Part, Source
from indexer.engines.term_lists import Postings

try:
    from indexer.engines import _kernel  # type: ignore[attr-defined]
except ImportError:  # no compiler was there
    _kernel = None
_API = 2  # what is asked of the kernel; one that was built for other code is left alone

__all__ = ["NAME", "Found", "Listed", "Part", "Source", "add", "best", "count", "phrase"]

NAME = "numpy" if getattr(_kernel, "API", 0) != _API or os.environ.get("PINCITE_KERNEL") == "numpy" else "c"


def best(
    documents: int, parts: Sequence[Part], k1: float, among: Array | None, limit: int, least: float = 0.0
) -> Found:
    """The best `limit` documents of a segment and their equals, of those with at least the score `least`.

    `among` says of each document whether it may be found, `parts` what its score is the sum of.
    """
    if NAME == "numpy":
        return kernel_numpy.best(documents, parts, k1, among, limit, least)
    total, docs, scores = _told(_kernel.best, documents, _parts(parts), k1, among, limit, least)
    return Found(total, np.frombuffer(docs, np.int64), np.frombuffer(scores, np.float64))


def add(scores: Array, parts: Sequence[Part], k1: float, among: Array | None) -> None:
    """Add to the scores of a segment's documents what the parts are worth."""
    if NAME == "numpy":
        kernel_numpy.add(scores, parts, k1, among)
    else:
        _told(_kernel.add, scores, _parts(parts), k1, among)


def count(documents: int, sources: Sequence[Source], among: Array | None) -> int:
    """The number of documents of a segment that are in one of the lists."""
    if among is None and len(sources) < 2:
        return sum(
            source.held.count if isinstance(source.held, Postings) else len(source.held.docs) for source in sources
        )
    if NAME == "numpy":
        return kernel_numpy.count(documents, sources, among)
    return int(_told(_kernel.count, documents, tuple(_source(source) for source in sources), among))


def phrase(documents: int, lists: Sequence[Postings]) -> Listed:
    """The documents of a segment in which the terms stand one after another, and how often."""
    if NAME == "numpy":
        return kernel_numpy.phrase(documents, lists)
    asked = tuple((one.gaps, one.frequencies, one.positions) for one in lists)
    docs, counts = _told(_kernel.phrase, documents, asked)
    return Listed(np.frombuffer(docs, np.int64), np.frombuffer(counts, np.uint32))


def _parts(parts: Sequence[Part]) -> tuple[tuple[float, tuple[Any, ...]], ...]:
    return tuple((part.value, tuple(_source(source) for source in part.sources)) for part in parts)


def _source(source: Source) -> tuple[Any, Any, Array]:
    if isinstance(source.held, Postings):
        return source.held.gaps, source.held.frequencies, source.worths
    return source.held.docs, source.held.counts, source.worths


def _told(function: Any, *args: Any) -> Any:
    try:
        return function(*args)
    except ValueError as error:
        raise BrokenArrayFileError(str(error)) from error
