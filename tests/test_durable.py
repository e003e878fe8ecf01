from __future__ import annotations

import os
from pathlib import Path

import pytest

from indexer import durable


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is done to the disk, in order: names of what is synced, and renames."""
    done: list[str] = []
    real_fsync, real_replace = os.fsync, os.replace

    def fsync(handle: int) -> None:
        done.append(f"sync {Path(f'/proc/self/fd/{handle}').readlink().name}")
        real_fsync(handle)

    def replace(old: Path, new: Path) -> None:
        done.append(f"rename {Path(old).name} {Path(new).name}")
        real_replace(old, new)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "replace", replace)
    return done


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path: Path, steps: list[str]) -> None:
    durable.write_text(tmp_path / "current", "new")
    assert (tmp_path / "current").read_text() == "new"
    assert steps == ["sync current.new", "rename current.new current", f"sync {tmp_path.name}"]


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("the old text, which is longer")
    durable.write_text(tmp_path / "current", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["current"]
    assert (tmp_path / "current").read_text() == "new"


def test_folders_are_made_from_the_top_each_known_to_its_parent(tmp_path: Path, steps: list[str]) -> None:
    durable.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert steps == [f"sync {tmp_path.name}", "sync a"]
    durable.make_folder(tmp_path / "a" / "b")
    assert len(steps) == 2


def test_no_handle_is_left_open_when_a_sync_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    for _ in range(5):
        with pytest.raises(OSError, match="Input/output"):
            durable.sync(tmp_path)
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) == before
