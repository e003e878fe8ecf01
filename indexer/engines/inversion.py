"""Terms by document -> documents by term, a few array operations for all of a segment; and the same of segments merged.

occurrences   (term, document, position) as they come
sorted        by term; documents and positions come in order, so a stable sort keeps them so
a Run         its postings: where term or document changes, a posting begins
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from indexer.arrays import Array, members
from indexer.engines.term_lists import Run, TermLists
from indexer.records import Terms

_BATCH = 4_000_000  # occurrences merged at once, about 150 MB


class Inverter:
    """Collects the terms of a field."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = _Numbers()
        self._terms, self._positions = array("I"), array("I")
        self._docs, self._counts = array("I"), array("I")

    def __len__(self) -> int:
        return len(self._terms)

    def add(self, docnum: int, terms: Terms) -> None:
        """Add the terms of a document; documents come in order."""
        if not terms.texts:
            return
        self._terms.extend(map(self._numbers.__getitem__, terms.texts))
        self._positions.extend(terms.positions)
        self._docs.append(docnum)
        self._counts.append(len(terms.texts))

    def run(self, *, with_positions: bool) -> Run:
        """What was collected, by term."""
        spelled = [text.encode("utf-8", "surrogatepass") for text in self._numbers]
        order = sorted(range(len(spelled)), key=spelled.__getitem__)
        ranks = np.empty(len(order), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        terms = ranks[np.frombuffer(self._terms, np.uint32)]
        docs = np.repeat(np.frombuffer(self._docs, np.uint32), np.frombuffer(self._counts, np.uint32))
        positions = np.frombuffer(self._positions, np.uint32)
        if len(terms) != len(docs) or len(terms) != len(positions):
            raise ValueError("not every term has a position")
        by_term = _sorted(terms, docs, positions)
        kept = positions[by_term] if with_positions else positions[:0]
        return _run([spelled[at] for at in order], terms[by_term], docs[by_term], kept)


class _Numbers(dict[str, int]):
    """Term -> its number, given when it is first asked for."""

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def _sorted(terms: Array, docs: Array, positions: Array) -> Array:
    """The order by term, document and position, of occurrences that come by document."""
    order = _stable_order(terms)
    same = (terms[order[1:]] == terms[order[:-1]]) & (docs[order[1:]] == docs[order[:-1]])
    if (positions[order[1:]] < positions[order[:-1]])[same].any():
        return np.lexsort((positions, docs, terms))
    return order


def _stable_order(numbers: Array) -> Array:
    """The stable order of numbers of 32 bits: numpy sorts those of 16 by radix, four times as fast as those of 32."""
    order = np.argsort((numbers & 0xFFFF).astype(np.uint16), kind="stable")
    if len(numbers) and int(numbers.max()) > 0xFFFF:
        order = order[np.argsort((numbers >> 16).astype(np.uint16)[order], kind="stable")]
    return order


def _run(spelled: list[bytes], terms: Array, docs: Array, positions: Array) -> Run:
    """The run of occurrences in order."""
    begins = np.ones(len(terms), bool)
    begins[1:] = (terms[1:] != terms[:-1]) | (docs[1:] != docs[:-1])
    firsts = np.flatnonzero(begins)
    frequencies = np.diff(firsts, append=len(terms)).astype(np.uint32)
    counts = np.bincount(terms[firsts], minlength=len(spelled))
    return Run(spelled, counts, docs[firsts], frequencies, positions)


def merged(sources: Sequence[tuple[TermLists, Array]]) -> Iterator[Run]:
    """The lists of several segments as those of one, in stretches of terms.

    Each source comes with the new number of each of its documents, -1 for those that are left out; the numbers of a
    source are greater than those of the sources before it.
    """
    for edges in _edges([lists for lists, _ in sources]):
        runs = [_renumbered(lists.run(*edge), numbers) for (lists, numbers), edge in zip(sources, edges, strict=True)]
        joined = _joined(runs)
        if joined.terms:
            yield joined


def _edges(lists: Sequence[TermLists]) -> Iterator[list[tuple[int, int]]]:
    """For each stretch of terms, the places that it has in each of the lists."""
    if not lists:
        return
    largest = max(lists, key=len)
    tops = [largest.term(last) for _, last in largest.batches(_BATCH // len(lists)) if last < len(largest)]
    starts = [0] * len(lists)
    for top in tops:
        ends = [one.lower(top) for one in lists]
        yield list(zip(starts, ends, strict=True))
        starts = ends
    yield [(start, len(one)) for start, one in zip(starts, lists, strict=True)]


def _renumbered(run: Run, numbers: Array) -> Run:
    """The run with new document numbers, without the postings of documents whose number is negative."""
    docs = numbers[run.docs]
    kept = docs >= 0
    if kept.all():
        return run._replace(docs=docs)
    postings_of = np.repeat(np.arange(len(run.terms)), run.counts)
    counts = np.bincount(postings_of[kept], minlength=len(run.terms))
    positions = run.positions[np.repeat(kept, run.frequencies)] if len(run.positions) else run.positions
    there = np.flatnonzero(counts)
    return Run([run.terms[at] for at in there], counts[there], docs[kept], run.frequencies[kept], positions)


def _joined(runs: Sequence[Run]) -> Run:
    """The runs as one; the documents of a run come after those of the runs before it."""
    runs = [run for run in runs if run.terms]
    if len(runs) == 1:
        return runs[0]
    terms = sorted(set().union(*(run.terms for run in runs)))
    place = {term: at for at, term in enumerate(terms)}
    owners = _concatenated(np.fromiter(map(place.__getitem__, run.terms), np.int64, len(run.terms)) for run in runs)
    order = np.argsort(owners, kind="stable")  # lists of one term side by side, in the order of the runs
    counts = _concatenated(run.counts for run in runs)
    postings = _gathered(counts, order)
    frequencies = _concatenated(run.frequencies for run in runs)
    positions = _concatenated(run.positions for run in runs)
    return Run(
        terms,
        np.bincount(owners, weights=counts, minlength=len(terms)).astype(np.int64),
        _concatenated(run.docs for run in runs)[postings],
        frequencies[postings],
        positions[_gathered(frequencies, postings)] if len(positions) else positions,
    )


def _gathered(sizes: Array, order: Array) -> Array:
    """The places of all members of groups that stand one after another, when the groups are put in an order."""
    sizes = sizes.astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    return members(starts[order], sizes[order])


def _concatenated(parts: Iterable[Array]) -> Array:
    held = list(parts)
    return np.concatenate(held) if held else np.empty(0, np.int64)
