"""What a document itself says about its words: how often each is written, and with a hyphen or without."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

import numpy as np

from indexer.clean.words import is_word
from indexer.numbered import Numbered

_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CHUNKS = Numbered(r"(?:[^\W\d_]|-)", lambda chunk: "-" in chunk)


class Counts:
    """How often words, and pairs of words with a hyphen between, stand in a text."""

    def __init__(self, text: str) -> None:
        found = _CHUNKS.cut(text)
        self._known = found.known
        self._times = np.bincount(found.numbers)  # of chunks
        self._parts = Counter[str]()  # of chunks with a hyphen
        chunks, times = np.unique(found.numbers[found.values > 0], return_counts=True)
        for chunk, count in zip(chunks.tolist(), times.tolist(), strict=True):
            for compound in _COMPOUND.findall(found.words[chunk]):
                parts = compound.split("-")
                for part in (*parts, *map("-".join, pairwise(parts))):
                    self._parts[part] += count

    def __getitem__(self, word: str) -> int:
        number = -1 if "-" in word else self._known.get(word, -1)
        return self._parts[word] + (int(self._times[number]) if 0 <= number < len(self._times) else 0)


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
