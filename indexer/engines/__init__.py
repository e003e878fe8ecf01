"""The seam: what Pincite asks of a search engine.

Engines receive terms, never language, so stems, stop words and phrases agree in every engine. They hand back ids and
scores; marks, snippets and citations are made on our side. Each engine translates its library's errors to ours.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np

from indexer.engines.array_file import Array
from indexer.engines.matches import Matches
from indexer.records import Clause, Entry, Match

POSITION_BITS = 32  # of a place, see `Reader.positions`


class Found(NamedTuple):
    """The best matches, and how many passages match in all, see `Reader.search`."""

    total: int
    matches: Matches  # by score, then document id and ordinal
    timed_out: bool = False  # the deadline passed: some clauses have not been looked at


class Heads(NamedTuple):
    """The heads of some passages, where they stand: not copied where they stand together."""

    content: memoryview | bytes
    starts: Array  # of each in the content
    ends: Array

    @classmethod
    def of(cls, heads: Sequence[bytes | memoryview]) -> Heads:
        """Heads that stand apart, copied to stand together."""
        lengths = np.fromiter(map(len, heads), np.int64, len(heads))
        ends = lengths.cumsum()
        return cls(b"".join(heads), ends - lengths, ends)

    def each(self) -> list[bytes]:
        """The heads, one by one."""
        return [bytes(self.content[start:end]) for start, end in zip(self.starts, self.ends, strict=True)]


class Reader(Protocol):
    """One whole commit, which stays as it is while others write; threads may share it. Close it after use."""

    def known(self) -> dict[str, str]:
        """Document id -> fingerprint, of every document."""

    def search(
        self,
        clauses: Sequence[Clause],
        required: Sequence[Clause],
        limit: int,
        deadline: float | None = None,
        counted: int = sys.maxsize,
    ) -> Found:
        """The passages that match, best first, at most `limit`.

        With required clauses those that match every one of them, else those that match any clause. What matches more
        of the clauses, and rarer ones, is better; AnyOf counts as one clause, however many of its forms match, except
        that what is Lesser in it adds its own share. Key, Not, AllOf and Flagged only restrict. After the deadline, of
        `time.monotonic`, what has been found so far is given and `timed_out` is true. Once so many matches are
        `counted`, those that cannot be among the best may be passed over, and the total is a lower bound.
        """

    def tally(self, matches: Sequence[Match], names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Name -> value -> how many of the passages have it as a keyword of that name."""

    def positions(self, matches: Sequence[Match], terms: Iterable[str]) -> dict[str, Array]:
        """Term -> where it stands in the texts of some passages, ascending.

        A place is a number: that of the passage in `matches`, times two to the power POSITION_BITS, plus the position.
        """

    def heads(self, matches: Sequence[Match]) -> Heads:
        """The heads of passages that were found, in their order; an empty one where there is no such passage."""

    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, each with its number of passages."""

    def summary(self, document_id: str) -> bytes | None:
        """The summary stored with a document; None when there is no such document."""

    def document(self, document_id: str) -> memoryview | None:
        """The payload stored with a document, not copied; None when there is no such document."""

    def documents(self) -> list[bytes]:
        """The summaries of all documents, by document id."""

    def vocabulary(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms of the text that start with `prefix`, each with its number of passages, the most frequent first."""

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Term -> number of passages whose text holds it; 0 when none does."""

    def size(self) -> int:
        """Number of passages."""

    def close(self) -> None:
        """Let go of the commit."""


class Engine(Protocol):
    """An index in a folder of its own."""

    @classmethod
    def create(cls, folder: Path) -> Engine:
        """A new, empty index in an empty folder."""

    @classmethod
    def open(cls, folder: Path) -> Engine:
        """The index in the folder; LibraryDamagedError when it cannot be opened."""

    def commit(self) -> int:
        """The number of the last commit; it grows with each."""

    def reader(self) -> Reader:
        """A reader of the last commit."""

    def write(self, entries: Iterable[Entry], gone: Iterable[str]) -> None:
        """Add or replace the documents of `entries` and delete those of `gone`: all of it, or nothing.

        An entry wins over `gone`; ValueError when a document is given twice. Entries are taken one by one as they are
        written, in bounded memory.
        """

    def check(self) -> None:
        """Read every byte of the last commit; LibraryDamagedError when one has changed since it was written."""
