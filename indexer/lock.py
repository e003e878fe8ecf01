"""One writer at a time: a lock that vanishes with the process that holds it."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
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
        _sign(handle)
        yield
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _sign(handle: int) -> None:
    """Write who holds the lock; a full disk is no reason not to try."""
    since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
    line = f"process {os.getpid()} on {socket.gethostname()} since {since}\n"
    os.ftruncate(handle, 0)
    os.pwrite(handle, line.encode(), 0)


def _holder(handle: int) -> str:
    """Who holds the lock, as they wrote it."""
    return os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
