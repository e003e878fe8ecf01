"""A disk that can fail: it sees every change that this process makes under a folder, and knows what has been fsynced.

`watched(folder, before_step)` calls `before_step(number, kind, path)` before each create, write, sync, rename, remove,
mkdir, rmdir and truncate. What `before_step` raises happens instead of the step; `Disk.cut` ends all effect.
After a power cut a file holds what was fsynced of it, and a folder the names it had when it was fsynced: the strict
reading of POSIX, which no file system is as hard as.
"""

from __future__ import annotations

import builtins
import io
import os
import weakref
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from unittest import mock

Step = Callable[[int, str, str], None]  # (number from 1, kind, path below the folder)


class PowerCut(BaseException):
    """The machine has stopped: nothing that is done after this reaches the disk."""


class Disk:
    """The changes made under a folder, and what of them would survive a power cut.

    Files and folders are told apart by an identity of their own: inode numbers are used again.
    """

    def __init__(self, folder: Path, before_step: Step) -> None:
        self.folder = folder
        self.steps: list[str] = []
        self.is_cut = False
        self.opened: weakref.WeakSet[Any] = weakref.WeakSet()
        self._before_step = before_step
        self._fresh = count()
        self._identity: dict[int, int] = {}  # inode -> identity
        self._synced: dict[int, bytes] = {}  # identity of a file -> its content when it was fsynced
        self._names: dict[int, dict[str, tuple[int, bool]]] = {}  # of a folder -> name -> (identity, is a folder)
        for path in [folder, *folder.rglob("*")]:
            self.note_synced(path)

    def step(self, kind: str, path: str | Path) -> bool:
        """Count a step that is about to be made; False when it must have no effect."""
        if self.is_cut or not self.is_below(path):
            return not self.is_cut
        self.steps.append(kind)
        self._before_step(len(self.steps), kind, os.path.relpath(path, self.folder))
        return True

    def cut(self) -> None:
        """Stop the machine."""
        self.is_cut = True
        raise PowerCut

    def note_made(self, path: str | Path) -> None:
        """A new file or folder: nothing of it is on the disk yet."""
        if self.is_below(path):
            self._identity[Path(path).stat().st_ino] = next(self._fresh)

    def note_synced(self, path: Path) -> None:
        """What the file or folder holds now will be there after a power cut."""
        identity = self._id(path)
        if path.is_dir():
            self._names[identity] = {entry.name: (self._id(entry), entry.is_dir()) for entry in path.iterdir()}
        else:
            self._synced[identity] = path.read_bytes()

    def unsynced(self) -> list[Path]:
        """Files that hold something else than when they were fsynced."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return [path for path in files if self._synced.get(self._id(path)) != path.read_bytes()]

    def restore_synced(self, target: Path) -> None:
        """Make in a folder what a power cut would leave."""
        self._restore(self._id(self.folder), target)

    def _restore(self, identity: int, target: Path) -> None:
        target.mkdir()
        for name, (held, is_folder) in self._names.get(identity, {}).items():
            if is_folder:
                self._restore(held, target / name)
            else:
                (target / name).write_bytes(self._synced.get(held, b""))

    def _id(self, path: Path) -> int:
        inode = path.stat().st_ino
        if inode not in self._identity:
            self._identity[inode] = next(self._fresh)
        return self._identity[inode]

    def is_below(self, path: str | Path) -> bool:
        """True for the folder and all in it."""
        return Path(path).absolute().is_relative_to(self.folder)


class WatchedFile(io.FileIO):
    """A file that tells the disk of each write that leaves its buffer."""

    def __init__(self, disk: Disk, path: str, mode: str) -> None:
        self._disk = disk
        super().__init__(path, mode)

    def write(self, content: Any) -> int:
        """Write, if the disk still does."""
        return super().write(content) if self._disk.step("write", str(self.name)) else len(content)


@contextmanager
def watched(folder: Path, before_step: Step) -> Iterator[Disk]:
    """Watch all changes under the folder, by whatever way Python makes them."""
    disk = Disk(folder, before_step)
    with ExitStack() as stack:
        for module, name, replacement in _replacements(disk):
            stack.enter_context(mock.patch.object(module, name, replacement))
        try:
            yield disk
        finally:
            if disk.is_cut:  # nobody closes the files of a machine that has stopped, and Python would complain
                for file in disk.opened:
                    file.close()


def _replacements(disk: Disk) -> Iterator[tuple[Any, str, Callable[..., Any]]]:
    opened = _opener(disk, io.open)
    yield from ((builtins, "open", opened), (io, "open", opened), (os, "open", _handle_opener(disk, os.open)))
    yield os, "fsync", _fsync(disk, os.fsync)
    for name, kind in {"replace": "rename", "rename": "rename"}.items():
        yield os, name, _two_paths(disk, kind, getattr(os, name))
    for name, kind in {"remove": "remove", "unlink": "remove", "mkdir": "mkdir", "rmdir": "rmdir"}.items():
        yield os, name, _one_path(disk, kind, getattr(os, name))
    for name, kind in {"ftruncate": "truncate", "pwrite": "write"}.items():
        yield os, name, _handle(disk, kind, getattr(os, name))


def _opener(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", buffering: int = -1, *rest: Any, **options: Any) -> Any:
        if isinstance(file, int) or not set(mode) & set("wax+"):
            return real(file, mode, buffering, *rest, **options)
        path = os.fspath(file)
        is_new = not Path(path).exists()
        if not disk.step("create", path):
            return real(os.devnull, mode, buffering, *rest, **options)
        raw = WatchedFile(disk, path, mode.replace("b", "").replace("t", ""))
        if is_new:
            disk.note_made(path)
        buffered = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        disk.opened.add(buffered)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *rest, **options)

    return opened


def _handle_opener(disk: Disk, real: Callable[..., int]) -> Callable[..., int]:
    def opened(path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if not flags & os.O_CREAT:
            return real(path, flags, *rest, **options)
        is_new = not Path(path).exists()
        if not disk.step("create", path):
            return real(os.devnull, os.O_RDWR)
        handle = real(path, flags, *rest, **options)
        if is_new:
            disk.note_made(path)
        return handle

    return opened


def _fsync(disk: Disk, real: Callable[[int], None]) -> Callable[[int], None]:
    def fsync(handle: int) -> None:
        path = _path(handle)
        if disk.step("sync", path):
            real(handle)
            if disk.is_below(path):
                disk.note_synced(path)

    return fsync


def _two_paths(disk: Disk, kind: str, real: Callable[..., None]) -> Callable[..., None]:
    def changed(old: Any, new: Any) -> None:
        if disk.step(kind, new):
            real(old, new)

    return changed


def _one_path(disk: Disk, kind: str, real: Callable[..., None]) -> Callable[..., None]:
    def changed(path: Any, *rest: Any, dir_fd: int | None = None) -> None:
        whole = path if dir_fd is None else _path(dir_fd) / path
        if disk.step(kind, whole):
            real(path, *rest, dir_fd=dir_fd)
            if kind == "mkdir":
                disk.note_made(whole)

    return changed


def _handle(disk: Disk, kind: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def changed(handle: int, *rest: Any) -> Any:
        return real(handle, *rest) if disk.step(kind, _path(handle)) else None

    return changed


def _path(handle: int) -> Path:
    return Path(f"/proc/self/fd/{handle}").readlink()
