"""How terms are laid out in Whoosh's files.

Whoosh's own posting lists are pickled blocks of 128 that a chain of Python calls walks one posting at a time. Here the
postings of a term are three arrays, decoded at once. Numbers are little-endian, arrays of the narrowest type that
holds their largest value.

An index names these classes: when one moves, or writes anything else, `library.FORMAT` must change.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
from whoosh.fields import FieldType
from whoosh.formats import Existence
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo

from indexer.engines.whoosh_columns import little

_HEAD = struct.Struct("<II3s")  # postings, positions, array types


class TermsField(FieldType):  # type: ignore[misc]
    """A field that takes our terms as they are. `TermsWriter` writes it; Whoosh itself could not."""

    def __init__(self) -> None:
        self.format = Existence()  # Whoosh asks that there be one; the codec does not use it
        self.analyzer = None
        self.scorable = False  # no lengths of Whoosh's own, which are rounded to a byte
        self.set_sortable(False)

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as the index spells it; half a surrogate pair, as broken files hold, is a term like any other."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: bytes) -> str:
        """The term that the index spells so."""
        return bs.decode("utf-8", "surrogatepass")


class Postings(ListMatcher):  # type: ignore[misc]
    """The passages that hold a term, how often each does, and where; a matcher only because Whoosh asks for one."""

    def __init__(self, docs: array[int], frequencies: array[int], positions: array[int]) -> None:
        super().__init__(docs, frequencies)
        self.docs = docs
        self.frequencies = frequencies
        self.positions = positions  # of all passages one after another
        self._starts: list[int] = []

    @classmethod
    def empty(cls) -> Postings:
        """A posting list to be added to."""
        return cls(array("I"), array("I"), array("I"))

    @classmethod
    def read(cls, content: memoryview) -> Postings:
        """The posting list that the bytes begin with."""
        count, places, codes = _HEAD.unpack_from(content)
        lists, at = [], _HEAD.size
        for code, length in zip(codes.decode(), (count, count, places), strict=True):
            numbers = array(code)
            end = at + length * numbers.itemsize
            numbers.frombytes(content[at:end])
            lists.append(little(numbers))
            at = end
        return cls(*lists)

    def as_bytes(self) -> bytes:
        """The posting list as `read` takes it."""
        lists = [_narrow(numbers) for numbers in (self.docs, self.frequencies, self.positions)]
        codes = "".join(numbers.typecode for numbers in lists).encode()
        head = _HEAD.pack(len(self.docs), len(self.positions), codes)
        return head + b"".join(little(numbers).tobytes() for numbers in lists)

    def add(self, docnum: int, position: int) -> None:
        """Add a place; documents come in order."""
        if self.docs and self.docs[-1] == docnum:
            self.frequencies[-1] += 1
        else:
            self.docs.append(docnum)
            self.frequencies.append(1)
        self.positions.append(position)

    def join(self, other: Postings) -> None:
        """Add a list of later documents."""
        self.docs.extend(array("I", other.docs))
        self.frequencies.extend(array("I", other.frequencies))
        self.positions.extend(array("I", other.positions))

    def renumbered(self, numbers: Sequence[int]) -> Postings:
        """The list with new document numbers, without the documents whose number is negative."""
        docs = array("i", map(numbers.__getitem__, self.docs))
        if min(docs) >= 0:
            return Postings(docs, self.frequencies, self.positions)
        kept = Postings.empty()
        for at, docnum in enumerate(docs):
            if docnum >= 0:
                kept.docs.append(docnum)
                kept.frequencies.append(self.frequencies[at])
                kept.positions.extend(array("I", self.places(at)))
        return kept

    def places(self, at: int) -> array[int]:
        """The positions of the term in the passage of the posting, in order."""
        if not self._starts:
            self._starts = list(accumulate(self.frequencies, initial=0))
        return self.positions[self._starts[at] : self._starts[at + 1]]


class TermsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with posting lists of our own."""

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> PostingsWriter:  # noqa: ARG002 as Whoosh calls it
        """A writer of posting lists."""
        return PostingsWriter(dbfile)

    def postings_reader(self, dbfile: Any, terminfo: Any, *_: Any, **__: Any) -> Postings:
        """The posting list of a term."""
        return Postings.read(dbfile.view(terminfo.extent()[0]))

    def field_writer(self, storage: Any, segment: Any) -> TermsFieldWriter:
        """A writer of the dictionary and its posting lists."""
        return TermsFieldWriter(self, storage, segment)


class TermsFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes whole posting lists."""

    def add_term(self, term: bytes, postings: Postings) -> None:
        """Write a term; terms come in order."""
        self.start_term(term)
        self._postwriter.add(postings)
        self.finish_term()


class PostingsWriter:
    """Writes the posting list of one term after another, and what Whoosh wants to know of each."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._info: Any = None

    def start_postings(self, _: Any, info: Any) -> None:
        """Begin a term."""
        self._info = info

    def add(self, postings: Postings) -> None:
        """Write its postings."""
        content = postings.as_bytes()
        docs, frequencies = postings.docs, postings.frequencies
        most = max(frequencies)
        TermInfo.__init__(self._info, sum(frequencies), len(docs), maxweight=most, minid=docs[0], maxid=docs[-1])
        self._info.set_extent(self._file.tell(), len(content))
        self._file.write(content)

    def finish_postings(self) -> Any:
        """What Whoosh keeps of the term."""
        return self._info


def _narrow(numbers: array[int]) -> array[int]:
    """The numbers in the narrowest array type that holds them all."""
    most = max(numbers, default=0)
    code = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
    return array(code, numbers)
