"""One commit of a Whoosh index, read by any number of threads.

Whoosh's Searcher is not used: shared between threads it silently gives wrong results, its lengths are rounded to a
byte, and its statistics count deleted passages.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from indexer.engines import Found
from indexer.engines.bm25f import FIELDS, Collection, idf, saturated
from indexer.engines.whoosh_damage import told
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.engines.whoosh_match import Matcher, OutOfTimeError, Weights, parts
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


class Scored(NamedTuple):
    """A passage that matches, before its names are looked up."""

    score: float
    leaf: Leaf
    docnum: int


class WhooshReader:
    """One whole commit, see `indexer.engines.Reader`."""

    def __init__(self, folder: Path, leaves: Sequence[Leaf]) -> None:
        self.folder = folder
        self._leaves = leaves
        terms = {field: sum(leaf.terms(field) for leaf in leaves) for field in FIELDS}
        self._collection = Collection(sum(leaf.size() for leaf in leaves), terms)

    @_told
    def known(self) -> dict[str, str]:
        """Document id -> fingerprint, of every document."""
        return {leaf.ids[at]: leaf.fingerprints[at] for leaf in self._leaves for at in leaf.live()}

    @_told
    def documents(self) -> list[bytes]:
        """The summaries of all documents, by document id."""
        found = {leaf.ids[at]: (leaf, leaf.entries[at]) for leaf in self._leaves for at in leaf.live()}
        return [found[key][0].summaries[found[key][1]] for key in sorted(found)]

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
        matchers = [Matcher(leaf, self._collection, deadline) for leaf in self._leaves]
        try:
            allowed = [matcher.holding(AllOf(tuple(required))) if required else None for matcher in matchers]
        except OutOfTimeError:
            return Found(0, (), timed_out=True)
        scores, timed_out = self._scores(matchers, list(dict.fromkeys(clauses)))
        held = [_only(found, among) for found, among in zip(scores, allowed, strict=True)]
        best = _best((Scored(s, leaf, n) for leaf, part in self._each(held) for n, s in part.items()), limit)
        matches = sorted((-found.score, *found.leaf.place(found.docnum)) for found in best)
        total = sum(len(part) for part in held)
        return Found(total, tuple(Match(key, ordinal, -score) for score, key, ordinal in matches[:limit]), timed_out)

    @_told
    def tally(self, passages: Sequence[tuple[str, int]], name: str) -> dict[str, int]:
        """Value -> how many of the passages have it as a keyword of that name, see `indexer.engines.Reader`."""
        counts: Counter[str] = Counter()
        places = {document_id: self._find(document_id) for document_id, _ in passages}
        for document_id, ordinal in passages:
            place = places[document_id]
            docnum = place and place[0].docnum(place[1], ordinal)
            if place and docnum is not None:
                counts.update(place[0].values(name)[docnum])
        return dict(counts)

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

    def _find(self, document_id: str) -> tuple[Leaf, int] | None:
        """The segment of a document, and its place there."""
        for leaf in self._leaves:
            at = leaf.find(document_id)
            if at is not None:
                return leaf, at
        return None

    def _payload(self, place: tuple[Leaf, int] | None, ordinal: int) -> bytes | None:
        """The payload of a passage of the document at `place`."""
        docnum = place and place[0].docnum(place[1], ordinal)
        return None if place is None or docnum is None else place[0].payloads[docnum]

    def _scores(self, matchers: Sequence[Matcher], clauses: Sequence[Clause]) -> tuple[list[Weights], bool]:
        """For each segment, passage -> score over all clauses; True when time ran out and some are missing."""
        scores: list[Weights] = [{} for _ in matchers]
        try:
            for clause, share, unless in [part for whole in clauses for part in parts(whole)]:
                held = [matcher.weights(clause, unless) for matcher in matchers]
                value = share * idf(self._collection.passages, sum(len(part) for part in held))
                for score, part in zip(scores, held, strict=True):
                    for docnum, weight in part.items():
                        score[docnum] = score.get(docnum, 0.0) + value * saturated(weight)
        except OutOfTimeError:
            return scores, True
        return scores, False

    def _each(self, parts: Sequence[Weights]) -> Iterable[tuple[Leaf, Weights]]:
        return zip(self._leaves, parts, strict=True)


def _only(scores: Weights, allowed: set[int] | None) -> Weights:
    """The scores of the passages that are allowed; any are when nothing is required."""
    return scores if allowed is None else {docnum: scores.get(docnum, 0.0) for docnum in allowed}


def _best(found: Iterable[Scored], limit: int) -> list[Scored]:
    """The best `limit`, and all that tie with the last of them."""
    everything = list(found)
    if len(everything) <= limit:
        return everything
    if limit < 1:
        return []
    least = heapq.nlargest(limit, (scored.score for scored in everything))[-1]
    return [scored for scored in everything if scored.score >= least]
