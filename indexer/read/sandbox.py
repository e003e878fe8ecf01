"""Readers of hostile formats in a process of their own: a crash, a hang or a memory bomb costs one file, not the run.

One child lives long and is replaced when it dies, overruns its time or memory, or has read 10,000 files: that costs
half a ms a file, a fresh process for each would cost 400; a pool hangs or is lost as a whole when a child dies. What
comes back is JSON and plain bytes, so that a child taken over by a file can send wrong words but no code. One Sandbox
serves one thread.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Generic, NamedTuple, TypeVar, cast

from indexer.errors import UnreadableSourceError
from indexer.read import sandbox_child
from indexer.read.frames import lacking, unframed
from indexer.read.sandbox_wire import BadReplyError, decoded, encoded
from indexer.records import Extract

Made = TypeVar("Made")  # what a reader makes of a file
FileReader = Callable[[Path, str], Made]


class Wire(NamedTuple, Generic[Made]):
    """What a reader makes as bytes, and back; None says that memory ran out."""

    encode: Callable[[Made | None], bytes]
    decode: Callable[[bytes], Made]  # BadReplyError when the bytes are none


EXTRACTS: Wire[tuple[Extract, ...]] = Wire(encoded, decoded)


class Work(NamedTuple, Generic[Made]):
    """What a child does with a file."""

    reader: FileReader[Made]
    encode: Callable[[Made | None], bytes]


_PIECE = 1 << 20  # bytes read at once
_START = 60.0  # seconds that a child gets to import the readers
_JOIN = 5.0  # seconds that a child gets to end by itself
# What a child runs. Nothing that is imported is garbage: to look for some takes a tenth of the time until it serves. Of
# our package it has the modules that it needs, without what `indexer/__init__.py` imports for users: a fifth of it.
_STARTED = f"""
import gc, sys
from importlib.util import find_spec, module_from_spec
gc.disable()
sys.modules["indexer"] = module_from_spec(find_spec("indexer"))
from {sandbox_child.__name__} import main
main()
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one child may use."""

    seconds: float = 60.0  # wall clock, for one file; 20 at least, or a memory bomb reads as a time-out
    longer: float = (
        30.0  # seconds more for each whole MB of the file; a PDF of 500 pages takes 20 s, on a busy machine 45
    )
    memory: int = 1500 << 20  # bytes of address space
    written: int = 16 << 20  # bytes in any one file
    # Read before the child is replaced. With 1,000 words are new more often, and 3,400 abstracts take an eighth more;
    # 240 PDFs or 800 web pages leave no memory behind.
    files: int = 10_000
    reply: int = 512 << 20  # bytes that come back for one file

    def allowed(self, path: Path) -> float:
        """The seconds that reading a file may take."""
        with contextlib.suppress(OSError):
            return self.seconds + self.longer * (path.stat().st_size // 1_000_000)
        return self.seconds


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
        self._limits = limits
        self._allowed = limits.seconds
        self.served = 0
        # Not a fork, so that no lock or thread of ours is inherited in mid-air, and not multiprocessing, which would
        # run the main program of whoever uses this library again in the child.
        self._process = subprocess.Popen(  # noqa: S603 - our own Python, our own module
            [sys.executable, "-P", "-c", _STARTED, json.dumps(_spec(limits, work))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
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
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_JOIN)
        code = self._process.returncode
        if code is not None and code < 0:
            return f"the reader crashed (signal {-code})"
        return f"the reader ended without a word (exit status {code})"

    def end(self) -> None:
        """Let the child end: it does when its requests stop."""
        with contextlib.suppress(OSError):
            self._requests.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_JOIN)
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


def _spec(limits: Limits, work: Work[Any]) -> dict[str, Any]:
    """What a child must know."""
    return {
        "reader": sandbox_child.name_of(work.reader),
        "encode": sandbox_child.name_of(work.encode),
        "memory": limits.memory,
        "written": limits.written,
    }


def _gigabytes(number: int) -> str:
    """A number of bytes for a sentence."""
    return f"{number / (1 << 20) / 1000:.1f} GB"
