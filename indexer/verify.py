"""Whether the source still holds what was cited from it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from threading import Lock

from indexer.clean import clean
from indexer.discover import is_there, source_file
from indexer.errors import UnknownIdError, UnreadableSourceError
from indexer.read import load, read
from indexer.read.sandbox import EXTRACTS, Sandbox
from indexer.read.sandbox_start import Limits
from indexer.read.text import decode
from indexer.records import Document, Extract, Passage

_SECONDS = 20.0  # that reading a changed file may take before it counts as changed
_one_at_a_time = Lock()  # a Sandbox serves one thread


def verify(document: Document, passage: Passage, root: Path) -> str:
    """Whether the source under `root` still holds the passage: exact, moved, changed or missing.

    *exact*: the file has the same bytes, or the passage's characters stand where they stood; *moved*: they stand
    elsewhere in it; *changed*: they are gone, or the file cannot be read any more; *missing*: there is no such file. A
    file that has changed is read in a process of its own.
    """
    path = source_file(document.source.path, root)
    if not is_there(path):
        return "missing"
    try:
        if hashlib.sha256(load(path, document.source.path)).hexdigest() == document.source.sha256:
            return "exact"
        with _one_at_a_time:
            extracts = _sandbox().read(path, document.source.path)
    except UnreadableSourceError:
        return "changed"
    extract = _same_part(extracts, document)
    return _sought(clean(extract), document, passage) if extract else "changed"


def source_text(path: Path) -> str:
    """A file decoded as its reader decodes it, so that offsets into the source hold; UnknownIdError without a file."""
    try:
        return decode(load(path, path.name), path.name)
    except UnreadableSourceError as error:
        raise UnknownIdError("readable text file", path.name) from error


@cache
def _sandbox() -> Sandbox[tuple[Extract, ...]]:
    return Sandbox(Limits(seconds=_SECONDS), reader=read, wire=EXTRACTS)


def _same_part(extracts: tuple[Extract, ...], document: Document) -> Extract | None:
    """The extract of the same part of the file."""
    return next((found for found in extracts if found.source.part == document.source.part), None)


def _sought(now: Document, before: Document, passage: Passage) -> str:
    """Where the passage stands in a source that has changed since."""
    here = before.text.sources(passage.span.start, passage.span.end)
    start = now.text.text.find(passage.text)
    if start < 0:
        return "changed"
    while start >= 0:
        if now.text.sources(start, start + len(passage.text)) == here:
            return "exact"
        start = now.text.text.find(passage.text, start + 1)
    return "moved"
