"""Which passages of a segment match a clause, and how much of it they hold."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from indexer.arrays import holds
from indexer.engines import POSITION_BITS
from indexer.engines.array_file import Array
from indexer.engines.bm25f import FIELDS, TEXT
from indexer.engines.forms import MARK, Form, forms, stretches
from indexer.engines.kernel import Listed, Source, Worths, mark, phrase
from indexer.engines.packed import unpacked
from indexer.engines.remembered import Asked, Remembered
from indexer.engines.term_lists import Postings
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.records import AllOf, AnyOf, Clause, Flagged, Key, Lesser, Near, Not, Phrase, Within, Word

Held = Postings | Listed
_LOOK = 256  # passages that hold all words between two looks at the clock
_NOWHERE = np.empty(0, np.int64)


class Matcher:
    """One search in one segment; what it has read of a form it keeps, for later searches too where that is little.

    After the deadline it finds nothing more. What it has found by then are matches, though not all.
    """

    def __init__(
        self, leaf: Leaf, worths: Mapping[str, Worths], remembered: Remembered, deadline: float | None = None
    ) -> None:
        self.is_late = False
        self._leaf = leaf
        self._worths = worths  # field -> for each passage, what a term in the field is worth
        self._deadline = deadline  # of `time.monotonic`
        self._kept: dict[Asked, Listed | None] = {}
        self._remembered = remembered  # what all searches in the segment share

    def sources(self, clause: Clause, unless: Clause | None = None) -> list[Source]:
        """The lists of what scores for the clause, without the passages that match the other."""
        if isinstance(clause, Word) and unless is None:  # as most are: in a third of the time
            lists = [] if self.look_at_the_clock() else self._leaf.postings_in(FIELDS, clause.term)
            return [Source(postings, self._worths[field]) for field, postings in lists]
        there = self._leaf.fields
        asked = [(form, field) for form, fields in forms(clause) for field in fields if field in there]
        held = [(field, found) for form, field in asked if (found := self._held(form, field))]
        if unless is None:
            return [Source(found, self._worths[field]) for field, found in held]
        allowed = ~self.holding(unless)
        if self.is_late:
            return []
        return [Source(_only(found, allowed), self._worths[field]) for field, found in held]

    def holding(self, clause: Clause, fields: Sequence[str] = FIELDS) -> Array:
        """For each number, whether it is that of a live passage that matches the clause."""
        match clause:
            case AnyOf():
                return self._any(clause.clauses, fields)
            case AllOf():
                return self._all(clause.clauses, fields)
            case Not():
                return self._except(self._leaf.passages, clause.clause, fields)
            case Within():
                return self.holding(clause.clause, [clause.field] if clause.field in fields else [])
            case Lesser():
                held = self.holding(clause.clause, fields)
                return self._except(held, clause.unless, FIELDS) if clause.unless else held
            case Flagged():
                return self._joined(self._flagged(clause.flag, part) for part in clause.clauses)
            case Key() | Word() | Phrase() | Near():
                return self._of(self._found(clause, fields))
        return self._none()

    def _found(self, clause: Key | Form, fields: Sequence[str]) -> list[Held | None]:
        """The lists of what stands in one of the fields, or is a keyword."""
        if isinstance(clause, Key):
            return [None if self.look_at_the_clock() else self._leaf.postings(KEYS, clause.term)]
        return [self._held(clause, field) for field in fields]

    def _of(self, lists: Iterable[Held | None]) -> Array:
        """The live passages of some lists."""
        found = [one for one in lists if one is not None]
        held = mark(len(self._leaf), [one for one in found if isinstance(one, Postings)])
        for one in found:
            if isinstance(one, Listed):
                held[one.docs] = True
        return held if self._leaf.live is None else held & self._leaf.live

    def _none(self) -> Array:
        return np.zeros(len(self._leaf), bool)

    def _any(self, clauses: Sequence[Clause], fields: Sequence[str]) -> Array:
        """What matches one of the clauses: words and keywords, which may be two hundred documents, in one array."""
        lists = [one for part in clauses if isinstance(part, Key | Form) for one in self._found(part, fields)]
        others = (self.holding(part, fields) for part in clauses if not isinstance(part, Key | Form))
        return self._joined(others, self._of(lists))

    def _joined(self, parts: Iterable[Array], first: Array | None = None) -> Array:
        held = self._none() if first is None else first
        for part in parts:
            held |= part
        return held

    def _all(self, clauses: Sequence[Clause], fields: Sequence[str]) -> Array:
        """What matches every clause; those that only exclude come last, when little may be left to exclude from."""
        held = self._leaf.passages
        for clause in sorted(clauses, key=lambda clause: isinstance(clause, Not)):
            if isinstance(clause, Not):
                held = self._except(held, clause.clause, fields)
            else:
                held = held & self.holding(clause, fields)
            if not held.any():
                break
        return held

    def _except(self, held: Array, clause: Clause, fields: Sequence[str]) -> Array:
        """The passages without those that match the clause; none when there was no time to find all of those."""
        barred = self.holding(clause, fields)
        return self._none() if self.is_late else held & ~barred

    def _flagged(self, flag: str, clause: Clause) -> Array:
        """Passages whose text holds the clause, and only at places that are marked with the flag."""
        held = self._none()
        marked = self._leaf.postings(TEXT, MARK + flag)
        if marked:
            begins = [self._begins(form) for form, fields in forms(clause) if TEXT in fields]
            places = np.concatenate([_NOWHERE, *begins])
            held[places >> POSITION_BITS] = True
            held[places[~holds(_places(marked), places)] >> POSITION_BITS] = False
        return self._none() if self.is_late else held & self._leaf.passages

    def _begins(self, form: Form) -> Array:
        """Where a form begins in texts, as places."""
        if isinstance(form, Near):
            starts = [(docnum << POSITION_BITS) + start for docnum, held in self._starts(form, TEXT) for start in held]
            return np.array(starts, np.int64)
        lists = [] if self.look_at_the_clock() else [_places(one) for one in self._lists(form, TEXT)]
        begins = lists[0] if lists else _NOWHERE
        for step, others in enumerate(lists[1:], 1):
            begins = begins[holds(others, begins + step)]
        return begins

    def _held(self, form: Form, field: str) -> Held | None:
        """The passages whose field holds the form, and how often; None when there is none."""
        if isinstance(form, Word):
            return None if self.look_at_the_clock() else self._leaf.postings(field, form.term)
        asked = form, field
        for kept in (self._remembered, self._kept):
            found = kept.get(asked, self)
            if not isinstance(found, Matcher):
                return found
        made = self._kept[asked] = self._read(form, field)
        if not self.is_late:
            self._remembered.keep(asked, made)
        return made

    def _read(self, form: Phrase | Near, field: str) -> Listed | None:
        lists = [] if self.look_at_the_clock() else self._lists(form, field)
        if not lists:
            return None
        if isinstance(form, Phrase):
            return phrase(len(self._leaf), lists)
        found = [(docnum, len(starts)) for docnum, starts in self._starts(form, field)]
        return Listed(np.array([at for at, _ in found], np.int64), np.array([many for _, many in found], np.uint32))

    def _lists(self, form: Form, field: str) -> list[Postings]:
        """The posting lists of the form's terms, in their order; none when there is none of one of them."""
        lists = []
        for term in (form.term,) if isinstance(form, Word) else form.terms:
            found = self._leaf.postings(field, term)
            if found is None:
                return []
            lists.append(found)
        return lists

    def _starts(self, near: Near, field: str) -> Iterator[tuple[int, Sequence[int]]]:
        """(document number, positions where its field holds the words near each other), where it does."""
        lists = self._lists(near, field)
        if not lists:
            return
        known = {term: Positions(one) for term, one in zip(near.terms, lists, strict=True)}
        for number, docnum in enumerate(_common(list(known.values())).tolist()):
            if number % _LOOK == 0 and self.look_at_the_clock():
                return
            held = {term: positions.of(docnum) for term, positions in known.items()}
            if starts := stretches(near.terms, held, near.gap):
                yield docnum, starts

    def look_at_the_clock(self) -> bool:
        """True once the deadline has passed."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            self.is_late = True
        return self.is_late


class Positions:
    """Where a term stands in each of its passages."""

    def __init__(self, postings: Postings) -> None:
        self.docs = postings.docs()
        self._ends = postings.ends()
        self._places = unpacked(postings.positions)

    def of(self, docnum: int) -> list[int]:
        """The positions in a passage that holds the term, ascending."""
        at = int(np.searchsorted(self.docs, docnum))
        start = int(self._ends[at - 1]) if at else 0
        return self._places[start : int(self._ends[at])].tolist()  # type: ignore[no-any-return]


def parts(clause: Clause) -> list[tuple[Clause, float, Clause | None]]:
    """What scores apart from the rest of the clause: (clause, its share of a score, passages it is not meant for)."""
    if isinstance(clause, Lesser):
        return [(clause.clause, clause.weight, clause.unless)]
    if isinstance(clause, AnyOf):
        lesser = [part for inner in clause.clauses if isinstance(inner, Lesser) for part in parts(inner)]
        return [(clause, 1.0, None), *lesser]
    return [(clause, 1.0, None)]


def _only(held: Held, allowed: Array) -> Listed:
    """The list without the passages that are not allowed."""
    whole = held if isinstance(held, Listed) else Listed(held.docs(), unpacked(held.frequencies))
    kept = allowed[whole.docs]
    return Listed(whole.docs[kept], whole.counts[kept])


def _places(postings: Postings) -> Array:
    """Where a term stands, all of it in order: a passage's number and, in the lower bits, the position in its text."""
    counts = np.diff(postings.ends(), prepend=0)
    return np.repeat(postings.docs().astype(np.int64) << POSITION_BITS, counts) + unpacked(postings.positions)


def _common(lists: Sequence[Positions]) -> Array:
    """The documents of all the lists, in order; the shortest list first, as it leaves least to look for."""
    shortest, *others = sorted((positions.docs for positions in lists), key=len)
    common = shortest
    for more in others:
        common = np.intersect1d(common, more, assume_unique=True)
    return common
