"""Where clauses stand in many passages at once: places, each the number of a passage and a position in one number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from indexer.arrays import Array, holds, indices
from indexer.engines import POSITION_BITS
from indexer.records import AllOf, AnyOf, Clause, Lesser, Near, Phrase, Within, Word

Places = Mapping[str, Array]  # term -> its places, in order

_NONE = np.empty(0, np.int64)


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


def passage_of(places: Array) -> Array:
    """The passages of some places."""
    return places >> POSITION_BITS


def position_of(places: Array) -> Array:
    """The positions of some places."""
    return places & ((1 << POSITION_BITS) - 1)


def each(places: Places, passages: Array) -> list[dict[str, list[int]]]:
    """Of each of some passages, none twice, term -> the positions at which it stands, without terms that do not.

    The places of all terms are looked at at once: one after another takes twice the time.
    """
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
