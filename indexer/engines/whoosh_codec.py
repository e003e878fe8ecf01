"""How the index is laid out in Whoosh's files: terms with positions, and columns that load in one read.

Whoosh's own posting lists are pickled blocks of 128 that a chain of Python calls walks one posting at a time. Here the
postings of a term are three arrays, decoded at once. Numbers are little-endian, arrays of the narrowest type that
holds their largest value.

An index names these classes: when one moves, or writes anything else, `library.FORMAT` must change.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3PostingsWriter
from whoosh.columns import Column, ColumnReader, ColumnWriter
from whoosh.fields import FieldType
from whoosh.formats import Existence
from whoosh.matching import ListMatcher

from indexer.records import Term

_HEAD = struct.Struct("<II3s")  # postings, positions, array types


class TermsField(FieldType):  # type: ignore[misc]
    """A field that takes our terms as they are; its positions are the postings' values."""

    def __init__(self) -> None:
        self.format = Existence()  # Whoosh asks that there be one; the codec does not use it
        self.analyzer = None
        self.scorable = False  # no lengths of Whoosh's own, which are rounded to a byte
        self.set_sortable(False)

    def index(self, value: Sequence[Term], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Each distinct term with its positions."""
        positions: dict[str, array[int]] = {}
        for term in value:
            positions.setdefault(term.text, array("I")).append(term.position)
        for text, places in positions.items():
            yield self.to_bytes(text), len(places), float(len(places)), places.tobytes()

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as the index spells it; half a surrogate pair, as broken files hold, is a term like any other."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: bytes) -> str:
        """The term that the index spells so."""
        return bs.decode("utf-8", "surrogatepass")


class TermsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with posting lists of our own."""

    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:
        """A writer of posting lists."""
        return PostingsWriter(dbfile, blocklimit=sys.maxsize, byteids=byteids)

    def postings_reader(self, dbfile: Any, terminfo: Any, *_: Any, **__: Any) -> Postings:
        """The posting list of a term."""
        return Postings.read(dbfile.view(terminfo.extent()[0]))


class PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    """Writes all postings of a term as one block."""

    def _write_block(self, last: bool = False) -> None:  # noqa: ARG002 as Whoosh calls it
        self._terminfo.add_block(self)
        positions = array("I", b"".join(self._values))
        frequencies = array("I", [len(value) // positions.itemsize for value in self._values])
        lists = [_narrow(numbers) for numbers in (self._ids, frequencies, positions)]
        codes = "".join(numbers.typecode for numbers in lists).encode()
        self._postfile.write(_HEAD.pack(len(frequencies), len(positions), codes))
        for numbers in lists:
            self._postfile.write(_little(numbers).tobytes())
        self._blockcount += 1
        self._new_block()


class Postings(ListMatcher):  # type: ignore[misc]
    """All passages that hold a term, how often each does, and where.

    Only merging walks it as a Whoosh matcher; searching reads the three arrays.
    """

    def __init__(self, docs: array[int], frequencies: array[int], positions: array[int]) -> None:
        super().__init__(docs, frequencies)
        self.docs = docs
        self.frequencies = frequencies
        self.positions = positions  # of all passages one after another
        self._starts: list[int] = []

    @classmethod
    def read(cls, content: memoryview) -> Postings:
        """The posting list that the bytes spell."""
        count, places, codes = _HEAD.unpack_from(content)
        lists, at = [], _HEAD.size
        for code, length in zip(codes.decode(), (count, count, places), strict=True):
            numbers = array(code)
            end = at + length * numbers.itemsize
            numbers.frombytes(content[at:end])
            lists.append(_little(numbers))
            at = end
        return cls(*lists)

    def places(self, at: int) -> array[int]:
        """The positions of the term in the passage of the posting, in order."""
        if not self._starts:
            self._starts = list(accumulate(self.frequencies, initial=0))
        return self.positions[self._starts[at] : self._starts[at + 1]]

    def value(self) -> bytes:
        """The positions of the current posting, as the writer takes them."""
        return array("I", self.places(self._i)).tobytes()


class NumberColumn(Column):  # type: ignore[misc]
    """A number for each document, from -1; -1 where none was given."""

    _default = -1

    class Writer(ColumnWriter):  # type: ignore[misc]
        """Keeps the numbers and writes them in one go."""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._numbers = array("i")

        def add(self, docnum: int, value: int) -> None:
            """Give a document its number."""
            self._fill(docnum)
            self._numbers.append(value)

        def finish(self, docnum: int) -> None:
            """Write the column of `docnum` documents."""
            self._fill(docnum)
            self._dbfile.write(_little(self._numbers).tobytes())

        def _fill(self, docnum: int) -> None:
            self._numbers.extend([-1] * (docnum - len(self._numbers)))

    class Reader(ColumnReader):  # type: ignore[misc]
        """All numbers of a segment."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self.numbers = array("i")
            self.numbers.frombytes(dbfile.get(basepos, length))
            _little(self.numbers)

        def __getitem__(self, docnum: int) -> int:
            return self.numbers[docnum]


class BytesColumn(Column):  # type: ignore[misc]
    """Bytes for each document, none by default, of any total size (Whoosh's own stops at 2 GB)."""

    _default = b""

    class Writer(ColumnWriter):  # type: ignore[misc]
        """Writes the bytes as they come, and at the end where each document's stop."""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._ends = array("Q")

        def add(self, docnum: int, value: bytes) -> None:
            """Give a document its bytes."""
            self._fill(docnum)
            self._dbfile.write(value)
            self._ends.append(self._end() + len(value))

        def finish(self, docnum: int) -> None:
            """End the column of `docnum` documents."""
            self._fill(docnum)
            self._dbfile.write(_little(self._ends).tobytes())

        def _fill(self, docnum: int) -> None:
            self._ends.extend([self._end()] * (docnum - len(self._ends)))

        def _end(self) -> int:
            return self._ends[-1] if self._ends else 0

    class Reader(ColumnReader):  # type: ignore[misc]
        """The bytes of any document of a segment."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self._ends = array("Q")
            size = doccount * self._ends.itemsize
            self._ends.frombytes(dbfile.get(basepos + length - size, size))
            _little(self._ends)

        def __getitem__(self, docnum: int) -> bytes:
            start = self._ends[docnum - 1] if docnum else 0
            return bytes(self._dbfile.get(self._basepos + start, self._ends[docnum] - start))


def _narrow(numbers: array[int]) -> array[int]:
    """The numbers in the narrowest array type that holds them all."""
    most = max(numbers, default=0)
    code = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
    return array(code, numbers)


def _little(numbers: array[int]) -> array[int]:
    """The numbers turned between this machine's byte order and the file's."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
