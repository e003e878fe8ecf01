"""Bytes -> Extract: one module per format, one suffix table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from indexer.errors import UnreadableSourceError
from indexer.read import text
from indexer.records import Extract, Source

Reader = Callable[[bytes, Source], tuple[Extract, ...]]

SUFFIXES: dict[str, Reader] = {
    ".text": text.extracts,
    ".txt": text.extracts,
}


def readable(path: Path) -> bool:
    """True when the file's suffix names a format that Pincite reads."""
    return path.suffix.lower() in SUFFIXES


def load(path: Path, source_path: str, limit: int) -> bytes:
    """The file's bytes; UnreadableSourceError when it is missing, not a plain file, empty, or over `limit` bytes."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableSourceError(source_path, "not a plain file")
        if size > limit:
            reason = f"{size / 1e6:.0f} MB is over the limit of {limit / 1e6:.0f} MB"
            raise UnreadableSourceError(source_path, reason, "too large")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(source_path, error.strerror or str(error), "unreadable") from error
    if not data.strip():
        raise UnreadableSourceError(source_path, "the file is empty", "empty")
    return data


def read(path: Path, source_path: str, limit: int = 64 * 1024 * 1024) -> tuple[Extract, ...]:
    """The documents in a file; UnreadableSourceError tells why there are none."""
    data = load(path, source_path, limit)
    return extracts(data, Source(source_path, hashlib.sha256(data).hexdigest()))


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents in the bytes of a file, by the reader that its suffix names."""
    suffix = Path(source.path).suffix.lower()
    reader = SUFFIXES.get(suffix)
    if reader is None:
        raise UnreadableSourceError(source.path, f"no reader for {suffix or 'files without a suffix'}", "unsupported")
    return reader(data, source)
