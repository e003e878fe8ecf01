"""Keep a library in line with folders while they change."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import watch

from indexer.discover import passing
from indexer.errors import LibraryLockedError, SourcePathError
from indexer.records import Report

QUIET = 1.0  # seconds without a change before a file counts as whole: copies arrive in pieces
LONGEST = 30.0  # seconds to wait for quiet; a log that never rests is indexed as it is
_RETRY = 5.0  # seconds between attempts while another writer holds the lock

Bring = Callable[[Sequence[Path]], Report]


def watched(
    paths: Sequence[Path], library: Path, bring: Bring, stop: threading.Event | None = None
) -> Iterator[Report]:
    """The report of a first run, and of another after each burst of changes, until `stop` is set.

    SourcePathError when a path does not exist at the start; one that goes away later is waited for.
    """
    for path in paths:
        if not path.exists():
            raise SourcePathError(str(path))
    stop = stop or threading.Event()
    changes = _changes(paths, library, stop)
    next(changes, None)  # it listens from here on: nothing that happens during the first run is missed
    yield from _brought(paths, bring, stop)
    for burst in changes:
        if burst:
            yield from _brought(paths, bring, stop)


def _changes(paths: Sequence[Path], library: Path, stop: threading.Event) -> Iterator[bool]:
    """What `_bursts` tells; where a path itself goes away or is replaced, it listens anew, which counts as a change."""
    since = 0.0
    while not stop.is_set():
        with suppress(FileNotFoundError):  # a path is away
            yield from _bursts(paths, library, stop, since)
        since = time.monotonic()
        stop.wait(QUIET)


def _bursts(paths: Sequence[Path], library: Path, stop: threading.Event, since: float) -> Iterator[bool]:
    """True for each burst of changes, once it has been quiet for QUIET seconds; False while nothing happens.

    Ends when a path is another folder than at the start: the system tells of changes in folders, not under names.
    `since` is when there was a change already, 0 when there was none.
    """
    inside = f"{library.resolve()}{os.sep}"
    begun = _identities(paths)
    heard = watch(
        *paths,
        watch_filter=lambda _, path: not path.startswith(inside) and not passing(Path(path).name),
        stop_event=stop,
        debounce=200,
        rust_timeout=200,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    first = last = since
    for changes in heard:
        now = time.monotonic()
        if changes:
            first, last = first or now, now
        burst = bool(first) and (now - last >= QUIET or now - first >= LONGEST)
        first = 0.0 if burst else first
        yield burst
        if _identities(paths) != begun:
            return


def _identities(paths: Sequence[Path]) -> list[tuple[int, int]]:
    """What the paths name now; FileNotFoundError when one names nothing."""
    return [(found.st_dev, found.st_ino) for found in map(Path.stat, paths)]


def _brought(paths: Sequence[Path], bring: Bring, stop: threading.Event) -> Iterator[Report]:
    """The report of one run; while another writes or a folder is away, try again later."""
    while not stop.is_set():
        try:
            yield bring(paths)
        except (LibraryLockedError, SourcePathError):
            stop.wait(_RETRY)
        else:
            return
