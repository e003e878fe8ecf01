"""Ranked passages, in the order of what they hold of the answer that the passages before them do not hold.

Each sentence that was judged is worth its share of the certainty. First comes a passage that holds the best one, then
always the passage whose sentences, those in earlier passages left out, are worth most together: of two that overlap the
second goes down, and is folded into the first when it holds no judged sentence of its own. With weights from the other
question set .875 of covid_qa's questions have their answer in the first ten hits; with passages in the order of their
best sentences, each folded whose best sentence stands in a better one, .848 had.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.fold import Folded, folded
from indexer.model import Judgement
from indexer.native import KERNEL
from indexer.rank import Ranking

_BEST = 1.0  # more than all other sentences are worth together


class Told(NamedTuple):
    """Passages, and the sentences that were judged, the best first."""

    order: Array  # the places of the passages, the best first; what follows has a row for each place
    documents: Array  # the number of its document
    starts: Array
    ends: Array
    begins: Array  # where its best sentence begins, -1 when it has none
    of: Array  # the number of each sentence's document
    at: Array  # where it begins there
    worths: Array


def by_answer(found: Judgement, ranking: Ranking) -> list[Folded]:
    """The passages that hold judged sentences, reordered, before the others in the order they come in; all folded."""
    order, firsts, lasts = (_in_c if KERNEL else _in_turn)(_told(found, ranking))
    return folded(ranking, order, (firsts, lasts))


def _told(found: Judgement, ranking: Ranking) -> Told:
    ids, layouts, scene = ranking.matches.document_ids, ranking.layouts, found.scene
    numbers = {document_id: number for number, document_id in enumerate(ids)}
    documents = np.array([numbers.get(one.match.document_id, -1) for one in scene.found], np.int64)
    order, candidates = np.array(found.order.numbers, np.int64), scene.candidates
    worths = np.array(found.order.shares, float)
    worths[:1] += _BEST
    return Told(
        ranking.order,
        np.array([numbers[document_id] for document_id in ids], np.int64),
        layouts.starts,
        layouts.ends,
        ranking.begins,
        documents.take(candidates.ranks.take(order)),
        candidates.table.begins.take(candidates.rows.take(order)),
        worths,
    )


def _in_c(told: Told) -> Array:
    """What `_in_turn` says; forty sentences of a hundred passages take a tenth of the time."""
    return np.frombuffer(KERNEL.in_turn(*map(np.ascontiguousarray, told)), np.int64).reshape(3, -1)


def _in_turn(told: Told) -> Array:
    """The passages, always the one that adds most to those before, of equals the first; what holds no sentence last.

    And by place, where the first and the last sentence of each begins; of one that holds none its best.
    """
    firsts, lasts = told.begins.copy(), told.begins.copy()
    held = {place: sentences for place in told.order.tolist() if (sentences := dict(_sentences(told, place)))}
    for place, sentences in held.items():
        begins = told.at[list(sentences)]
        firsts[place], lasts[place] = begins.min(), begins.max()
    others = [place for place in told.order.tolist() if place not in held]
    return np.array([[*_by_worth(held), *others], firsts, lasts], np.int64)


def _sentences(told: Told, place: int) -> Iterator[tuple[int, float]]:
    """The numbers and worths of the sentences in a passage."""
    of, begins = told.of == told.documents[place], told.at
    for number in np.flatnonzero(of & (told.starts[place] <= begins) & (begins < told.ends[place])).tolist():
        yield number, float(told.worths[number])


def _by_worth(held: Mapping[int, Mapping[int, float]]) -> Iterator[int]:
    left, seen = dict(held), set[int]()
    while left:
        worth = {place: _added(sentences, seen) for place, sentences in left.items()}
        best = max(worth, key=worth.__getitem__)
        seen.update(left.pop(best))
        yield best


def _added(sentences: Mapping[int, float], seen: Set[int]) -> float:
    """What sentences are worth that were not seen, one after another, as in C."""
    worth = 0.0
    for number, value in sentences.items():
        worth += 0.0 if number in seen else value
    return worth
