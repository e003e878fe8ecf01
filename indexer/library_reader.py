"""One commit of the library, as records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Self, TypeVar

from indexer.engines import Found, Reader
from indexer.engines.array_file import Array
from indexer.errors import LibraryDamagedError, UnknownIdError
from indexer.layout import Layouts, read_layouts
from indexer.ledger import originals
from indexer.records import Clause, Counts, Document, Excerpt, Match, Passage, Summary, document_of
from indexer.stored import read_summary, read_title_and_sketch
from indexer.stored_document import DAMAGED, StoredDocument

_Record = TypeVar("_Record")
_Payload = TypeVar("_Payload")
_Stored = Callable[[str], StoredDocument | None]  # document id -> the document as stored
_SUMMARIES = 1024  # ledger rows that are kept decoded, at about 6 kB
_TOLD = 16_384  # titles and sketches that are kept, at .6 kB
_STORED = 128  # documents of which the blocks that were read last are kept decoded, some .1 MB of each at most
_EXCERPTS = 64  # that are kept, at some 4 kB: the quotes of an answer stand in its hits
_DOCUMENTS = 32  # that are kept decoded: a page of hits comes from ten at most, and a decoded article takes up to 2 MB


class LibraryReader:
    """The library as of one commit, for any number of threads at once.

    It stays as it is while others write, and holds its files until nothing refers to it any more.
    """

    def __init__(self, engine: Reader, generation: int, folder: Path) -> None:
        self.generation = generation
        self._engine = engine
        self._folder = folder
        # Functions of the engine, not of self: a cycle would keep the files of every commit open until it is collected.
        self._summary = lru_cache(_SUMMARIES)(partial(_summary, engine, folder))
        self._told = lru_cache(_TOLD)(partial(_title_and_sketch, engine, folder))
        self._stored = lru_cache(_STORED)(partial(_stored, engine, folder))
        self._excerpt = lru_cache(_EXCERPTS)(partial(_excerpt, self._stored, folder))
        self._document = lru_cache(_DOCUMENTS)(partial(_document, self._stored, folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End one use of the reader; other threads may be using it still."""

    def known(self) -> dict[str, str]:
        """Document id -> fingerprint, of every document, those that could not be read too."""
        return self._engine.known()

    def documents(self) -> list[Summary]:
        """The ledger, by path and id; each row names the document before it that it is nearly the same as."""
        return list(self._documents)

    def rows(self) -> tuple[Summary, ...]:
        """The ledger's rows by themselves, by document id: what copies of each other they are is not worked out."""
        return self._rows

    def counts(self) -> Counts:
        """What the library holds."""
        found = [row for row in self._rows if row.passages]
        return Counts(
            documents=len(found),
            partial=sum(row.status == "partial" for row in found),
            failed=len(self._rows) - len(found),
            passages=sum(row.passages for row in found),
        )

    def summary(self, document_id: str) -> Summary:
        """The ledger's row of a document."""
        return self._summary(document_id)

    def title(self, document_id: str) -> str:
        """The title of a document; like its sketch it is kept apart, as a search asks for a hundred."""
        return self._told(document_id)[0]

    def sketches(self, document_ids: Iterable[str]) -> dict[str, Sequence[int]]:
        """What the near-duplicates of some documents are told by."""
        told = self._told
        return {document_id: told(document_id)[1] for document_id in document_ids}

    def document(self, document_id: str) -> Document:
        """A document; UnknownIdError also for one that could not be read."""
        return self._document(document_id)

    def passages(self, document_id: str) -> list[Passage]:
        """The passages of a document, in text order."""
        self.summary(document_id)
        stored = self._stored(document_id)
        return _read(self._folder, StoredDocument.passages, stored) if stored else []

    def passage(self, passage_id: str) -> Passage:
        """The passage with the id."""
        document_id = document_of(passage_id)
        if self._engine.summary(document_id) is not None:
            for passage in self.passages(document_id):
                if passage.id == passage_id:
                    return passage
        raise UnknownIdError("passage", passage_id)

    def placed(self, keys: Sequence[tuple[str, int]]) -> list[Passage]:
        """The passages at (document id, ordinal), in the order of `keys`."""
        held = partial(_held, self._stored, self._folder)
        return _read(self._folder, lambda keys: [held(document_id).passage(at) for document_id, at in keys], keys)

    def named(self, keys: Sequence[tuple[str, int]]) -> list[str]:
        """The ids of the passages at (document id, ordinal), in the order of `keys`."""
        held = partial(_held, self._stored, self._folder)
        return _read(self._folder, lambda keys: [held(document_id).passage_id(at) for document_id, at in keys], keys)

    def search(
        self,
        clauses: Sequence[Clause],
        required: Sequence[Clause],
        limit: int,
        deadline: float | None = None,
        counted: int = sys.maxsize,
    ) -> Found:
        """The passages that match, best first, see `indexer.engines.Reader`."""
        return self._engine.search(clauses, required, limit, deadline, counted)

    def tally(self, matches: Sequence[Match], names: Sequence[str]) -> dict[str, dict[str, int]]:
        """Name -> value -> how many of the passages have it as a keyword of that name."""
        return self._engine.tally(matches, names)

    def positions(self, matches: Sequence[Match], terms: Iterable[str]) -> dict[str, Array]:
        """Term -> where it stands in the texts of some passages, see `indexer.engines.Reader`."""
        return self._engine.positions(matches, terms)

    def layouts(self, matches: Sequence[Match]) -> Layouts:
        """How the texts of some passages are laid out."""
        return _read(self._folder, lambda heads: read_layouts(*heads), self._engine.heads(matches))

    def excerpts(self, matches: Sequence[Match]) -> list[Excerpt]:
        """The passages of some matches with what stands around each, in their order."""
        return [self._excerpt(match.document_id, match.ordinal) for match in matches]

    def excerpt(self, passage: Passage) -> Excerpt:
        """A passage with what stands around it."""
        return self._excerpt(passage.document_id, passage.ordinal)

    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, each with its number of passages."""
        return self._engine.keywords(prefix)

    def vocabulary(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Terms that start with `prefix`, with the number of passages each stands in, most frequent first."""
        return self._engine.vocabulary(prefix, limit)

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """Term -> number of passages whose text holds it; 0 when none does."""
        return self._engine.frequencies(terms)

    def size(self) -> int:
        """Number of passages."""
        return self._engine.size()

    @cached_property
    def _documents(self) -> tuple[Summary, ...]:
        found = [replace(row, original=self._originals.get(row.id, "")) for row in self._rows]
        return tuple(sorted(found, key=lambda row: (row.path, row.id)))

    @cached_property
    def _rows(self) -> tuple[Summary, ...]:
        return tuple(_read(self._folder, read_summary, payload) for payload in self._engine.documents())

    @cached_property
    def _originals(self) -> dict[str, str]:
        """Document id -> id of the document that it is nearly the same as."""
        return originals(self._rows)


