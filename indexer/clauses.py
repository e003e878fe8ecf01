"""Clauses: what they are made of, and the same with parts replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from indexer.records import AllOf, AnyOf, Clause, Flagged, Fuzzy, Lesser, Near, Not, Phrase, Prefix, Within, Word
from indexer.typed import MARK


def terms(clause: Clause) -> list[str]:
    """The terms that a clause looks for; of a beginning or a likeness the letters given."""
    match clause:
        case Word():
            return [clause.term]
        case Phrase() | Near():
            return list(clause.terms)
        case AnyOf() | AllOf():
            return [found for inner in clause.clauses for found in terms(inner)]
        case Within() | Lesser():
            return terms(clause.clause)
        case Prefix() | Fuzzy():
            return [MARK + clause.text]
    return []


def changed(clause: Clause, change: Callable[[Clause], Clause | None]) -> Clause:
    """What `change` makes of the clause, or where it makes nothing of it, the clause with its parts changed so."""
    made = change(clause)
    if made is not None:
        return made
    match clause:
        case AnyOf() | AllOf():
            return replace(clause, clauses=tuple(changed(part, change) for part in clause.clauses))
        case Not() | Within() | Lesser():
            return replace(clause, clause=changed(clause.clause, change))
        case Flagged():
            return replace(clause, clauses=tuple(changed(part, change) for part in clause.clauses))
    return clause
