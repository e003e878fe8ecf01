"""The terms of a field in a segment, in order, and the posting list of each: where it stands and how often."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from indexer.arrays import Array, plain
from indexer.engines.array_file import ArrayFile, ArrayFileWriter, BrokenArrayFileError
from indexer.engines.packed import Packed, Place, named, summed, write_packed
from indexer.native import KERNEL

_REMEMBERED = 4096  # terms of a field that were looked for
_NONE = np.empty(0, np.uint32)
_NOWHERE = Place(0, _NONE, _NONE, _NONE, 0, 0)


class Run(NamedTuple):
    """Posting lists unpacked: of the terms in order, all their postings one after another."""

    terms: list[bytes]
    counts: Array  # postings of each term
    docs: Array  # document number of each posting, ascending within a term
    frequencies: Array  # how often the term stands there
    positions: Array  # of each occurrence, ascending within a posting; none in a field without positions


class Postings:
    """A posting list where it stands in its file, see `packed`."""

    __slots__ = ("__weakref__", "count", "docs_kept", "frequencies", "gaps", "positions", "ready")

    def __init__(self, gaps: Place, frequencies: Place, positions: Place) -> None:
        self.gaps, self.frequencies, self.positions = gaps, frequencies, positions
        self.count = gaps.size
        self.ready: Any = None  # what the C kernel makes of it when it is first asked about
        self.docs_kept: Any = None  # what the numpy kernel keeps of it, see `kernel_memory`

    def docs(self) -> Array:
        """Its documents, ascending."""
        return summed(self.gaps, -1)

    def ends(self) -> Array:
        """Where the positions of each posting end; BrokenArrayFileError when they are not as many as the list says."""
        ends = summed(self.frequencies)
        if len(ends) and int(ends[-1]) != self.positions.size:
            raise BrokenArrayFileError("a posting list has not as many positions as it says")
        return ends


class TermLists:
    """A field of a segment, read."""

    def __init__(self, file: ArrayFile, field: str, documents: int) -> None:
        array = named(file, field)
        self.documents = documents
        self._spelled, self._ends = array("terms"), array("ends")
        self._bytes, self._edges = plain(self._spelled), plain(self._ends)
        self.counts, self._occurrences = array("counts"), array("occurrences")
        if not len(self.counts) == len(self._ends) == len(self._occurrences) or not self._is_spelled_out():
            raise BrokenArrayFileError(f"the terms of {field!r} do not fit together")
        if len(self.counts) and int(self.counts.max()) > documents:
            raise BrokenArrayFileError(f"a term of {field!r} stands in more documents than there are")
        self._gaps = Packed(named(file, f"{field}/gaps"), self.counts)
        self._frequencies = Packed(named(file, f"{field}/frequencies"), self.counts)
        self.has_positions = f"{field}/positions/widths" in file.names()
        if self.has_positions:
            self._positions = Packed(named(file, f"{field}/positions"), self._occurrences)
        self._looked_up: dict[bytes, Postings | None] = {}  # no lru_cache: it would hold the file by a cycle

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, at: int) -> bytes:
        """The term at a place."""
        return bytes(self._bytes[self._edges[at - 1] if at else 0 : self._edges[at]])

    def terms(self, first: int, last: int) -> list[bytes]:
        """The terms from one place up to another."""
        if first >= last:
            return []
        start = int(self._ends[first - 1]) if first else 0
        text = self._spelled[start : int(self._ends[last - 1])].tobytes()
        edges = [0, *(self._ends[first:last].astype(np.int64) - start).tolist()]
        return [text[start:end] for start, end in pairwise(edges)]

    def lower(self, term: bytes) -> int:
        """The first place whose term is not less."""
        if not KERNEL:
            return bisect_left(range(len(self)), term, key=self.term)
        try:
            return int(KERNEL.lower(self._spelled, self._ends, term))  # in a tenth of the time
        except ValueError as error:
            raise BrokenArrayFileError(str(error)) from error

    def range(self, prefix: bytes) -> tuple[int, int]:
        """The places from the first term that starts with the prefix up to the first after them."""
        first = self.lower(prefix)
        if first == len(self._ends) or not self.term(first).startswith(prefix):
            return first, first
        above = prefix.rstrip(b"\xff")
        return first, self.lower(above[:-1] + bytes([above[-1] + 1])) if above else len(self)

    def docs(self, at: int) -> Array:
        """The documents of a posting list, ascending."""
        docs = summed(self._gaps.place(at), -1)
        if len(docs) and int(docs[-1]) >= self.documents:
            raise BrokenArrayFileError("a posting list names documents that are not there")
        return docs

    def frequencies(self, at: int) -> Array:
        """How often the term stands in each of its documents."""
        return self._frequencies.list(at)

    def positions(self, at: int) -> Array:
        """Where the term stands, in one document after another."""
        return self._positions.list(at) if self.has_positions else np.zeros(int(self._occurrences[at]), np.uint32)

    def run(self, first: int, last: int) -> Run:
        """The lists from one place up to another, unpacked."""
        counts = self.counts[first:last].astype(np.int64)
        return Run(
            self.terms(first, last),
            counts,
            _docs(self._gaps.lists(first, last), counts),
            self._frequencies.lists(first, last),
            self._positions.lists(first, last) if self.has_positions else np.empty(0, np.uint32),
        )

    def batches(self, most: int) -> Iterator[tuple[int, int]]:
        """The places of all terms, in stretches of about so many occurrences."""
        return stretches(self._occurrences, most)

    def find(self, term: bytes) -> int:
        """The place of a term; -1 when the field has no such term."""
        at = self.lower(term)
        return at if at < len(self) and self.term(at) == term else -1

    def postings(self, term: bytes) -> Postings | None:
        """The posting list of a term, looked up once; None when the field has no such term."""
        known = self._looked_up.get(term, self)  # asked once: another thread may clear the dictionary meanwhile
        if isinstance(known, TermLists):
            if len(self._looked_up) >= _REMEMBERED:
                self._looked_up.clear()
            known = self._looked_up[term] = self._look_up(term)
        return known

    def _look_up(self, term: bytes) -> Postings | None:
        at = self.find(term)
        if at < 0:
            return None
        positions = self._positions.place(at) if self.has_positions else _NOWHERE
        return Postings(self._gaps.place(at), self._frequencies.place(at), positions)

    def _is_spelled_out(self) -> bool:
        if not len(self._ends):
            return not len(self._spelled)
        return int(self._ends[-1]) == len(self._spelled) and bool((self._ends[1:] >= self._ends[:-1]).all())


def stretches(sizes: Array, most: int) -> Iterator[tuple[int, int]]:
    """The places of lists by their sizes, in stretches of about so many members; a longer list stands alone."""
    ends = np.cumsum(sizes, dtype=np.int64)
    first = 0
    while first < len(ends):
        done = int(ends[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(ends, done + most)))
        yield first, last
        first = last


def write_run(writer: ArrayFileWriter, field: str, run: Run) -> None:
    """Add posting lists to a field of a file being written; their terms come after those there already."""
    spelled = b"".join(run.terms)
    ends = np.cumsum(np.fromiter(map(len, run.terms), np.int64, len(run.terms)))
    occurrences = (
        np.add.reduceat(run.frequencies, _firsts(run.counts), dtype=np.int64) if len(run.terms) else run.counts
    )
    writer.append(f"{field}/ends", (ends + writer.length(f"{field}/terms")).astype(np.uint32))
    writer.append(f"{field}/terms", np.frombuffer(spelled, np.uint8))
    writer.append(f"{field}/counts", run.counts.astype(np.uint32))
    writer.append(f"{field}/occurrences", occurrences.astype(np.uint32))
    write_packed(writer, f"{field}/gaps", run.docs, run.counts, are_docs=True)
    write_packed(writer, f"{field}/frequencies", run.frequencies, run.counts)
    if len(run.positions):
        write_packed(writer, f"{field}/positions", run.positions, occurrences)


def _firsts(counts: Array) -> Array:
    """Where each list begins."""
    return np.cumsum(counts, dtype=np.int64) - counts


def _docs(gaps: Array, counts: Array) -> Array:
    """The documents of lists that are packed as the gaps between them."""
    sums = np.cumsum(gaps, dtype=np.int64)
    firsts = _firsts(counts)
    before = sums[firsts] - gaps[firsts]
    return sums - np.repeat(before, counts) - 1
