"""Whether the source still holds what was cited from it."""

from __future__ import annotations

from pathlib import Path

from indexer.clean import clean
from indexer.discover import source_file
from indexer.errors import UnreadableSourceError
from indexer.read import read
from indexer.records import Document, Extract, Passage


def verify(document: Document, passage: Passage, root: Path) -> str:
    """Whether the source under `root` still holds the passage: exact, moved, changed or missing.

    The file is read and cleaned again: *exact* when the passage's characters stand where they stood, *moved* when they
    stand elsewhere in it, *changed* when they are gone, *missing* when there is no such file.
    """
    path = source_file(document.source.path, root)
    if not path.is_file():
        return "missing"
    try:
        extract = _same_part(read(path, document.source.path), document)
    except UnreadableSourceError:
        return "changed"
    if extract is None:
        return "changed"
    now = clean(extract)
    if extract.source.sha256 == document.source.sha256 and now.text == document.text:
        return "exact"
    return _sought(now, document, passage)


def _same_part(extracts: tuple[Extract, ...], document: Document) -> Extract | None:
    """The extract of the same part of the file."""
    return next((found for found in extracts if found.source.part == document.source.part), None)


def _sought(now: Document, before: Document, passage: Passage) -> str:
    """Where the passage stands in a source that has changed since."""
    start = now.text.text.find(passage.text)
    if start < 0:
        return "changed"
    here = before.text.sources(passage.span.start, passage.span.end)
    while start >= 0:
        if now.text.sources(start, start + len(passage.text)) == here:
            return "exact"
        start = now.text.text.find(passage.text, start + 1)
    return "moved"
