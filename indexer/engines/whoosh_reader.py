"""One commit of a Whoosh index, read by any number of threads.

Whoosh's Searcher is not used: shared between threads it silently gives wrong results, its lengths are rounded to a
byte, its statistics count deleted passages, and it scores one posting at a time.
"""

from __future__ import annotations

import heapq
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial, wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import numpy as np

from indexer.arrays import indices
from indexer.engines import POSITION_BITS, Found, Heads, kernel
from indexer.engines.array_file import Array
from indexer.engines.bm25f import TEXT, Formula
from indexer.engines.matches import Matches
from indexer.engines.scorer import Scorer
from indexer.engines.whoosh_damage import told
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.engines.whoosh_passages import Passages
from indexer.errors import PinciteError
from indexer.lexicon import Lexicon
from indexer.records import Clause, Match

P = ParamSpec("P")
T = TypeVar("T")


Place = tuple[Leaf, int]  # a segment, and the place of a document in its `entries`

_NONE = np.empty(0, np.int64)
_DOCUMENTS = 16_384  # whose places are remembered: a page of hits asks for thousands


def _told(method: Callable[Concatenate[WhooshReader, P], T]) -> Callable[Concatenate[WhooshReader, P], T]:
    """A method whose errors are told in our words."""

    @wraps(method)
    def translated(self: WhooshReader, /, *args: P.args, **kwargs: P.kwargs) -> T:
        try:  # a context took a microsecond more: a search asks the index thirty times
            return method(self, *args, **kwargs)
        except PinciteError:
            raise
        except Exception as error:
            raise told(error, self.folder) from error

    return translated


