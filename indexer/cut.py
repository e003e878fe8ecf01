"""A text cut to tokens by what parts words, in C where a compiler was there and in Python elsewhere.

In C a megabyte whose tokens are known takes 4 ms instead of 27. There the ends of a token are freed of punctuation, so
that there are fewer of them; what they give is the same.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, Protocol, TypeVar

import numpy as np

from indexer.arrays import Array
from indexer.native import WORDS
from indexer.tokens import PUNCTUATION

# What parts words wherever it stands; other signs part words or join them, as "." does in "1.5".
_PARTING = '\t\n\v\f\r\x1c\x1d\x1e\x1f!"$%&()*:;<=>?@[\\]^`{|}~“”«»—…•'
_TABLE = str.maketrans(dict.fromkeys(_PARTING, " "))
CODES = 0x3002  # from here on nothing parts words
_SPACES = np.array([chr(code).isspace() for code in range(CODES)])
PARTS, STRIPPED, OTHER = range(3)  # classes of characters, as the C has them


def _classes() -> bytes:
    classes = np.where(_SPACES, PARTS, OTHER).astype(np.uint8)
    classes[list(map(ord, PUNCTUATION))] = STRIPPED
    classes[list(map(ord, _PARTING))] = PARTS
    return classes.tobytes()


CLASSES = _classes()


class Table:
    """Cuts texts in C, and holds the tokens met, each with a number that it was given then."""

    def __init__(self, classes: bytes, number: Callable[[list[str]], Iterable[int]]) -> None:
        """`classes`: that of each character by code, the last for all beyond; `number` gives new tokens numbers."""
        self._table = WORDS.table(classes)
        self._number = number
        self._numbers = array("I")  # by place in the table

    def cut(self, text: str, codes: Array) -> tuple[Array, Array]:
        """The numbers of a text's tokens and where these begin, of four bytes; `codes` as `codes_of` has them.

        After an exception it cannot be used.
        """
        parts = WORDS.cut(self._table, codes, codes.itemsize)
        found, starts, fresh = (np.frombuffer(part, np.uint32) for part in parts)
        self._numbers.extend(self._number([text[at:end] for at, end in fresh.reshape(-1, 2).tolist()]))
        return chosen(self._numbers, found), starts


def classes_of(words: re.Pattern[str]) -> bytes:
    """The class of each character where words are runs of some: told in one look at all, one by one it takes 5 ms."""
    classes = bytearray([PARTS]) * CODES
    for found in words.finditer("".join(map(chr, range(CODES)))):
        classes[found.start() : found.end()] = bytes([OTHER]) * len(found[0])
    return bytes(classes)


def codes_of(text: str) -> Array:
    """The characters by code, of one byte each when all are of ASCII, else of four."""
    if text.isascii():
        return np.frombuffer(text.encode(), np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def is_space(codes: Array) -> Array:
    """For each character by code, whether it is white space; of ASCII in a third of the time."""
    if codes.dtype == np.uint8:  # where what is below zero is above all others
        return np.asarray((codes - np.uint8(ord("\t")) < 5) | (codes - np.uint8(0x1C) < 5))
    return _SPACES.take(codes, mode="clip")


def trimmed(text: str, codes: Array, starts: Array, ends: Array) -> Array:
    """The ends of stretches of a text without white space before them, of which most have one character at most."""
    ends = ends - ((starts < ends) & is_space(codes[ends - 1]))
    for at in np.flatnonzero((starts < ends) & is_space(codes[ends - 1])).tolist():
        ends[at] = starts[at] + len(text[starts[at] : ends[at]].rstrip())
    return ends


def chosen(column: array[int], rows: Array) -> Array:
    """What stands in some rows of a column, of four bytes each."""
    return np.frombuffer(column, np.uint32)[rows] if len(rows) else np.empty(0, np.uint32)


class Tokens(Protocol):
    """The tokens met, each of which is numbered when it is first asked for."""

    held: int  # characters

    def __getitem__(self, token: str, /) -> int:
        """The number of a token."""

    def told(self, tokens: list[str], /) -> Iterable[int]:
        """The numbers of some that were not met."""


Held = TypeVar("Held", bound=Tokens)


class Cutter(Generic[Held]):
    """Cuts texts, and holds the tokens met, up to some number of characters."""

    def __init__(self, made: Callable[[], Held], most: int) -> None:
        """`made` makes tokens of which none is met yet."""
        self._made, self._most, self._lock = made, most, Lock()
        self._forget()

    @contextmanager
    def alone(self) -> Iterator[Held]:
        """The tokens met, for one thread at a time; none any more where they were too many, or after an exception.

        That may leave tokens that were met and are not known.
        """
        with self._lock:
            if self.tokens.held > self._most:
                self._forget()
            try:
                yield self.tokens
            except BaseException:
                self._forget()
                raise

    def _forget(self) -> None:
        self.tokens = self._made()
        self._table = Table(CLASSES, self.tokens.told) if WORDS else None

    def cut(self, text: str) -> tuple[Array, Array]:
        """The rows of a text's tokens and where these begin, but for some that give nothing; for who is alone."""
        if self._table:
            rows, starts = self._table.cut(text, codes_of(text))
            return rows.astype(np.int64), starts.astype(np.int64)
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
    codes = codes_of(text)
    spaces = codes == ord(" ") if codes.itemsize == 1 else is_space(codes)
    spaces = np.concatenate(([True], spaces))
    return np.flatnonzero(spaces[:-1] & ~spaces[1:])
