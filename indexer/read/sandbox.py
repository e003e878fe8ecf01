"""Readers of hostile formats in a process of their own: a crash, a hang or a memory bomb costs one file, not the run.

One child lives long and is replaced when it dies, overruns its time or memory, or has read 200 files: 0.6 to 2.6 ms a
file, where a fresh process costs 10 to 59 ms and a pool either hangs or is lost as a whole when a child dies. What
comes back is JSON, so that a child taken over by a file can send wrong words but no code. One Sandbox serves one
thread.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Generic, NamedTuple, TypeVar

from indexer.errors import UnreadableSourceError
from indexer.read.sandbox_wire import BadReplyError, decoded, encoded, encoded_error
from indexer.records import Extract

Made = TypeVar("Made")  # what a reader makes of a file
FileReader = Callable[[Path, str], Made]


class Wire(NamedTuple, Generic[Made]):
    """What a reader makes as a line of text, and back; None says that memory ran out."""

    encode: Callable[[Made | None], bytes]
    decode: Callable[[bytes], Made]  # BadReplyError when the line is none


EXTRACTS: Wire[tuple[Extract, ...]] = Wire(encoded, decoded)


class Work(NamedTuple, Generic[Made]):
    """What a child does with a file."""

    reader: FileReader[Made]
    encode: Callable[[Made | None], bytes]


_PIECE = 1 << 20  # bytes read at once
_GRACE = 2  # seconds after which a child whose parent is gone ends itself, even in a loop of C
_START = 60.0  # seconds that a child gets to import the readers
_JOIN = 5.0  # seconds that a child gets to end by itself


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use."""

    seconds: float = 60.0  # wall clock, for one file; 20 at least, or a memory bomb reads as a time-out
    memory: int = 1500 << 20  # bytes of address space
    written: int = 16 << 20  # bytes in any one file
    files: int = 200  # read before the child is replaced
    reply: int = 512 << 20  # bytes that come back for one file


class Sandbox(Generic[Made]):
    """A child process that reads files, replaced as often as need be."""

    def __init__(self, limits: Limits | None = None, *, reader: FileReader[Made], wire: Wire[Made]) -> None:
        """`reader` and the wire's two sides are functions that can be imported."""
        self._limits = limits or Limits()
        self._work = Work(reader, wire.encode)
        self._decode = wire.decode
        self._child: _Child | None = None

    def __enter__(self) -> Sandbox[Made]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.end()
        self._child = None

    def read(self, path: Path, source_path: str) -> Made:
        """What the reader makes of a file; UnreadableSourceError tells why nothing, or what it died of."""
        try:
            line = self._asked(path, source_path)
        except _LostError as error:
            self._dismiss()
            raise UnreadableSourceError(source_path, str(error)) from error
        try:
            return self._decode(line)
        except BadReplyError as error:
            self._dismiss()
            raise UnreadableSourceError(source_path, f"the reader failed: {error}") from error
        except MemoryError as error:
            self._dismiss()
            raise UnreadableSourceError(source_path, f"needed more than {_gigabytes(self._limits.memory)}") from error

    def _asked(self, path: Path, source_path: str) -> bytes:
        """The child's reply."""
        if self._child and self._child.served >= self._limits.files:
            self.close()
        return self._asking(path, source_path).reply()

    def _asking(self, path: Path, source_path: str) -> _Child:
        """A child that was asked; one that died since its last file is replaced."""
        if self._child:
            try:
                self._child.ask(path, source_path)
            except OSError:
                self._dismiss()
            else:
                return self._child
        self._child = _Child(self._limits, self._work)
        try:
            self._child.ask(path, source_path)
        except OSError as error:
            raise _LostError(f"the reader could not be started ({error.strerror})") from error
        return self._child

    def _dismiss(self) -> None:
        """Kill the child."""
        if self._child:
            self._child.kill()
        self._child = None


class _LostError(Exception):
    """The child gave no reply; the message says why."""


class _Child:
    """One process, and the two pipes to it."""

    def __init__(self, limits: Limits, work: Work[Any]) -> None:
        context = multiprocessing.get_context("forkserver")  # no lock or thread of ours is inherited in mid-air,
        context.set_forkserver_preload([work.reader.__module__])  # and a new one starts in 0.02 s: it has its imports
        requests, self._requests = context.Pipe(duplex=False)
        self._replies, replies = context.Pipe(duplex=False)
        self._limits = limits
        self.served = 0
        self._process: ForkServerProcess = context.Process(
            target=_serve, args=(requests, replies, limits, work), name="pincite reader", daemon=True
        )
        self._process.start()
        requests.close()
        replies.close()
        self._await_start()

    def _await_start(self) -> None:
        """Wait until the child has imported what it needs: that is not the first file's fault."""
        try:
            self._line(_START)
        except _LostError as error:
            self.kill()
            raise _LostError(f"the reader could not be started: it {error}") from error

    def ask(self, path: Path, source_path: str) -> None:
        """Send a file's path."""
        self._requests.send((os.fspath(path), source_path))
        self.served += 1

    def reply(self) -> bytes:
        """What the child says about the last file asked for."""
        return self._line(self._limits.seconds)

    def _line(self, seconds: float) -> bytes:
        """The next line from the child."""
        deadline = time.monotonic() + seconds
        found = bytearray()
        while not found.endswith(b"\n"):
            if not self._replies.poll(max(0.0, deadline - time.monotonic())):
                raise _LostError(f"took longer than {seconds:g} s")
            piece = os.read(self._replies.fileno(), _PIECE)
            if not piece:
                raise _LostError(self._death())
            found += piece
            if len(found) > self._limits.reply:
                raise _LostError(f"has more than {_gigabytes(self._limits.reply)} of text")
        return bytes(found)

    def _death(self) -> str:
        """What the child died of."""
        self._process.join(_JOIN)
        code = self._process.exitcode
        if code is not None and code < 0:
            return f"the reader crashed (signal {-code})"
        return f"the reader ended without a word (exit status {code})"

    def end(self) -> None:
        """Let the child end: it does when its requests stop."""
        self._requests.close()
        self._process.join(_JOIN)
        self.kill()

    def kill(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._requests.close()
        self._replies.close()


def _serve(requests: Connection, replies: Connection, limits: Limits, work: Work[Any]) -> None:
    """Read files until there are no more requests, as when the parent is gone."""
    _confine(limits)
    _write(replies, b"\n")
    while True:
        try:
            path, source_path = requests.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_REAL, limits.seconds + _GRACE)
        reply = _reading(work, Path(path), source_path)
        with contextlib.suppress(BrokenPipeError):
            _write(replies, reply)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _confine(limits: Limits) -> None:
    """Lower what this process may use; an alarm ends it, even in C code that never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def _reading(work: Work[Any], path: Path, source_path: str) -> bytes:
    """The reader's answer about a file, as a line."""
    try:
        return work.encode(work.reader(path, source_path))
    except UnreadableSourceError as error:
        return encoded_error(error)
    except MemoryError:
        return work.encode(None)
    except Exception as error:  # noqa: BLE001 - whatever a reader's library raises costs this file only
        reason = f"the reader failed: {type(error).__name__}: {error}"
        return encoded_error(UnreadableSourceError(source_path, reason[:500]))


def _write(replies: Connection, line: bytes) -> None:
    """Send all of a line."""
    sent = 0
    while sent < len(line):
        sent += os.write(replies.fileno(), line[sent : sent + _PIECE])


def _gigabytes(number: int) -> str:
    """A number of bytes for a sentence."""
    return f"{number / (1 << 20) / 1000:.1f} GB"
