"""A question, read: what its words are worth, and what may stand for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np

from indexer.acronyms import Definition, Told
from indexer.analyse import fold, parts, terms_of
from indexer.arrays import Array
from indexer.commonness import rareness
from indexer.lexicon import Lexicon
from indexer.quantities import measured
from indexer.query import concepts
from indexer.question import is_general, kinds_of, wanted
from indexer.records import Query
from indexer.synonyms import alike
from indexer.token_traits import BEGINNING, unpluralled

_GENERAL = 0.4  # what a word that asks rather than names is worth
_DEFINED = re.compile(
    r"^\W*(?:(?:what|who)(?:'s| is| are| was| were| does)|define|describe)\s+(?:meant by )?(?:an?\s+|the\s+)?(.*?)"
    r"\s*(?:stand for|mean|refer to|called)?\W*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\bhow many ([\w-]+)(?: ([\w-]+))?", re.IGNORECASE)
_WORD = 8  # bytes of a number that is read at once: a set of 64 clauses
_NAME_WORDS = 5  # of a thing that is asked to be defined, at most


class Weighing:
    """What the clauses of a question are worth, each and together. A set of clauses is a number: bit n for clause n."""

    def __init__(self, values: Iterable[float]) -> None:
        self.values = tuple(values)
        self.column = np.array(self.values)
        self.total = sum(self.values) or 1.0  # what they are worth together
        self._shares: dict[int, float] = {}

    def share(self, held: int) -> float:
        """The part, from 0 to 1, of the whole question that the clauses make up."""
        share = self._shares.get(held)
        if share is None:
            share = sum(value for at, value in enumerate(self.values) if held >> at & 1) / self.total
            self._shares[held] = share
        return share

    def shares(self, held: Array) -> Array:
        """The same of many sets, each a row with a truth for each clause."""
        return np.asarray(np.add.reduce(held * self.column, axis=1) / self.total)

    def part(self, held: int, of: int) -> float:
        """The part of some clauses that is held; one half when there are none, which says nothing either way."""
        whole = self.share(of)
        return self.share(held & of) / whole if whole else 0.5

    def parts(self, held: Array, of: int) -> Array:
        """The same of many sets."""
        whole = self.share(of)
        return self.shares(held & bits([of], len(self.values))) / whole if whole else np.full(len(held), 0.5)


@dataclass(frozen=True)
class Asked:
    """A question as sentences are held against it."""

    query: Query
    idf: tuple[float, ...]  # what each clause says

    @property
    def text(self) -> str:
        """The question as typed."""
        return self.query.text

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of answer of which signs are looked for."""
        return kinds_of(self.text)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """The kinds without which it is not answered."""
        return wanted(self.text)

    @cached_property
    def measured(self) -> dict[str, int]:
        """The quantities that it asks for, each with the clauses that name it."""
        words = [fold(word) for word in self.query.words]
        return {name: mask(word == named for word in words) for name, named in measured(self.text).items()}

    @cached_property
    def everything(self) -> int:
        """All clauses."""
        return (1 << len(self.idf)) - 1

    def bits(self, masks: Sequence[int]) -> Array:
        """Sets of clauses as rows, a truth for each."""
        return bits(masks, len(self.idf))

    @cached_property
    def terms(self) -> tuple[frozenset[str], ...]:
        """The terms of each clause."""
        return tuple(concepts(self.query))

    @cached_property
    def all_terms(self) -> frozenset[str]:
        """The terms of the question, stop words too."""
        return frozenset().union(*map(_TERMS.__getitem__, self.text.split()), *self.terms)

    @cached_property
    def rarity(self) -> Weighing:
        """The clauses by their rarity in the library."""
        return Weighing(self.idf)

    @cached_property
    def specific(self) -> Weighing:
        """By rarity, words that only ask worth less."""
        return self._less_general(self.idf)

    @cached_property
    def plain(self) -> Weighing:
        """The same by rarity in any English text: in a small library chance makes words rare."""
        return self._less_general(map(rareness, self.terms))

    def _less_general(self, values: Iterable[float]) -> Weighing:
        pairs = zip(values, self.query.words, strict=True)
        return Weighing(value * (_GENERAL if is_general(word) else 1.0) for value, word in pairs)

    @cached_property
    def capitals(self) -> int:
        """The clauses with a capital letter, the first word of the question left out."""
        found = re.search(r"\w+", self.text)
        first = found[0] if found else ""
        return mask(word != first and any(char.isupper() for char in word) for word in self.query.words)

    @cached_property
    def counted(self) -> frozenset[str]:
        """The terms of what "how many" counts."""
        found = _COUNTED.search(self.text)
        return frozenset().union(*[terms_of(word) for word in (found.groups() if found else ()) if word])

    @cached_property
    def defined(self) -> str:
        """What "What is X?" asks to be defined, folded; empty for other questions."""
        found = _DEFINED.match(self.text)
        words = [] if found is None else [fold(word) for word in re.findall(r"[\w'’-]+", found[1])]
        return " ".join(words) if len(words) <= _NAME_WORDS else ""

    @cached_property
    def spelling(self) -> list[str]:
        """The words of the question, stop words too, as `Traits.spell` knows them."""
        return sorted(set(self._in_order))

    @cached_property
    def word_pairs(self) -> list[tuple[str, str]]:
        """Those of them that follow each other, each pair once."""
        return list(dict.fromkeys(pairwise(self._in_order)))

    @cached_property
    def _in_order(self) -> list[str]:
        return [word for token in self.text.split() for word in _SPELLED[token]]

    def forms(self, terms: Iterable[str]) -> dict[str, int]:
        """Of some terms those that are another form of a clause's, as "diagnostic" of "diagnosis", and whose."""
        found: dict[str, int] = {}
        for other in terms:
            for term, clauses in self.formed.get(other[:BEGINNING], ()):
                if _is_form(other, term):
                    found[other] = found.get(other, 0) | clauses
        return found

    @cached_property
    def synonyms(self) -> dict[str, int]:
        """Term -> the clauses that have a term of like meaning."""
        return _inverted([other for term in terms for other in alike(term)] for terms in self.terms)

    @cached_property
    def told(self) -> Told:
        """What definitions are to tell something of."""
        return Told(self._named, self.all_terms)

    def expansions(self, definitions: Iterable[Definition]) -> list[tuple[int, frozenset[str]]]:
        """Clauses that are one side of a definition, with the terms of its other side."""
        return [pair for found in definitions for pair in self._sides(found)]

    def _sides(self, found: Definition) -> Iterator[tuple[int, frozenset[str]]]:
        if named := self._named.get(found.short.lower(), 0):
            yield named, terms_of(found.long)
        first = found.long.split(maxsplit=1)[0]
        if terms_of(first) <= self.all_terms and (long := terms_of(found.long)) <= self.all_terms:
            spelled = mask(not terms.isdisjoint(long) for terms in self.terms)
            if spelled:
                yield spelled, terms_of(found.short)

    @cached_property
    def _named(self) -> dict[str, int]:
        """The words in lower case, each with its clauses."""
        return _inverted([word.lower()] for word in self.query.words)

    @cached_property
    def formed(self) -> dict[str, list[tuple[str, int]]]:
        """Beginning -> the terms that may have other forms, each with its clauses."""
        found: dict[str, list[tuple[str, int]]] = {}
        for term, clauses in _inverted(self.terms).items():
            if len(term) >= BEGINNING and term.isalpha():
                found.setdefault(term[:BEGINNING], []).append((term, clauses))
        return found


