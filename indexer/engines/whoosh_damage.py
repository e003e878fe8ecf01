"""What goes wrong inside Whoosh, told in our words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from whoosh.index import LockError

from indexer.errors import LibraryAccessError, LibraryDamagedError, LibraryLockedError, PinciteError

_GONE = {errno.ENOENT, errno.ENOTDIR}


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Translate every error of the index in the folder."""
    try:
        yield
    except PinciteError:
        raise
    except LockError as error:
        raise LibraryLockedError(str(folder), "it has the index open for writing") from error
    except OSError as error:
        if error.errno in _GONE:
            raise LibraryDamagedError(str(folder), f"{error.filename} is missing") from error
        raise LibraryAccessError(str(folder), error.strerror or str(error)) from error
    except Exception as error:  # damaged bytes make Whoosh raise anything, AttributeError to zlib.error
        raise LibraryDamagedError(str(folder), f"{type(error).__name__}: {error}") from error
