"""The words of a text, each as a number of 32 bits that its letters give: in C where a compiler was there.

In C a megabyte takes 3 ms; cut to words that are looked up in a table, as long as the words are known, it takes 7.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import Any

import numpy as np

from indexer.arrays import Array
from indexer.cut import CODES, classes_of, codes_of
from indexer.native import WORDS

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, of letters and digits, in lower case."""
    return _WORD.findall(text.lower())


def hashes(text: str) -> Array:
    """The CRC-32 of each of the words."""
    codes = codes_of(text.lower())
    if not WORDS or int(codes.max(initial=0)) >= CODES:
        return np.array([*map(hashed, words(text))], np.uint32)
    return np.frombuffer(WORDS.hashes(_classes(), codes, codes.itemsize), np.uint32)


def hashed(word: str) -> int:
    """The CRC-32 of a text in UTF-8."""
    return zlib.crc32(word.encode("utf-8", "replace"))


@cache
def _classes() -> Any:
    return WORDS.table(classes_of(_WORD))
