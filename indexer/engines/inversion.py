"""Terms by document -> documents by term, a few array operations for all of a segment; and the same of segments merged.

occurrences   (term, document, position) as they come
sorted        by term; documents and positions come in order, so a stable sort keeps them so
a Run         its postings: where term or document changes, a posting begins
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Any

import numpy as np

from indexer.arrays import Array, members
from indexer.engines.term_lists import Run, TermLists, stretches
from indexer.native import KERNEL
from indexer.vocabulary import Adoption, Terms, Vocabulary, stand

_BATCH = 1_000_000  # occurrences merged at once, about 100 MB
_AT_ONCE = 4_000_000  # occurrences put in order by numpy at once, about 200 MB
_VOCABULARIES = 64  # of workers, that are remembered
_PART = 1_000_000  # numbers counted at once, of which numpy makes twice as long ones


class Inverter:
    """Collects the terms of a field, eight bytes for each occurrence."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()  # of the field, where it is not that of all its documents
        self._theirs = self._vocabulary  # of the terms collected last
        self._known = 0  # terms before those, which have numbers of the field
        self._adoptions: dict[int, Adoption] = {}  # by the id of the vocabulary
        self._numbers, self._positions = bytearray(), bytearray()  # of terms, in four bytes each
        self._docs, self._counts = array("I"), array("I")  # and how many terms each has

    def __len__(self) -> int:
        return len(self._numbers) // 4

    def add(self, docnum: int, fields: Sequence[Terms]) -> None:
        """Add the terms of documents in a row, the first of which has a number; documents come in order."""
        held = [(at, terms) for at, terms in enumerate(fields, docnum) if len(terms.numbers) or len(terms.positions)]
        for _, group in groupby(held, lambda one: id(one[1].vocabulary)):
            docs, terms = zip(*group, strict=True)
            sizes = [len(one.numbers) for one in terms]
            if sizes != [len(one.positions) for one in terms]:
                raise ValueError("not every term has a position")
            self._positions += np.concatenate([one.positions for one in terms]).astype(np.uint32, copy=False).data
            self._add(docs, sizes, np.concatenate([one.numbers for one in terms]), terms[0].vocabulary)

    def add_texts(self, docnum: int, fields: Sequence[Sequence[str]]) -> None:
        """Add terms that have no position."""
        sizes = list(map(len, fields))
        numbers = np.fromiter(map(self._vocabulary.__getitem__, chain.from_iterable(fields)), np.uint32, sum(sizes))
        self._add(range(docnum, docnum + len(sizes)), sizes, numbers, self._vocabulary)

    def runs(self) -> Iterator[Run]:
        """What was collected, by term; with positions when those of all terms were given."""
        if self._known:
            self._renumber()
        numbers, spelled = np.frombuffer(self._numbers, np.uint32), self._theirs.texts
        there = np.flatnonzero(stand(numbers, len(spelled))).tolist()
        order = sorted(there, key=spelled.__getitem__)  # as UTF-8 has it
        ranks = np.zeros(len(spelled), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        texts = [spelled[number].encode("utf-8", "surrogatepass") for number in order]
        collected = ranks, numbers, self._docs, self._counts, self._positions or None
        whole = _inverted_in_c(*collected)
        if whole:  # what was collected can be let go of
            counts, *rest = whole
            return iter([Run(texts, counts[: len(texts)], *rest)])
        return _in_stretches(texts, *collected)

    def _add(self, docs: Sequence[int], sizes: Sequence[int], numbers: Array, vocabulary: Vocabulary) -> None:
        if vocabulary is not self._theirs:
            if len(self):
                self._renumber()
            self._theirs = vocabulary
        self._numbers += numbers.astype(np.uint32, copy=False).data
        self._docs.extend(docs)
        self._counts.extend(sizes)

    def _renumber(self) -> None:
        """Give the terms collected last their numbers in the vocabulary of the field."""
        last = np.frombuffer(self._numbers, np.uint32)[self._known :]
        if self._theirs is not self._vocabulary:
            last[:] = self._adoption().numbers(last)
        self._known = len(self)
        self._theirs = self._vocabulary

    def _adoption(self) -> Adoption:
        """How the terms collected last are numbered in the field; kept, as a worker's vocabulary comes again."""
        key = id(self._theirs)
        if key not in self._adoptions:
            if len(self._adoptions) >= _VOCABULARIES:
                self._adoptions.clear()
            self._adoptions[key] = Adoption(self._vocabulary, self._theirs)
        return self._adoptions[key]


def _inverted_in_c(ranks: Array, *collected: Any) -> tuple[Array, ...] | None:
    """What `_inverted` says, in a fifth of the time; None where it must be asked."""
    found = KERNEL.invert(ranks, *collected) if KERNEL else None
    if found is None:
        return None
    postings, *parts = found
    counts, docs, frequencies, positions = (np.frombuffer(part or b"", np.uint32) for part in parts)
    return counts.astype(np.int64), docs[:postings], frequencies[:postings], positions


def _in_stretches(
    texts: list[bytes], ranks: Array, numbers: Array, docs: Any, counts: Any, positions: Any
) -> Iterator[Run]:
    """The runs of terms that come by document, not all terms at once, which take five times the memory of these."""
    sizes = np.zeros(len(ranks), np.int64)
    for at in range(0, len(numbers), _PART):
        sizes += np.bincount(ranks[numbers[at : at + _PART]], minlength=len(ranks))
    terms = ranks[numbers]
    docs = np.repeat(np.frombuffer(docs, np.uint32), np.frombuffer(counts, np.uint32))
    for first, last in stretches(sizes[: len(texts)], _AT_ONCE):
        held = np.flatnonzero((terms >= first) & (terms < last))
        places = None if positions is None else np.frombuffer(positions, np.uint32)[held]
        found, *rest = _inverted(ranks, numbers[held], docs[held], np.ones(len(held), np.uint32), places)
        yield Run(texts[first:last], found[first:last], *rest)


def _inverted(ranks: Array, numbers: Array, docs: Any, counts: Any, positions: Any) -> tuple[Array, ...]:
    """All but the terms of the run of terms that come by document, each by a number that has a rank."""
    terms = ranks[numbers]
    order = _stable_order(terms)
    terms = terms[order]
    docs = np.repeat(np.frombuffer(docs, np.uint32), np.frombuffer(counts, np.uint32))[order]
    same = (terms[1:] == terms[:-1]) & (docs[1:] == docs[:-1])
    if positions is not None:
        positions = np.frombuffer(positions, np.uint32)[order]
        if (positions[1:] < positions[:-1])[same].any():
            positions = positions[np.lexsort((positions, docs, terms))]
    firsts = np.flatnonzero(np.concatenate(([True], ~same)))
    return (
        np.bincount(terms[firsts], minlength=len(ranks)),
        docs[firsts],
        np.diff(firsts, append=len(terms)).astype(np.uint32),
        np.empty(0, np.uint32) if positions is None else positions,
    )


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
