from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from indexer.read import sandbox_copy
from indexer.read.sandbox import EXTRACTS, Sandbox
from indexer.read.sandbox_start import Limits
from tests.read.sandbox_readers import GOOD, behaving

# What becomes of files that say what their readers do, each in a copy: in a program without another thread.
PROGRAM = """
import json, os, signal, sys, wave
from pathlib import Path
from indexer.errors import UnreadableSourceError
from indexer.read.sandbox import EXTRACTS, Sandbox
from indexer.read.sandbox_start import Limits
from tests.read.sandbox_readers import behaving
signal.signal(signal.SIGTERM, lambda *_: None)
if sys.argv[4] == "ignored":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
path = Path(sys.argv[1])
limits = Limits(seconds=float(sys.argv[2]), memory=400 << 20, written=1 << 20)
told = []
for order in sys.argv[3].split():
    path.write_text(order)
    with Sandbox(limits, reader=behaving, wire=EXTRACTS) as sandbox:
        sandbox.start()
        assert sandbox._child
        try:
            told.append(sandbox.read(path, "a.pdf")[0].original)
        except UnreadableSourceError as error:
            told.append(error.reason)
        path.write_text("read")
        told.append(sandbox.read(path, "a.pdf")[0].original)
print(json.dumps(told))
"""


def told(tmp_path: Path, *orders: str, seconds: float = 30, ends: str = "told") -> list[Any]:
    """What a copy says to each order, and to one to read behind it."""
    given = [str(tmp_path / "order"), str(seconds), " ".join(orders), ends]
    command = [sys.executable, "-W", "error", "-c", PROGRAM, *given]
    root = str(Path(__file__).resolve().parents[2])
    run = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONPATH": root})
    return list(json.loads(run.stdout))


def test_a_copy_has_what_its_parent_imported(tmp_path: Path) -> None:
    modules, read = told(tmp_path, "modules")
    assert "wave" in modules.split()
    assert read == GOOD.original


def test_a_bad_file_costs_a_copy_that_file_only(tmp_path: Path) -> None:
    assert told(tmp_path, "crash", "bomb", "fail", "leave", "write", "lie") == [
        "the reader crashed (signal 11)",
        GOOD.original,
        "needed more than 0.4 GB",
        GOOD.original,
        "the reader failed: ValueError: bad table",
        GOOD.original,
        "the reader ended without a word (exit status 3)",
        GOOD.original,
        "the reader failed: OSError: [Errno 27] File too large",
        GOOD.original,
        "the reader failed: its reply is none (TypeError)",
        GOOD.original,
    ]


def test_a_file_that_never_ends_costs_a_copy_its_time_only(tmp_path: Path) -> None:
    assert told(tmp_path, "spin", "stop", seconds=1.5) == ["took longer than 1.5 s", GOOD.original] * 2


def test_a_copy_heeds_no_signal_that_its_parent_handles(tmp_path: Path) -> None:
    assert told(tmp_path, "term") == ["the reader crashed (signal 15)", GOOD.original]


def test_a_program_may_ignore_how_its_children_end(tmp_path: Path) -> None:
    fate = "the reader ended without a word (exit status 0)"
    assert told(tmp_path, "crash", ends="ignored") == [fate, GOOD.original]


def test_no_copy_is_made_beside_a_thread() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    with Sandbox(Limits(), reader=behaving, wire=EXTRACTS) as sandbox:
        sandbox.start()
        assert sandbox._child is None
    ended.set()
    thread.join()


def test_where_no_copy_can_be_made_a_fresh_child_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> int:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr("indexer.read.sandbox.is_safe", lambda: True)
    monkeypatch.setattr(sandbox_copy.os, "fork", full)
    (tmp_path / "order").write_text("read")
    with Sandbox(Limits(), reader=behaving, wire=EXTRACTS) as sandbox:
        sandbox.start()
        assert sandbox.read(tmp_path / "order", "a.pdf") == (GOOD,)
