"""Matches of a query -> the hits in their final order: ranked, folded, and for a question judged by their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from indexer.arrays import Array
from indexer.asked import Asked
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.library_reader import LibraryReader
from indexer.model import Judgement, judged
from indexer.near import copies
from indexer.query import concepts
from indexer.question import is_question
from indexer.rank import Folded, Seen, Worth, collapsed, ranked, worth_of
from indexer.records import Match, Query
from indexer.scene import Scene
from indexer.standing import Places, each

RERANKED = 100  # of the best matches, those looked at for words that stand together
JUDGED = 10  # passages whose sentences are judged; 20 or 40 held no better sentence on two question sets
_KEPT = 16  # judgements of a reader: a page shows the hits and the answer of one question

_recent: WeakKeyDictionary[LibraryReader, dict[Query, Judgement]] = WeakKeyDictionary()


class Head(NamedTuple):
    """A match, and what is folded into it."""

    match: Match
    also: tuple[tuple[str, int], ...] = ()  # document id and ordinal of each

    @property
    def key(self) -> tuple[str, int]:
        """Document id and ordinal."""
        return self.match.document_id, self.match.ordinal


@dataclass(frozen=True, slots=True, eq=False)
class Ordered:
    """Hits in their final order, thousands of which cost no more than the few that are shown."""

    found: Matches
    places: Array  # in `found`, of each hit
    heads: dict[int, Head]  # of those that were ranked, by their place
    stands: Places  # where the query's terms stand in those

    def __len__(self) -> int:
        return len(self.places)

    def page(self, offset: int, limit: int) -> list[Head]:
        """So many hits from one on."""
        chosen = self.places[offset : offset + limit].tolist()
        return [self.heads[at] if at in self.heads else Head(self.found[at]) for at in chosen]

    def matches(self, offset: int = 0, limit: int | None = None) -> Matches:
        """So many hits from one on, or all."""
        return self.found.take(self.places[offset : None if limit is None else offset + limit])

    def where(self, reader: LibraryReader, query: Query, offset: int, limit: int) -> list[dict[str, list[int]]]:
        """Of so many hits from one on, term -> the positions at which it stands in the text."""
        chosen = self.places[offset : offset + limit]
        if self.heads and bool((chosen < RERANKED).all()):
            return each(self.stands, chosen)
        return each(reader.positions(self.found.take(chosen), _looked_for(query)), np.arange(len(chosen)))

    def only(self, matches: Matches) -> Ordered:
        """The hits that are among other matches too."""
        return replace(self, places=self.places[np.isin(self.found.numbers[self.places], matches.numbers)])

    def by(self, order: Sequence[int]) -> Ordered:
        """The hits in another order, given by their places in this one."""
        return replace(self, places=self.places[np.asarray(order, np.int64)])


def ordered(reader: LibraryReader, query: Query, matches: Matches) -> Ordered:
    """The matches in their final order, overlapping neighbours and copies folded into the better one."""
    stands = reader.positions(matches[:RERANKED], _looked_for(query))
    best = _best(reader, query, matches, stands)
    if is_question(query.text):
        best = _by_sentence(_judgement(reader, query, best, matches), best)
    heads = {one.at: Head(one.match, tuple((one.match.document_id, n) for n in also)) for one, also in best}
    heads = _without_copies(reader, matches, heads)
    count = min(RERANKED, len(matches))
    rest = count + _apart(matches, count)
    return Ordered(matches, np.concatenate((np.fromiter(heads, np.int64, len(heads)), rest)), heads, stands)


def unranked(matches: Matches) -> Ordered:
    """The matches as they were found, for when time is up."""
    return Ordered(matches, _apart(matches, 0), {}, {})


def judgement(reader: LibraryReader, query: Query) -> Judgement:
    """The sentences of the first passages, judged as answers; at no cost for a question just searched."""
    return _recent.get(reader, {}).get(query) or judged(scene(reader, query))


def scene(reader: LibraryReader, query: Query) -> Scene:
    """The first passages for a query, and their sentences."""
    matches = reader.search(query.clauses, query.required, RERANKED).matches
    best = _best(reader, query, matches, reader.positions(matches, _looked_for(query)))
    return _scene(reader, query, best, matches)


def _scene(reader: LibraryReader, query: Query, best: Sequence[Folded], matches: Matches) -> Scene:
    first = [one for one, _ in best[:JUDGED]]
    passages = reader.found(matches.take(np.array([one.at for one in first], np.int64)))
    seen = [Seen(one.match, passage, one.pairs, one.stands) for one, passage in zip(first, passages, strict=True)]
    return Scene(reader, Asked(query, _worth(reader, query).values), seen)


def _judgement(reader: LibraryReader, query: Query, best: Sequence[Folded], matches: Matches) -> Judgement:
    """The same of passages already ranked, kept for who asks next."""
    kept = _recent.setdefault(reader, {})
    if len(kept) >= _KEPT:
        kept.clear()
    kept[query] = judged(_scene(reader, query, best, matches))
    return kept[query]


def _looked_for(query: Query) -> list[str]:
    """The terms of a query, each once."""
    return list(dict.fromkeys(term for clause in query.clauses for term in terms(clause)))


def _best(reader: LibraryReader, query: Query, matches: Matches, stands: Places) -> list[Folded]:
    """The best matches, ranked and folded."""
    first = matches[:RERANKED]
    return collapsed(ranked(query, first, reader.layouts(first), stands, _worth(reader, query)))


def _worth(reader: LibraryReader, query: Query) -> Worth:
    frequencies = reader.frequencies(sorted(set().union(*concepts(query))))
    return worth_of(query, frequencies, reader.size())


def _by_sentence(found: Judgement, best: list[Folded]) -> list[Folded]:
    """The passages that were judged in the order of their best sentences, the others after them.

    Trained on one question set and measured on the other, this puts the right passage first for .674 instead of .637
    (covid_qa) and .898 instead of .885 (squad2) of the questions.
    """
    place: dict[int, int] = {}
    for at, one in enumerate(found.ranking):
        place.setdefault(one.candidate.rank, at)
    order = sorted(range(len(best)), key=lambda rank: (rank >= JUDGED, place.get(rank, len(found.ranking)), rank))
    return _falling([best[rank] for rank in order])


def _falling(best: list[Folded]) -> list[Folded]:
    """The same with scores that never rise: what moves down is worth no more than what it stands below."""
    scores = sorted((one.match.score for one, _ in best), reverse=True)
    return [
        (one._replace(match=Match(one.match.document_id, one.match.ordinal, score)), also)
        for (one, also), score in zip(best, scores, strict=True)
    ]


def _apart(matches: Matches, count: int) -> Array:
    """The places, from `count` on, of matches that overlap none that stays before them; counted from there.

    The first `count` all stay. In rounds: what overlaps one that stays goes, and what overlaps only what goes, or what
    comes later, stays; there are as many rounds as a run of neighbours has matches at most, and few in practice.
    """
    order = np.argsort(matches.numbers)
    numbers, ordinals = matches.numbers[order], matches.ordinals[order]
    beside = (np.diff(numbers) == 1) & (np.diff(ordinals) == 1)
    stays, open_ = np.zeros(len(order), bool), order >= count
    stays[~open_] = True
    while open_.any():
        barred = _either(stays, beside) & open_
        open_ &= ~barred
        waits = _either(open_, beside, order) & open_
        stays |= open_ & ~waits
        open_ = waits
    kept = order[stays]
    return np.sort(kept[kept >= count]) - count


def _either(held: Array, beside: Array, order: Array | None = None) -> Array:
    """Which have a neighbour that is held; with an order, one that comes before them in it."""
    after = beside & held[1:] if order is None else beside & held[1:] & (order[1:] < order[:-1])
    before = beside & held[:-1] if order is None else beside & held[:-1] & (order[:-1] < order[1:])
    return np.append(after, False) | np.append(False, before) if len(held) else held


def _without_copies(reader: LibraryReader, matches: Matches, heads: dict[int, Head]) -> dict[int, Head]:
    """The heads, those that a nearly equal document says better folded into the better one."""
    documents = {head.match.document_id for head in heads.values()}
    if len(documents) < 2:
        return heads
    places = list(heads)
    folded = copies(
        [head.match.document_id for head in heads.values()],
        lambda at: reader.found(matches[places[at] : places[at] + 1])[0].text,
        reader.sketch,
    )
    also = {at: heads[place].also for at, place in enumerate(places)}
    for copy, better in folded.items():
        also[better] += (heads[places[copy]].key, *heads[places[copy]].also)
    return {place: heads[place]._replace(also=also[at]) for at, place in enumerate(places) if at not in folded}
