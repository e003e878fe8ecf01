"""What a document itself says about its words: how often each is written, and with a hyphen or without."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

import numpy as np

from indexer.arrays import indices
from indexer.clean.content import NUMBERED
from indexer.clean.words import is_word
from indexer.cut import codes_of


class Counts:
    """How often words of letters, and pairs of them with a hyphen between, stand in a text."""

    def __init__(self, text: str) -> None:
        found = NUMBERED.cut(text)
        self._known = found.known
        self._times = np.bincount(found.numbers)  # by number
        behind = indices(codes_of(text)[found.starts[1:] - 1] == ord("-"))  # words with a hyphen there
        spans = zip(found.starts[behind].tolist(), found.starts[behind + 1].tolist(), strict=True)
        lefts, rights = found.numbers[behind].tolist(), found.numbers[behind + 1].tolist()
        self._pairs = Counter(
            (left, right)
            for (start, end), left, right in zip(spans, lefts, rights, strict=True)
            if start + len(found.words[left]) + 1 == end
        )

    def __getitem__(self, word: str) -> int:
        left, hyphen, right = word.partition("-")
        if hyphen:
            return self._pairs[self._number(left), self._number(right)]
        number = self._number(word)
        return int(self._times[number]) if 0 <= number < len(self._times) else 0

    def _number(self, word: str) -> int:
        return self._known.get(word, -1)


class Evidence:
    """Counts over a text, made when first asked for; the text must be without the words at its line ends."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def exact(self) -> Counts:
        """The counts of words as spelled."""
        return Counts(self.text)

    @cached_property
    def folded(self) -> Counts:
        """Those of words in lower case."""
        return Counts(self.text.lower())

    def joined_wins(self, left: str, right: str) -> bool | None:
        """Whether the document writes the two as one word more often; None when it does not say.

        A capital inside counts as spelled, for PubMed and GenBank are not what pub-med and gen-bank are.
        """
        counts = self.exact if right[:1].isupper() and not left.isupper() else self.folded
        if counts is self.folded:
            left, right = left.lower(), right.lower()
        joined, hyphenated = counts[left + right], counts[f"{left}-{right}"]
        return None if joined == hyphenated else joined > hyphenated

    def knows(self, word: str) -> bool:
        """True when the word list or the document has the word."""
        return is_word(word) or self.folded[word.lower()] > 0
