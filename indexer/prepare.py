"""A source file -> what the engine stores of it: read, clean, chunk, analyse. Runs in a worker's process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePosixPath

from indexer.chunk import passages
from indexer.clean import clean, document_id
from indexer.clean.steps import Steps
from indexer.errors import UnreadableSourceError
from indexer.fingerprint import Fingerprint, pipeline, state
from indexer.keywords import definition_keywords, document_keywords, passage_keywords
from indexer.layout import layouts
from indexer.ledger import summary
from indexer.read import extracts, load
from indexer.read.metadata import NAME, Metadata, Sheet, folders, overridden, overruled, read_metadata
from indexer.records import Document, Entry, Extract, Passage, PassageEntry, Source, Summary
from indexer.stored import read_summary, summary_payload
from indexer.stored_document import StoredDocument, stored
from indexer.terms import name_terms, terms_and_words


def prepared(path: Path, source_path: str) -> tuple[Entry, ...]:
    """The entries of a file's documents; UnreadableSourceError when there are none.

    A fault of ours in one document makes that document a failed row of the ledger and leaves the others alone.
    """
    before = _state(path)
    data = load(path, source_path)
    if _state(path) != before:
        raise UnreadableSourceError(source_path, "it changed while it was read: run again", "unreadable")
    row = row_of(path, source_path)
    mark = fingerprint(hashlib.sha256(data).hexdigest(), row, before)
    found = extracts(data, Source(source_path, mark.sha256))
    return tuple(_entry_or_row(extract, row or Metadata(), str(mark)) for extract in found)


def fingerprint(sha256: str, row: Metadata | None, on_disk: str) -> Fingerprint:
    """What a document made now from these bytes and this row is made from."""
    digest = hashlib.sha256(repr(row).encode("utf-8", "replace")).hexdigest()[:12] if row else "-"
    return Fingerprint(sha256, digest, pipeline(), on_disk)


def row_of(path: Path, source_path: str) -> Metadata | None:
    """What the nearest metadata.csv, in the file's folder or one above it in the collection, says about the file."""
    for folder in path.parents[: len(folders(source_path))]:
        row = sheet(folder).rows.get(path.relative_to(folder).as_posix())
        if row:
            return row
    return None


def sheet(folder: Path) -> Sheet:
    """The folder's metadata.csv, read again when it has changed."""
    return _sheet(folder, _state(folder / NAME))


def unread(source_path: str, status: str, reason: str) -> Entry:
    """An entry that is a ledger row alone: the file could not be read."""
    identity = document_id(Source(source_path, ""))
    row = Summary(identity, source_path, PurePosixPath(source_path).name, status=status, reason=reason)
    return Entry(identity, str(Fingerprint.unread(status)), b"", (), summary_payload(row))


def renamed(document: Document, row: Summary, source_path: str, mark: Fingerprint) -> Entry:
    """The entry of a document whose file has another name now; it is not read again."""
    source = replace(document.source, path=source_path)
    moved = replace(document, id=document_id(source), source=source)
    return entry_of(moved, passages(moved), replace(row, id=moved.id, path=source_path), str(mark))


def apart(entry: Entry, taken: Mapping[str, str]) -> Entry:
    """The entry of a document whose id another file has, under one that none has; `taken` names the file of each id."""
    row = read_summary(entry.summary)
    identity = row.id
    while identity in taken:
        identity = hashlib.sha256(f"{row.path}\n{identity}".encode()).hexdigest()[:12]
    told = f"the id {row.id!r} is taken by {taken[row.id]}"
    row = replace(row, id=identity, reason=f"{row.reason}; {told}" if row.reason else told)
    if not entry.payload:
        return replace(entry, document_id=identity, summary=summary_payload(row))
    document = StoredDocument(identity, entry.payload).document()
    return entry_of(document, passages(document), row, entry.fingerprint)


@lru_cache(maxsize=256)
def _sheet(folder: Path, _: str) -> Sheet:
    return read_metadata(folder)


def _state(path: Path) -> str:
    """The file's state on the disk; empty when there is no such file."""
    try:
        return state(path.stat())
    except OSError:
        return ""


def _entry_or_row(extract: Extract, said: Metadata, mark: str) -> Entry:
    try:
        steps = Steps()
        extract = overridden(extract, said)
        document = overruled(clean(extract, steps), said)
        made = passages(document)
        row = replace(summary(extract, document, made, steps), notice=said.status)
        return entry_of(document, made, row, mark)
    except Exception as error:  # noqa: BLE001 - whatever a hostile document sets off costs that document only
        identity = document_id(extract.source)
        reason = f"it could not be cleaned ({type(error).__name__}: {error})"[:500]
        row = Summary(identity, extract.source.path, extract.title or identity, status="failed", reason=reason)
        return Entry(identity, mark, b"", (), summary_payload(row))


def entry_of(document: Document, made: tuple[Passage, ...], row: Summary, mark: str) -> Entry:
    """A document as the engine stores it."""
    headings = [" › ".join(passage.above) for passage in made]
    title, *names = name_terms([document.title, *dict.fromkeys(headings)])
    by_heading = dict(zip(dict.fromkeys(headings), names, strict=True))
    texts, words = terms_and_words([passage.text for passage in made])
    heads = layouts(made, words)
    keys = document_keywords(document)
    first = (*keys, *definition_keywords(document)) if made else ()
    return Entry(
        document_id=document.id,
        fingerprint=mark,
        payload=stored(document, made),
        passages=tuple(
            PassageEntry(
                ordinal=passage.ordinal,
                title=title,
                heading=by_heading[heading],
                text=text,
                head=head,
                keys=(*(keys if at else first), *passage_keywords(passage)),
            )
            for at, (passage, heading, text, head) in enumerate(zip(made, headings, texts, heads, strict=True))
        ),
        summary=summary_payload(row),
    )
