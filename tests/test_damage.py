"""Every file of a library damaged in every way: each command tells what to do, and none ends in a traceback."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import index
from tests.commands import run
from webui import create_app

WAYS: dict[str, Callable[[bytes], bytes | None]] = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "its end garbled": lambda data: data[: len(data) // 2] + bytes(byte ^ 0x5A for byte in data[len(data) // 2 :]),
    "its start garbled": lambda data: bytes(byte ^ 0x5A for byte in data[: len(data) // 2]) + data[len(data) // 2 :],
    "all zeros": lambda data: bytes(len(data)),
    "followed by more": lambda data: data + b"more",
    "one bit flipped": lambda data: (int.from_bytes(data, "big") ^ 1 << len(data) * 3).to_bytes(len(data) + 1, "big")[
        1:
    ],
}
COMMANDS = (["search", "apples"], ["status"], ["answer", "What grows?"], ["index", "docs"], ["doctor"], ["rollback"])
NEEDED = ("format", "current", ".toc", ".seg")  # without them there is no library; locks are made anew
SOUND, NOT_FOUND, NO_LIBRARY = 0, 1, 3


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents and a library of two generations, the current one of two segments."""
    top = tmp_path_factory.mktemp("whole")
    (top / "docs").mkdir()
    for name in ("apples", "bananas", "cherries"):
        (top / "docs" / f"{name}.txt").write_text(f"About {name}\n\nMost {name} grow on trees in summer.\n")
        index(top / ".pincite", [top / "docs"], rebuild=name == "bananas")
    return top


def files(library: Path) -> list[str]:
    """The library's files, those of the current generation with the others."""
    return sorted(str(path.relative_to(library)) for path in library.rglob("*") if path.is_file())


def damaged(whole: Path, top: Path, name: str, way: str) -> Path:
    """A copy of the folder with one file of its library damaged."""
    shutil.copytree(whole, top)
    path = top / ".pincite" / name
    content = WAYS[way](path.read_bytes())
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    return top


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_library_is_told_and_can_be_built_anew(whole: Path, tmp_path: Path, way: str) -> None:
    for number, name in enumerate(files(whole / ".pincite")):
        top = damaged(whole, tmp_path / str(number), name, way)
        for command in COMMANDS:
            copy = shutil.copytree(top, tmp_path / f"{number} {command[0]}")
            done = run(copy, *command)
            assert done.returncode in (SOUND, NOT_FOUND, NO_LIBRARY), (name, command, done)
            told = done.stdout + done.stderr
            assert done.returncode != NO_LIBRARY or "pincite" in told, (name, command, done)
        reply = create_app(top / ".pincite").test_client().get("/readyz")
        assert reply.status_code in (200, 503), (name, reply.text)
        assert run(top, "index", "docs", "--rebuild").returncode == SOUND, name
        assert run(top, "doctor").returncode == SOUND, name


@pytest.mark.parametrize("way", ["gone", "empty", "cut in half", "its end garbled", "one bit flipped"])
def test_what_is_needed_and_damaged_is_noticed(whole: Path, tmp_path: Path, way: str) -> None:
    current = (whole / ".pincite" / "current").read_text().split()[0]
    names = [name for name in files(whole / ".pincite") if name.endswith(NEEDED)]
    for number, name in enumerate(names):
        if (name.startswith("generations") and current not in name) or (way.startswith("one") and name == "current"):
            continue  # of the pointer's digits another may be as good
        top = damaged(whole, tmp_path / str(number), name, way)
        for command in ("search", "apples"), ("doctor",):
            done = run(top, *command)
            assert done.returncode == NO_LIBRARY, (name, done)
            assert "pincite index" in done.stdout + done.stderr


def test_damage_in_a_segment_too_large_to_be_read_at_once_is_no_traceback(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.whoosh_storage._CHECKED_AT_ONCE", 0)
    monkeypatch.setattr("indexer.engines.whoosh_storage._whole", {})
    (name, *_) = [name for name in files(whole / ".pincite") if name.endswith(".seg")]
    size = (whole / ".pincite" / name).stat().st_size
    for at in range(0, size, size // 12):
        top = shutil.copytree(whole, tmp_path / str(at))
        for path in (top / ".pincite").rglob("*.seg"):
            data = bytearray(path.read_bytes())
            data[at % len(data) : at % len(data) + 8] = b"\xf5damaged"[:8]
            path.write_bytes(data)
        codes = {command[0]: run(top, *command).returncode for command in COMMANDS}
        assert set(codes.values()) <= {SOUND, NOT_FOUND, NO_LIBRARY}, codes
        assert codes["doctor"] == NO_LIBRARY
