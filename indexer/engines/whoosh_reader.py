"""One commit of a Whoosh index, read by any number of threads.

Whoosh's Searcher is not used: shared between threads it silently gives wrong results, its lengths are rounded to a
byte, and its statistics count deleted passages.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, wraps
from itertools import chain
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from indexer.engines import Found
from indexer.engines.bm25f import FIELDS, K1, Collection, idf
from indexer.engines.whoosh_damage import told
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.engines.whoosh_match import Matcher, Weights, parts
from indexer.records import AllOf, Clause, Match

P = ParamSpec("P")
T = TypeVar("T")


def _told(method: Callable[Concatenate[WhooshReader, P], T]) -> Callable[Concatenate[WhooshReader, P], T]:
    """A method whose errors are told in our words."""

    @wraps(method)
    def translated(self: WhooshReader, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with told(self.folder):
            return method(self, *args, **kwargs)

    return translated


class WhooshReader:
    """One whole commit, see `indexer.engines.Reader`."""

    def __init__(self, folder: Path, leaves: Sequence[Leaf]) -> None:
        self.folder = folder
        self._leaves = leaves
        terms = {field: sum(leaf.terms(field) for leaf in leaves) for field in FIELDS}
        self._collection = Collection(sum(leaf.size() for leaf in leaves), terms)
        self._worths = [
            {field: self._collection.worths(field, leaf.lengths[field]) for field in FIELDS} for leaf in leaves
        ]

    @_told
    def known(self) -> dict[str, str]:
        """Document id -> fingerprint, of every document."""
        return {key: leaf.fingerprints[at] for key, (leaf, at) in self._places.items()}

    @_told
    def documents(self) -> list[bytes]:
        """The summaries of all documents, by document id."""
        found = (self._places[key] for key in sorted(self._places))
        return [leaf.summaries[leaf.entries[at]] for leaf, at in found]

    @_told
    def summary(self, document_id: str) -> bytes | None:
        """The summary of a document; None when there is no such document."""
        place = self._find(document_id)
        return place and place[0].summaries[place[0].entries[place[1]]]

    @_told
    def document(self, document_id: str) -> bytes | None:
        """The payload of a document; None when there is no such document."""
        place = self._find(document_id)
        return place and place[0].payloads[place[0].entries[place[1]]]

    @_told
    def passages(self, keys: Sequence[tuple[str, int]]) -> list[bytes | None]:
        """The payloads of passages, in the order of `keys` (document id, ordinal); None where there is no such one."""
        places = {document_id: self._find(document_id) for document_id, _ in keys}
        return [self._payload(places[document_id], ordinal) for document_id, ordinal in keys]

    def passages_of(self, document_id: str) -> list[bytes]:
        """The payloads of a document's passages, by ordinal; none when there is no such document."""
        place = self._find(document_id)
        if place is None:
            return []
        leaf, at = place
        return [leaf.payloads[docnum] for docnum in sorted(leaf.span(at)[1:], key=leaf.ordinals.__getitem__)]

    @_told
    def search(
        self, clauses: Sequence[Clause], required: Sequence[Clause], limit: int, deadline: float | None = None
    ) -> Found:
        """The passages that match, best first, see `indexer.engines.Reader`."""
        matchers = [Matcher(leaf, worths, deadline) for leaf, worths in zip(self._leaves, self._worths, strict=True)]
        allowed = [matcher.holding(AllOf(tuple(required))) if required else None for matcher in matchers]
        scores = self._scores(matchers, list(dict.fromkeys(clauses)))
        held = [_only(found, among) for found, among in zip(scores, allowed, strict=True)]
        matches = self._best(held, limit)
        total = sum(len(part) for part in held)
        return Found(total, tuple(matches), any(matcher.is_late for matcher in matchers))

    @_told
    def tally(self, passages: Sequence[tuple[str, int]], names: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many of the passages have each value of the keywords, see `indexer.engines.Reader`."""
        places = {document_id: self._find(document_id) for document_id, _ in passages}
        found: dict[Leaf, list[int]] = {}
        for document_id, ordinal in passages:
            place = places[document_id]
            docnum = place and place[0].docnum(place[1], ordinal)
            if place and docnum is not None:
                found.setdefault(place[0], []).append(docnum)
        return {
            name: dict(sum((_tallied(leaf, name, held) for leaf, held in found.items()), Counter())) for name in names
        }

    @_told
    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, with their number of passages, see `indexer.engines.Reader`."""
        counts: Counter[str] = Counter()
        for leaf in self._leaves:
            counts.update(dict(leaf.counts(prefix, KEYS)))
        return dict(+counts)

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
        return {term: sum(leaf.count(term) for leaf in self._leaves) for term in terms}

    def size(self) -> int:
        """Number of passages."""
        return self._collection.passages

    def close(self) -> None:
        """Let go of the commit: its files are unmapped when the last thread that reads them is done."""
        self._leaves = ()
        self.__dict__.pop("_places", None)

    def _find(self, document_id: str) -> tuple[Leaf, int] | None:
        """The segment of a document, and its place there."""
        return self._places.get(document_id)

    @cached_property
    def _places(self) -> dict[str, tuple[Leaf, int]]:
        """The segment and place of every document: a page of hits asks for thousands."""
        return {leaf.ids[at]: (leaf, at) for leaf in self._leaves for at in leaf.live()}

    def _payload(self, place: tuple[Leaf, int] | None, ordinal: int) -> bytes | None:
        """The payload of a passage of the document at `place`."""
        docnum = place and place[0].docnum(place[1], ordinal)
        return None if place is None or docnum is None else place[0].payloads[docnum]

    def _scores(self, matchers: Sequence[Matcher], clauses: Sequence[Clause]) -> list[Weights]:
        """For each segment, passage -> score over all clauses."""
        scores: list[Weights] = [{} for _ in matchers]
        for clause, share, unless in [part for whole in clauses for part in parts(whole)]:
            held = [matcher.weights(clause, unless) for matcher in matchers]
            value = share * idf(self._collection.passages, sum(len(part) for part in held))
            scores = [_scored(score, part, value) for score, part in zip(scores, held, strict=True)]
        return scores

    def _best(self, scores: Sequence[Weights], limit: int) -> list[Match]:
        """The best `limit`; of equals, the first by document and ordinal."""
        everything = sorted(score for part in scores for score in part.values())
        least = everything[-limit] if 0 < limit < len(everything) else -1.0
        best = [
            (-score, *leaf.place(docnum))
            for leaf, part in zip(self._leaves, scores if limit > 0 else (), strict=limit > 0)
            for docnum, score in part.items()
            if score >= least
        ]
        return [Match(document_id, ordinal, -score) for score, document_id, ordinal in sorted(best)[:limit]]


def _scored(scores: Weights, weights: Weights, value: float) -> Weights:
    """The scores with what a clause adds, see `bm25f.saturated`."""
    most = (K1 + 1) * value
    if not scores:
        return {docnum: most * weight / (K1 + weight) for docnum, weight in weights.items()}
    for docnum, weight in weights.items():
        scores[docnum] = scores.get(docnum, 0.0) + most * weight / (K1 + weight)
    return scores


def _only(scores: Weights, allowed: set[int] | None) -> Weights:
    """The scores of the passages that are allowed; any are when nothing is required."""
    return scores if allowed is None else {docnum: scores.get(docnum, 0.0) for docnum in allowed}


def _tallied(leaf: Leaf, name: str, docnums: Sequence[int]) -> Counter[str]:
    return Counter(chain.from_iterable(map(leaf.values(name).__getitem__, docnums)))
