"""Whether the source still holds what was cited from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import groupby
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
    (status,) = verify_each([(document, passage)], root)
    return status


def verify_each(cited: Iterable[tuple[Document, Passage]], root: Path) -> Iterator[str]:
    """What `verify` says of each passage; a file that is cited several times in a row is read once."""
    for name, of_file in groupby(cited, key=lambda one: one[0].source.path):
        source = _Source(source_file(name, root), name)
        yield from (source.status(document, passage) for document, passage in of_file)


def source_text(path: Path) -> str:
    """A file decoded as its reader decodes it, so that offsets into the source hold; UnknownIdError without a file."""
    try:
        return decode(load(path, path.name), path.name)
    except UnreadableSourceError as error:
        raise UnknownIdError("readable text file", path.name) from error


@cache
def _sandbox() -> Sandbox[tuple[Extract, ...]]:
    return Sandbox(Limits(seconds=_SECONDS), reader=read, wire=EXTRACTS)


class _Source:
    """A file as it is now, read no more than once, also if that fails."""

    def __init__(self, path: Path, name: str) -> None:
        self._path = path
        self._name = name

    def status(self, document: Document, passage: Passage) -> str:
        """Whether the file still holds a passage of the document."""
        if not self._is_there:
            return "missing"
        if self._digest == document.source.sha256:
            return "exact"
        extract = _same_part(self._extracts, document)
        return _sought(clean(extract), document, passage) if extract else "changed"

    @cached_property
    def _is_there(self) -> bool:
        return is_there(self._path)

    @cached_property
    def _digest(self) -> str:
        """The SHA-256 of the bytes; empty if they cannot be read."""
        try:
            return hashlib.sha256(load(self._path, self._name)).hexdigest()
        except UnreadableSourceError:
            return ""

    @cached_property
    def _extracts(self) -> tuple[Extract, ...]:
        """What the file says; nothing if it cannot be read."""
        if not self._digest:
            return ()
        try:
            with _one_at_a_time:
                return _sandbox().read(self._path, self._name)
        except UnreadableSourceError:
            return ()


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
