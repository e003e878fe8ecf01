"""Matches of a query -> the hits in their final order: ranked, folded, and for a question judged by their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from indexer.apart import apart
from indexer.asked import Asked, masks
from indexer.by_answer import by_answer
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.fold import Folded, collapsed
from indexer.library_reader import LibraryReader
from indexer.model import Judgement, judged
from indexer.near import copies
from indexer.query import concepts
from indexer.question import is_question
from indexer.rank import Ranking, Seen, ranked, worth_of
from indexer.records import Match, Query
from indexer.scene import Scene
from indexer.shortlist import shortlisted
from indexer.standing import each

RERANKED = 100  # of the best matches, those looked at for words that stand together
_KEPT = 16  # judgements of a reader: a page shows the hits and the answer of one question

_Kept = tuple[float, Folded]  # the score of a ranked match that counts; where it was ranked, with those folded into it

# The passages that were ranked, and how their sentences were judged: filters may leave others.
_recent: WeakKeyDictionary[LibraryReader, dict[Query, tuple[Matches, Judgement]]] = WeakKeyDictionary()


class Head(NamedTuple):
    """A match, and what is folded into it."""

    match: Match
    also: tuple[tuple[str, int], ...] = ()  # document id and ordinal of each
    at: int = -1  # its place among the matches that were ranked

    @property
    def key(self) -> tuple[str, int]:
        """Document id and ordinal."""
        return self.match.document_id, self.match.ordinal


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Hits in their final order, thousands of which cost no more than the few that are shown."""

    found: Matches
    kept: dict[int, _Kept]  # those that were ranked and stay, by number
    ranking: Ranking | None = None  # of those that were ranked, if any were

    def __len__(self) -> int:
        return len(self.found)

    def page(self, offset: int, limit: int) -> list[Head]:
        """So many hits from one on."""
        chosen = self.found[offset : offset + limit]
        kept = [self.kept.get(number) for number in chosen.numbers.tolist()]
        keys = self.ranking.matches.keys() if self.ranking and any(kept) else []
        if all(kept):  # as on the first page, of which that is all that is asked for
            return [_head(keys, *one) for one in kept if one]
        return [_head(keys, *one) if one else Head(match) for match, one in zip(chosen, kept, strict=True)]

    def known(
        self, reader: LibraryReader, query: Query, page: Sequence[Head]
    ) -> tuple[list[dict[str, list[int]]], list[dict[int, str]]]:
        """Of the hits of a page, term -> the positions at which it stands in the text; and position -> flag."""
        ranking = self.ranking
        if ranking and all(head.at >= 0 for head in page):
            which = np.array([head.at for head in page], np.int64)
            return each(ranking.places, which), ranking.layouts.flags_of(which)
        matches, which = [head.match for head in page], np.arange(len(page))
        return each(reader.positions(matches, _looked_for(query)), which), reader.layouts(matches).flags_of(which)

    def only(self, matches: Matches) -> Ordered:
        """The hits that are among other matches too."""
        return replace(self, found=self.found.only(np.isin(self.found.unordered[0], matches.unordered[0])))

    def by(self, order: Sequence[int]) -> Ordered:
        """The hits in another order, given by their places in this one."""
        return replace(self, found=self.found.take(np.asarray(order, np.int64)))


def _head(keys: Sequence[tuple[str, int]], score: float, best: Folded) -> Head:
    """A ranked match that is shown, with those folded into it; `keys` are those of all that were ranked."""
    at, also = best
    return Head(Match(*keys[at], score), tuple([keys[other] for other in also]), at)


def ordered(reader: LibraryReader, query: Query, matches: Matches) -> Ordered:
    """The matches in their final order, overlapping neighbours and copies folded into the better one."""
    ranking = _ranked(reader, query, matches[:RERANKED])
    best = by_answer(_judgement(reader, query, ranking), ranking) if is_question(query.text) else collapsed(ranking)
    return _put(matches, ranking, _without_copies(reader, ranking.matches, _kept(ranking, best)))


def _put(matches: Matches, ranking: Ranking, kept: Sequence[_Kept]) -> Ordered:
    """The matches, those of the ranked ones that are kept before all others."""
    first = ranking.matches.take(np.array([at for _, (at, _) in kept], np.int64))
    found = apart(matches, len(ranking.matches)).behind(first)
    return Ordered(found, dict(zip(first.numbers.tolist(), kept, strict=True)), ranking)