def _read(folder: Path, decoder: Callable[[_Payload], _Record], payload: _Payload) -> _Record:
    """The record of a payload; LibraryDamagedError when it is not what was stored."""
    try:
        return decoder(payload)
    except DAMAGED as error:
        raise LibraryDamagedError(str(folder), f"a record cannot be read: {error}") from error


def _payload(engine: Reader, document_id: str) -> bytes:
    """A document's row in the ledger, as stored."""
    payload = engine.summary(document_id)
    if payload is None:
        raise UnknownIdError("document", document_id)
    return payload


def _summary(engine: Reader, folder: Path, document_id: str) -> Summary:
    return _read(folder, read_summary, _payload(engine, document_id))


def _title_and_sketch(engine: Reader, folder: Path, document_id: str) -> tuple[str, Sequence[int]]:
    return _read(folder, read_title_and_sketch, _payload(engine, document_id))


def _stored(engine: Reader, folder: Path, document_id: str) -> StoredDocument | None:
    """A document as stored; None when there is no such one, or it could not be read."""
    payload = engine.document(document_id)
    return _read(folder, partial(StoredDocument, document_id), payload) if payload else None


def _held(stored: _Stored, folder: Path, document_id: str) -> StoredDocument:
    """A document that a search found."""
    held = stored(document_id)
    if not held:
        raise LibraryDamagedError(str(folder), f"the document {document_id!r} is lost")
    return held


def _excerpt(stored: _Stored, folder: Path, document_id: str, ordinal: int) -> Excerpt:
    return _read(folder, _held(stored, folder, document_id).excerpt, ordinal)


def _document(stored: _Stored, folder: Path, document_id: str) -> Document:
    held = stored(document_id)
    if not held:
        raise UnknownIdError("document", document_id)
    return _read(folder, StoredDocument.document, held)
