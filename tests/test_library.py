from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.errors import (
    LibraryDamagedError,
    LibraryExistsError,
    LibraryLockedError,
    LibraryMissingError,
    NoEarlierGenerationError,
)
from indexer.library import Library
from indexer.records import Entry, Word
from tests.libraries import contents, filed, folder_in_memory

FLU = filed("flu", "the flu spreads", "in winter")
CANCER = filed("cancer", "drop metastasis")


@pytest.fixture
def folder() -> Iterator[Path]:
    with folder_in_memory() as parent:
        yield parent / "papers" / ".pincite"


@pytest.fixture
def library(folder: Path) -> Library:
    return Library.create(folder)


def write(library: Library, *entries: Entry, gone: tuple[str, ...] = ()) -> None:
    with library.writing() as engine:
        engine.write(entries, gone)


def rebuild(library: Library, *entries: Entry) -> None:
    with library.new_generation() as engine:
        engine.write(entries, ())


def generations(library: Library) -> list[str]:
    return sorted(path.name for path in (library.folder / "generations").iterdir())


class TestOpening:
    def test_a_new_library_is_empty(self, folder: Path) -> None:
        library = Library.create(folder)
        assert (library.generation, library.reader().documents(), library.reader().size()) == (1, [], 0)

    def test_a_library_of_another_version_is_told_as_such(self, folder: Path) -> None:
        Library.create(folder)
        (folder / "format").write_text("pincite library 1\n")
        with pytest.raises(LibraryDamagedError, match=r"says 'pincite library 1', .* reads 'pincite"):
            Library.open(folder)

    def test_a_library_is_made_once(self, library: Library) -> None:
        write(library, FLU)
        with pytest.raises(LibraryExistsError):
            Library.create(library.folder)
        assert contents(Library.open_or_create(library.folder).reader()) == {"flu": ("the flu spreads", "in winter")}

    def test_its_last_commit_is_read_at_once(self, library: Library) -> None:
        write(library, FLU)
        with Library.read(library.folder) as reader:
            assert reader is Library.open(library.folder).reader()
            assert contents(reader) == {"flu": ("the flu spreads", "in winter")}

    def test_open_or_create_makes_one(self, folder: Path) -> None:
        assert Library.open_or_create(folder).generation == Library.open(folder).generation == 1

    def test_no_folder_no_library(self, folder: Path) -> None:
        with pytest.raises(LibraryMissingError, match="pincite index"):
            Library.open(folder)
        folder.mkdir(parents=True)
        with pytest.raises(LibraryMissingError):
            Library.open(folder)

    def test_a_file_is_no_library(self, folder: Path) -> None:
        folder.parent.mkdir(parents=True)
        folder.write_text("not a folder")
        with pytest.raises(LibraryMissingError):
            Library.open(folder)

    def test_a_library_may_be_moved(self, library: Library) -> None:
        write(library, FLU)
        moved = library.folder.rename(library.folder.with_name("moved"))
        assert set(contents(Library.open(moved).reader())) == {"flu"}

    def test_a_relative_folder_stays_the_same_folder(self, library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(library.folder.parent)
        relative = Library.open(Path(".pincite"))
        monkeypatch.chdir("/")
        assert relative.generation == 1


class TestWriting:
    def test_a_commit_is_read_at_once(self, library: Library) -> None:
        write(library, FLU)
        write(library, CANCER)
        assert set(contents(library.reader())) == {"flu", "cancer"}
        assert library.generation == 1

    def test_an_interrupted_batch_leaves_those_before(self, library: Library) -> None:
        def interrupted() -> None:
            with library.writing() as engine:
                engine.write([FLU], ())
                engine.write(_interrupted(CANCER), ())

        with pytest.raises(KeyboardInterrupt):
            interrupted()
        assert set(contents(library.reader())) == {"flu"}
        write(library, CANCER)

    def test_one_writer_at_a_time(self, library: Library) -> None:
        with library.writing():
            for other in (library.writing, library.new_generation):
                with pytest.raises(LibraryLockedError, match=rf"process {os.getpid()} on .+ since 20\d\d-"), other():
                    pass
            with pytest.raises(LibraryLockedError):
                library.rollback()
        write(library, FLU)

    def test_a_library_that_is_not_there_cannot_be_written(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        with pytest.raises(LibraryMissingError), Library(folder).writing():
            pass


class TestGenerations:
    def test_a_new_generation_holds_what_is_written_to_it(self, library: Library) -> None:
        write(library, FLU)
        rebuild(library, CANCER)
        assert library.generation == library.reader().generation == 2
        assert set(contents(library.reader())) == {"cancer"}

    def test_readers_see_the_old_one_until_it_is_done(self, library: Library) -> None:
        write(library, FLU)
        with library.new_generation() as engine:
            engine.write([CANCER], ())
            assert set(contents(library.reader())) == {"flu"}
        assert set(contents(library.reader())) == {"cancer"}

    def test_a_failed_one_leaves_no_trace(self, library: Library) -> None:
        write(library, FLU)
        with pytest.raises(KeyboardInterrupt), library.new_generation() as engine:
            engine.write(_interrupted(CANCER), ())
        assert (library.generation, generations(library)) == (1, ["000001"])
        assert set(contents(library.reader())) == {"flu"}

    def test_one_that_fails_its_test_is_not_taken(self, library: Library) -> None:
        def cut() -> None:
            (segment,) = (library.folder / "generations" / "000002.building").glob("*.seg")
            segment.write_bytes(segment.read_bytes()[:-1])

        def build() -> None:
            with library.new_generation() as engine:
                engine.write([CANCER], ())
                cut()

        write(library, FLU)
        with pytest.raises(LibraryDamagedError):
            build()
        assert (library.generation, generations(library)) == (1, ["000001"])

    def test_the_last_but_one_is_kept(self, library: Library) -> None:
        for _ in range(4):
            rebuild(library, FLU)
        assert (library.generation, generations(library)) == (5, ["000004", "000005"])

    def test_a_reader_outlives_its_generation(self, library: Library) -> None:
        write(library, FLU)
        reader = library.reader()
        for _ in range(3):
            rebuild(library, CANCER)
        assert "000001" not in generations(library)
        assert set(contents(reader)) == {"flu"}
        assert reader.search([Word("winter")], (), 10).total == 1

    def test_rollback_takes_the_last_one_back(self, library: Library) -> None:
        write(library, FLU)
        rebuild(library, CANCER)
        assert library.rollback() == library.generation == library.reader().generation == 1
        assert set(contents(library.reader())) == {"flu"}
        with pytest.raises(NoEarlierGenerationError):
            library.rollback()

    def test_after_a_rollback_numbers_go_on(self, library: Library) -> None:
        rebuild(library, FLU)
        library.rollback()
        write(library, CANCER)
        rebuild(library, FLU)
        assert (library.generation, generations(library)) == (3, ["000001", "000003"])
        library.rollback()
        assert set(contents(library.reader())) == {"cancer"}

    def test_no_rollback_to_a_damaged_one(self, library: Library) -> None:
        rebuild(library, FLU)
        shutil.rmtree(library.folder / "generations" / "000001")
        (library.folder / "generations" / "000001").mkdir()
        with pytest.raises(LibraryDamagedError):
            library.rollback()
        assert set(contents(library.reader())) == {"flu"}

    def test_no_rollback_to_one_of_another_version(self, library: Library) -> None:
        rebuild(library, FLU)
        (library.folder / "format").write_text("pincite library 1\n")
        with pytest.raises(LibraryDamagedError, match="says 'pincite library 1'"):
            library.rollback()
        rebuild(library, CANCER)
        assert generations(library) == ["000003"]
        with pytest.raises(NoEarlierGenerationError):
            library.rollback()

    def test_what_a_crash_left_is_cleared_away(self, library: Library) -> None:
        (library.folder / "generations" / "000007.building").mkdir()
        (library.folder / "generations" / "000006").mkdir()
        (library.folder / "generations" / ".DS_Store").write_text("left by another program")
        rebuild(library, FLU)
        assert (library.generation, generations(library)) == (8, [".DS_Store", "000001", "000008"])


class TestReaders:
    def test_the_same_reader_until_there_is_another_commit(self, library: Library) -> None:
        write(library, FLU)
        first = library.reader()
        assert Library.open(library.folder).reader() is first is library.reader()
        write(library, CANCER)
        assert library.reader() is not first
        with first as reader:
            assert set(contents(reader)) == {"flu"}

    def test_a_library_made_anew_in_the_same_folder_is_another_library(self, library: Library) -> None:
        write(library, FLU)
        assert set(library.reader().known()) == {"flu"}
        shutil.rmtree(library.folder)
        write(Library.create(library.folder), CANCER)
        assert set(library.reader().known()) == {"cancer"}

    def test_files_are_let_go_with_the_last_reader(self, library: Library) -> None:
        def mapped() -> int:
            return Path("/proc/self/maps").read_text().count(str(library.folder))

        for number in range(30):
            write(library, filed(f"d{number % 3}", f"text {number}"))
            contents(library.reader())
        assert mapped() <= 8


def wreck_format(folder: Path) -> None:
    (folder / "format").write_text("pincite library 999\n")


def wreck_pointer(folder: Path) -> None:
    (folder / "current").write_bytes(b"\xff\0 nonsense")


def lose_pointer(folder: Path) -> None:
    (folder / "current").unlink()


def empty_pointer(folder: Path) -> None:
    (folder / "current").write_text("")


def point_nowhere(folder: Path) -> None:
    (folder / "current").write_text("000009 000000 0123456789abcdef\n")


def lose_generation(folder: Path) -> None:
    shutil.rmtree(folder / "generations")


def cut_every_file(folder: Path) -> None:
    for path in (folder / "generations" / "000001").iterdir():
        path.write_bytes(path.read_bytes()[:100])


DAMAGES = [wreck_format, wreck_pointer, lose_pointer, empty_pointer, point_nowhere, lose_generation, cut_every_file]


@pytest.mark.parametrize("damage", DAMAGES)
class TestDamage:
    def test_is_told_when_opened(self, library: Library, damage: Callable[[Path], None]) -> None:
        write(library, FLU)
        damage(library.folder)
        with pytest.raises(LibraryDamagedError, match="--rebuild"):
            Library.open(library.folder)
        with pytest.raises(LibraryDamagedError):
            Library.read(library.folder)
        with pytest.raises(LibraryDamagedError):
            Library.open_or_create(library.folder)

    def test_is_mended_by_a_rebuild(self, library: Library, damage: Callable[[Path], None]) -> None:
        write(library, FLU)
        damage(library.folder)
        rebuild(Library.for_rebuild(library.folder), CANCER)
        assert set(contents(Library.open(library.folder).reader())) == {"cancer"}


def test_a_rebuild_makes_the_folder(folder: Path) -> None:
    rebuild(Library.for_rebuild(folder), FLU)
    assert set(contents(Library.open(folder).reader())) == {"flu"}


def _interrupted(entry: Entry) -> Iterator[Entry]:
    yield entry
    raise KeyboardInterrupt
