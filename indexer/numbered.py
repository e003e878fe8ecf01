"""The words of a text, each by a number and with a value that is worked out once: cut in C where a compiler was there.

In C a megabyte of which most words are known takes 3 ms; splitting it and counting the words in a Counter takes 13.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from threading import Lock
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array
from indexer.cut import CODES, Table, chosen, classes_of, codes_of
from indexer.native import WORDS

_HELD = 4_000_000  # characters of words that are held, in some 100 MB


class Cut(NamedTuple):
    """The words of a text."""

    numbers: Array  # of each word in turn; the same word has the same number
    values: Array  # of each word in turn
    starts: Array  # where each begins
    words: list[str]  # by number, and of other texts too
    known: dict[str, int]  # the number of each of them


class Numbered:
    """Cuts texts to words, and holds those it has met, up to some number."""

    def __init__(self, of: str, value: Callable[[str], int]) -> None:
        """`of`: a class of characters that words are made of, as a regular expression; values have 32 bits."""
        self._pattern = re.compile(f"{of}+")
        self._value = value
        self._lock = Lock()
        self._classes = b""
        self._forget()

    def cut(self, text: str) -> Cut:
        """The words of a text."""
        with self._lock:
            if self._held > _HELD:
                self._forget()
            try:
                numbers, starts = self._numbers(text)
            except BaseException:  # some words may have been noted by half
                self._forget()
                raise
            return Cut(numbers, chosen(self._values, numbers), starts, self._words, self._known)

    def _forget(self) -> None:
        self._held = 0  # characters
        self._words: list[str] = []
        self._known: dict[str, int] = {}
        self._values = array("I")
        self._table: Table | None = None

    def _numbers(self, text: str) -> tuple[Array, Array]:
        """The numbers of the words, and where these begin."""
        codes = codes_of(text)
        if not WORDS or int(codes.max(initial=0)) >= CODES:  # what these are would be a table of megabytes
            found = list(self._pattern.finditer(text))
            every = [self._number(word[0]) for word in found]
            return np.array(every, np.uint32), np.array([word.start() for word in found], np.uint32)
        if self._table is None:
            self._classes = self._classes or classes_of(self._pattern)
            self._table = Table(self._classes, lambda words: map(self._number, words))
        return self._table.cut(text, codes)

    def _number(self, word: str) -> int:
        """The number of a word, which is noted when it is new."""
        number = self._known.setdefault(word, len(self._words))
        if number == len(self._words):
            self._words.append(word)
            self._values.append(self._value(word))
            self._held += len(word)
        return number
