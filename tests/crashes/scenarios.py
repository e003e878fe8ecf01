"""What a writer does to a library that may be cut short anywhere, and what the library may hold then."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from indexer.errors import LibraryMissingError
from indexer.index import index
from indexer.library import Library, LibraryReader
from indexer.records import Entry
from tests.libraries import contents, filed

Held = dict[str, object] | None  # document id -> what the library holds of it; None when there is no library


@dataclass(frozen=True)
class Scenario:
    """A library made by `prepare`, and `act`, which may be run again after it was cut short."""

    name: str
    prepare: Callable[[Path], None]
    act: Callable[[Path], None]
    read: Callable[[LibraryReader], Held] = contents

    def held(self, folder: Path) -> Held:
        """What the library in the folder holds; LibraryDamagedError must not be."""
        try:
            return self.read(Library.open(folder).reader())
        except LibraryMissingError:
            return None


def write(folder: Path, *entries: Entry, gone: tuple[str, ...] = ()) -> None:
    """Commit to a library."""
    with Library.open_or_create(folder).writing() as engine:
        engine.write(entries, gone)


def rebuild(folder: Path, *batches: list[Entry]) -> None:
    """Build a new generation."""
    with Library.for_rebuild(folder).new_generation() as engine:
        for batch in batches:
            engine.write(batch, ())


def nothing(folder: Path) -> None:
    """Leave no library."""


def some_documents(folder: Path) -> None:
    """A library of four documents."""
    write(folder, *_documents(4, "first"))


def many_commits(folder: Path) -> None:
    """A library whose next commit merges segments."""
    for number in range(8):
        write(folder, filed(f"small{number}", f"small {number}"))


def two_generations(folder: Path) -> None:
    """A library that can be rolled back."""
    some_documents(folder)
    rebuild(folder, _documents(2, "second"))


def add_change_and_delete(folder: Path) -> None:
    """One commit of everything."""
    write(folder, *_documents(2, "changed"), filed("new", "new text", "and more"), gone=("d3",))


def two_batches(folder: Path) -> None:
    """Two commits, as a large run makes."""
    write(folder, *_documents(2, "changed"))
    write(folder, filed("new", "new text"), gone=("d2", "d3"))


def roll_back(folder: Path) -> None:
    """Back to the first generation, where a run that was cut short has not gone there yet."""
    library = Library.open(folder)
    if library.generation > 1:
        library.rollback()


def build_anew(folder: Path) -> None:
    """A new generation, of two batches."""
    rebuild(folder, _documents(2, "built"), [filed("more", "built more")])


def indexed_sources(folder: Path) -> None:
    """A folder of sources, indexed and then changed in every way."""
    sources = folder.parent / "sources"
    sources.mkdir()
    for name in ("changed", "deleted", "renamed", "unchanged"):
        (sources / f"{name}.txt").write_text(f"This file will be {name}. It has two sentences.", encoding="utf-8")
    index_sources(folder)
    (folder / "queries.txt").write_text("entirely new\n", encoding="utf-8")
    (sources / "changed.txt").write_text("This is new.", encoding="utf-8")
    (sources / "deleted.txt").unlink()
    (sources / "renamed.txt").rename(sources / "other.txt")
    (sources / "added.txt").write_text("Something else entirely.", encoding="utf-8")


def index_sources(folder: Path) -> None:
    """A whole run, from sources to commits of two documents each."""
    with mock.patch.object(sys.modules[index.__module__], "BATCH", 2):
        index(folder, [folder.parent / "sources"])


def first_sources(folder: Path) -> None:
    """A folder of sources that is not indexed yet."""
    indexed_sources(folder)
    shutil.rmtree(folder)


def rebuild_from_sources(folder: Path) -> None:
    """A whole run into a new generation."""
    with mock.patch.object(sys.modules[index.__module__], "BATCH", 2):
        index(folder, [folder.parent / "sources"], rebuild=True)


def documents_and_passages(reader: LibraryReader) -> Held:
    """All that `index` wrote."""
    held = {row.id: (row, reader.document(row.id), reader.passages(row.id)) for row in reader.documents()}
    assert set(held) == set(reader.known())
    assert sum(len(passages) for *_, passages in held.values()) == reader.size()
    return held


def _documents(number: int, word: str) -> list[Entry]:
    return [filed(f"d{at}", f"{word} text {at}", f"{word} again") for at in range(number)]


SCENARIOS = (
    Scenario("create", nothing, some_documents),
    Scenario("commit", some_documents, add_change_and_delete),
    Scenario("merge", many_commits, lambda folder: write(folder, filed("last", "small last"), gone=("small3",))),
    Scenario("batches", some_documents, two_batches),
    Scenario("rebuild", some_documents, build_anew),
    Scenario("second rebuild", two_generations, build_anew),
    Scenario("rollback", two_generations, roll_back),
    Scenario("index", indexed_sources, index_sources, documents_and_passages),
    Scenario("first index", first_sources, index_sources, documents_and_passages),
    Scenario("index --rebuild", indexed_sources, rebuild_from_sources, documents_and_passages),
)


def strays(folder: Path) -> list[str]:
    """Files that are still there after one more commit, though no reader needs them, other than locks."""
    write(folder)
    library = Library.open(folder)
    kept = [path for path in (folder / "generations").iterdir() if path.name.isdecimal()]
    others = [path for path in (folder / "generations").iterdir() if path not in kept]
    current = list((folder / "generations" / f"{library.generation:06}").iterdir())
    needed = re.compile(r"MAIN_\w+\.seg|_MAIN_\d+\.toc|MAIN_WRITELOCK")
    others += [path for path in current if not needed.fullmatch(path.name)]
    tables = [path for path in current if path.suffix == ".toc"]
    return [path.name for path in others + tables[1:] + sorted(kept)[2:]]
