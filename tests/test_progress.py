import io

import pytest

from indexer import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    return now


def test_a_log_gets_a_line_every_ten_seconds(monkeypatch, clock):
    log = io.StringIO()
    monkeypatch.setattr("sys.stderr", log)
    with progress.shown() as told:
        for done in range(1, 31):
            clock[0] = float(done)
            told("a.txt", done, 40, 2_000_000)
    assert log.getvalue().splitlines() == [
        "10 of 40 files, 2.0 MB/s, about 30 s left",
        "20 of 40 files, 2.0 MB/s, about 20 s left",
        "30 of 40 files, 2.0 MB/s, about 10 s left",
    ]


def test_a_terminal_gets_a_bar_with_files_and_speed(monkeypatch):
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress.shown() as told:
        told("a.txt", 1, 4, 1_000_000)
        told("b.txt", 4, 4, 1_000_000)
    assert "4/4" in terminal.getvalue()
    assert "MB/s" in terminal.getvalue()
