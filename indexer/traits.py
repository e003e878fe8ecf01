"""Sentence -> what a question sees of it: where its words stand, and which of them are numbers, dates and names.

What depends on a word alone is worked out once for each word and looked up from then on; what only some sentences are
asked for is worked out when they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from indexer.analyse import PARTS, STEMS, STOP_WORDS, WORD, Form, fold
from indexer.lexicon import Lexicon
from indexer.synonyms import classes
from indexer.typed import typed_terms

Places = Mapping[str, tuple[int, ...]]  # term -> the positions at which it stands

PREFIX = 5  # letters that two forms of a word have in common
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
_YEAR = re.compile(r"[12]\d{3}s?")


class Facts(NamedTuple):
    """What a word or compound says wherever it stands."""

    forms: tuple[Form, ...]
    texts: tuple[str, ...]  # the terms of the forms
    steps: tuple[bool, ...]  # for each part, whether it is more than a stop word
    beginnings: tuple[str, ...]  # first PREFIX letters of terms
    classes: frozenset[int]  # of synonyms
    numbers: tuple[tuple[int, str], ...]  # part and term
    dates: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, str], ...]  # capitalised
    spelled: tuple[str, ...]  # its parts in lower case, without a plural's ending


class Traits:
    """A sentence as a question sees it."""

    def __init__(self, text: str, *, as_typed: bool = False) -> None:
        self.words = tuple(chain.from_iterable(map(_TOKENS.__getitem__, text.split())))
        self.size = sum([len(facts.steps) for facts in self.words])  # positions
        self._typed = text if as_typed else ""

    def where(self, wanted: frozenset[str]) -> Places:
        """Where the wanted terms stand, as in `places`: all that is asked of most sentences, in a third of the time."""
        if self._typed:
            return self.places
        found: dict[str, tuple[int, ...]] = {}
        position = 0
        for facts in self.words:
            if not wanted.isdisjoint(facts.texts):
                for text, _, _, part in facts.forms:
                    if text in wanted:
                        found[text] = (*found.get(text, ()), position + part)
            position += len(facts.steps)
        return found

    @cached_property
    def terms(self) -> Places:
        """Where its words stand, but for words as typed."""
        return self._where(self.words)

    @cached_property
    def places(self) -> Places:
        """Where its words stand, the words as typed too when they are asked for."""
        return _with_typed(self.terms, self._typed) if self._typed else self.terms

    @cached_property
    def texts(self) -> frozenset[str]:
        """The terms that stand in it, the words as typed too when they are asked for."""
        if self._typed:
            return frozenset(self.places)
        return frozenset().union(*[facts.texts for facts in self.words])

    @cached_property
    def steps(self) -> list[int]:
        """For each word, and the end, how many words but stop words stand before it."""
        return list(accumulate(chain.from_iterable([facts.steps for facts in self.words]), initial=0))

    @cached_property
    def numbers(self) -> dict[int, str]:
        """Position -> term."""
        return {at + part: term for at, facts in self._placed for part, term in facts.numbers}

    @cached_property
    def dates(self) -> dict[int, str]:
        """Position -> term."""
        return {at + part: term for at, facts in self._placed for part, term in facts.dates}

    @cached_property
    def names(self) -> dict[int, str]:
        """Position -> term, of capitalised words but for the first."""
        return {at + part: term for at, facts in self._placed for part, term in facts.names if at + part}

    @cached_property
    def beginnings(self) -> frozenset[str]:
        """The first PREFIX letters of its words."""
        return frozenset().union(*[facts.beginnings for facts in self.words])

    def beginning_with(self, prefix: str) -> list[str]:
        """Its words that begin with so many letters as PREFIX says, words as typed left out."""
        if prefix not in self.beginnings:
            return []
        texts = dict.fromkeys([text for facts in self.words if prefix in facts.beginnings for text in facts.texts])
        return [text for text in texts if text.isalpha() and text.startswith(prefix)]

    @cached_property
    def classes(self) -> frozenset[int]:
        """The classes of synonyms that its words stand in."""
        return frozenset().union(*[facts.classes for facts in self.words])

    @cached_property
    def spelled(self) -> frozenset[str]:
        """The words as they are spelled, whatever their stem, but for a plural's ending."""
        return frozenset().union(*[facts.spelled for facts in self.words])

    @staticmethod
    def _where(words: Iterable[Facts]) -> Places:
        places: dict[str, tuple[int, ...]] = {}
        position = 0
        for facts in words:
            for text, _, _, part in facts.forms:
                places[text] = (*places.get(text, ()), position + part)
            position += len(facts.steps)
        return places

    @cached_property
    def _placed(self) -> list[tuple[int, Facts]]:
        """The words that are numbers, dates or names, each with the position of its first part."""
        found = []
        position = 0
        for facts in self.words:
            if facts.numbers or facts.dates or facts.names:
                found.append((position, facts))
            position += len(facts.steps)
        return found


@lru_cache(maxsize=_SENTENCES)
def traits(text: str, *, as_typed: bool = False) -> Traits:
    """The traits of a sentence; with the words as typed among its places when a clause asks for one."""
    return Traits(text, as_typed=as_typed)


def _with_typed(places: Mapping[str, tuple[int, ...]], text: str) -> dict[str, tuple[int, ...]]:
    found = dict(places)
    for term in typed_terms(text):
        found[term.text] = (*found.get(term.text, ()), term.position)
    return found


def _facts(word: str) -> Facts:
    """The facts of a word or compound; of a plain word in a third of the time."""
    forms = STEMS[word]
    if word.isalpha() and word.isascii() and word.islower() and word not in _NUMERALS and word not in _CALENDAR:
        text = forms[0].text
        begin = (text[:PREFIX],) if len(text) >= PREFIX else ()
        return Facts(forms, (text,), (word not in STOP_WORDS,), begin, classes(text), (), (), (), (unpluralled(word),))
    texts = tuple([form.text for form in forms])
    folded = [fold(word[start:end]) for start, end in PARTS[word]]
    spelled = [(form, word[form.start : form.end]) for form in forms]
    return Facts(
        forms=forms,
        texts=texts,
        steps=tuple([part not in STOP_WORDS for part in folded]),
        beginnings=tuple([text[:PREFIX] for text in texts if len(text) >= PREFIX and text.isalpha()]),
        classes=classes(texts[0]) if len(texts) == 1 else frozenset().union(*map(classes, texts)),
        numbers=tuple([(form.part, form.text) for form, as_typed in spelled if _is_number(as_typed)]),
        dates=tuple([(form.part, form.text) for form, as_typed in spelled if _is_date(as_typed)]),
        names=tuple([(form.part, form.text) for form, as_typed in spelled if as_typed[:1].isupper()]),
        spelled=tuple(map(unpluralled, folded)),
    )


def unpluralled(word: str) -> str:
    """A word without the ending of a regular plural, so that "complication" is not taken for "complicated"."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or fold(word) in _NUMERALS


def _is_date(word: str) -> bool:
    return bool(_YEAR.fullmatch(word)) or word == "May" or fold(word) in _CALENDAR


def _of_token(token: str) -> tuple[Facts, ...]:
    """The facts of the words of what stands between two spaces: looked up so, words take a fourth of the time."""
    return tuple(map(FACTS.__getitem__, WORD.findall(token)))


FACTS = Lexicon(_facts)
_TOKENS = Lexicon(_of_token)