def _spelled(token: str) -> tuple[str, ...]:
    """The words of a token, or the parts of compounds, without the ending of a plural."""
    return tuple([unpluralled(fold(word)) for word in parts(token)])


# Of tokens, which white space parts: most come again, and a question's words are told in a tenth of the time.
_TERMS, _SPELLED = Lexicon(terms_of), Lexicon(_spelled)
Key = TypeVar("Key")


def _inverted(rows: Iterable[Iterable[Key]]) -> dict[Key, int]:
    """What the clauses have -> the clauses that have it."""
    found: dict[Key, int] = {}
    for at, row in enumerate(rows):
        for key in row:
            found[key] = found.get(key, 0) | 1 << at
    return found


def bits(masks: Sequence[int], clauses: int) -> Array:
    """Sets of clauses as rows, a truth for each clause."""
    size = clauses // 8 + 1
    content = np.frombuffer(b"".join(one.to_bytes(size, "little") for one in masks), np.uint8)
    return np.unpackbits(content.reshape(-1, size), axis=1, count=clauses, bitorder="little").view(bool)


def masks(held: Array) -> list[int]:
    """Rows of truths, one for each clause, as sets of clauses."""
    packed = np.packbits(held, axis=1, bitorder="little")
    size = packed.shape[1]
    if size > _WORD:
        return [int.from_bytes(row.tobytes(), "little") for row in packed]
    words = np.zeros((len(packed), _WORD), np.uint8)
    words[:, :size] = packed
    return list(words.view("<u8").ravel().tolist())


def mask(held: Iterable[object]) -> int:
    """The clauses that are held, as a number."""
    return sum(1 << at for at, one in enumerate(held) if one)


def _is_form(other: str, term: str) -> bool:
    """True when a word that begins as a term does is another one, at most four letters longer or shorter."""
    shorter, longer = sorted((other, term), key=len)
    return (
        other != term
        and other.isalpha()
        and len(longer) - len(shorter) <= 4
        and (longer == shorter + "ment" or _common(other, term) >= max(BEGINNING, 0.65 * len(longer)))
    )


def _common(left: str, right: str) -> int:
    """How many letters two words begin with in common."""
    differ = (at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b)
    return next(differ, min(len(left), len(right)))
