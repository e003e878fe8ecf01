"""What a document itself says about its words: how often each is written, and with a hyphen or without."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import pairwise

from indexer.clean.words import is_word
from indexer.numbered import Numbered

_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CHUNKS = Numbered(r"(?:[^\W\d_]|-)", lambda _: 0)


class Evidence:
    """Counts over a text, made when first asked for; the text must be without the words at its line ends."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def exact(self) -> Counter[str]:
        """Words, and pairs of words with a hyphen between, as spelled."""
        return _counted(self.text)

    @cached_property
    def folded(self) -> Counter[str]:
        """The same in lower case."""
        return _counted(self.text.lower())

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


def _counted(text: str) -> Counter[str]:
    """Words, and pairs of words with a hyphen between."""
    counts = Counter(_CHUNKS.cut(text).counts())
    chunks = {word: counts.pop(word) for word in list(counts) if "-" in word}
    for chunk, count in chunks.items():
        for compound in _COMPOUND.findall(chunk):
            parts = compound.split("-")
            for part in (*parts, *map("-".join, pairwise(parts))):
                counts[part] += count
    return counts