class WhooshReader:
    """One whole commit, see `indexer.engines.Reader`."""

    def __init__(self, folder: Path, leaves: Sequence[Leaf], formula: Formula | None = None) -> None:
        self.folder = folder
        self._leaves = leaves
        self._scorer = Scorer(leaves, formula or Formula())
        self._passages = Passages(leaves)
        self._find = lru_cache(_DOCUMENTS)(partial(_found, tuple(leaves)))
        self._frequency = Lexicon(partial(_frequency, tuple(leaves)))  # a search asks three times for each of its words

    @_told
    def known(self) -> dict[str, str]:
        """Document id -> fingerprint, of every document."""
        return {leaf.ids[at]: leaf.fingerprint(at) for leaf in self._leaves for at in leaf.present()}

    @_told
    def documents(self) -> list[bytes]:
        """The summaries of all documents, by document id."""
        found = sorted((leaf.ids[at], number) for number, leaf in enumerate(self._leaves) for at in leaf.present())
        places = [place for key, _ in found if (place := self._find(key))]
        return [leaf.summaries[leaf.entries[at]] for leaf, at in places]

    @_told
    def summary(self, document_id: str) -> bytes | None:
        """The summary of a document; None when there is no such document."""
        place = self._find(document_id)
        return place and place[0].summaries[place[0].entries[place[1]]]

    @_told
    def document(self, document_id: str) -> memoryview | None:
        """The payload of a document, not copied; None when there is no such document."""
        place = self._find(document_id)
        return place and place[0].payloads.view(place[0].entries[place[1]])

    @_told
    def search(
        self,
        clauses: Sequence[Clause],
        required: Sequence[Clause],
        limit: int,
        deadline: float | None = None,
        counted: int = sys.maxsize,
    ) -> Found:
        """The passages that match, best first, see `indexer.engines.Reader`."""
        ranking = self._scorer.best(clauses, required, max(limit, 1), deadline, counted)
        in_order = self._passages.are_in_order(ranking.scores[: ranking.ordered])
        first = np.arange(ranking.ordered if in_order else 0)
        found = Matches(ranking.numbers, ranking.scores, self._passages, first).best(limit)
        return Found(ranking.total, found, ranking.timed_out)

    @_told
    def positions(self, matches: Sequence[Match], terms: Iterable[str]) -> dict[str, Array]:
        """Where terms stand in the texts of passages, see `indexer.engines.Reader`."""
        found: dict[str, list[Array]] = {term: [] for term in terms}
        for leaf, which, docnums in self._places_of(matches):
            held = {term: postings for term in found if (postings := leaf.postings(TEXT, term))}
            rows = kernel.places(len(leaf), list(held.values()), docnums, which << POSITION_BITS)
            for term, row in zip(held, rows, strict=True):
                found[term].append(row)
        return {term: _ascending(rows) for term, rows in found.items()}

    @_told
    def heads(self, matches: Sequence[Match]) -> Heads:
        """The heads of passages that were found, in their order, see `indexer.engines.Reader`."""
        places = self._places_of(matches)
        if len(places) == 1 and len(places[0][1]) == len(matches):  # as where there is one segment: they are in order
            leaf, _, docnums = places[0]
            return Heads(leaf.heads.content, *leaf.heads.edges(docnums))
        found = [b""] * len(matches)
        for leaf, which, docnums in places:
            edges = zip(*leaf.heads.edges(docnums), strict=True)
            for at, (start, end) in zip(which, edges, strict=True):
                found[at] = leaf.heads.content[start:end]
        return Heads.of(found)

    @_told
    def tally(self, matches: Sequence[Match], names: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many of the passages have each value of the keywords, see `indexer.engines.Reader`."""
        found: dict[str, Counter[str]] = {name: Counter() for name in names}
        for leaf, _, docnums in self._places_of(matches, in_order=False):
            wanted = np.zeros(len(leaf), bool)
            wanted[docnums] = True
            for name, counts in found.items():
                counts.update(_tallied(leaf, name, wanted))
        return {name: dict(counts) for name, counts in found.items()}

    @_told
    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, with their number of passages, see `indexer.engines.Reader`."""
        counts: dict[str, int] = {}
        for leaf in self._leaves:
            for key, number in leaf.counts(prefix, KEYS):
                counts[key] = counts.get(key, 0) + number
        return {key: number for key, number in counts.items() if number}

    @_told
    def vocabulary(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """The most frequent terms of the text that start with `prefix`, see `indexer.engines.Reader`."""
        counts: Counter[str] = Counter()
        for leaf in self._leaves:
            counts.update(dict(leaf.counts(prefix)))
        return heapq.nsmallest(limit, (+counts).items(), key=lambda item: (-item[1], item[0]))

    @_told
    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Term -> number of passages whose text holds it; 0 when none does."""
        known = self._frequency
        return {term: known[term] for term in terms}

    def size(self) -> int:
        """Number of passages."""
        return self._scorer.size

    def close(self) -> None:
        """Let go of the commit: its files are unmapped when the last thread that reads them is done."""
        self._leaves = ()
        self._find.cache_clear()

    def _places_of(self, matches: Sequence[Match], *, in_order: bool = True) -> list[tuple[Leaf, Array, Array]]:
        """The segments of passages; for each which of them stand there, and their numbers there."""
        if not isinstance(matches, Matches):
            numbers = np.array([*map(self._number, matches)], np.int64)
            known = np.flatnonzero(numbers >= 0)
            return [(leaf, known[which], docnums) for leaf, which, docnums in self._passages.by_leaf(numbers[known])]
        return list(self._passages.by_leaf(matches.numbers if in_order else matches.unordered[0]))

    def _number(self, match: Match) -> int:
        """The number of a passage in the commit; -1 when there is no such one."""
        place = self._find(match.document_id)
        docnum = place and place[0].docnum(place[1], match.ordinal)
        return -1 if place is None or docnum is None else self._passages.number(place[0], docnum)


def _found(leaves: Sequence[Leaf], document_id: str) -> Place | None:
    """The segment of a document, and its place there."""
    return next(((leaf, at) for leaf in leaves if (at := leaf.find(document_id)) is not None), None)


def _frequency(leaves: Sequence[Leaf], term: str) -> int:
    """The number of passages whose text holds a term."""
    return sum(leaf.count(term) for leaf in leaves)


def _ascending(rows: Sequence[Array]) -> Array:
    """The places in all segments, in order; those in one are."""
    return rows[0] if len(rows) == 1 else np.sort(np.concatenate([_NONE, *rows]))


def _tallied(leaf: Leaf, name: str, wanted: Array) -> dict[str, int]:
    """Value -> how many of the wanted passages of a segment have it."""
    values, docs, places = leaf.values(name)
    counts = np.bincount(places[wanted.take(docs)], minlength=len(values))
    held = indices(counts)
    return {values[at]: count for at, count in zip(held.tolist(), counts[held].tolist(), strict=True)}
