"""Files prepared side by side, each in a process that it cannot take down with it."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from indexer.discover import Found
from indexer.errors import UnreadableSourceError
from indexer.prepare import prepared
from indexer.prepare_wire import Decoder, encoded
from indexer.read.sandbox import Sandbox, Wire
from indexer.records import Entry

Outcome = tuple[Entry, ...] | UnreadableSourceError

_AHEAD = 4  # files under way for each worker at least
_BYTES = 4_000_000  # of files under way at least: what workers have to do in a commit; their entries take some 100 MB
# Bytes in all, of our own formats, that are prepared here: it takes less than what each worker does when it begins.
_SMALL = 256 * 1024
_OURS = frozenset({".txt", ".text", ".md", ".markdown", ".jsonl", ".ndjson", ".csv", ".tsv"})  # read by no library in C


def outcomes(files: Sequence[Found]) -> Iterator[tuple[Found, Outcome]]:
    """Each file with its entries, or the reason why there are none, in the order given."""
    if _are_light(files):
        yield from ((found, _outcome(prepared, found)) for found in files)
        return
    with Workers(len(files)) as workers:
        under_way: deque[tuple[Found, Future[Outcome], int]] = deque()
        ahead = 0  # bytes
        for found in files:
            under_way.append((found, workers.ask(found), size := found.size()))
            ahead += size
            while ahead >= _BYTES and len(under_way) >= _AHEAD * workers.count:
                found, future, size = under_way.popleft()
                yield found, future.result()
                ahead -= size
        while under_way:
            found, future, _ = under_way.popleft()
            yield found, future.result()


def _are_light(files: Sequence[Found]) -> bool:
    """True for files that are small together and all of our own formats."""
    left = _SMALL
    for found in files:
        left -= found.size()
        if left < 0 or found.path.suffix.lower() not in _OURS:
            return False
    return True


class Workers:
    """Sandboxed processes, at most one for each core; where none can be there at once, started when a file needs it."""

    def __init__(self, files: int) -> None:
        self.count = min(files, os.cpu_count() or 1)
        self._threads = ThreadPoolExecutor(self.count, "pincite worker")
        self._all = [Sandbox(reader=prepared, wire=Wire(encoded, Decoder().decoded)) for _ in range(self.count)]
        self._idle = self._all.copy()
        for sandbox in self._all:  # before there is a thread
            sandbox.start()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the processes; when interrupted at once, else a file that hangs would be waited for."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for sandbox in self._all if kind else ():
            sandbox.stop()
        self._threads.shutdown()
        for sandbox in self._all:
            sandbox.close()

    def ask(self, found: Found) -> Future[Outcome]:
        """The outcome of a file, some time."""
        return self._threads.submit(self._outcome, found)

    def _outcome(self, found: Found) -> Outcome:
        """The outcome of a file in a process that has nothing to do."""
        sandbox = self._idle.pop()
        try:
            return _outcome(sandbox.read, found)
        finally:
            self._idle.append(sandbox)


def _outcome(read: Callable[[Path, str], tuple[Entry, ...]], found: Found) -> Outcome:
    try:
        return read(found.path, found.source_path)
    except UnreadableSourceError as error:
        return error
