from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import LibraryAccessError
from indexer.records import Entry
from tests.engines.entries import entry


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "MAIN_WRITELOCK")


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    engine = WhooshEngine.create(tmp_path)
    engine.write([entry("one", "a text")], ())
    return engine


def no_space(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("step", ["durable.sync", "durable.rename"])
def test_a_commit_that_fails_leaves_nothing_on_the_disk(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = files(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(f"indexer.engines.whoosh_storage.{step}", no_space)
        with pytest.raises(LibraryAccessError, match="No space left"):
            engine.write([entry("two", "another text")], ())
    assert files(tmp_path) == before
    engine.write([entry("two", "another text")], ())
    assert engine.reader().known() == {"one": "f1", "two": "f1"}


def test_what_a_killed_writer_has_left_makes_room_before_anything_is_written(
    engine: WhooshEngine, tmp_path: Path
) -> None:
    left = [tmp_path / "MAIN_0123456789abcdef.arr", tmp_path / "_MAIN_2.toc.1764250000"]
    for path in left:
        path.write_bytes(b"half of it")

    def entries() -> Iterator[Entry]:
        assert not any(path.exists() for path in left)
        yield entry("two", "another text")

    engine.write(entries(), ())
    assert not any(path.exists() for path in left)
