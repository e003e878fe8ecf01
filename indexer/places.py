"""Where clauses stand in one text, whose terms are known; `standing` does the same of many passages at once."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.records import AllOf, AnyOf, Clause, Lesser, Near, Phrase, Within, Word

Places = Mapping[str, tuple[int, ...]]  # term -> positions of words, from 0


def stands(clause: Clause, places: Places) -> tuple[int, ...]:
    """The positions at which a clause matches, in order; of several words that of the first."""
    match clause:
        case Word():
            return places.get(clause.term, ())
        case AnyOf() | AllOf():
            return tuple(sorted({at for inner in clause.clauses for at in stands(inner, places)}))
        case Lesser():
            return stands(clause.clause, places)
        case Within():
            return stands(clause.clause, places) if clause.field == "text" else ()
        case Phrase():
            rows = [frozenset(places.get(term, ())) for term in clause.terms]
            return tuple(at for at in sorted(rows[0]) if all(at + step in row for step, row in enumerate(rows)))
        case Near():
            return _close(clause, places)
    return ()


def _close(near: Near, places: Places) -> tuple[int, ...]:
    """The first of the words of each place where all of them stand close together."""
    rows = [places.get(term, ()) for term in near.terms]
    width = len(near.terms) + near.gap
    firsts = sorted({at for row in rows for at in row})
    return tuple(at for at in firsts if all(any(at <= other < at + width for other in row) for row in rows))
