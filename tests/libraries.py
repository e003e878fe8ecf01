"""Documents in a library, written as plain words, for tests that do not need the whole pipeline."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.aligned import AlignedText
from indexer.layout import layouts
from indexer.library_reader import LibraryReader
from indexer.records import Block, Document, Entry, Passage, PassageEntry, Source, Span, Summary
from indexer.stored import summary_payload
from indexer.stored_document import stored
from indexer.terms import terms_and_words
from indexer.vocabulary import Terms
from tests.passages import begins_of

# Where there is one, a folder in memory: an fsync there takes microseconds, and tests of laws make thousands.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 only a temporary folder's parent


@contextmanager
def folder_in_memory() -> Iterator[Path]:
    """A folder for a library, removed at the end."""
    with tempfile.TemporaryDirectory(dir=MEMORY, prefix="pincite-") as folder:
        yield Path(folder)


def filed(document_id: str, *texts: str, fingerprint: str = "") -> Entry:
    """What `index` would write of a document with a passage for each text; the fingerprint is the texts' own."""
    whole = "\n\n".join(texts)
    digest = hashlib.sha256(whole.encode()).hexdigest()
    document = Document(
        id=document_id,
        source=Source(f"{document_id}.txt", digest),
        title=f"Title of {document_id}",
        authors=("A. Author",),
        date="2024",
        url="",
        text=AlignedText.of(whole),
        blocks=tuple(Block(span, "prose") for span in _spans(texts)),
        pages=(),
    )
    passages = [
        _passage(document_id, at, text, span) for at, (text, span) in enumerate(zip(texts, _spans(texts), strict=True))
    ]
    summary = Summary(document_id, f"{document_id}.txt", document.title, ("A. Author",), "2024", passages=len(passages))
    entries = tuple(map(_entry, passages))
    return Entry(document_id, fingerprint or digest, stored(document, passages), entries, summary_payload(summary))


def _entry(passage: Passage) -> PassageEntry:
    text = terms(passage.text)
    _, stands = terms_and_words([passage.text])
    (head,) = layouts([passage], stands)
    return PassageEntry(passage.ordinal, text=text, head=head)


def terms(words: str) -> Terms:
    """One term for each word."""
    texts = tuple(words.split())
    return Terms.of(texts, range(len(texts)))


def contents(reader: LibraryReader) -> dict[str, tuple[str, ...]]:
    """Document id -> the texts of its passages: all that a library holds, read by every way in."""
    held = {document_id: _texts(reader, document_id) for document_id in reader.known()}
    assert sorted(held) == [summary.id for summary in reader.documents()]
    assert reader.size() == sum(map(len, held.values()))
    counts = reader.frequencies({word for texts in held.values() for text in texts for word in text.split()})
    for word, count in counts.items():
        assert count == sum(word in text.split() for texts in held.values() for text in texts)
    return held


def _texts(reader: LibraryReader, document_id: str) -> tuple[str, ...]:
    texts = tuple(passage.text for passage in reader.passages(document_id))
    document = reader.document(document_id)
    assert document.text.text == "\n\n".join(texts)
    assert reader.known()[document_id] == document.source.sha256
    return texts


def _spans(texts: tuple[str, ...]) -> list[Span]:
    spans, at = [], 0
    for text in texts:
        spans.append(Span(at, at + len(text)))
        at += len(text) + 2
    return spans


def _passage(document_id: str, ordinal: int, text: str, span: Span) -> Passage:
    mark = hashlib.sha256(f"{ordinal} {text}".encode()).hexdigest()[:8]
    return Passage(f"{document_id}.{mark}", document_id, ordinal, "prose", (), text, span, None, begins=begins_of(text))
