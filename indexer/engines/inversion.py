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
from indexer.vocabulary import Terms, Vocabulary

_BATCH = 1_000_000  # occurrences merged at once, about 100 MB


class Inverter:
    """Collects the terms of a field."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()  # of the field
        self._numbers: list[Array] = []  # of terms, in it
        self._positions: list[Array] = []
        self._waiting: list[Array] = []  # numbers in the vocabulary of another field or document
        self._theirs = self._vocabulary
        self._docs, self._counts = array("I"), array("I")
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, docnum: int, terms: Terms) -> None:
        """Add the terms of a document; documents come in order."""
        if len(terms.numbers) != len(terms.positions):
            raise ValueError("not every term has a position")
        self._positions.append(terms.positions)
        self._add(docnum, terms.numbers, terms.vocabulary)

    def add_texts(self, docnum: int, texts: Sequence[str]) -> None:
        """Add terms that have no position."""
        numbers = np.fromiter(map(self._vocabulary.__getitem__, texts), np.uint32, len(texts))
        self._add(docnum, numbers, self._vocabulary)

    def run(self) -> Run:
        """What was collected, by term; with positions when those of all terms were given."""
        self._renumber()
        spelled = self._vocabulary.texts
        order = sorted(range(len(spelled)), key=spelled.__getitem__)  # which is that of their bytes in UTF-8
        ranks = np.empty(len(order), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        terms = ranks[_concatenated(self._numbers)]
        docs = np.repeat(np.frombuffer(self._docs, np.uint32), np.frombuffer(self._counts, np.uint32))
        positions = _concatenated(self._positions) if self._positions else np.empty(0, np.uint32)
        texts = [spelled[number].encode("utf-8", "surrogatepass") for number in order]
        return _run(texts, *_sorted(terms, docs, positions))

    def _add(self, docnum: int, numbers: Array, vocabulary: Vocabulary) -> None:
        if vocabulary is not self._theirs:
            self._renumber()
            self._theirs = vocabulary
        self._waiting.append(numbers)
        self._docs.append(docnum)
        self._counts.append(len(numbers))
        self._size += len(numbers)

    def _renumber(self) -> None:
        """Give the terms that wait their numbers in the vocabulary of the field."""
        self._numbers.append(self._vocabulary.adopted(_concatenated(self._waiting), self._theirs))
        self._waiting = []


def _sorted(terms: Array, docs: Array, positions: Array) -> tuple[Array, Array, Array]:
    """Occurrences that come by document, by term, document and position; they may have no positions."""
    order = _stable_order(terms)
    terms, docs = terms[order], docs[order]
    if len(positions):
        positions = positions[order]
        same = (terms[1:] == terms[:-1]) & (docs[1:] == docs[:-1])
        if (positions[1:] < positions[:-1])[same].any():
            positions = positions[np.lexsort((positions, docs, terms))]
    return terms, docs, positions


def _stable_order(numbers: Array) -> Array:
    """The stable order of numbers of 32 bits, those with the same upper half at a time.

    Numpy sorts numbers of 16 bits by radix, four times as fast as those of 32.
    """
    upper, lower = (numbers >> 16).astype(np.uint16), (numbers & 0xFFFF).astype(np.uint16)
    orders = []
    for half in np.flatnonzero(np.bincount(upper)):
        places = np.flatnonzero(upper == half).astype(np.uint32)
        orders.append(places[np.argsort(lower[places], kind="stable")])
    return _concatenated(orders)


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
