"""One writer at a time: a lock that vanishes with the process that holds it."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from indexer.errors import LibraryAccessError, LibraryLockedError


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the library whose lock file this is; LibraryLockedError tells who holds it, and since when.

    The file stays when the lock goes: a lock file that is removed can be held twice.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise LibraryAccessError(str(path.parent), error.strerror or str(error)) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LibraryLockedError(str(path.parent), _holder(handle)) from None
        _sign(handle, f"process {os.getpid()} on {socket.gethostname()} since {_now()}\n")
        yield
        _sign(handle, "")
    finally:
        os.close(handle)


def _sign(handle: int, holder: str) -> None:
    """Write who holds the lock; the lock holds without it, when the disk is full."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.pwrite(handle, holder.encode(), 0)


def _now() -> str:
    return datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")


def _holder(handle: int) -> str:
    """Who holds the lock, as they wrote it."""
    return os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
