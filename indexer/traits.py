"""Sentences -> what a question sees of them: which words stand where, and which of them are numbers, dates and names.

Tokens tell it (`token_traits.py`); what is asked of sentences is then asked of all at once, in columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cached_property

import numpy as np

from indexer.analyse import STOP_WORDS
from indexer.arrays import Array, holds, indices
from indexer.cut import CLASSES, Cutter
from indexer.engines import POSITION_BITS
from indexer.held import held
from indexer.native import WORDS
from indexer.standing import Places, passage_of, position_of
from indexer.token_traits import AT, DATE, NAME, NUMBER, TERM, Tokens
from indexer.typed import MARK, OF_TOKENS, typed_of
from indexer.vocabulary import Vocabulary

_HELD = 1_000_000  # characters of tokens that are held: some 100,000, in 30 MB
_COLUMNS = TERM + 1  # of a term in a text: text and position instead of that
_NUMBER = 31  # bits of one, below which two are as one

_IDLE = frozenset(MARK + word for word in STOP_WORDS)  # which no word as typed is

_cutter = Cutter(Tokens, _HELD)
_Told = tuple[Vocabulary, Array]


class Traits:
    """Texts as a question sees them.

    Columns have a row for each word, or part of a compound, and for each compound as a whole, text after text.
    """

    def __init__(self, texts: Sequence[str], told: _Told | None = None) -> None:
        """`told` is what `_told` says of the texts, if it is known."""
        self.size = len(texts)
        self._sources = texts
        self._vocabulary, self._columns = told or _told(texts)
        self._texts, self._positions, self._terms, self._beginnings, self._spelled, self._kinds = self._columns

    def parted(self, size: int) -> tuple[Traits, Traits]:
        """The first so many texts, and those behind them: made together they take four fifths of the time."""
        edge = int(self._texts.searchsorted(size))
        return self._part(0, size, slice(edge)), self._part(size, self.size, slice(edge, None))

    def _part(self, first: int, last: int, rows: slice) -> Traits:
        columns = self._columns[:, rows].copy()
        columns[0] -= first
        return Traits(self._sources[first:last], (self._vocabulary, columns))

    @cached_property
    def _each(self) -> tuple[Array, Array]:
        """The terms of each text, none twice: the number of the text, and that of the term."""
        return self._once(self._terms)

    def counts(self, known: Set[str]) -> tuple[Array, Array]:
        """How many different terms each text has, and how many of them are known.

        Words as typed are terms, too, when one is known.
        """
        texts, terms = self._each
        counts, held = np.bincount(texts, minlength=self.size), self._held(texts, terms, tuple(known)).sum(axis=1)
        if any(term.startswith(MARK) for term in known):
            typed = list(map(_typed_in_c if WORDS else typed_of, self._sources))
            counts += np.array([len(one) for one in typed], np.int64)
            held += np.array([len(one & known) for one in typed], np.int64)
        return counts, held

    def beginning(self, beginnings: Iterable[str]) -> list[str]:
        """The terms of all texts that have some beginnings, each once; of shorter terms these are the terms."""
        found = self._terms.take(indices(holds(self._numbers(beginnings), self._beginnings)))
        return list(map(self._vocabulary.texts.__getitem__, set(found.tolist())))

    def terms(self, text: int) -> set[str]:
        """Those of one text."""
        start, end = np.searchsorted(self._texts, (text, text + 1)).tolist()
        return set(self._spelled_out(self._terms[start:end])) - {""}

    def hold(self, terms: Sequence[str]) -> Array:
        """For each text, a row, and each of some terms, a column, whether it stands there; each term once."""
        return self._held(*self._each, terms)

    def spell(self, words: Sequence[str]) -> Array:
        """The same of words as they are spelled, whatever their stem, but for a plural's ending; each once."""
        return self._held(self._texts, self._spelled, words)

    def follow(self, pairs: Sequence[tuple[str, str]]) -> Array:
        """The same of pairs of words as they are spelled, whether they follow each other; each pair once."""
        rows, numbers = indices(self._spelled > 0), self._vocabulary
        texts, words = self._texts.take(rows), self._spelled.take(rows)
        inside = indices(texts[1:] == texts[:-1])
        follow = (words.take(inside) << _NUMBER) + words.take(inside + 1)
        wanted = [(numbers.get(one, 0), numbers.get(next_one, 0)) for one, next_one in pairs]
        both = [(one << _NUMBER) + next_one if one and next_one else 0 for one, next_one in wanted]
        return held(texts.take(inside), follow, np.array(both, np.int64), self.size)

    def places(self, terms: Iterable[str]) -> Places:
        """Where some terms stand: texts and positions as `standing` has passages and positions."""
        numbers = {term: self._vocabulary[term] for term in terms if term in self._vocabulary}
        rows = indices(holds(np.array(sorted(numbers.values()), np.int64), self._terms))
        held, places = self._terms.take(rows), self._place(rows)
        there = set(held.tolist())
        return {term: places[held == number] for term, number in numbers.items() if number in there}

    def of_kind(self, kind: int, known: Set[str] = frozenset()) -> Array:
        """The places of numbers, dates or names but for known terms; of two at a place, the compound is looked at.

        The first word of a text is no name.
        """
        rows = indices((self._kinds & kind > 0) & ((self._positions > 0) | (kind != NAME)))
        places = self._place(rows)
        last = np.append(places[1:] != places[:-1], True)[: len(rows)]
        return places[last & ~holds(self._numbers(known), self._terms[rows])]

    @cached_property
    def kinds(self) -> list[int]:
        """For each text the kinds of its terms together."""
        found = np.zeros(self.size, np.int64)
        for kind in (NUMBER, DATE, NAME):
            found[passage_of(self.of_kind(kind))] |= kind
        return list(found.tolist())

    def placed(self, text: int) -> list[tuple[int, str, int]]:
        """Position, term and kinds of each term of a text."""
        start, end = np.searchsorted(self._texts, (text, text + 1)).tolist()
        columns = self._positions, self._terms, self._kinds
        rows = zip(*(column[start:end].tolist() for column in columns), strict=True)
        spelled = self._vocabulary.texts
        return [(at, spelled[number], kinds) for at, number, kinds in rows if number]

    def _once(self, numbers: Array) -> tuple[Array, Array]:
        """For each text its numbers, none twice, but for that which stands for none."""
        pairs = (self._texts << POSITION_BITS | numbers).take(indices(numbers > 0))
        pairs.sort()
        pairs = np.concatenate((pairs[:1], pairs[1:].take(indices(pairs[1:] != pairs[:-1]))))
        return passage_of(pairs), position_of(pairs)

    def _numbers(self, texts: Iterable[str]) -> Array:
        """The numbers of some terms or the like, in order; of those that were met."""
        return np.array(sorted([self._vocabulary[text] for text in texts if text in self._vocabulary]), np.int64)

    def _place(self, rows: Array) -> Array:
        return np.asarray((self._texts[rows] << POSITION_BITS) + self._positions[rows])

    def _spelled_out(self, numbers: Array) -> list[str]:
        return list(map(self._vocabulary.texts.__getitem__, numbers.tolist()))

    def _held(self, texts: Array, numbers: Array, wanted: Sequence[str]) -> Array:
        known = [self._vocabulary.get(one, 0) for one in wanted]
        return held(texts, numbers, np.array(known, np.int64), self.size)


