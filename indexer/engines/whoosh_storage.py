"""The files of a Whoosh index: durable when written, sealed against damage, mapped when read.

Whoosh never fsyncs, so a commit of its own is atomic but lost in a power cut. Here the rename that makes a commit
waits for every file written before it. Whoosh also unpickles what it opens, and opens a mapped file by copying it: here
a file is looked at only when its seal is whole, and reading copies no more than what is asked for.
"""

from __future__ import annotations

import io
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakSet

from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.index import clean_files

from indexer import durable

_SEAL = struct.Struct("<8sQI")  # mark, bytes of content, their CRC-32
_MARK = b"pincite1"
_CHUNK = 1 << 20
_CHECKED_AT_ONCE = 64 << 20  # bytes; a file up to this size is read whole when it is first opened, at 1 GB a second
_REMEMBERED = 1024  # files that this process has read whole
_whole: dict[tuple[int, ...], None] = {}  # files found whole, by their state on the disk: they never change


class BrokenSealError(Exception):
    """A file is shorter than it was, or holds other bytes than were written."""


class DurableStorage(FileStorage):  # type: ignore[misc]
    """A folder of index files."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._unsynced: set[str] = set()
        self._locks: list[Any] = []
        self._mapped: WeakSet[mmap.mmap] = WeakSet()  # files being read

    def create_file(self, name: str, **kwargs: Any) -> StructFile:
        """A new file, to be written."""
        self._unsynced.add(name)
        file = super().create_file(name, **kwargs)
        if _is_sealed(name):
            file.onclose = _seal
        return file

    def open_file(self, name: str, **_: Any) -> MappedFile:
        """A file, to be read; it can be read on after its name is gone."""
        path = Path(self._fpath(name))
        content = _mapped(path)
        if isinstance(content.obj, mmap.mmap):  # an empty file is none
            self._mapped.add(content.obj)
        return MappedFile(_checked(content, name, _state(path)) if _is_sealed(name) else content, name)

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:  # noqa: ARG002 as Whoosh calls it
        """Put a file in place once it and all files written before it are on the disk."""
        for name in sorted(self._unsynced):
            path = Path(self._fpath(name))
            if path.exists():
                durable.sync(path)
        self._unsynced.clear()
        durable.rename(Path(self._fpath(oldname)), Path(self._fpath(newname)))

    def temp_storage(self, name: str) -> FileStorage:
        """A folder for files that do not outlive the commit.

        Whoosh's own keeps the error that the folder exists, and with it the frames of all callers and what they hold.
        """
        folder = Path(self._fpath(name))
        folder.mkdir(exist_ok=True)
        return FileStorage(str(folder))

    def lock(self, name: str) -> Any:
        """A lock between processes, remembered for `release`."""
        self._locks.append(super().lock(name))
        return self._locks[-1]

    def release(self) -> None:
        """Free the locks that a writer still holds: when its commit fails, Whoosh 2.7 keeps them."""
        for lock in self._locks:
            if lock.fd is not None:
                lock.release()

    def remove_strays(self, index: str, commit: int, segments: Sequence[Any]) -> None:
        """Remove what commits that failed have left: all but one commit's table of contents and some segments."""
        for name in self.list():
            if ".toc." in name:  # it never got its name
                self.delete_file(name)
        clean_files(self, index, commit, segments)

    def forget(self) -> None:
        """Let go of the pages of files being read."""
        for mapped in list(self._mapped):
            _forget(mapped, 0, len(mapped))

    def verify(self, name: str) -> None:
        """Read a sealed file to its end; BrokenSealError when a byte of it has changed."""
        _unsealed(_mapped(Path(self._fpath(name))), name, whole=True)


class MappedFile(BufferFile):  # type: ignore[misc]
    """A file in memory that is never copied whole; `get` keeps no position, so threads may share it."""

    def __init__(self, content: memoryview, name: str | None = None) -> None:
        self._buf = content
        self._name = name
        self.file = _Cursor(content)
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    def subset(self, position: int, length: int, name: str | None = None) -> MappedFile:
        """A part of the file as a file of its own."""
        return MappedFile(self._buf[position : position + length], name or self._name)

    def view(self, position: int) -> memoryview:
        """The file from a position on, not copied."""
        return self._buf[position:]

    def close(self) -> None:
        """Nothing: the mapping goes with its last reader."""


class _Cursor(io.RawIOBase):
    """A position in mapped bytes."""

    def __init__(self, content: memoryview) -> None:
        self._content = content
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._content) if size is None or size < 0 else self._at + size
        part = bytes(self._content[self._at : end])
        self._at += len(part)
        return part

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._content)}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at


def _is_sealed(name: str) -> bool:
    """True for the files that outlive a commit: a segment, or a table of contents under its first name or its last."""
    return name.endswith(".seg") or ".toc" in name


def _mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size == 0:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _seal(file: StructFile) -> None:
    """Put the seal behind the last byte of a file about to be closed."""
    file.flush()
    path = Path(file.file.name)
    content = _mapped(path)
    with path.open("ab") as end:
        end.write(_SEAL.pack(_MARK, len(content), _checksum(content)))


def _state(path: Path) -> tuple[int, ...]:
    """What tells a file from all others, and from itself after a change."""
    found = path.stat()
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _checked(content: memoryview, name: str, state: tuple[int, ...]) -> memoryview:
    """The content before the seal, all of it checked once in a process unless it is large; `doctor` checks all."""
    if state in _whole or len(content) > _CHECKED_AT_ONCE:
        return _unsealed(content, name, whole=False)
    content = _unsealed(content, name, whole=True)
    _whole[state] = None
    for old in list(_whole)[:-_REMEMBERED]:
        _whole.pop(old, None)
    return content


def _unsealed(content: memoryview, name: str, *, whole: bool) -> memoryview:
    """The content before the seal; its bytes are read only when asked for the `whole`."""
    size = len(content) - _SEAL.size
    if size < 0:
        raise BrokenSealError(f"{name} is cut short")
    mark, length, checksum = _SEAL.unpack(content[size:])
    if mark != _MARK or length != size:
        raise BrokenSealError(f"{name} is cut short")
    if whole and _checksum(content[:size]) != checksum:
        raise BrokenSealError(f"{name} has changed since it was written")
    return content[:size]


def _checksum(content: memoryview) -> int:
    value = 0
    for part in parts(content):
        value = zlib.crc32(part, value)
    return value


def parts(content: memoryview) -> Iterator[memoryview]:
    """The bytes of a mapped file, a megabyte at a time; the pages of each part are let go of when it has been read."""
    for at in range(0, len(content), _CHUNK):
        yield content[at : at + _CHUNK]
        _forget(content.obj, at, _CHUNK)


def _forget(mapped: object, start: int, size: int) -> None:
    """Let go of some pages of a mapped file, which count as memory; what is asked for is read again."""
    if isinstance(mapped, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED, start, size)
