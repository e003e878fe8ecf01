"""What a query costs before it is run, and the query without what would cost too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Protocol

from indexer.clauses import terms
from indexer.records import AllOf, AnyOf, Clause, Lesser, Near, Phrase, Query, Within, Word

# Postings that may be read: .2 µs each for a word; with ten million the deadline of two seconds is met.
MOST = 10_000_000
_PHRASE, _NEAR = 5, 50  # times as much as for a word: the rarest term of a phrase counts


class Frequencies(Protocol):
    """What is asked of a collection."""

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Term -> number of passages whose text holds it; 0 when none does."""


def affordable(query: Query, collection: Frequencies, most: int = MOST) -> Query:
    """The query without the commonest of its words, as many as it takes; the receipt says which."""
    costs = costs_of(query, collection)
    if sum(costs.values()) <= most:  # as of most queries
        return query
    kept: set[Clause] = set()
    spent = 0
    for clause in sorted(costs, key=costs.__getitem__):
        spent += costs[clause]
        if spent > most and kept:
            break
        kept.add(clause)
    pairs = list(zip(query.clauses, query.words, strict=True))
    left_out = ", ".join(word for clause, word in pairs if clause not in kept)
    return replace(
        query,
        clauses=tuple(clause for clause, _ in pairs if clause in kept),
        words=tuple(word for clause, word in pairs if clause in kept),
        warnings=(*query.warnings, f"too common to be searched beside so many others: {left_out}"),
    )


def costs_of(query: Query, collection: Frequencies) -> dict[Clause, int]:
    """About how many postings are read for each clause of a query: of words no fewer than the passages that match."""
    held = collection.frequencies({term for clause in query.clauses for term in terms(clause)})
    return {clause: cost(clause, held) for clause in query.clauses}


def cost(clause: Clause, frequencies: Mapping[str, int]) -> int:
    """About how many postings are read for a clause."""
    match clause:
        case Word():
            return frequencies[clause.term]
        case Phrase() | Near():
            rarest = min((frequencies[term] for term in clause.terms), default=0)
            return rarest * (_NEAR if isinstance(clause, Near) else _PHRASE)
        case AnyOf() | AllOf():
            return sum(cost(part, frequencies) for part in clause.clauses)
        case Within() | Lesser():
            return cost(clause.clause, frequencies)
    return 0
