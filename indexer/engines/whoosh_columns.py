"""Columns of values, one for each document of a segment, mapped and not copied.

Numbers stand in the narrowest type that holds them all, which the last two bytes name.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.columns import Column, ColumnReader, ColumnWriter

from indexer.arrays import Array, narrow, numbers_of


class NumberColumn(Column):  # type: ignore[misc]
    """A number for each document, from -1; -1 where none was given."""

    _default = -1

    class Writer(ColumnWriter):  # type: ignore[misc]
        """Keeps the numbers and writes them in one go."""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._numbers = array("i")

        def add(self, docnum: int, values: Sequence[int]) -> None:
            """Give documents from `docnum` on their numbers."""
            self._fill(docnum)
            self._numbers.extend(values)

        def take_over(self, docnum: int, reader: Any, docnums: Array) -> None:
            """Give documents from `docnum` on the numbers that those of another segment have."""
            self._fill(docnum)
            self._numbers.frombytes(reader.numbers[docnums].astype(np.int32).tobytes())

        def finish(self, docnum: int) -> None:
            """Write the column of `docnum` documents."""
            self._fill(docnum)
            self._dbfile.write(narrow(np.frombuffer(self._numbers, np.int32)))

        def _fill(self, docnum: int) -> None:
            if docnum > len(self._numbers):
                self._numbers.extend([-1] * (docnum - len(self._numbers)))

    class Reader(ColumnReader):  # type: ignore[misc]
        """All numbers of a segment."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self.numbers = numbers_of(dbfile.view(basepos)[:length], doccount)

        def __getitem__(self, docnum: int) -> int:
            return int(self.numbers[docnum])


class BytesColumn(Column):  # type: ignore[misc]
    """Bytes for each document, none by default, of any total size (Whoosh's own stops at 2 GB)."""

    _default = b""

    class Writer(ColumnWriter):  # type: ignore[misc]
        """Writes the bytes as they come, and at the end how many each document has."""

        def __init__(self, dbfile: Any) -> None:
            super().__init__(dbfile)
            self._sizes = array("q")

        def add(self, docnum: int, values: Sequence[bytes]) -> None:
            """Give documents from `docnum` on their bytes."""
            self._fill(docnum)
            self._dbfile.write(b"".join(values))
            self._sizes.extend(map(len, values))

        def take_over(self, docnum: int, reader: Any, docnums: Array) -> None:
            """Give documents from `docnum` on the bytes that those of another segment have."""
            self._fill(docnum)
            starts, ends = reader.edges(docnums)
            self._sizes.frombytes((ends - starts).tobytes())
            gaps = np.flatnonzero(starts[1:] != ends[:-1])
            for start, end in zip(
                starts[:1].tolist() + starts[gaps + 1].tolist(), ends[gaps].tolist() + ends[-1:].tolist(), strict=True
            ):
                self._dbfile.write(reader.content[start:end])

        def finish(self, docnum: int) -> None:
            """End the column of `docnum` documents."""
            self._fill(docnum)
            self._dbfile.write(narrow(np.frombuffer(self._sizes, np.int64)))

        def _fill(self, docnum: int) -> None:
            if docnum > len(self._sizes):
                self._sizes.extend([0] * (docnum - len(self._sizes)))

    class Reader(ColumnReader):  # type: ignore[misc]
        """The bytes of any document of a segment."""

        def __init__(self, dbfile: Any, basepos: int, length: int, doccount: int) -> None:
            super().__init__(dbfile, basepos, length, doccount)
            self.content: memoryview = dbfile.view(basepos)[:length]

        def __getitem__(self, docnum: int) -> bytes:
            return bytes(self.view(docnum))

        def view(self, docnum: int) -> memoryview:
            """The bytes of a document, not copied."""
            start = int(self._ends[docnum - 1]) if docnum else 0
            return self.content[start : int(self._ends[docnum])]

        def edges(self, docnums: Array) -> tuple[Array, Array]:
            """Where the bytes of some documents begin, and where they end."""
            return np.where(docnums > 0, self._ends[docnums - 1], 0), self._ends[docnums]

        @cached_property
        def _ends(self) -> Array:
            return np.cumsum(numbers_of(self.content, self._doccount), dtype=np.int64)
