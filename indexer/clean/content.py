"""The words of a text in lower case: which are known, which about something, and which may be part of a cue or a word.

A word is a run of letters. Each is judged once for all that is asked of it: to note a new one takes as long as to find
thirty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

import numpy as np

from indexer.arrays import Array, indices
from indexer.clean.cues import CUES, Cue
from indexer.clean.words import ends_one, is_word, listed, word_set
from indexer.numbered import Numbered
from indexer.records import Span

_STOP = word_set(
    "the and for but with from are was were been being this that these those its they them their she "
    "his her our you your not may can will would should could has have had does did which who what "
    "when where how than then there here also more most other some any all each into about over after "
    "before between during through out off only own same too very such"
)
_CONTENT, UNKNOWN, REAL, _LEFT, _RIGHT = 1, 2, 4, 8, 16
_BITS = {cue: 32 << at for at, cue in enumerate(CUES)}
_STEMS = {bit: re.compile("|".join(cue.stems)) for cue, bit in _BITS.items()}
_LATIN = re.compile("[a-z]{3}")  # what holds no such run, as a Chinese sentence, is taken for no word
_HALF = re.compile(r"[a-z]{2,40}")
_STEM = re.compile("|".join({stem for cue in CUES for stem in cue.stems}))  # most words have none


def _kinds(word: str) -> int:
    """Whether a word is known and about something, if it has three letters, and of what it may be part."""
    kinds = _half(word)
    if len(word) > 2:
        kinds |= REAL if is_word(word) or is_word(word.rstrip("s")) else UNKNOWN  # it may be the plural of a known one
        kinds |= _CONTENT if word not in _STOP and _LATIN.search(word) else 0
    if _STEM.search(word):
        kinds |= sum(bit for bit, stems in _STEMS.items() if stems.search(word))
    return kinds


def _half(word: str) -> int:
    """Which half of a word of the list one that is none itself may be."""
    if len(word) == 1:
        return _LEFT if "b" <= word <= "z" else 0
    if not _HALF.fullmatch(word) or word in listed():
        return 0
    return _LEFT | _RIGHT if ends_one(word) else _LEFT


NUMBERED = Numbered(r"[^\W\d_]", _kinds)


class Content:
    """The words of a text; the same word has the same number."""

    def __init__(self, text: str) -> None:
        self.text = text
        # The one character is replaced whose lower case is longer.
        self.every = NUMBERED.cut(text.replace("İ", "i").lower())

    @cached_property
    def _hints(self) -> tuple[Array, Array]:
        """Values and places of the words that may be part of a cue."""
        hints = indices(self.every.values >= min(_BITS.values()))
        return self.every.values[hints], self.every.starts[hints]

    @cached_property
    def _about(self) -> tuple[Array, Array]:
        """Numbers and places of the words that are about something."""
        about = indices(self.every.values & _CONTENT)
        return self.every.numbers[about], self.every.starts[about]

    def parts(self, cue: Cue, starts: Array) -> set[int]:
        """Which parts of the text may hold a phrase of the cue; `starts` says where each begins."""
        values, places = self._hints
        places = places[values & _BITS[cue] > 0]
        return set((np.searchsorted(starts, places, side="right") - 1).tolist()) if len(places) else set()

    def inside(self, places: Array) -> Array:
        """Those of some places between two words of which the list lacks one: the two may be halves of a word."""
        values, behind = self.every.values, np.searchsorted(self.every.starts, places)
        between = (behind > 0) & (behind < len(values))
        places, behind = places[between], behind[between]
        return np.asarray(places[(values[behind - 1] | values[behind]) & _LEFT > 0])

    def halves(self) -> list[int]:
        """Where a word begins that may be the first half of one, and the word behind it the second."""
        values = self.every.values
        return list(self.every.starts[:-1][(values[:-1] & _LEFT > 0) & (values[1:] & _RIGHT > 0)].tolist())

    def known(self, most: int) -> tuple[Array, Array]:
        """The numbers of the first words of three letters and more, and for each UNKNOWN or REAL."""
        told = self.every.values & (UNKNOWN | REAL)
        first = indices(told)[:most]
        return self.every.numbers[first], told[first]

    def words(self, start: int, end: int) -> set[int]:
        """The words of a stretch that are about something."""
        numbers, starts = self._about
        first, last = np.searchsorted(starts, (start, end))
        return set(numbers[first:last].tolist())

    def words_outside(self, spans: Iterable[Span]) -> set[int]:
        """Those that stand outside some stretches."""
        numbers, starts = self._about
        outside = np.ones(len(starts), bool)
        for span in spans:
            first, last = np.searchsorted(starts, (span.start, span.end))
            outside[first:last] = False
        return set(numbers[outside].tolist())

    def spread(self, starts: Array) -> tuple[Array, Array]:
        """The first and the last part of the text that each word stands in, from 1; 0 for one about nothing.

        `starts` says where each part begins; the words are by number, up to the highest.
        """
        numbers, places = self._about
        parts = np.searchsorted(starts, places, side="right")
        first, last = np.zeros((2, int(numbers.max(initial=0)) + 1), np.int64)
        first[numbers[::-1]] = parts[::-1]  # of several the last is kept
        last[numbers] = parts
        return first, last


@lru_cache(maxsize=1)  # what marks notices asks again and again
def content_of(text: str) -> Content:
    """The words of a text."""
    return Content(text)
