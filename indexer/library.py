"""The library folder: numbered generations, a pointer to the current one, and a lock for the one writer.

    .pincite/
      format                the layout's version
      current               the numbers of the current generation and the one before, replaced in one step
      lock                  held by the writer, whose name is in it
      generations/000001/   an engine's index

Small changes are commits inside the current generation. A rebuild makes a new generation beside it, tests it, and
only then moves the pointer; the generation before stays for a rollback. Readers never wait, and see whole commits.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from indexer import durable
from indexer.engines import Engine
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import (
    LibraryAccessError,
    LibraryDamagedError,
    LibraryExistsError,
    LibraryMissingError,
    NoEarlierGenerationError,
)
from indexer.library_reader import LibraryReader
from indexer.lock import locked
from indexer.records import Word

__all__ = ["FORMAT", "Library", "LibraryReader"]

FORMAT = "pincite library 10\n"
_RETRIES = 10  # of opening a generation that is being replaced
_KEPT_OPEN = 8  # libraries, of those that a process reads


class Pointer(NamedTuple):
    """What `current` says; the token tells a library from one made anew in the same folder."""

    number: int
    earlier: int  # the generation that a rollback goes back to; 0 when there is none
    token: str


class Opened(NamedTuple):
    """A reader that was opened, and what it was opened for."""

    pointer: Pointer
    commit: int
    engine: Engine
    reader: LibraryReader


# One reader for all threads of a process: opening one costs milliseconds, finding it again microseconds.
_opened: dict[Path, Opened] = {}
_opening = threading.Lock()


class Library:
    """A library folder. `open`, `create` and `open_or_create` give one that can be read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._generations = self.folder / "generations"

    @classmethod
    def open(cls, folder: Path) -> Library:
        """The library in the folder; LibraryMissingError or LibraryDamagedError when it cannot be read."""
        cls.read(folder).close()
        return cls(folder)

    @classmethod
    def read(cls, folder: Path) -> LibraryReader:
        """A reader of the last commit of the library in the folder, in half of the time of `open` and `reader`."""
        library = cls(folder)
        library._check_format()
        return library.reader()

    @classmethod
    def create(cls, folder: Path) -> Library:
        """A new, empty library; LibraryExistsError when there is one."""
        library = cls.for_rebuild(folder)
        with locked(library._lock):
            if library._text(library._format) is not None:
                raise LibraryExistsError(str(folder))
            with library._new_generation():
                pass
        return library

    @classmethod
    def open_or_create(cls, folder: Path) -> Library:
        """The library in the folder, made when there is none."""
        with contextlib.suppress(LibraryMissingError):
            return cls.open(folder)
        with contextlib.suppress(LibraryExistsError):
            return cls.create(folder)
        return cls.open(folder)

    @classmethod
    def for_rebuild(cls, folder: Path) -> Library:
        """The library to make a new generation in, missing, damaged or not: nothing of the old ones is opened."""
        library = cls(folder)
        with library._access_told():
            durable.make_folder(library._generations)
        return library

    @property
    def generation(self) -> int:
        """The number of the current generation, from 1."""
        return self._pointer().number

    def reader(self) -> LibraryReader:
        """A reader of the last commit: the same for all threads until there is another commit."""
        for _ in range(_RETRIES):
            pointer = self._pointer()
            try:
                return self._reader(pointer)
            except LibraryDamagedError:
                if self._pointer() == pointer:
                    raise
        raise LibraryDamagedError(str(self.folder), "its generations change faster than they can be opened")

    def check(self) -> None:
        """Read every byte of the current generation; LibraryDamagedError when one is not as it was written."""
        WhooshEngine.open(self._path(self._pointer().number)).check()

    @contextmanager
    def writing(self) -> Iterator[Engine]:
        """The current generation, to be written to; LibraryLockedError when another writes."""
        with locked(self._lock):
            yield WhooshEngine.open(self._path(self._pointer().number))

    @contextmanager
    def new_generation(self) -> Iterator[Engine]:
        """An empty generation, which becomes the current one when it passes its test; on any error it is removed."""
        with locked(self._lock), self._new_generation() as engine:
            yield engine

    def rollback(self) -> int:
        """Make the generation before the current one; its number."""
        with locked(self._lock):
            self._check_format()
            earlier = self._pointer().earlier
            if not earlier:
                raise NoEarlierGenerationError(str(self.folder))
            WhooshEngine.open(self._path(earlier))
            self._switch(earlier, 0)
            return earlier

    @contextmanager
    def _new_generation(self) -> Iterator[Engine]:
        before = self._pointer_if_sound()
        numbers = (re.match(r"\d{6}", path.name) for path in self._generations.iterdir())
        number = max((int(found[0]) for found in numbers if found), default=0) + 1
        building = self._generations / f"{number:06}.building"
        try:
            with self._access_told():
                durable.make_folder(building)
            engine = WhooshEngine.create(building)
            yield engine
            _test(engine)
            with self._access_told():
                durable.rename(building, self._path(number))
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise
        earlier = before.number if before else 0
        self._switch(number, earlier)
        self._remove_all_but({number, earlier})

    @property
    def _lock(self) -> Path:
        return self.folder / "lock"

    @property
    def _format(self) -> Path:
        return self.folder / "format"

    def _path(self, number: int) -> Path:
        return self._generations / f"{number:06}"

    def _check_format(self) -> None:
        found = self._text(self._format)
        if found is None:
            raise LibraryMissingError(str(self.folder))
        if found != FORMAT:
            reason = f"it says {found[:40].strip()!r}, and this version of Pincite reads {FORMAT.strip()!r}"
            raise LibraryDamagedError(str(self.folder), reason)

    def _pointer(self) -> Pointer:
        text = self._text(self.folder / "current")
        found = re.fullmatch(r"(\d{6}) (\d{6}) ([0-9a-f]{16})\n", text or "")
        if found:
            return Pointer(int(found[1]), int(found[2]), found[3])
        self._check_format()
        raise LibraryDamagedError(str(self.folder), "the pointer to its current generation is lost")

    def _pointer_if_sound(self) -> Pointer | None:
        """The pointer to a generation that this version reads."""
        try:
            self._check_format()
            return self._pointer()
        except (LibraryMissingError, LibraryDamagedError):
            return None

    def _text(self, path: Path) -> str | None:
        with self._access_told():
            try:
                return path.read_text(encoding="utf-8", errors="replace")
            except (FileNotFoundError, NotADirectoryError):
                return None

    def _reader(self, pointer: Pointer) -> LibraryReader:
        """The reader of the last commit, opened when it is not open yet."""
        held = _opened.get(self.folder)
        if held and held.pointer == pointer and held.engine.commit() == held.commit:
            return held.reader
        with _opening:
            held = _opened.get(self.folder)
            if not (held and held.pointer == pointer and held.engine.commit() == held.commit):
                held = self._open(pointer)
                _opened.pop(self.folder, None)
                _opened[self.folder] = held
                for folder in list(_opened)[:-_KEPT_OPEN]:
                    del _opened[folder]
            return held.reader

    def _open(self, pointer: Pointer) -> Opened:
        engine = WhooshEngine(self._path(pointer.number))  # `open` would read it once more
        commit = engine.commit()
        return Opened(pointer, commit, engine, LibraryReader(engine.reader(), pointer.number, self.folder))

    def _switch(self, number: int, earlier: int) -> None:
        """Move the pointer to a generation that is on the disk."""
        with self._access_told():
            durable.write_text(self.folder / "current", f"{number:06} {earlier:06} {secrets.token_hex(8)}\n")
            if self._text(self._format) != FORMAT:
                durable.write_text(self._format, FORMAT)

    def _remove_all_but(self, numbers: set[int]) -> None:
        """Remove generations; who has one open reads on."""
        keep = {self._path(number) for number in numbers}
        for path in self._generations.iterdir():
            if path not in keep:
                shutil.rmtree(path, ignore_errors=True)

    @contextmanager
    def _access_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise LibraryAccessError(str(self.folder), error.strerror or str(error)) from error


def _test(engine: Engine) -> None:
    """Check a finished index; LibraryDamagedError when it does not find what was put in."""
    engine.check()
    reader = engine.reader()
    for term, count in reader.vocabulary("", 1):
        if reader.search([Word(term)], [], 1).total < count:
            raise LibraryDamagedError("the new generation", f"a test search for {term!r} misses passages")
