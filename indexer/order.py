"""Matches of a query -> the hits in their final order: ranked, folded, and for a question judged by their sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np

from indexer.arrays import Array
from indexer.asked import Asked
from indexer.by_answer import by_answer
from indexer.clauses import terms
from indexer.engines.matches import Matches
from indexer.library_reader import LibraryReader
from indexer.model import Judgement, judged
from indexer.near import copies
from indexer.query import concepts
from indexer.question import is_question
from indexer.rank import Folded, Ranking, Seen, Worth, collapsed, ranked, worth_of
from indexer.records import Match, Query
from indexer.scene import Scene
from indexer.shortlist import shortlisted
from indexer.standing import Places, each

RERANKED = 100  # of the best matches, those looked at for words that stand together
_KEPT = 16  # judgements of a reader: a page shows the hits and the answer of one question

_recent: WeakKeyDictionary[LibraryReader, dict[Query, Judgement]] = WeakKeyDictionary()


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
    heads: dict[int, Head]  # of those that were ranked, by number
    stands: Places  # where the query's terms stand in the matches that were ranked

    def __len__(self) -> int:
        return len(self.found)

    def page(self, offset: int, limit: int) -> list[Head]:
        """So many hits from one on."""
        chosen = self.found[offset : offset + limit]
        pairs = zip(chosen.numbers.tolist(), chosen, strict=True)
        return [self.heads.get(number) or Head(match) for number, match in pairs]

    def where(self, reader: LibraryReader, query: Query, page: Sequence[Head]) -> list[dict[str, list[int]]]:
        """Of the hits of a page, term -> the positions at which it stands in the text."""
        if all(head.at >= 0 for head in page):
            return each(self.stands, np.array([head.at for head in page], np.int64))
        return each(reader.positions([head.match for head in page], _looked_for(query)), np.arange(len(page)))

    def only(self, matches: Matches) -> Ordered:
        """The hits that are among other matches too."""
        return replace(self, found=self.found.only(np.isin(self.found.unordered[0], matches.unordered[0])))

    def by(self, order: Sequence[int]) -> Ordered:
        """The hits in another order, given by their places in this one."""
        return replace(self, found=self.found.take(np.asarray(order, np.int64)))


def ordered(reader: LibraryReader, query: Query, matches: Matches) -> Ordered:
    """The matches in their final order, overlapping neighbours and copies folded into the better one."""
    first = matches[:RERANKED]
    stands = reader.positions(first, _looked_for(query))
    ranking = _best(reader, query, first, stands)
    if is_question(query.text):
        best = by_answer(_judgement(reader, query, ranking, first), ranking.best)
    else:
        best = collapsed(ranking.best)
    heads = _without_copies(reader, first, _heads(best))
    kept = first.take(np.array([head.at for head in heads], np.int64))
    return Ordered(
        _apart(matches, len(first)).behind(kept), dict(zip(kept.numbers.tolist(), heads, strict=True)), stands
    )


def unranked(matches: Matches) -> Ordered:
    """The matches as they were found, for when time is up."""
    return Ordered(_apart(matches, 0), {}, {})


def judgement(reader: LibraryReader, query: Query) -> Judgement:
    """The sentences of the first passages, judged as answers; at no cost for a question just searched."""
    return _recent.get(reader, {}).get(query) or judged(scene(reader, query))


def scene(reader: LibraryReader, query: Query) -> Scene:
    """The best sentences for a query, among those around them."""
    return _scene(reader, query, *_first(reader, query))


def reordered(reader: LibraryReader, query: Query, found: Judgement) -> list[Folded]:
    """The first passages for a query as another judgement of its sentences orders them."""
    return by_answer(found, _first(reader, query)[0].best)


def _first(reader: LibraryReader, query: Query) -> tuple[Ranking, Matches]:
    matches = reader.search(query.clauses, query.required, RERANKED).matches
    return _best(reader, query, matches, reader.positions(matches, _looked_for(query))), matches


def _scene(reader: LibraryReader, query: Query, best: Ranking, matches: Matches) -> Scene:
    listed = shortlisted(best)
    chosen = matches.take(np.array([one.passage.at for one in listed], np.int64))
    seen = [
        Seen(one.match, passage, one.pairs, one.stands, begins)
        for (one, begins), passage in zip(listed, reader.found(chosen), strict=True)
    ]
    return Scene(reader, Asked(query, best.worth), seen, chosen)


def _judgement(reader: LibraryReader, query: Query, best: Ranking, matches: Matches) -> Judgement:
    """The same of passages already ranked, kept for who asks next."""
    kept = _recent.setdefault(reader, {})
    if len(kept) >= _KEPT:
        kept.clear()
    kept[query] = found = judged(_scene(reader, query, best, matches))
    return found


def _looked_for(query: Query) -> list[str]:
    """The terms of a query, each once."""
    return list(dict.fromkeys(term for clause in query.clauses for term in terms(clause)))


def _best(reader: LibraryReader, query: Query, first: Matches, stands: Places) -> Ranking:
    """The first matches, ranked."""
    return ranked(query, first, reader.layouts(first), stands, _worth(reader, query))


def _worth(reader: LibraryReader, query: Query) -> Worth:
    frequencies = reader.frequencies(sorted(set().union(*concepts(query))))
    return worth_of(query, frequencies, reader.size())


def _heads(best: Sequence[Folded]) -> list[Head]:
    """The heads of passages; scores never rise: what moves down is worth no more than what it stands below."""
    scores = sorted([one.match.score for one, _ in best], reverse=True)
    return [
        Head(
            Match(one.match.document_id, one.match.ordinal, score),
            tuple((one.match.document_id, n) for n in also),
            one.at,
        )
        for (one, also), score in zip(best, scores, strict=True)
    ]


def _apart(matches: Matches, count: int) -> Matches:
    """The matches, from `count` on, that overlap none that stays before them.

    The first `count` all stay. Of two neighbours the better one comes first, of equals the left one: what is better
    than both of its neighbours stays, and down the slopes from there every other one does.
    """
    numbers, scores = matches.unordered
    is_first = np.zeros(len(numbers), bool)
    is_first[matches.places(count)] = True
    order = np.argsort(numbers, kind="stable")
    held, first = numbers[order], is_first[order]
    beside = matches.are_followed(order[:-1]) & (held[1:] - held[:-1] == 1)
    worth = np.where(first, np.inf, scores[order])
    falls = worth[1:] <= worth[:-1]
    left = np.append(False, beside & falls)[: len(order)] & ~first  # has a better neighbour on this side
    right = np.append(beside & ~falls, False)[: len(order)] & ~first
    stays = ~first
    stays[_every_other(np.flatnonzero(left & ~right))] = False
    stays[_every_other(np.flatnonzero(right & ~left)[::-1])] = False
    both = np.flatnonzero(left & right)
    stays[both] = ~(stays[both - 1] | stays[both + 1] | first[both - 1] | first[both + 1])
    kept = np.empty(len(order), bool)
    kept[order] = stays
    return matches.only(kept)


def _every_other(places: Array) -> Array:
    """Of each run of neighbours the first, the third, and so on."""
    at = np.arange(len(places))
    begins = np.abs(np.diff(places, prepend=-2)) != 1
    return np.asarray(places[(at - np.maximum.accumulate(np.where(begins, at, 0))) & 1 == 0])


def _without_copies(reader: LibraryReader, matches: Matches, heads: Sequence[Head]) -> list[Head]:
    """The heads, those that a nearly equal document says better folded into the better one."""
    documents = [head.match.document_id for head in heads]
    if len(set(documents)) < 2:
        return list(heads)
    folded = copies(
        documents,
        lambda at: reader.found(matches[heads[at].at : heads[at].at + 1])[0].text,
        reader.sketch,
    )
    if not folded:
        return list(heads)
    also = [head.also for head in heads]
    for copy, better in folded.items():
        also[better] += (heads[copy].key, *heads[copy].also)
    return [head._replace(also=also[at]) for at, head in enumerate(heads) if at not in folded]
