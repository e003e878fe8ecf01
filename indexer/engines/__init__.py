"""The seam: what Pincite asks of a search engine.

Engines receive terms, never language, so stems, stop words and phrases agree in every engine. They hand back ids and
scores; marks, snippets and citations are made on our side. Each engine translates its library's errors to ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from indexer.records import Clause, Entry, Match, Phrase


class Found(NamedTuple):
    """The best matches, and how many passages match in all."""

    total: int
    matches: tuple[Match, ...]  # by score, then document id and ordinal


class Reader(Protocol):
    """One whole commit, which stays as it is while others write. Close it after use."""

    def known(self) -> dict[str, str]:
        """Document id -> fingerprint, of every document."""

    def search(self, clauses: Sequence[Clause], required: Sequence[Phrase], limit: int) -> Found:
        """The passages that match any clause and every required phrase, best first, at most `limit`."""

    def document(self, document_id: str) -> bytes | None:
        """The payload stored with a document; None when there is none."""

    def documents(self) -> list[bytes]:
        """The payloads of all documents, by document id."""

    def passages(self, keys: Sequence[tuple[str, int]]) -> list[bytes]:
        """The payloads of passages, in the order of `keys` (document id, ordinal)."""

    def vocabulary(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms of the text field that start with `prefix`, with the number of passages each stands in."""

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

    def write(self, entries: Iterable[Entry], gone: Iterable[str]) -> None:
        """Add or replace the documents of `entries` and delete those of `gone`: all of it, or nothing."""

    def reader(self) -> Reader:
        """A reader of the last commit."""
