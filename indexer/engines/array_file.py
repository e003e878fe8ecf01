"""A file of named arrays: written once, mapped when read, and looked at only after its checksums agree.

    head      8 bytes of magic and version, the header's length and CRC-32
    header    JSON: name -> [type, offset in the body, length in bytes, CRC-32], filled up with spaces
    body      the arrays, little-endian, each from a multiple of ALIGNED bytes on

Nothing in it is a pickle, and every offset is checked against the file before an array is made of it.
"""

from __future__ import annotations

import io
import json
import shutil
import struct
import zlib
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any

import numpy as np

from indexer.arrays import Array as Array

ALIGNED = 64  # bytes, a cache line
MAGIC = b"PINARR\x00\x01"  # the last byte is the version
_HEAD = struct.Struct("<8sII")
_TYPES = {name: np.dtype(name).newbyteorder("<") for name in ("uint8", "uint16", "uint32", "uint64")}
_CHECKED = 1 << 20  # bytes; a larger array is checked with the whole file that it is part of, see `whoosh_storage`
_IN_MEMORY = 8 << 20  # bytes of an array being written; a larger one goes on in a temporary file


class BrokenArrayFileError(Exception):
    """A file of arrays is not as it was written."""


class ArrayFile:
    """Named arrays in a mapped file, not copied."""

    def __init__(self, content: memoryview) -> None:
        if len(content) < _HEAD.size:
            raise BrokenArrayFileError("it is cut short")
        magic, size, checksum = _HEAD.unpack_from(content)
        header = content[_HEAD.size : _HEAD.size + size]
        if magic != MAGIC or zlib.crc32(header) != checksum:
            raise BrokenArrayFileError("it has no header of this version")
        self._rows: dict[str, Any] = json.loads(bytes(header))
        self._body = content[_HEAD.size + size :]

    def names(self) -> list[str]:
        """The names of the arrays."""
        return list(self._rows)

    def array(self, name: str) -> Array:
        """The array of a name, empty when there is none; BrokenArrayFileError when it is not what was written."""
        if name not in self._rows:
            return np.empty(0, np.uint8)
        kind, offset, size, checksum = self._rows[name]
        if not 0 <= offset <= offset + size <= len(self._body) or size % _TYPES[kind].itemsize:
            raise BrokenArrayFileError(f"array {name!r} reaches out of its file")
        part = self._body[offset : offset + size]
        if size <= _CHECKED and zlib.crc32(part) != checksum:
            raise BrokenArrayFileError(f"array {name!r} has changed since it was written")
        return np.frombuffer(part, _TYPES[kind])


@dataclass(slots=True)
class _Growing:
    """An array being written."""

    kind: str
    file: IO[bytes] = field(default_factory=io.BytesIO)
    size: int = 0  # in bytes
    checksum: int = 0

    def add(self, part: memoryview) -> None:
        """Write some bytes of it; those of a large one go to a temporary file."""
        if self.size <= _IN_MEMORY < self.size + len(part):
            file, self.file = self.file, TemporaryFile()  # noqa: SIM115 `discard` closes it
            file.seek(0)
            shutil.copyfileobj(file, self.file, 1 << 20)
        self.file.write(part)
        self.size += len(part)
        self.checksum = zlib.crc32(part, self.checksum)


class ArrayFileWriter:
    """Collects arrays, each in as many parts as come, and writes them in one go."""

    def __init__(self) -> None:
        self._arrays: dict[str, _Growing] = {}

    def append(self, name: str, numbers: Array) -> None:
        """Add numbers to the end of an array; its type is that of its first part."""
        growing = self._arrays.setdefault(name, _Growing(numbers.dtype.name))
        part = np.ascontiguousarray(numbers, _TYPES[growing.kind]).data.cast("B")
        growing.add(part)

    def length(self, name: str) -> int:
        """Numbers in an array so far."""
        growing = self._arrays.get(name)
        return growing.size // _TYPES[growing.kind].itemsize if growing else 0

    def write(self, file: Any) -> None:
        """Write all arrays to a file opened for writing, and close it."""
        try:
            self._write(file)
        finally:
            self.discard()
            file.close()

    def discard(self) -> None:
        """Let go of what was collected."""
        for growing in self._arrays.values():
            growing.file.close()
        self._arrays.clear()

    def _write(self, file: Any) -> None:
        rows, at = {}, 0
        for name, growing in self._arrays.items():
            rows[name] = [growing.kind, at, growing.size, growing.checksum]
            at += growing.size + _filling(growing.size)
        header = json.dumps(rows, separators=(",", ":")).encode()
        header += b" " * _filling(_HEAD.size + len(header))
        file.write(_HEAD.pack(MAGIC, len(header), zlib.crc32(header)))
        file.write(header)
        for growing in self._arrays.values():
            growing.file.seek(0)
            shutil.copyfileobj(growing.file, file, 1 << 20)
            file.write(bytes(_filling(growing.size)))


def _filling(size: int) -> int:
    """Bytes from here to the next place where an array may begin."""
    return -size % ALIGNED
