"""Columns of values, one for each document of a segment, that load in one read."""

from __future__ import annotations

import sys
from array import array
from typing import Any

from whoosh.columns import Column, ColumnReader, ColumnWriter


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
            self._dbfile.write(little(self._numbers).tobytes())

        def _fill(self, docnum: int) -> None:
            self._numbers.extend([-1] * (docnum - len(self._numbers)))

    class Reader(ColumnReader):  # type: ignore[misc]
        """All numbers of a segment."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self.numbers = array("i")
            self.numbers.frombytes(dbfile.get(basepos, length))
            little(self.numbers)

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
            self._dbfile.write(little(self._ends).tobytes())

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
            little(self._ends)

        def __getitem__(self, docnum: int) -> bytes:
            start = self._ends[docnum - 1] if docnum else 0
            return bytes(self._dbfile.get(self._basepos + start, self._ends[docnum] - start))


def little(numbers: array[int]) -> array[int]:
    """The numbers turned between this machine's byte order and the file's."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
