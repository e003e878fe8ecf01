"""The parts of a zip archive, read in memory; safe on hostile archives.

Nothing is written to disk, so names such as ../../etc/passwd are only names. What a part unpacks to is known from
the archive's directory before it is read, and counted while it is: an archive cannot unpack to more than _MOST_BYTES.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from indexer.errors import UnreadableSourceError

_MOST_BYTES = 200_000_000  # unpacked, of the parts that are read; a book's text is 1-5 MB
_MOST_PARTS = 20_000
_MOST_RATIO = 250  # unpacked to packed, of parts over _RATIO_FROM; XML packs up to about 60:1, deflate's most is 1,032
_RATIO_FROM = 10_000_000  # bytes
_CHUNK = 1 << 20
_ENCRYPTED = 0x1  # a part's flag
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of Office files that are encrypted, or from before 2007
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    KeyError,
    IndexError,
    EOFError,
    OSError,
    OverflowError,
)


class Archive:
    """An archive whose parts are read by name; every error is an UnreadableSourceError."""

    def __init__(self, data: bytes, path: str) -> None:
        self._path = path
        self._left = _MOST_BYTES
        if data.startswith(_OLE):
            reason = "the file is encrypted, or in the binary format of Office before 2007"
            raise UnreadableSourceError(path, reason, "encrypted")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {part.filename: part for part in self._zip.infolist()}
        except _BROKEN as error:
            raise UnreadableSourceError(path, f"the file is no zip archive, or was cut: {error}") from None
        if len(self._parts) > _MOST_PARTS:
            raise UnreadableSourceError(path, f"the archive has {len(self._parts):,} parts", "too large")

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def read(self, name: str) -> bytes:
        """The bytes of a part."""
        part = self._parts.get(name)
        if part is None:
            raise UnreadableSourceError(self._path, f"the archive has no part {name}")
        if part.flag_bits & _ENCRYPTED:
            raise UnreadableSourceError(self._path, f"its part {name} is encrypted", "encrypted")
        self._refuse_bombs(part)
        try:
            return self._unpacked(part)
        except _BROKEN as error:
            raise UnreadableSourceError(self._path, f"its part {name} is damaged: {error}") from None

    def _refuse_bombs(self, part: zipfile.ZipInfo) -> None:
        """Refuse a part that says it is too large, or that only a bomb would pack so well."""
        size = part.file_size
        if size > self._left or (size > _RATIO_FROM and size > _MOST_RATIO * part.compress_size):
            raise UnreadableSourceError(self._path, f"its part {part.filename} unpacks to {size:,} bytes", "too large")
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise UnreadableSourceError(self._path, f"its part {part.filename} is packed in a way that is not read")

    def _unpacked(self, part: zipfile.ZipInfo) -> bytes:
        """The part's bytes, counted as they come: a directory can lie."""
        chunks: list[bytes] = []
        with self._zip.open(part) as file:
            while chunk := file.read(_CHUNK):
                self._left -= len(chunk)
                if self._left < 0:
                    raise UnreadableSourceError(self._path, f"it unpacks to over {_MOST_BYTES:,} bytes", "too large")
                chunks.append(chunk)
        return b"".join(chunks)
