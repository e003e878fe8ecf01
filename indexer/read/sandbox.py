"""Readers of hostile formats in a process of their own: a crash, a hang or a memory bomb costs one file, not the run.

One child lives long and is replaced when it dies, overruns its time or memory, or has read 10,000 files: that costs
half a ms a file, a fresh process for each would cost 450; a pool hangs or is lost as a whole when a child dies. What
comes back is JSON and plain bytes, so that a child taken over by a file can send wrong words but no code. One Sandbox
serves one thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Generic, NamedTuple, cast

from indexer.errors import UnreadableSourceError
from indexer.read.frames import lacking, unframed
from indexer.read.sandbox_copy import Copy, is_safe
from indexer.read.sandbox_start import FileReader, Limits, Made, Work, copied, fresh
from indexer.read.sandbox_wire import BadReplyError, decoded, encoded
from indexer.records import Extract


class Wire(NamedTuple, Generic[Made]):
    """What a reader makes as bytes, and back; None says that memory ran out."""

    encode: Callable[[Made | None], bytes]
    decode: Callable[[bytes], Made]  # BadReplyError when the bytes are none


EXTRACTS: Wire[tuple[Extract, ...]] = Wire(encoded, decoded)


_PIECE = 1 << 20  # bytes read at once
_START = 60.0  # seconds that a child gets to import the readers
_JOIN = 5.0  # seconds that a child gets to end by itself


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

    def start(self) -> None:
        """Start the child before the first file, where a copy of this process may serve: it is there at once."""
        if is_safe():
            with contextlib.suppress(OSError, _LostError):
                self._child = _Child(self._limits, copied(self._limits, self._work))

    def close(self) -> None:
        """End the child."""
        if self._child:
            self._child.end()
        self._child = None

    def stop(self) -> None:
        """Kill the child that another thread waits for; what it reads counts as lost."""
        if self._child:
            self._child.stop()

    def read(self, path: Path, source_path: str) -> Made:
        """What the reader makes of a file; UnreadableSourceError tells why nothing, or what it died of."""
        try:
            reply = self._asked(path, source_path)
        except _LostError as error:
            self._dismiss()
            raise UnreadableSourceError(source_path, str(error)) from error
        try:
            return self._decode(reply)
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
        self._child = _Child(self._limits, fresh(self._limits, self._work))
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

    def __init__(self, limits: Limits, process: subprocess.Popen[bytes] | Copy) -> None:
        self._limits = limits
        self._allowed = limits.seconds
        self.served = 0
        self._process = process
        self._requests = cast(IO[bytes], self._process.stdin)
        self._replies = cast(IO[bytes], self._process.stdout)
        self._await_start()

    def _await_start(self) -> None:
        """Wait until the child has imported what it needs: that is not the first file's fault."""
        try:
            self._received(_START)
        except _LostError as error:
            self.kill()
            raise _LostError(f"the reader could not be started: it {error}") from error

    def ask(self, path: Path, source_path: str) -> None:
        """Send a file's path."""
        self._allowed = self._limits.allowed(path)
        self._requests.write(json.dumps([os.fspath(path), source_path, self._allowed]).encode() + b"\n")
        self._requests.flush()
        self.served += 1

    def reply(self) -> bytes:
        """What the child says about the last file asked for."""
        return self._received(self._allowed)

    def _received(self, seconds: float) -> bytes:
        """What the child sends next."""
        deadline = time.monotonic() + seconds
        found = bytearray()
        while lacking(found) > 0:
            ready, _, _ = select.select([self._replies], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                raise _LostError(f"took longer than {seconds:g} s")
            piece = os.read(self._replies.fileno(), _PIECE)
            if not piece:
                raise _LostError(self._death())
            found += piece
            if len(found) + lacking(found) > self._limits.reply:
                raise _LostError(f"has more than {_gigabytes(self._limits.reply)} of text")
        return unframed(found)

    def _death(self) -> str:
        """What the child died of."""
        self._process.kill()  # which changes nothing when it has ended, as it has unless it closed the pipe on purpose
        code = self._process.wait()
        if code < 0:
            return f"the reader crashed (signal {-code})"
        return f"the reader ended without a word (exit status {code})"

    def end(self) -> None:
        """Let the child end: it does when its requests stop."""
        with contextlib.suppress(OSError):
            self._requests.close()
        select.select([self._replies], [], [], _JOIN)
        self.kill()

    def stop(self) -> None:
        """End the child at once; who waits for its reply is told, and closes the pipes."""
        self._process.kill()

    def kill(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._replies):
            with contextlib.suppress(OSError):
                pipe.close()


def _gigabytes(number: int) -> str:
    """A number of bytes for a sentence."""
    return f"{number / (1 << 20) / 1000:.1f} GB"
