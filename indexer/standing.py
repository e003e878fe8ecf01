"""Where clauses stand in many passages at once: places, each the number of a passage and a position in one number."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, holds, indices
from indexer.engines import POSITION_BITS
from indexer.native import KERNEL
from indexer.records import AllOf, AnyOf, Clause, Lesser, Near, Phrase, Within, Word

Places = Mapping[str, Array]  # term -> its places, in order

_NONE = np.empty(0, np.int64)
_TERM, _ANY, _IN_A_ROW, _CLOSE = range(4)  # what a step does


class Steps(NamedTuple):
    """How the places of clauses are found, as C takes it: from the places of terms, which wait on a pile."""

    terms: tuple[str, ...]  # each once
    taken: (
        bytes  # three numbers a step: what it does, with which term or how many of those on top, how close they stand
    )

    def rows(self, places: Places) -> tuple[Array, ...]:
        """The places of the terms."""
        return tuple([places.get(term, _NONE) for term in self.terms])


def standing(clause: Clause, places: Places) -> Array:
    """The places at which a clause matches, in order, none twice; of several words that of the first."""
    match clause:
        case Word():
            return _once(places.get(clause.term, _NONE))
        case AnyOf() | AllOf():
            return _any([standing(part, places) for part in clause.clauses])
        case Lesser():
            return standing(clause.clause, places)
        case Within():
            return standing(clause.clause, places) if clause.field == "text" else _NONE
        case Phrase():
            return _in_a_row([places.get(term, _NONE) for term in clause.terms])
        case Near():
            return _close([places.get(term, _NONE) for term in clause.terms], len(clause.terms) + clause.gap)
    return _NONE


def steps_of(clauses: Sequence[Clause]) -> Steps:
    """How to find what `standing` does."""
    terms: dict[str, int] = {}
    taken: list[int] = []
    for clause in clauses:
        _take(clause, terms, taken)
    return Steps(tuple(terms), array("q", taken).tobytes())


def _take(clause: Clause, terms: dict[str, int], taken: list[int]) -> None:
    """Add the steps of a clause, the last of which leaves its places."""
    match clause:
        case Word():
            taken += _TERM, terms.setdefault(clause.term, len(terms)), 0
        case AnyOf() | AllOf():
            for part in clause.clauses:
                _take(part, terms, taken)
            taken += _ANY, len(clause.clauses), 0
        case Lesser():
            _take(clause.clause, terms, taken)
        case Within() if clause.field == "text":
            _take(clause.clause, terms, taken)
        case Phrase() | Near():
            for term in clause.terms:
                taken += _TERM, terms.setdefault(term, len(terms)), 0
            size = len(clause.terms)
            taken += (_IN_A_ROW, size, 0) if isinstance(clause, Phrase) else (_CLOSE, size, size + clause.gap)
        case _:
            taken += _ANY, 0, 0


def holding(clauses: Sequence[Clause], places: Places, size: int) -> Array:
    """For each of so many passages, a row, and each clause, whether it stands there."""
    return (_holding_in_c if KERNEL else _holding)(clauses, places, size)


def _holding_in_c(clauses: Sequence[Clause], places: Places, size: int) -> Array:
    """What `_holding` says, in a fifth of the time."""
    steps = steps_of(clauses)
    return np.frombuffer(KERNEL.holding(steps.rows(places), steps.taken, size), bool).reshape(size, len(clauses))


def _holding(clauses: Sequence[Clause], places: Places, size: int) -> Array:
    held = np.zeros((size, len(clauses)), bool)
    for at, clause in enumerate(clauses):
        held[passage_of(standing(clause, places)), at] = True
    return held


def passage_of(places: Array) -> Array:
    """The passages of some places."""
    return places >> POSITION_BITS


def position_of(places: Array) -> Array:
    """The positions of some places."""
    return places & ((1 << POSITION_BITS) - 1)


def each(places: Places, passages: Array) -> list[dict[str, list[int]]]:
    """Of each of some passages, none twice, term -> the positions at which it stands, without terms that do not."""
    if KERNEL:  # of ten of a hundred passages in a seventh of the time
        told: list[dict[str, list[int]]] = KERNEL.each(
            tuple(places), tuple(places.values()), np.ascontiguousarray(passages)
        )
        return told
    return _each(places, passages)


def _each(places: Places, passages: Array) -> list[dict[str, list[int]]]:
    """The same; the places of all terms are looked at at once: one after another takes twice the time."""
    found: list[dict[str, list[int]]] = [{} for _ in passages]
    terms = list(places)
    together = np.concatenate([_NONE, *places.values()])
    of = passage_of(together)
    rank = np.full(max(of.max(initial=-1), passages.max(initial=-1)) + 1, -1)
    rank[passages] = np.arange(len(passages))
    at = indices(rank[of] >= 0)
    term = np.repeat(np.arange(len(terms)), [len(row) for row in places.values()])[at]
    rows = zip(rank[of[at]].tolist(), term.tolist(), position_of(together[at]).tolist(), strict=True)
    for passage, number, position in rows:
        found[passage].setdefault(terms[number], []).append(position)
    return found


def _any(rows: Sequence[Array]) -> Array:
    return _once(np.sort(np.concatenate([_NONE, *rows])))


def _once(row: Array) -> Array:
    """Places in order, none twice; `unique`, which sorts them again, takes four times as long."""
    first = row[1:] != row[:-1]
    return row if first.all() else row[np.append(True, first)]


def _in_a_row(rows: Sequence[Array]) -> Array:
    """The places of the first from which each of the others follows."""
    found = _once(rows[0]) if rows else _NONE
    for step, row in enumerate(rows[1:], 1):
        found = found[holds(row, found + step)]
    return found


def _close(rows: Sequence[Array], width: int) -> Array:
    """The places of any of the words from which all of them stand within so many words."""
    found = _any(rows)
    for row in rows:
        after = np.searchsorted(row, found)
        ends = np.append(row, np.iinfo(np.int64).max)[after]
        found = found[ends < found + width]
    return found
