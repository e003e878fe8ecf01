"""The Whoosh engine: an index of documents, each followed by its passages in the same segment.

Whoosh keeps the dictionary, segments, deletions, merges and commits; posting lists, columns and scores are ours. The
code is written to what Whoosh 2.7.4 and its successors share; the contract suite runs on two of them.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from whoosh.fields import COLUMN, Schema
from whoosh.index import TOC, FileIndex

from indexer.engines.bm25f import FIELDS, HEADING, TEXT, TITLE
from indexer.engines.whoosh_codec import TermsField, TermsSegmentReader
from indexer.engines.whoosh_columns import BytesColumn, NumberColumn
from indexer.engines.whoosh_damage import Told
from indexer.engines.whoosh_leaf import KEYS, Leaf
from indexer.engines.whoosh_merge import merged
from indexer.engines.whoosh_reader import WhooshReader
from indexer.engines.whoosh_storage import DurableStorage
from indexer.engines.whoosh_writer import TermsWriter
from indexer.errors import LibraryDamagedError
from indexer.records import Entry, PassageEntry

_NAME = "MAIN"
_TOC = re.compile(rf"_{_NAME}_(\d+)\.toc")
_LENGTHS = {field: f"{field}_length" for field in FIELDS}
SCHEMA = Schema(
    document=TermsField(positions=False),  # the id as a term, of documents only
    id=COLUMN(BytesColumn()),  # the same to be read
    ordinal=COLUMN(NumberColumn()),  # of passages only: documents have -1, and stand before their passages
    fingerprint=COLUMN(BytesColumn()),
    summary=COLUMN(BytesColumn()),
    payload=COLUMN(BytesColumn()),
    head=COLUMN(BytesColumn()),
    **{field: TermsField() for field in FIELDS},
    **{KEYS: TermsField(positions=False)},
    **{length: COLUMN(NumberColumn()) for length in _LENGTHS.values()},
)
_RETRIES = 100  # of opening a commit that a writer replaces meanwhile


class WhooshEngine:
    """An index in a folder of its own, see `indexer.engines.Engine`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._storage = DurableStorage(folder)

    @classmethod
    def create(cls, folder: Path) -> WhooshEngine:
        """A new, empty index in an empty folder."""
        engine = cls(folder)
        with Told(folder):
            TOC.create(engine._storage, SCHEMA, _NAME)
        return engine

    @classmethod
    def open(cls, folder: Path) -> WhooshEngine:
        """The index in the folder; LibraryDamagedError when it cannot be opened."""
        engine = cls(folder)
        engine.reader().close()
        return engine

    def commit(self) -> int:
        """The number of the last commit, -1 when there is none; it grows with each."""
        return max((int(found[1]) for name in self._storage.list() if (found := _TOC.fullmatch(name))), default=-1)

    def reader(self) -> WhooshReader:
        """A reader of the last commit, which keeps all its files open."""
        for _ in range(_RETRIES):
            commit = self.commit()
            try:
                return self._reader(commit)
            except LibraryDamagedError:
                if self.commit() == commit:
                    raise
        raise LibraryDamagedError(str(self._folder), "its commits change faster than they can be opened")

    def write(self, entries: Iterable[Entry], gone: Iterable[str]) -> None:
        """Add or replace the documents of `entries` and delete those of `gone`: all of it, or nothing."""
        with self._writer() as writer:
            with Told(self._folder):
                leaves = [self._leaf(segment) for segment in writer.segments]
            for document_id in gone:
                _delete(leaves, document_id)
            seen: set[str] = set()
            for entry in entries:
                _check(entry, seen)
                with Told(self._folder):
                    _delete(leaves, entry.document_id)
                    _add(writer, entry)
                    writer.end_document()

    def check(self) -> None:
        """Read every byte of the last commit; LibraryDamagedError when one has changed since it was written."""
        with Told(self._folder):
            for segment in self._toc(self.commit()).segments:
                self._storage.verify(segment.make_filename(segment.COMPOUND_EXT))
        self.reader().close()

    def _reader(self, commit: int) -> WhooshReader:
        with Told(self._folder):
            return WhooshReader(self._folder, [self._leaf(segment) for segment in self._toc(commit).segments])

    def _toc(self, commit: int) -> Any:
        return TOC.read(self._storage, _NAME, gen=commit, schema=SCHEMA)

    def _leaf(self, segment: Any) -> Leaf:
        return Leaf(TermsSegmentReader(self._storage, SCHEMA, segment), segment)

    @contextlib.contextmanager
    def _writer(self) -> Iterator[TermsWriter]:
        """A Whoosh writer that commits at the end, or takes all back and frees its lock on any error."""
        storage = DurableStorage(self._folder)
        try:
            with Told(self._folder):
                writer = TermsWriter(FileIndex(storage, SCHEMA, _NAME))
                self._remove_strays(storage, writer.newsegment)
            try:
                yield writer
                with Told(self._folder):
                    writer.commit(mergetype=merged)
            except BaseException:
                with contextlib.suppress(Exception):  # a writer whose commit failed cannot always be cancelled
                    writer.cancel()
                with contextlib.suppress(Exception):  # of a full disk nobody else could write to it
                    self._remove_strays(storage)
                raise
        finally:
            storage.release()

    def _remove_strays(self, storage: DurableStorage, *begun: Any) -> None:
        """Remove the files that neither the last commit has nor the segments begun."""
        commit = self.commit()
        storage.remove_strays(_NAME, commit, [*self._toc(commit).segments, *begun])


def _check(entry: Entry, seen: set[str]) -> None:
    """Note a document that is about to be written; ValueError when it cannot be."""
    if entry.document_id in seen:
        raise ValueError(f"document {entry.document_id!r} is given twice")
    for passage in entry.passages:
        if passage.ordinal < 0:
            raise ValueError(f"ordinal {passage.ordinal} is negative")
    seen.add(entry.document_id)


def _delete(leaves: Iterable[Leaf], document_id: str) -> None:
    """Mark a document and its passages as deleted, if they are there."""
    for leaf in leaves:
        at = leaf.find(document_id)
        if at is not None:
            for docnum in leaf.span(at):
                leaf.delete(docnum)


def _add(writer: TermsWriter, entry: Entry) -> None:
    """Add a document, then its passages."""
    values = {
        "id": entry.document_id.encode("utf-8", "surrogatepass"),
        "ordinal": -1,
        "fingerprint": entry.fingerprint.encode("utf-8", "surrogatepass"),
        "summary": entry.summary,
        "payload": entry.payload,
    }
    writer.add({}, {"document": [(entry.document_id,)]}, {name: [value] for name, value in values.items()})
    if entry.passages:
        _add_passages(writer, entry.passages)


def _add_passages(writer: TermsWriter, passages: Sequence[PassageEntry]) -> None:
    fields = {
        TITLE: [passage.title for passage in passages],
        HEADING: [passage.heading for passage in passages],
        TEXT: [passage.text for passage in passages],
    }
    keys = [tuple(dict.fromkeys(passage.keys)) for passage in passages]
    values: dict[str, Sequence[Any]] = {
        "ordinal": [passage.ordinal for passage in passages],
        "head": [passage.head for passage in passages],
    }
    lengths = {_LENGTHS[field]: [len(terms.numbers) for terms in held] for field, held in fields.items()}
    writer.add(fields, {KEYS: keys}, values | lengths)
