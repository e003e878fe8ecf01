"""Progress of long work: a bar on a terminal, a line every ten seconds in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from indexer.run import Progress as Told

EVERY = 10.0  # seconds between the lines of a log
DRAWN = 0.1  # seconds at least until the bar is drawn again


@contextmanager
def shown() -> Iterator[Told]:
    """A function to be told of each file done; what it shows goes to stderr."""
    if not sys.stderr.isatty():
        yield _Log().told
        return
    columns = (TextColumn("indexing"), BarColumn(), MofNCompleteColumn(), _Speed(), TimeRemainingColumn())
    # Without a thread that draws it, beside which no worker could be copied from this process.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        yield _Bar(bar).told


class _Bar:
    """A rich bar that counts files; bytes are kept as a field for the speed."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("indexing", total=None, bytes=0)
        self._bytes = 0
        self._drawn = 0.0

    def told(self, _: str, done: int, total: int, size: int) -> None:
        self._bytes += size
        self._bar.update(self._task, completed=done, total=total, bytes=self._bytes)
        if (now := time.monotonic()) - self._drawn >= DRAWN:
            self._drawn = now
            self._bar.refresh()


class _Speed(ProgressColumn):
    """Megabytes of source a second."""

    def render(self, task: Task) -> Text:
        elapsed = task.elapsed or 0.0
        return Text(f"{task.fields['bytes'] / 1e6 / elapsed:.1f} MB/s" if elapsed > 0 else "")


class _Log:
    """A line every EVERY seconds."""

    def __init__(self) -> None:
        self._started = self._last = time.monotonic()
        self._bytes = 0

    def told(self, _: str, done: int, total: int, size: int) -> None:
        self._bytes += size
        now = time.monotonic()
        if now - self._last < EVERY:
            return
        self._last = now
        speed = self._bytes / 1e6 / (now - self._started)
        left = (now - self._started) / done * (total - done)
        print(f"{done} of {total} files, {speed:.1f} MB/s, about {left:.0f} s left", file=sys.stderr, flush=True)
