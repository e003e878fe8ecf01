"""What a passage says of a query's words: that they are not so, may be so, or once were so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.marks import places, stretches
from indexer.negation import FLAGS
from indexer.records import AnyOf, Clause, Lesser, Near, Query, Term, Word


def flagged(query: Query, terms: Sequence[Term], by_position: Mapping[int, str]) -> tuple[str, ...]:
    """The flags that one of the query's words stands under wherever it stands in a text, as engines tell it too.

    `terms` are those of the text that the query names, `by_position` says which positions stand under which flag.
    """
    under = {term.text for term in terms if term.position in by_position} if by_position else ()
    if not under:
        return ()
    at = {term.span.start: term.position for term in terms}
    found: set[str] = set()
    for clause in query.clauses:
        if isinstance(clause, Word) and clause.term not in under:  # as most
            continue
        stands = {by_position.get(position, "") for position in _positions(clause, terms, at)}
        found |= stands if len(stands) == 1 else set()
    return tuple(flag for flag in FLAGS if flag in found)


def _positions(clause: Clause, terms: Sequence[Term], at: Mapping[int, int]) -> list[int]:
    """The positions where a clause begins; `at` has that of each place in the text where a term starts."""
    if isinstance(clause, Word):  # as most are
        return [term.position for term in terms if term.text == clause.term]
    if isinstance(clause, AnyOf):
        return [position for part in clause.clauses for position in _positions(part, terms, at)]
    if isinstance(clause, Near):
        return [stretch[0].position for stretch in stretches(clause, terms)]
    if isinstance(clause, Lesser):
        return []
    return [at[span.start] for span in places(clause, terms)]
