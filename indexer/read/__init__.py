"""Bytes -> Extract: one module per format, chosen by what the bytes are, then by the suffix.

Every format module has `extracts(data: bytes, source: Source) -> tuple[Extract, ...]`, the documents in a file, and
raises UnreadableSourceError alone. Modules are imported when their format first turns up.
"""

from __future__ import annotations

import hashlib
import re
from importlib import import_module
from pathlib import Path

from indexer.errors import UnreadableSourceError
from indexer.records import Extract, Source

SUFFIXES = {
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".nxml": "jats",
    ".pdf": "pdf",
    ".text": "text",
    ".txt": "text",
    ".xhtml": "html",
    ".xml": "jats",
}
_SIGNATURES = (
    (re.compile(rb"%PDF-"), "pdf"),
    (re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL), "epub"),
    (re.compile(rb"PK\x03\x04(?=.*word/document\.xml)", re.DOTALL), "docx"),
)
MAX_BYTES = 64 * 1024 * 1024


def readable(path: Path) -> bool:
    """True when the file's suffix names a format that Pincite reads."""
    return path.suffix.lower() in SUFFIXES


def load(path: Path, source_path: str, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes; UnreadableSourceError when it is missing, not a plain file, empty, or over `limit` bytes."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableSourceError(source_path, "not a plain file")
        if size > limit:
            reason = f"{size / 1e6:.0f} MB is over the limit of {limit / 1e6:.0f} MB"
            raise UnreadableSourceError(source_path, reason, "too large")
        data = _read_to(path, limit)
    except OSError as error:
        raise UnreadableSourceError(source_path, error.strerror or str(error), "unreadable") from error
    if not data.strip():
        raise UnreadableSourceError(source_path, "the file is empty", "empty")
    return data


def _read_to(path: Path, limit: int) -> bytes:
    """The file's bytes, `limit` at most: it may grow while it is read."""
    with path.open("rb") as file:
        return file.read(limit)


def read(path: Path, source_path: str, limit: int = MAX_BYTES) -> tuple[Extract, ...]:
    """The documents in a file; UnreadableSourceError tells why there are none."""
    data = load(path, source_path, limit)
    return extracts(data, Source(source_path, hashlib.sha256(data).hexdigest()))


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents in the bytes of a file."""
    name = format_of(data, source.path)
    if name is None:
        suffix = Path(source.path).suffix or "files without a suffix"
        raise UnreadableSourceError(source.path, f"no reader for {suffix}", "unsupported")
    found: tuple[Extract, ...] = import_module(f"indexer.read.{name}").extracts(data, source)
    return found


def format_of(data: bytes, path: str) -> str | None:
    """The name of the module that reads the bytes; None when there is none.

    A signature counts more than the suffix: a PDF that is named .txt is read as a PDF.
    """
    head = data[:1024].lstrip()
    for signature, name in _SIGNATURES:
        if name in SUFFIXES.values() and signature.match(head):
            return name
    return SUFFIXES.get(Path(path).suffix.lower())
