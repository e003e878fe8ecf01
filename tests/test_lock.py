from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import LibraryAccessError, LibraryLockedError
from indexer.lock import locked

HOLD = """
import sys, time
from pathlib import Path
from indexer.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def hold_elsewhere(path: Path) -> subprocess.Popen[str]:
    """Another process that holds the lock."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_is_free_again_after_use(path: Path) -> None:
    for _ in range(2):
        with locked(path):
            assert path.read_text() != ""
        assert path.read_text() == ""


def test_is_free_again_after_an_error(path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(path):
        raise ZeroDivisionError
    with locked(path):
        pass


def test_tells_which_process_holds_it_and_since_when(path: Path) -> None:
    with hold_elsewhere(path) as holder:
        try:
            with pytest.raises(LibraryLockedError) as caught, locked(path):
                pass
        finally:
            holder.kill()
    name = re.escape(socket.gethostname())
    assert re.fullmatch(
        rf"process {holder.pid} on {name} since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\S+", caught.value.holder
    )


def test_vanishes_with_the_process_that_holds_it(path: Path) -> None:
    with hold_elsewhere(path) as holder:
        os.kill(holder.pid, signal.SIGKILL)
    assert f"process {holder.pid}" in path.read_text()
    with locked(path):
        assert f"process {os.getpid()}" in path.read_text()


def test_excludes_other_threads_of_the_same_process(path: Path) -> None:
    with locked(path), pytest.raises(LibraryLockedError, match=str(os.getpid())), locked(path):
        pass


def test_tells_a_folder_that_cannot_be_written(path: Path) -> None:
    with pytest.raises(LibraryAccessError, match="No such file"), locked(path.parent / "missing" / "lock"):
        pass
