"""A column of compressed values, some to a block."""

from __future__ import annotations

import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from whoosh.columns import Column, ColumnReader, ColumnWriter

from indexer.engines.array_file import Array
from indexer.engines.whoosh_columns import narrow, numbers_of, size_of

_WINDOW = 14  # bits: zlib looks back 16 kB
_DICTIONARY = 16 << 10  # bytes; with 8 kB values take .43 of their size, with 32 kB .39 and half as long again
_PART = 400  # bytes of a value that are part of it
_SAMPLE = 1 << 20  # bytes of values that it is made of
# Bytes of values that are compressed together. A passage of 120 words, with what stands around it, takes .36 of its
# size so and 15 microseconds, by itself .46 and 25; to read one of ten takes 16 instead of 7.
_BLOCK = 3_000
_COUNTS = struct.Struct("<II")  # dictionaries and blocks, at the end of a column


class CompressedColumn(Column):  # type: ignore[misc]
    """Bytes for each document, compressed in blocks with the help of what a segment's first ones have in common.

    A block holds values of documents in a row: how many they are, how long each is, then all of them. What another
    segment has compressed is taken over as it is, with its dictionary, but for blocks some of whose documents are gone.
    """

    _default = b""

    class Writer(ColumnWriter):  # type: ignore[misc]
        """Holds the first values back to make a dictionary of them."""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._waiting: list[tuple[int, bytes]] = []
            self._held = 0
            self._dictionaries: list[tuple[int, bytes]] = []  # the first document of each, and the dictionary
            self._compressor: Any = None
            self._firsts, self._sizes = array("I"), array("q")  # of each block: its first document, and its bytes

        def add(self, docnum: int, values: Sequence[bytes]) -> None:
            """Give documents from `docnum` on their bytes."""
            for at, value in enumerate(values, docnum):
                if value:
                    self._waiting.append((at, value))
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
            edges = reader.edges
            kept = np.searchsorted(docnums, edges)
            for block, (start, end) in enumerate(pairwise(kept.tolist())):
                if end - start == edges[block + 1] - edges[block]:
                    self._put(docnum + start, reader.packed(block))
                elif start < end:
                    values = reader.some(docnums[start:end])
                    self._put(docnum + start, _packed(values, _compressor(reader.dictionary(block))))

        def finish(self, docnum: int) -> None:  # noqa: ARG002 as Whoosh calls it
            """End the column."""
            self._write_waiting()
            rows = np.array([(first, len(dictionary)) for first, dictionary in self._dictionaries], "<u4")
            for _, dictionary in self._dictionaries:
                self._dbfile.write(dictionary)
            self._dbfile.write(rows.tobytes())
            self._dbfile.write(np.array(self._firsts, "<u4").tobytes())
            self._dbfile.write(narrow(np.frombuffer(self._sizes, np.int64)))
            self._dbfile.write(_COUNTS.pack(len(rows), len(self._firsts)))

        def _write_waiting(self) -> None:
            """Write what waits, the first of it with a dictionary made of it.

            One block after another takes half the time that they take among other work, which the caches hold instead.
            """
            if not self._waiting:
                return
            if not self._compressor:
                dictionary = _dictionary([value for _, value in self._waiting])
                self._dictionaries.append((self._waiting[0][0], dictionary))
                self._compressor = _compressor(dictionary)
            for block in _blocks(self._waiting):
                self._put(block[0][0], _packed([value for _, value in block], self._compressor))
            self._waiting, self._held = [], 0

        def _put(self, first: int, packed: bytes) -> None:
            """Write a block that begins with the value of a document."""
            self._dbfile.write(packed)
            self._firsts.append(first)
            self._sizes.append(len(packed))

    class Reader(ColumnReader):  # type: ignore[misc]
        """The bytes of any document of a segment."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self._content = dbfile.view(basepos)[:length]

        def __getitem__(self, docnum: int) -> bytes:
            (value,) = self.some(np.array([docnum]))
            return value

        def some(self, docnums: Array) -> list[bytes]:
            """The bytes of some documents."""
            firsts = self._parts[1]
            numbers = docnums.astype(firsts.dtype)  # numpy would copy all of the firsts to compare other types
            found = np.searchsorted(firsts, numbers, side="right") - 1
            values = {block: self._values(block) for block in dict.fromkeys(found.tolist())}
            places = docnums - firsts[found] if len(firsts) else docnums
            return [
                values[block][at] if 0 <= at < len(values[block]) else b""
                for block, at in zip(found.tolist(), places.tolist(), strict=True)
            ]

        def packed(self, block: int) -> bytes:
            """The bytes of a block, compressed."""
            start = int(self._ends[block - 1]) if block else 0
            return bytes(self._content[start : int(self._ends[block])])

        def dictionary(self, block: int) -> bytes:
            """The dictionary that a block was compressed with."""
            return self.dictionaries[bisect_right(self._since, int(self._parts[1][block])) - 1][1]

        @cached_property
        def edges(self) -> Array:
            """The first document of each block, and the number of documents."""
            return np.append(self._parts[1].astype(np.int64), self._doccount)

        @cached_property
        def dictionaries(self) -> list[tuple[int, bytes]]:
            """The first document that each dictionary is for, and the dictionary."""
            at = int(self._ends[-1]) if len(self._ends) else 0
            found = []
            for first, size in self._parts[0].reshape(-1, 2).tolist():
                found.append((first, bytes(self._content[at : at + size])))
                at += size
            return found

        def _values(self, block: int) -> list[bytes]:
            """The values of a block; none of the block before the first."""
            if block < 0:
                return []
            content = zlib.decompressobj(-_WINDOW, self.dictionary(block)).decompress(self.packed(block))
            (count,) = struct.unpack_from("<I", content)
            sizes = struct.unpack_from(f"<{count}I", content, 4)
            return [content[start:end] for start, end in pairwise(accumulate(sizes, initial=4 * (1 + count)))]

        @cached_property
        def _since(self) -> list[int]:
            return [first for first, _ in self.dictionaries]

        @cached_property
        def _ends(self) -> Array:
            return np.cumsum(self._parts[2], dtype=np.int64)

        @cached_property
        def _parts(self) -> tuple[Array, Array, Array]:
            """Two numbers for each dictionary, and the first document and the bytes of each block."""
            content = self._content[: -_COUNTS.size]
            dictionaries, blocks = _COUNTS.unpack(self._content[len(content) :])
            end = len(content) - size_of(content, blocks)
            start = end - 4 * blocks
            if start < 8 * dictionaries:
                raise ValueError("a column is cut short")
            numbers = np.frombuffer(content[start - 8 * dictionaries : end], "<u4")
            firsts = numbers[2 * dictionaries :].copy()  # aligned, or numpy would copy them for every search
            return numbers[: 2 * dictionaries], firsts, numbers_of(content, blocks)


def _blocks(values: Iterable[tuple[int, bytes]]) -> Iterator[list[tuple[int, bytes]]]:
    """The values of documents in a row, so many bytes together; a long one is a block by itself."""
    block: list[tuple[int, bytes]] = []
    size = 0
    for docnum, value in values:
        size += len(value)
        if block and (size > _BLOCK or docnum != block[-1][0] + 1):
            yield block
            block, size = [], len(value)
        block.append((docnum, value))
    if block:
        yield block


def _packed(values: Sequence[bytes], compressor: Any) -> bytes:
    """A block."""
    compressor = compressor.copy()
    sizes = struct.pack(f"<{1 + len(values)}I", len(values), *map(len, values))
    return bytes(compressor.compress(b"".join([sizes, *values])) + compressor.flush())


def _dictionary(values: Sequence[bytes]) -> bytes:
    """What values have in common: parts of some of them, from the first to the last."""
    total = sum(map(len, values))
    if total < 4 * _DICTIONARY:
        return b""
    every = max(1, len(values) * _PART // _DICTIONARY)
    return b"".join(value[:_PART] for value in values[::every])[:_DICTIONARY]


def _compressor(dictionary: bytes) -> Any:
    """What compresses a block, to be copied for each: level 6 takes 4 % fewer bytes and half as long again."""
    return zlib.compressobj(3, zlib.DEFLATED, -_WINDOW, 8, zlib.Z_DEFAULT_STRATEGY, dictionary)
