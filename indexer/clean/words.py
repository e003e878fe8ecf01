"""The English word list (SCOWL, 74,744 words): what may be one word, and what may stand on its own.

The file has the words from their last letter to their first, in order: to put them in order took 30 ms in each process.
"""

from __future__ import annotations

import gzip
from bisect import bisect_left
from functools import cache
from importlib.resources import files


@cache
def backwards() -> list[str]:
    """Every word of the list from its last letter to its first, in order."""
    packed = (files("indexer.clean") / "words.txt.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8").split()


@cache
def listed() -> frozenset[str]:
    """Every word of the list; names have a capital."""
    return frozenset("\n".join(backwards())[::-1].split("\n"))


def ends_one(part: str) -> bool:
    """True when a word of the list ends with the part, or is it."""
    words, start = backwards(), part[::-1]
    at = bisect_left(words, start)
    return at < len(words) and words[at].startswith(start)


def word_set(words: str) -> frozenset[str]:
    """Words written on a line, as a set."""
    return frozenset(words.split())


def is_word(word: str) -> bool:
    """True when the list has the word, in lower case or as a name."""
    return word.lower() in listed() or word.capitalize() in listed()


def is_name(word: str) -> bool:
    """True when the word may be a name: the list has it with a capital, or not at all."""
    return word.capitalize() in listed() or word.lower() not in listed()


def is_common(word: str) -> bool:
    """True when the list has the word in lower case: it is no name, or not only one."""
    return word.lower() in listed()
