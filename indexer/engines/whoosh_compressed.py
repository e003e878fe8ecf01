"""A column of compressed values."""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.columns import Column

from indexer.engines.array_file import Array
from indexer.engines.whoosh_columns import BytesColumn, narrow, numbers_of, size_of

_WINDOW = 14  # bits: zlib looks back 16 kB
_DICTIONARY = 16 << 10  # bytes; with 8 kB values take .43 of their size, with 32 kB .39 and half as long again
_PART = 400  # bytes of a value that are part of it
_SAMPLE = 1 << 20  # bytes of values that it is made of


class CompressedColumn(Column):  # type: ignore[misc]
    """Bytes for each document, compressed each by itself with the help of what a segment's first ones have in common.

    Passages of 120 words take .42 of their size so, .52 without a dictionary; one is read in six microseconds. What
    another segment has compressed is taken over as it is, with its dictionary.
    """

    _default = b""

    class Writer(BytesColumn.Writer):
        """Holds the first values back to make a dictionary of them."""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._waiting: list[tuple[int, bytes]] = []
            self._held = 0
            self._dictionaries: list[tuple[int, bytes]] = []  # the first document of each, and the dictionary
            self._compressor: Any = None

        def add(self, docnum: int, value: bytes) -> None:
            """Give a document its bytes."""
            self._waiting.append((docnum, value))
            self._held += len(value)
            if self._held >= _SAMPLE:
                self._write_waiting()

        def take_over(self, docnum: int, reader: Any, docnums: Array) -> None:
            """Give documents from `docnum` on the bytes that those of another segment have."""
            self._write_waiting()
            self._compressor = None  # another dictionary, when more are added
            for first, dictionary in reader.dictionaries:
                at = docnum + int(np.searchsorted(docnums, first))
                self._dictionaries.append((at, dictionary))
            for at, other in enumerate(docnums.tolist(), docnum):
                if packed := reader.packed(other):
                    self._put(at, packed)

        def finish(self, docnum: int) -> None:
            """End the column of `docnum` documents."""
            self._write_waiting()
            self._fill(docnum)
            rows = np.array([(first, len(dictionary)) for first, dictionary in self._dictionaries], "<u4")
            for _, dictionary in self._dictionaries:
                self._dbfile.write(dictionary)
            self._dbfile.write(rows.tobytes())
            self._dbfile.write(narrow(np.frombuffer(self._sizes, np.int64)))
            self._dbfile.write(len(rows).to_bytes(4, "little"))

        def _write_waiting(self) -> None:
            """Write what waits, the first of it with a dictionary made of it.

            One value after another takes half the time that they take among other work, which the caches hold instead.
            """
            if not self._waiting:
                return
            if not self._compressor:
                dictionary = _dictionary([value for _, value in self._waiting])
                self._dictionaries.append((self._waiting[0][0], dictionary))
                self._compressor = _compressor(dictionary)
            for docnum, value in self._waiting:
                if value:
                    compressor = self._compressor.copy()
                    self._put(docnum, compressor.compress(value) + compressor.flush())
            self._waiting, self._held = [], 0

    class Reader(BytesColumn.Reader):
        """The bytes of any document of a segment."""

        def __getitem__(self, docnum: int) -> bytes:
            packed = self.packed(docnum)
            if not packed:
                return b""
            _, dictionary = self.dictionaries[bisect_right(self._firsts, docnum) - 1]
            return zlib.decompressobj(-_WINDOW, dictionary).decompress(packed)

        def some(self, docnums: Array) -> list[bytes]:
            """The bytes of some documents."""
            return [self[docnum] for docnum in docnums.tolist()]

        def packed(self, docnum: int) -> bytes:
            """The bytes of a document, compressed."""
            return bytes(super().__getitem__(docnum))

        @cached_property
        def dictionaries(self) -> list[tuple[int, bytes]]:
            """The first document that each dictionary is for, and the dictionary."""
            rows = self._rows.tolist()
            at = int(self._ends[-1]) if len(self._ends) else 0
            found = []
            for first, size in rows:
                found.append((first, bytes(self._content[at : at + size])))
                at += size
            return found

        @cached_property
        def _firsts(self) -> list[int]:
            return [first for first, _ in self.dictionaries]

        @cached_property
        def _rows(self) -> Array:
            count = int.from_bytes(self._content[-4:], "little")
            end = len(self._content) - 4 - size_of(self._content[:-4], self._doccount)
            if not 0 <= 8 * count <= end:
                raise ValueError("a column is cut short")
            return np.frombuffer(self._content[end - 8 * count : end], "<u4").reshape(-1, 2)

        @cached_property
        def _ends(self) -> Array:
            return np.cumsum(numbers_of(self._content[:-4], self._doccount), dtype=np.int64)


def _dictionary(values: Sequence[bytes]) -> bytes:
    """What values have in common: parts of some of them, from the first to the last."""
    total = sum(map(len, values))
    if total < 4 * _DICTIONARY:
        return b""
    every = max(1, len(values) * _PART // _DICTIONARY)
    return b"".join(value[:_PART] for value in values[::every])[:_DICTIONARY]


def _compressor(dictionary: bytes) -> Any:
    """What compresses a value, to be copied for each: level 6 takes 4 % fewer bytes and half as long again."""
    return zlib.compressobj(3, zlib.DEFLATED, -_WINDOW, 8, zlib.Z_DEFAULT_STRATEGY, dictionary)
