"""What goes wrong inside Whoosh, told in our words."""

from __future__ import annotations

import errno
from pathlib import Path

from whoosh.index import LockError

from indexer.errors import LibraryAccessError, LibraryDamagedError, LibraryLockedError, PinciteError

_GONE = {errno.ENOENT, errno.ENOTDIR}


class Told:
    """Translates every error of the index in a folder that is raised within it."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Raise the error in our words, if it is one that has to be told in them."""
        if isinstance(error, Exception) and not isinstance(error, PinciteError):
            raise told(error, self._folder) from error


def told(error: Exception, path: Path) -> PinciteError:
    """An error of the index in a folder, in our words."""
    folder = str(path)
    if isinstance(error, LockError):
        return LibraryLockedError(folder, "it has the index open for writing")
    if isinstance(error, OSError) and error.errno in _GONE:
        return LibraryDamagedError(folder, f"{error.filename} is missing")
    if isinstance(error, OSError):
        return LibraryAccessError(folder, error.strerror or str(error))
    # Damaged bytes make Whoosh raise anything, AttributeError to zlib.error.
    return LibraryDamagedError(folder, f"{type(error).__name__}: {error}")