def unranked(matches: Matches) -> Ordered:
    """The matches as they were found, for when time is up."""
    return Ordered(apart(matches, 0), {})


def judgement(reader: LibraryReader, query: Query, deadline: float | None = None) -> Judgement:
    """The sentences of the first passages, judged as answers; at no cost for a question just searched.

    Where that is not known, the passages are those that are found until the deadline.
    """
    known = _recent.get(reader, {}).get(query)
    return known[1] if known else judged(scene(reader, query, deadline))


def scene(reader: LibraryReader, query: Query, deadline: float | None = None) -> Scene:
    """The best sentences for a query, among those around them."""
    return _scene(reader, query, _first(reader, query, deadline))


def reordered(reader: LibraryReader, query: Query, found: Judgement) -> Ordered:
    """The first passages for a query as another judgement of its sentences orders them."""
    ranking = _first(reader, query)
    return _put(ranking.matches, ranking, _kept(ranking, by_answer(found, ranking)))


def _first(reader: LibraryReader, query: Query, deadline: float | None = None) -> Ranking:
    return _ranked(reader, query, reader.search(query.clauses, query.required, RERANKED, deadline, counted=0).matches)


def _scene(reader: LibraryReader, query: Query, best: Ranking) -> Scene:
    listed = shortlisted(best)
    places = np.array([one.at for one in listed], np.int64)
    chosen = best.matches.take(places)
    keys = chosen.keys()
    columns = (best.scores[places].tolist(), best.pairs[places].tolist(), masks(best.holds[places]))
    seen = [
        Seen(Match(document_id, ordinal, score), passage, pairs, held, one.begins)
        for (document_id, ordinal), passage, score, pairs, held, one in zip(
            keys, reader.placed(keys), *columns, listed, strict=True
        )
    ]
    return Scene(reader, Asked(query, best.worth), seen, chosen)


def _judgement(reader: LibraryReader, query: Query, best: Ranking) -> Judgement:
    """The same of passages already ranked, kept for who asks next: a page asks for the hits, then for the answer."""
    kept = _recent.setdefault(reader, {})
    known = kept.get(query)
    if known and np.array_equal(known[0].numbers, best.matches.numbers):
        return known[1]
    if len(kept) >= _KEPT:
        kept.clear()
    found = judged(_scene(reader, query, best))
    kept[query] = best.matches, found
    return found


def _looked_for(query: Query) -> list[str]:
    """The terms of a query, each once."""
    return list(dict.fromkeys(term for clause in query.clauses for term in terms(clause)))


def _ranked(reader: LibraryReader, query: Query, matches: Matches) -> Ranking:
    """Matches, ranked by what the index knows of them."""
    frequencies = reader.frequencies(sorted(set().union(*concepts(query))))
    worth = worth_of(query, frequencies, reader.size())
    return ranked(query, matches, reader.layouts(matches), reader.positions(matches, _looked_for(query)), worth)


def _kept(ranking: Ranking, best: Sequence[Folded]) -> list[_Kept]:
    """The passages; scores never rise: what moves down is worth no more than what it stands below."""
    scores = ranking.scores.tolist()
    return list(zip(sorted([scores[at] for at, _ in best], reverse=True), best, strict=True))


def _without_copies(reader: LibraryReader, first: Matches, kept: Sequence[_Kept]) -> Sequence[_Kept]:
    """The passages, those that a nearly equal document says better folded into the better one."""
    ids = first.document_ids
    places = [at for _, (at, _) in kept]
    documents = [ids[at] for at in places]
    if len(set(documents)) < 2:
        return kept

    def text(rank: int) -> str:
        return reader.placed(first[places[rank] : places[rank] + 1].keys())[0].text

    folded = copies(documents, text, reader.sketches)
    if not folded:
        return kept
    also = [also for _, (_, also) in kept]
    for copy, better in folded.items():
        also[better] += (places[copy], *also[copy])
    stay = [rank for rank in range(len(kept)) if rank not in folded]
    return [(kept[rank][0], (places[rank], also[rank])) for rank in stay]
