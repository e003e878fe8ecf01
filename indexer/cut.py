"""A text cut to tokens by what parts words, in C where a compiler was there and in Python elsewhere.

In C a megabyte whose tokens are known takes 4 ms instead of 27. There the ends of a token are freed of punctuation, so
that there are fewer of them; what they give is the same. PINCITE_KERNEL=numpy in the environment asks to go without, as
it does for the engine's kernel.
"""

from __future__ import annotations

import os
from array import array
from importlib import import_module
from typing import Any

import numpy as np

from indexer.arrays import Array
from indexer.tokens import PUNCTUATION, Tokens

try:
    _words: Any = import_module("indexer._words")
except ImportError:  # no compiler was there
    _words = None
_API = 2  # what is asked of the C; what was built for other code is left alone
WORDS: Any = None if getattr(_words, "API", 0) != _API or os.environ.get("PINCITE_KERNEL") == "numpy" else _words

# What parts words wherever it stands; other signs part words or join them, as "." does in "1.5".
_PARTING = '\t\n\v\f\r\x1c\x1d\x1e\x1f!"#$%&()*+:;<=>?@[\\]^`{|}~“”«»—…•'
_TABLE = str.maketrans(dict.fromkeys(_PARTING, " "))
_CODES = 0x3002  # from here on nothing parts words
_SPACES = np.array([chr(code).isspace() for code in range(_CODES)])
_PARTS, _STRIPPED, _OTHER = range(3)  # classes of characters, as the C has them


def _class(sign: str) -> int:
    if sign.isspace() or sign in _PARTING:
        return _PARTS
    return _STRIPPED if sign in PUNCTUATION else _OTHER


CLASSES = bytes(_class(chr(code)) for code in range(_CODES))


class Cutter:
    """Cuts texts, and holds the tokens met."""

    def __init__(self) -> None:
        self.tokens = Tokens()
        self._table = WORDS.table(CLASSES) if WORDS else None
        self._rows = array("I")  # of the tokens by their number in the table

    def cut(self, text: str) -> tuple[Array, Array]:
        """The rows of a text's tokens and where these begin, but for some that give nothing.

        After an exception it cannot be used.
        """
        return self._looked_up(text) if self._table else self._split(text)

    def _looked_up(self, text: str) -> tuple[Array, Array]:
        encoded, width = (text.encode(), 1) if text.isascii() else (text.encode("utf-32-le", "surrogatepass"), 4)
        numbers, starts, fresh = WORDS.cut(self._table, encoded, width)
        edges = np.frombuffer(fresh, np.uint32).tolist()
        tokens = self.tokens
        self._rows.extend([tokens[text[start:end]] for start, end in zip(*[iter(edges)] * 2, strict=True)])
        if not numbers:
            return np.empty(0, np.int64), np.empty(0, np.int64)
        rows = np.frombuffer(self._rows, np.uint32)[np.frombuffer(numbers, np.uint32)]
        return rows.astype(np.int64), np.frombuffer(starts, np.uint32).astype(np.int64)

    def _split(self, text: str) -> tuple[Array, Array]:
        apart = _parted(text)
        found = apart.split()
        return np.fromiter(map(self.tokens.__getitem__, found), np.int64, len(found)), _starts(apart)


def _parted(text: str) -> str:
    """The text with spaces for much of what parts words, so that most words stand without punctuation.

    That halves the number of different tokens.
    """
    if text.isascii():
        text = text.translate(_TABLE)
    else:  # of which a table takes ten times as long
        for sign in _PARTING:
            text = text.replace(sign, " ")
    return text.replace(", ", "  ").replace(". ", "  ")


def _starts(text: str) -> Array:
    """Where what stands between the spaces of a text begins."""
    if text.isascii():
        spaces = np.frombuffer(text.encode(), np.uint8) == ord(" ")
    else:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        spaces = _SPACES[np.minimum(codes, len(_SPACES) - 1)]
    spaces = np.concatenate(([True], spaces))
    return np.flatnonzero(spaces[:-1] & ~spaces[1:])
