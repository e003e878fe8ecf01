"""What a document itself says about its words: how often each is written, and with a hyphen or without."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from indexer.arrays import indices
from indexer.clean.content import content_of
from indexer.clean.words import is_word
from indexer.cut import codes_of
from indexer.records import Span


class Counts:
    """How often words of letters in lower case, and pairs of them with a hyphen between, stand in a text."""

    def __init__(self, text: str, left_out: Sequence[Span]) -> None:
        """Words that begin in a stretch that is `left_out` are not counted."""
        found = content_of(text).every
        counted = np.ones(len(found.numbers), bool)
        for span in left_out:
            first, last = np.searchsorted(found.starts, (span.start, span.end))
            counted[first:last] = False
        self._known = found.known
        self._numbers, self._starts = found.numbers[counted], found.starts[counted]
        self._times = np.bincount(self._numbers)  # by number
        hyphened = codes_of(text)[found.starts[1:] - 1] == ord("-")  # words with a hyphen before the next
        behind = indices(hyphened & counted[:-1] & counted[1:])
        sizes = np.array([len(found.words[number]) for number in found.numbers[behind].tolist()], np.int64)
        behind = behind[found.starts[behind] + sizes + 1 == found.starts[behind + 1]]  # and nothing but that
        self._lefts, self._rights = found.numbers[behind], found.numbers[behind + 1]
        self._pairs = found.starts[behind]

    def __getitem__(self, word: str) -> int:
        if "-" in word:
            return len(self.places(word))
        number = self._number(word)
        return int(self._times[number]) if 0 <= number < len(self._times) else 0

    def places(self, word: str) -> list[int]:
        """Where a word or a pair stands."""
        left, hyphen, right = word.partition("-")
        if not hyphen:
            return list(self._starts[self._numbers == self._number(word)].tolist())
        found = (self._lefts == self._number(left)) & (self._rights == self._number(right))
        return list(self._pairs[found].tolist())

    def _number(self, word: str) -> int:
        return self._known.get(word, -1)


class Evidence:
    """Counts over a text, made when first asked for."""

    def __init__(self, text: str, broken: Sequence[Span] = ()) -> None:
        """`broken`: where the words stand that a line's end may have cut, which are none."""
        self.text = text
        self._broken = broken

    @cached_property
    def folded(self) -> Counts:
        """The counts of words in lower case."""
        return Counts(self.text, self._broken)

    def spelled(self, word: str) -> int:
        """How often a word or a pair stands there with just these capitals."""
        return sum(self.text.startswith(word, place) for place in self.folded.places(word.lower()))

    def joined_wins(self, left: str, right: str) -> bool | None:
        """Whether the document writes the two as one word more often; None when it does not say.

        A capital inside counts as spelled, for PubMed and GenBank are not what pub-med and gen-bank are.
        """
        forms = (left + right, f"{left}-{right}")
        if right[:1].isupper() and not left.isupper():
            joined, hyphenated = map(self.spelled, forms)
        else:
            joined, hyphenated = (self.folded[form.lower()] for form in forms)
        return None if joined == hyphenated else joined > hyphenated

    def knows(self, word: str) -> bool:
        """True when the word list or the document has the word."""
        return is_word(word) or self.folded[word.lower()] > 0
