"""What is made of words, looked up where a word comes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

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
