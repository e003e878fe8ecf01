"""Ctrl-C, as a shell sends it: the command leaves at once with 130, and what was committed stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import Library, index

INTERRUPTED = 130


@pytest.fixture
def place(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("Apples grow on trees.")
    index(tmp_path / ".pincite", [docs])
    return tmp_path


@pytest.fixture
def started(place: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the command line in a session of its own, as a shell does."""
    running: list[subprocess.Popen[str]] = []
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored by what runs in the background

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "indexer.cli", *arguments]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        one = subprocess.Popen(command, cwd=place, text=True, env=environment, start_new_session=True, **pipes)  # type: ignore[call-overload]
        running.append(one)
        return one

    yield start
    for one in running:
        one.kill()
        one.communicate()
    signal.signal(signal.SIGINT, before)


def interrupted(process: subprocess.Popen[str]) -> tuple[float, str]:
    """Seconds until the process had left after a Ctrl-C, and what it said."""
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, told = process.communicate(timeout=30)
    return time.monotonic() - began, told


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def documents(place: Path) -> list[str]:
    with Library.open(place / ".pincite").reader() as reader:
        return [row.path for row in reader.documents()]


def test_while_files_are_read(place: Path, started: Callable[..., subprocess.Popen[str]]) -> None:
    for number in range(3_000):
        (place / "docs" / f"{number}.txt").write_text(f"About number {number}\n\n" + "It is a number. " * 200)
    process = started("index", "docs")
    until(lambda: "process" in (place / ".pincite" / "lock").read_text())
    time.sleep(0.3)
    seconds, told = interrupted(process)
    assert process.returncode == INTERRUPTED
    assert seconds < 20
    assert "interrupted: what was committed stays" in told
    assert "Traceback" not in told
    assert "docs/a.txt" in documents(place)
    for path in (place / "docs").glob("[0-9]*.txt"):
        path.unlink()
    assert index(place / ".pincite", [place / "docs"]).documents == 1


def test_while_it_watches(started: Callable[..., subprocess.Popen[str]]) -> None:
    process = started("index", "docs", "--watch")
    assert process.stdout is not None
    assert "nothing to do" in process.stdout.readline()
    seconds, told = interrupted(process)
    assert process.returncode == INTERRUPTED
    assert "Traceback" not in told
    assert seconds < 5
