from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.errors import UnreadableSourceError
from indexer.read.sandbox import EXTRACTS, Sandbox
from indexer.read.sandbox_start import Limits
from tests.read.sandbox_readers import GOOD, behaving

LIMITS = Limits(seconds=30, memory=400 << 20, written=1 << 20, files=4)
HASTY = Limits(seconds=1.5, memory=400 << 20, written=1 << 20, files=4)  # for files that never end


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, reader=behaving, wire=EXTRACTS) as one:
        yield one


def told(tmp_path: Path, sandbox: Sandbox, order: str) -> str:
    """What becomes of a file that says `order`."""
    path = tmp_path / "order"
    path.write_text(order)
    try:
        return sandbox.read(path, "papers/a.pdf")[0].original
    except UnreadableSourceError as error:
        return f"{error.path} | {error.status} | {error.reason}"


def test_an_extract_comes_back_as_it_was(tmp_path: Path, sandbox: Sandbox) -> None:
    path = tmp_path / "order"
    path.write_text("read")
    assert sandbox.read(path, "a.pdf") == (GOOD,)


def test_a_child_imports_what_reads_and_nothing_that_searches(tmp_path: Path, sandbox: Sandbox) -> None:
    modules = told(tmp_path, sandbox, "modules").split()
    assert "indexer.read" in modules
    assert "indexer.search" not in modules


@pytest.mark.parametrize(
    ("order", "fate"),
    [
        ("crash", "failed | the reader crashed (signal 11)"),
        ("bomb", "failed | needed more than 0.4 GB"),
        ("fail", "failed | the reader failed: ValueError: bad table"),
        ("refuse", "encrypted | the PDF needs a password"),
        ("leave", "failed | the reader ended without a word (exit status 3)"),
        ("write", "failed | the reader failed: OSError: [Errno 27] File too large"),
        ("lie", "failed | the reader failed: its reply is none (TypeError)"),
    ],
)
def test_a_bad_file_costs_that_file_only(tmp_path: Path, sandbox: Sandbox, order: str, fate: str) -> None:
    assert told(tmp_path, sandbox, order) == f"papers/a.pdf | {fate}"
    assert told(tmp_path, sandbox, "read") == GOOD.original


@pytest.mark.parametrize("order", ["spin", "stop"])
def test_a_file_that_never_ends_costs_its_time_only(tmp_path: Path, order: str) -> None:
    with Sandbox(HASTY, reader=behaving, wire=EXTRACTS) as sandbox:
        assert told(tmp_path, sandbox, order) == "papers/a.pdf | failed | took longer than 1.5 s"


def test_a_large_file_may_take_longer(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(2_500_000)
    assert Limits(seconds=5, longer=2).allowed(path) == 9
    assert Limits(seconds=5).allowed(tmp_path / "nowhere") == 5


def test_the_child_is_replaced_after_so_many_files(tmp_path: Path) -> None:
    with Sandbox(LIMITS, reader=behaving, wire=EXTRACTS) as sandbox:
        pids = [told(tmp_path, sandbox, "pid") for _ in range(5)]
    assert pids[0] != str(os.getpid())
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [4, 1]


def test_a_child_that_died_between_two_files_is_replaced(tmp_path: Path) -> None:
    with Sandbox(LIMITS, reader=behaving, wire=EXTRACTS) as sandbox:
        os.kill(int(told(tmp_path, sandbox, "pid")), signal.SIGKILL)
        time.sleep(0.2)
        assert told(tmp_path, sandbox, "read") == GOOD.original


def test_closing_ends_the_child(tmp_path: Path) -> None:
    sandbox = Sandbox(LIMITS, reader=behaving, wire=EXTRACTS)
    child = int(told(tmp_path, sandbox, "pid"))
    sandbox.close()
    sandbox.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_reply_may_not_be_endless(tmp_path: Path) -> None:
    with Sandbox(Limits(seconds=5, reply=100), reader=behaving, wire=EXTRACTS) as sandbox:
        assert told(tmp_path, sandbox, "read") == "papers/a.pdf | failed | has more than 0.0 GB of text"


PARENT = """
import fcntl, os, sys
from pathlib import Path
from indexer.read.sandbox import EXTRACTS, Sandbox
from indexer.read.sandbox_start import Limits
from tests.read.sandbox_readers import behaving
folder = Path(sys.argv[1])
(folder / "who").write_text("pid")
(folder / "what").write_text(sys.argv[2])
lock = open(folder / "lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
sandbox = Sandbox(Limits(seconds=1), reader=behaving, wire=EXTRACTS)
if sys.argv[3] == "copy":
    sandbox.start()
print(sandbox.read(folder / "who", "")[0].original, flush=True)
sandbox.read(folder / "what", "") if sys.argv[2] == "spin" else sys.stdin.read()
"""


@pytest.mark.parametrize("doing", ["nothing", "spin"])
@pytest.mark.parametrize("child", ["fresh", "copy"])
def test_a_parent_that_is_killed_leaves_no_orphan_and_no_lock(tmp_path: Path, child: str, doing: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path), doing, child],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])},
    )
    with parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        parent.kill()
    with (tmp_path / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert gone(process, within=10)


def gone(process: int, within: float) -> bool:
    """True when the process ends in time."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False
