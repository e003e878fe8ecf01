"""What is made of words, looked up where a word comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

_HELD = 100_000  # words, in some 40 MB; a language has fewer that come again
_LONGEST = 64  # characters of a word that is held

Made = TypeVar("Made")


class Lexicon(dict[str, Made]):
    """What a function makes of words: looked up where a word comes again, which most do.

    It takes a third of the time of lru_cache, and long words, of which few come again, do not fill the memory.
    """

    def __init__(self, made: Callable[[str], Made]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, word: str) -> Made:
        """What the function makes of a word that is not held."""
        if len(self) >= _HELD:
            self.clear()
        found = self._made(word)
        if len(word) <= _LONGEST:
            self[word] = found
        return found


class Sieve(Generic[Made]):
    """What a function makes of the few words of which it makes anything; all others are remembered together.

    A set less another one takes a tenth of the time of a look into a dictionary for each word.
    """

    def __init__(self, made: Callable[[str], Made]) -> None:
        self._made = made
        self._passed: set[str] = set()

    def among(self, words: set[str]) -> dict[str, Made]:
        """What the function makes of those of some words of which it makes anything."""
        unknown = words - self._passed
        found = {word: made for word in unknown if (made := self._made(word))}
        if len(self._passed) + len(unknown) > _HELD:
            self._passed.clear()
        self._passed.update(word for word in unknown if len(word) <= _LONGEST and word not in found)
        return found