def _told(texts: Sequence[str]) -> _Told:
    """The vocabulary, and of each term the number of its text, its position there, and what tokens tell, as columns."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    with _cutter.alone() as tokens:
        rows, starts = _cutter.cut(" ".join(texts))
        columns = (_columns_in_c if WORDS else _columns)(tokens, rows, starts, lengths.cumsum())
    return tokens.vocabulary, columns


def _typed_in_c(text: str) -> set[str]:
    """What `typed_of` says, in a tenth of the time."""
    found: set[str] = WORDS.typed(text, CLASSES, _IDLE, OF_TOKENS)
    return found


def _columns_in_c(tokens: Tokens, rows: Array, starts: Array, ends: Array) -> Array:
    """What `_columns` says; a thousand terms take a tenth of the time."""
    found = WORDS.traits(*tokens.tables, rows, starts, ends)
    return np.frombuffer(found, np.int64).reshape(_COLUMNS, -1)


def _columns(tokens: Tokens, rows: Array, starts: Array, ends: Array) -> Array:
    """Of the terms of texts as columns, by the rows of their tokens, where these begin and where each text ends."""
    terms, counts, sizes = tokens.terms(rows)
    firsts = np.append(0, starts.searchsorted(ends))[: len(ends)]  # tokens
    held, places = np.append(firsts[1:], len(starts)) - firsts, np.append(sizes.cumsum() - sizes, 0)
    positions = (places[:-1] - places.take(firsts).repeat(held)).repeat(counts) + terms[AT]
    texts = np.arange(len(ends)).repeat(held).repeat(counts)
    return np.stack((texts, positions, *np.delete(terms, AT, axis=0)))
