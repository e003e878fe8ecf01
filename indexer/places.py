"""Text -> where its words stand, worked out once and kept: what the clauses of a query are held against."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from indexer.analyse import STOP_WORDS, analyse, fold
from indexer.clauses import terms as looked_for
from indexer.records import AllOf, AnyOf, Clause, Lesser, Near, Phrase, Term, Within, Word
from indexer.typed import MARK, typed_terms
from indexer.units import Unit, units

_PASSAGES = 2048  # kept; about 30 MB

Places = Mapping[str, tuple[int, ...]]  # term -> positions of words, from 0


class Reading(NamedTuple):
    """A passage as ranking sees it."""

    places: Places
    steps: Sequence[int]  # for each word, and the end, how many words that are no stop words stand before it
    units: tuple[Unit, ...]
    bounds: tuple[int, ...]  # for each unit, the position of its first word


@lru_cache(maxsize=_PASSAGES)
def reading(text: str, *, as_typed: bool = False) -> Reading:
    """A passage's text, read; with the words as typed when a clause asks for one."""
    terms = analyse(text)
    starts = [term.span.start for term in terms]
    parts = units(text)
    firsts = [bisect_left(starts, unit.span.start) for unit in parts]
    last = terms[-1].position + 1 if terms else 0
    bounds = tuple(terms[at].position if at < len(terms) else last for at in firsts)
    places = _places([*terms, *typed_terms(text)] if as_typed else terms)
    return Reading(places, _steps(text, terms), parts, bounds)


def wants_typed(clauses: Sequence[Clause]) -> bool:
    """True when a clause looks for a word as typed."""
    return any(term.startswith(MARK) for clause in clauses for term in looked_for(clause))


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


def _places(terms: Sequence[Term]) -> Places:
    places: dict[str, tuple[int, ...]] = {}
    for found in terms:
        places[found.text] = (*places.get(found.text, ()), found.position)
    return places


def _steps(text: str, terms: Sequence[Term]) -> Sequence[int]:
    """Distances are counted without stop words, so that "metastasis of the spine" has "metastasis spine" side by side.

    That puts the right passage first for .630 instead of .626 and .877 instead of .874 of the questions of two sets.
    """
    steps: list[int] = []
    before = 0
    for found in terms:
        if found.position == len(steps):
            steps.append(before)
            before += fold(found.span.of(text)) not in STOP_WORDS
    return (*steps, before)
