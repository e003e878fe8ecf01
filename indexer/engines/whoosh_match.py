"""Which passages of a segment match a clause, and how much of it they hold."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import cache

from indexer.engines.bm25f import FIELDS, TEXT, WEIGHTS, Collection
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.records import AllOf, AnyOf, Clause, Flagged, Key, Lesser, Near, Not, Phrase, Within, Word

Weights = dict[int, float]  # document number in its segment -> BM25F weight
Form = Word | Phrase | Near
MARK = "!"  # a term that begins so says what the words at its position stand under: "!negated"
_LOOK = 1024  # passages of a phrase between two looks at the clock


class OutOfTimeError(Exception):
    """The deadline has passed."""


class Matcher:
    """One search in one segment; what it has read of a form it keeps."""

    def __init__(self, leaf: Leaf, collection: Collection, deadline: float | None = None) -> None:
        self._leaf = leaf
        self._collection = collection
        self._deadline = deadline  # of `time.monotonic`
        self._counts = cache(self._read_counts)

    def weights(self, clause: Clause, unless: Clause | None = None) -> Weights:
        """The live passages that match the clause and not the other, with the clause's weight in each."""
        found: Weights = {}
        for form, fields in forms(clause):
            for field in fields:
                self._add(found, self._counts(form, field), field)
        barred = self._leaf.deleted | self.holding(unless) if unless else self._leaf.deleted
        for docnum in barred.intersection(found):
            del found[docnum]
        return found

    def holding(self, clause: Clause, fields: Sequence[str] = FIELDS) -> set[int]:
        """The live passages that match the clause."""
        match clause:
            case AnyOf():
                return set().union(*(self.holding(part, fields) for part in clause.clauses))
            case AllOf():
                return self._all(clause, fields)
            case Not():
                return self._leaf.passages() - self.holding(clause.clause, fields)
            case Within():
                return self.holding(clause.clause, [clause.field] if clause.field in fields else [])
            case Lesser():
                held = self.holding(clause.clause, fields)
                return held - self.holding(clause.unless) if clause.unless else held
            case Flagged():
                return set().union(*(self._flagged(clause.flag, part) for part in clause.clauses))
            case Key():
                return self._with_key(clause.term)
            case Word() | Phrase() | Near():
                found = {docnum for field in fields for docnum, _ in self._counts(clause, field)}
                return found - self._leaf.deleted
        return set()

    def _all(self, clause: AllOf, fields: Sequence[str]) -> set[int]:
        """What every part matches; parts that only exclude come last, so that they need not name all others."""
        parts = sorted(clause.clauses, key=lambda part: isinstance(part, Not))
        held: set[int] | None = None
        for part in parts:
            if held is not None and isinstance(part, Not):
                held = held - self.holding(part.clause, fields)
            else:
                more = self.holding(part, fields)
                held = more if held is None else held & more
        return self._leaf.passages() if held is None else held

    def _with_key(self, key: str) -> set[int]:
        self._look_at_the_clock()
        postings = self._leaf.postings(KEYS, key)
        return set(postings.docs) - self._leaf.deleted if postings else set()

    def _flagged(self, flag: str, clause: Clause) -> set[int]:
        """Passages whose text holds the clause, and only at places that are marked with the flag."""
        marked = self._leaf.postings(TEXT, MARK + flag)
        if not marked:
            return set()
        at = {docnum: place for place, docnum in enumerate(marked.docs)}
        places = self._places(clause, at)
        return {
            docnum
            for docnum, held in places.items()
            if docnum not in self._leaf.deleted and held <= set(marked.places(at[docnum]))
        }

    def _places(self, clause: Clause, within: Iterable[int]) -> dict[int, set[int]]:
        """Document number -> positions in its text where a form of the clause begins, of some passages."""
        found: dict[int, set[int]] = {}
        wanted = set(within)
        for form, fields in forms(clause):
            if TEXT in fields:
                for docnum, starts in self._starts(form, TEXT, wanted):
                    found.setdefault(docnum, set()).update(starts)
        return found

    def _add(self, found: Weights, counts: Iterable[tuple[int, int]], field: str) -> None:
        """Add a field's part: its counts divided by how long the field is in each passage."""
        base, slope = self._collection.pivot(field)
        weight, lengths = WEIGHTS[field], self._leaf.lengths[field]
        for docnum, count in counts:
            found[docnum] = found.get(docnum, 0.0) + weight * count / (base + slope * lengths[docnum])

    def _read_counts(self, form: Form, field: str) -> list[tuple[int, int]]:
        """(document number, how often its field holds the form), where it does."""
        self._look_at_the_clock()
        if isinstance(form, Word):
            postings = self._leaf.postings(field, form.term)
            return list(zip(postings.docs, postings.frequencies, strict=True)) if postings else []
        return [(docnum, len(starts)) for docnum, starts in self._starts(form, field)]

    def _starts(self, form: Form, field: str, within: set[int] | None = None) -> Iterable[tuple[int, list[int]]]:
        """(document number, positions where its field holds the form), where it does."""
        terms = (form.term,) if isinstance(form, Word) else form.terms
        lists = [self._leaf.postings(field, term) for term in terms]
        known = [postings for postings in lists if postings]
        if not known or len(known) < len(lists):
            return
        places = [{docnum: at for at, docnum in enumerate(postings.docs)} for postings in known]
        common = set(places[0]).intersection(*places[1:], *([within] if within is not None else []))
        for number, docnum in enumerate(sorted(common)):
            if number % _LOOK == 0:
                self._look_at_the_clock()
            held = [postings.places(place[docnum]) for postings, place in zip(known, places, strict=True)]
            starts = stretches(terms, held, form.gap) if isinstance(form, Near) else rows(held)
            if starts:
                yield docnum, starts

    def _look_at_the_clock(self) -> None:
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise OutOfTimeError


