"""Sentence -> what a question sees of it: where its words stand, and which of them are numbers, dates and names.

What depends on a word alone is worked out once for all that stands between two spaces, a token, and looked up from
then on; what only some sentences are asked for is worked out when they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Final

from indexer.analyse import PARTS, WORD, fold, joined, term
from indexer.lexicon import Lexicon
from indexer.tokens import PUNCTUATION
from indexer.typed import typed_terms

Places = Mapping[str, tuple[int, ...]]  # term -> the positions at which it stands

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
_YEAR = re.compile(r"[12]\d{3}s?")

# What a token says wherever it stands. A plain tuple of such tuples, which the garbage collector leaves alone.
Placed = tuple[tuple[str, int], ...]  # terms, each with its position
Facts = tuple[tuple[str, ...], Placed, Placed, Placed, Placed, int, tuple[str, ...]]
TEXTS: Final = 0  # its terms
TERMS: Final = 1  # the same in their places
NUMBERS: Final = 2  # which of its terms are numbers
DATES: Final = 3
NAMES: Final = 4  # capitalised
SIZE: Final = 5  # how many positions it takes
SPELLED: Final = 6  # its words in lower case without a plural's ending


class Traits:
    """A sentence as a question sees it."""

    def __init__(self, text: str, *, as_typed: bool = False) -> None:
        """With the words as typed among its terms when a clause asks for one."""
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


def _facts(token: str) -> Facts:
    """The facts of a token: those of its words, of a compound those of its parts and of their joined form."""
    core = token.strip(PUNCTUATION)
    if core.isascii() and core.isalpha():
        return _word(token) if core == token else _FACTS[core]
    words = WORD.findall(token)
    if len(words) != 1:
        facts = [_FACTS[word] for word in words]
        return _together([*accumulate([held[SIZE] for held in facts], initial=0)][:-1], facts)
    if words[0] != token:
        return _FACTS[words[0]]
    parts = [token[start:end] for start, end in PARTS[token]]
    if len(parts) == 1:
        return _word(token)
    first, *others = [_FACTS[part] for part in parts]
    whole = (*_said(joined(parts), token, fold(token)), 0, ())
    return _together([0, *range(len(parts))], [first, whole, *others])


def _word(word: str) -> Facts:
    """The facts of a word that is no compound."""
    folded = fold(word)
    return (*_said(term(word), word, folded), 1, (unpluralled(folded),))


def _said(text: str, written: str, folded: str) -> tuple[tuple[str, ...], Placed, Placed, Placed, Placed]:
    """What a term says, by how its word is written."""
    if not text:
        return (), (), (), (), ()
    here = ((text, 0),)
    is_number = written[:1].isdigit() or folded in _NUMERALS
    is_date = bool(_YEAR.fullmatch(written)) or written == "May" or folded in _CALENDAR
    return (text,), here, here if is_number else (), here if is_date else (), here if written[:1].isupper() else ()


def _together(firsts: Sequence[int], facts: Sequence[Facts]) -> Facts:
    """The facts of several words together, given the position of each."""
    if not facts:
        return (), (), (), (), (), 0, ()
    texts, terms, numbers, dates, names, sizes, spelled = zip(*facts, strict=True)
    placed = [_moved(firsts, column) if any(column) else () for column in (terms, numbers, dates, names)]
    return tuple(chain(*texts)), *placed, sum(sizes), tuple(chain(*spelled))


def _moved(firsts: Sequence[int], column: Sequence[Placed]) -> Placed:
    """What is placed in words, placed in what holds them."""
    return tuple([(text, first + at) for first, held in zip(firsts, column, strict=True) for text, at in held])


def unpluralled(word: str) -> str:
    """A word without the ending of a regular plural, so that "complication" is not taken for "complicated"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


_FACTS = Lexicon(_facts)
