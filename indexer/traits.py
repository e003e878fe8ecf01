"""Sentence -> what a question sees of it: where its words stand, and which of them are numbers, dates and names.

What depends on a word alone is worked out once for all that stands between two spaces, a token, and looked up from
then on; what only some sentences are asked for is worked out when they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import Final

from indexer.analyse import PARTS, STEMS, WORD, fold, term
from indexer.lexicon import Lexicon
from indexer.typed import typed_terms

Places = Mapping[str, tuple[int, ...]]  # term -> the positions at which it stands

_SENTENCES = 512  # kept, of the last few questions; of 8,192 the garbage collector looked at 100,000 objects more
_NUMERALS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen half third
    thirds quarter once twice both several single double
    """.split()
)
_CALENDAR = frozenset(
    """
    january february march april june july august september october november december century centuries decade
    """.split()
)
_AROUND = '.,;:()[]“”"?!'  # a word is the same without
_TELLING = _NUMERALS | _CALENDAR | {"may"}  # words that are a number or a date
_YEAR = re.compile(r"[12]\d{3}s?")

# What a token says wherever it stands. A plain tuple of such tuples, which the garbage collector leaves alone.
Placed = tuple[tuple[str, int], ...]  # terms, each with its position
Facts = tuple[tuple[str, ...], Placed, int, Placed, Placed, Placed, tuple[str, ...]]
TEXTS: Final = 0  # its terms
TERMS: Final = 1  # the same in their places
SIZE: Final = 2  # how many positions it takes
NUMBERS: Final = 3  # which of its terms are numbers
DATES: Final = 4
NAMES: Final = 5  # capitalised
SPELLED: Final = 6  # its words in lower case without a plural's ending


class Traits:
    """A sentence as a question sees it."""

    def __init__(self, text: str, *, as_typed: bool = False) -> None:
        self._facts = [*map(_FACTS.__getitem__, text.split())]
        self._typed = typed_terms(text) if as_typed else []

    @cached_property
    def texts(self) -> frozenset[str]:
        """The terms that stand in it, the words as typed too when they are asked for."""
        texts = chain.from_iterable([facts[TEXTS] for facts in self._facts])
        return frozenset([*texts, *(found.text for found in self._typed)])

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The words as they are spelled, whatever their stem, but for a plural's ending."""
        return frozenset(chain.from_iterable([facts[SPELLED] for facts in self._facts]))

    @cached_property
    def places(self) -> Places:
        """Where its words stand, but for words as typed."""
        places: dict[str, tuple[int, ...]] = {}
        for at, text in self._at([facts[TERMS] for facts in self._facts]):
            places[text] = (*places.get(text, ()), at)
        return places

    @cached_property
    def numbers(self) -> dict[int, str]:
        """Position -> term."""
        return dict(self._at([facts[NUMBERS] for facts in self._facts]))

    @cached_property
    def dates(self) -> dict[int, str]:
        """Position -> term."""
        return dict(self._at([facts[DATES] for facts in self._facts]))

    @cached_property
    def names(self) -> dict[int, str]:
        """Position -> term, of capitalised words but for the first."""
        return {at: text for at, text in self._at([facts[NAMES] for facts in self._facts]) if at}

    def _at(self, column: Sequence[Placed]) -> Iterator[tuple[int, str]]:
        """The terms of a column, each with its position in the sentence."""
        if any(column):
            firsts = accumulate([facts[SIZE] for facts in self._facts], initial=0)
            for first, held in zip(firsts, column, strict=False):
                for text, at in held:
                    yield first + at, text


@lru_cache(maxsize=_SENTENCES)
def traits(text: str, *, as_typed: bool = False) -> Traits:
    """The traits of a sentence; with the words as typed among its terms when a clause asks for one."""
    return Traits(text, as_typed=as_typed)


def _facts(token: str) -> Facts:
    """The facts of a token; most are a plain word, with a capital or signs around it or none."""
    if not (token.isascii() and token.isalpha()):
        core = token.strip(_AROUND)
        if core != token and core.isalpha():
            return _FACTS[core]
    elif token.lower() not in _TELLING:
        text = term(token)
        names = ((text, 0),) if token[0].isupper() else ()
        return (text,), ((text, 0),), 1, (), (), names, (unpluralled(token.lower()),)
    terms: list[tuple[str, int, str]] = []  # each with its position, and as it is written
    folded: list[str] = []
    for word in WORD.findall(token):
        terms += [(text, len(folded) + part, word[start:end]) for text, start, end, part in STEMS[word]]
        folded += [fold(word[start:end]) for start, end in PARTS[word]]
    return (
        tuple([text for text, _, _ in terms]),
        tuple([(text, part) for text, part, _ in terms]),
        len(folded),
        tuple([(text, part) for text, part, written in terms if _is_number(written)]),
        tuple([(text, part) for text, part, written in terms if _is_date(written)]),
        tuple([(text, part) for text, part, written in terms if written[:1].isupper()]),
        tuple(map(unpluralled, folded)),
    )


def unpluralled(word: str) -> str:
    """A word without the ending of a regular plural, so that "complication" is not taken for "complicated"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or fold(word) in _NUMERALS


def _is_date(word: str) -> bool:
    return bool(_YEAR.fullmatch(word)) or word == "May" or fold(word) in _CALENDAR


_FACTS = Lexicon(_facts)