def parts(clause: Clause) -> list[tuple[Clause, float, Clause | None]]:
    """What scores apart from the rest of the clause: (clause, its share of a score, passages it is not meant for)."""
    if isinstance(clause, Lesser):
        return [(clause.clause, clause.weight, clause.unless)]
    if isinstance(clause, AnyOf):
        lesser = [part for inner in clause.clauses if isinstance(inner, Lesser) for part in parts(inner)]
        return [(clause, 1.0, None), *lesser]
    return [(clause, 1.0, None)]


def forms(clause: Clause, fields: Sequence[str] = FIELDS) -> list[tuple[Form, tuple[str, ...]]]:
    """The distinct words and phrases that score for the clause, each with the fields that it is looked for in."""
    match clause:
        case AnyOf():
            return list(dict.fromkeys(found for part in clause.clauses for found in forms(part, fields)))
        case Within():
            return forms(clause.clause, [clause.field] if clause.field in fields else [])
        case Word() | Phrase() | Near():
            return [(clause, tuple(fields))]
    return []


def rows(held: Sequence[Sequence[int]]) -> list[int]:
    """The positions from which the terms stand one after another; `held` has the positions of each, in order."""
    starts = set(held[0])
    for step, positions in enumerate(held[1:], 1):
        starts &= {position - step for position in positions}
    return sorted(starts)


def stretches(terms: Sequence[str], held: Sequence[Sequence[int]], gap: int) -> list[int]:
    """The beginnings of stretches that hold all terms with at most `gap` other words, disjoint, from the left."""
    needed = {term: terms.count(term) for term in terms}
    seen = sorted({(position, term) for term, positions in zip(terms, held, strict=True) for position in positions})
    found: list[int] = []
    window: list[tuple[int, str]] = []
    for position, term in seen:
        window.append((position, term))
        window = [(at, other) for at, other in window if position - at < len(terms) + gap]
        if all(sum(other == term for _, other in window) >= count for term, count in needed.items()):
            found.append(window[0][0])
            window = []
    return found
