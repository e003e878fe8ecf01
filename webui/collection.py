"""The library behind the page, opened for one request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import current_app

from indexer import Library, LibraryReader

LIBRARY = "PINCITE_LIBRARY"  # the key in the application's configuration; holds a Path


@contextmanager
def open_reader() -> Iterator[LibraryReader]:
    """The library as of its last commit; a request sees one whole commit, and the next request the next one."""
    with Library.read(library_folder()) as reader:
        yield reader


def library_folder() -> Path:
    """The folder that the application was made for."""
    folder: Path = current_app.config[LIBRARY]
    return folder


def source_root() -> Path:
    """The folder that the paths of sources are relative to."""
    return library_folder().resolve().parent
