"""The child's side of a sandbox: reads one file after another, confined, until its requests stop.

Started by `sandbox.py`: as `main`, with what it must know as an argument, or in a copy of the parent. Requests come as
lines of JSON, replies go as what the wire makes of them, their size before them.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any

from indexer.errors import UnreadableSourceError
from indexer.read.frames import framed
from indexer.read.sandbox_wire import encoded_error

GRACE = 2  # seconds after which a child whose parent is gone ends itself, even in a loop of C
SELDOM = (50_000, 10, 10)  # objects until garbage is looked for; by Python's own 700 it takes a tenth of the time
_PIECE = 1 << 20  # bytes written at once


def main() -> None:
    """Serve as the command line says, and end at once: to let go of every word first takes a tenth of a second."""
    spec = json.loads(sys.argv[1])
    replies = _private_stdout()
    confine(spec["memory"], spec["written"])
    serve(_named(spec["reader"]), _named(spec["encode"]), sys.stdin.buffer, replies)
    os._exit(0)


def serve(reader: Callable[..., Any], encode: Callable[..., bytes], requests: IO[bytes], replies: int) -> None:
    """Read files until there are no more requests, as when the parent is gone."""
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()
    _write(replies, framed(b""))
    for line in requests:
        path, source_path, seconds = json.loads(line)
        signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
        reply = _reading(reader, encode, Path(path), source_path)
        with contextlib.suppress(BrokenPipeError):
            _write(replies, framed(reply))
        signal.setitimer(signal.ITIMER_REAL, 0)


def name_of(function: Callable[..., Any]) -> str:
    """How a child finds a function: its module and its name there."""
    return f"{function.__module__}:{function.__qualname__}"


def _named(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), attribute)
    return found


def _private_stdout() -> int:
    """The pipe to the parent; what a library prints goes nowhere."""
    replies = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return replies


def confine(memory: int, written: int) -> None:
    """Lower what this process may use; an alarm ends it, even in C code that never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, written), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _reading(reader: Callable[..., Any], encode: Callable[..., bytes], path: Path, source_path: str) -> bytes:
    """The reader's answer about a file."""
    try:
        return encode(reader(path, source_path))
    except UnreadableSourceError as error:
        return encoded_error(error)
    except MemoryError:
        return encode(None)
    except Exception as error:  # noqa: BLE001 - whatever a reader's library raises costs this file only
        reason = f"the reader failed: {type(error).__name__}: {error}"
        return encoded_error(UnreadableSourceError(source_path, reason[:500]))


def _write(replies: int, frame: bytes) -> None:
    """Send all of a frame."""
    sent = 0
    while sent < len(frame):
        sent += os.write(replies, frame[sent : sent + _PIECE])
