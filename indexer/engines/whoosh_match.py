"""Which passages of a segment match a clause, and how much of it they hold."""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from operator import mul
from typing import NamedTuple

from indexer.engines.bm25f import FIELDS, TEXT
from indexer.engines.whoosh_codec import Postings
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.records import AllOf, AnyOf, Clause, Flagged, Key, Lesser, Near, Not, Phrase, Within, Word

Weights = dict[int, float]  # document number in its segment -> BM25F weight
Form = Word | Phrase | Near
MARK = "!"  # a term that begins so says what the words at its position stand under: "!negated"
_LOOK = 256  # passages of a phrase between two looks at the clock


class Counts(NamedTuple):
    """How often passages hold something; both of one length."""

    docs: Sequence[int]
    counts: Sequence[int]


NONE = Counts((), ())


class Matcher:
    """One search in one segment; what it has read of a form it keeps.

    After the deadline it finds nothing more. What it has found by then are matches, though not all.
    """

    def __init__(self, leaf: Leaf, worths: Mapping[str, array[float]], deadline: float | None = None) -> None:
        self.is_late = False
        self._leaf = leaf
        self._worths = worths  # field -> for each passage, what a term in the field is worth
        self._deadline = deadline  # of `time.monotonic`
        self._kept: dict[tuple[Form, str], Counts] = {}

    def weights(self, clause: Clause, unless: Clause | None = None) -> Weights:
        """The live passages that match the clause and not the other, with the clause's weight in each."""
        found: Weights = {}
        for form, fields in forms(clause):
            for field in fields:
                found = _added(found, self._counts(form, field), self._worths[field])
        barred = self._leaf.deleted | self.holding(unless) if unless else self._leaf.deleted
        for docnum in barred.intersection(found):
            del found[docnum]
        return {} if unless and self.is_late else found

    def holding(self, clause: Clause, fields: Sequence[str] = FIELDS) -> set[int]:
        """The live passages that match the clause."""
        match clause:
            case AnyOf():
                return set().union(*(self.holding(part, fields) for part in clause.clauses))
            case AllOf():
                return self._all(clause.clauses, fields)
            case Not():
                return self._except(self._leaf.passages(), clause.clause, fields)
            case Within():
                return self.holding(clause.clause, [clause.field] if clause.field in fields else [])
            case Lesser():
                held = self.holding(clause.clause, fields)
                return self._except(held, clause.unless, FIELDS) if clause.unless else held
            case Flagged():
                return set().union(*(self._flagged(clause.flag, part) for part in clause.clauses))
            case Key():
                return self._with_key(clause.term)
            case Word() | Phrase() | Near():
                found = [self._counts(clause, field).docs for field in fields]
                return set().union(*found) - self._leaf.deleted
        return set()

    def _all(self, clauses: Sequence[Clause], fields: Sequence[str]) -> set[int]:
        """What matches every clause; those that only exclude come last, so that they need not name all others."""
        held: set[int] | None = None
        for clause in sorted(clauses, key=lambda clause: isinstance(clause, Not)):
            if held is not None and isinstance(clause, Not):
                held = self._except(held, clause.clause, fields)
            else:
                more = self.holding(clause, fields)
                held = more if held is None else held & more
            if not held:
                return held
        return self._leaf.passages() if held is None else held

    def _except(self, held: set[int], clause: Clause, fields: Sequence[str]) -> set[int]:
        """The passages without those that match the clause; none when there was no time to find all of those."""
        barred = self.holding(clause, fields)
        return set() if self.is_late else held - barred

    def _with_key(self, key: str) -> set[int]:
        postings = None if self._look_at_the_clock() else self._leaf.postings(KEYS, key)
        return set(postings.docs) - self._leaf.deleted if postings else set()

    def _flagged(self, flag: str, clause: Clause) -> set[int]:
        """Passages whose text holds the clause, and only at places that are marked with the flag."""
        marked = self._leaf.postings(TEXT, MARK + flag)
        if not marked:
            return set()
        places = self._places(clause, set(marked.docs) - self._leaf.deleted)
        return set() if self.is_late else {docnum for docnum, held in places.items() if held <= _at(marked, docnum)}

    def _places(self, clause: Clause, among: set[int]) -> dict[int, set[int]]:
        """Document number -> positions in its text where a form of the clause begins, of some passages."""
        found: dict[int, set[int]] = {}
        for form, fields in forms(clause):
            if TEXT in fields:
                for docnum, starts in self._starts(form, TEXT, among):
                    found.setdefault(docnum, set()).update(starts)
        return found

    def _counts(self, form: Form, field: str) -> Counts:
        """The passages whose field holds the form, and how often."""
        if (form, field) not in self._kept:
            self._kept[form, field] = self._read_counts(form, field)
        return self._kept[form, field]

    def _read_counts(self, form: Form, field: str) -> Counts:
        if self._look_at_the_clock():
            return NONE
        if isinstance(form, Word):
            postings = self._leaf.postings(field, form.term)
            return Counts(postings.docs, postings.frequencies) if postings else NONE
        found = [(docnum, len(starts)) for docnum, starts in self._starts(form, field)]
        return Counts([docnum for docnum, _ in found], [count for _, count in found])

    def _starts(self, form: Form, field: str, among: set[int] | None = None) -> Iterator[tuple[int, Sequence[int]]]:
        """(document number, positions where its field holds the form), where it does."""
        terms = (form.term,) if isinstance(form, Word) else form.terms
        known = {term: postings for term in dict.fromkeys(terms) if (postings := self._leaf.postings(field, term))}
        if not terms or not all(term in known for term in terms):
            return
        for number, docnum in enumerate(_common(list(known.values()), among)):
            if number % _LOOK == 0 and self._look_at_the_clock():
                return
            held = {term: _places_in(postings, docnum) for term, postings in known.items()}
            starts = (
                stretches(terms, held, form.gap) if isinstance(form, Near) else rows([held[term] for term in terms])
            )
            if starts:
                yield docnum, starts

    def _look_at_the_clock(self) -> bool:
        """True once the deadline has passed."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.is_late = True
        return self.is_late


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
        if not starts:
            break
    return sorted(starts)


def stretches(terms: Sequence[str], held: Mapping[str, Sequence[int]], gap: int) -> list[int]:
    """The beginnings of stretches that hold all terms with at most `gap` other words, disjoint, from the left."""
    needed = {term: terms.count(term) for term in held}
    found: list[int] = []
    window: list[tuple[int, str]] = []
    for position, term in sorted((position, term) for term, positions in held.items() for position in set(positions)):
        window = [(at, other) for at, other in window if position - at < len(terms) + gap]
        window.append((position, term))
        if all(sum(other == term for _, other in window) >= count for term, count in needed.items()):
            found.append(window[0][0])
            window = []
    return found


def _added(found: Weights, more: Counts, worths: array[float]) -> Weights:
    """The weights with a field's part: its counts times what a term is worth in each passage."""
    if not found:  # as the first of a clause's forms and fields always is
        return dict(zip(more.docs, map(mul, more.counts, map(worths.__getitem__, more.docs)), strict=True))
    for docnum, count in zip(more.docs, more.counts, strict=True):
        found[docnum] = found.get(docnum, 0.0) + count * worths[docnum]
    return found


def _common(lists: Sequence[Postings], among: set[int] | None) -> list[int]:
    """The documents of all the lists, in order; the shortest list first, as it leaves least to look for."""
    shortest, *others = sorted((postings.docs for postings in lists), key=len)
    common = set(shortest) if among is None else among.intersection(shortest)
    for docs in others:
        common.intersection_update(docs)
    return sorted(common)


def _places_in(postings: Postings, docnum: int) -> array[int]:
    """The positions of the term in a passage that holds it."""
    return postings.places(bisect_left(postings.docs, docnum))


def _at(postings: Postings, docnum: int) -> set[int]:
    return set(_places_in(postings, docnum))
