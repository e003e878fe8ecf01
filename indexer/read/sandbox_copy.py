"""A copy of this process to read files in: it serves after 10 ms, where a fresh Python imports for .45 s first.

It has nothing open but its two pipes, so a lock on a file ends with this process, and it ends by itself when they do.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

Serve = Callable[[int, int], None]  # descriptors to read requests from, and to write replies to


def is_safe() -> bool:
    """True where no thread may hold a lock that the copy waits for: elsewhere than on Linux those of the system may."""
    return sys.platform == "linux" and threading.active_count() == 1


def mapped() -> int:
    """The bytes of address space that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")


class Copy:
    """A copy that serves until its requests stop; what a sandbox uses of `subprocess.Popen`. OSError: there is none."""

    def __init__(self, serve: Serve) -> None:
        requests, asking = os.pipe()
        hearing, replies = os.pipe()
        self.stdin, self.stdout = os.fdopen(asking, "wb"), os.fdopen(hearing, "rb", 0)
        self._code: int | None = None
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # else the copy could leave by Ctrl-C here
        try:
            self._process = os.fork()
            if not self._process:
                _copied(serve, requests, replies)
        except OSError:
            self.stdin.close()
            self.stdout.close()
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            os.close(requests)
            os.close(replies)

    def kill(self) -> None:
        """End it at once."""
        if self._code is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

    def wait(self) -> int:
        """How it ended: its exit status, or the signal below zero; 0 where the program ignores how its children end."""
        if self._code is None:
            try:
                self._code = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
            except ChildProcessError:
                self._code = 0
        return self._code


def _copied(serve: Serve, requests: int, replies: int) -> NoReturn:
    """What the copy does. It never returns: what is above it on the stack is its parent's to end."""
    try:
        _let_go_of_signals()
        _let_go_of_all_but(requests, replies)
        serve(requests, replies)
        os._exit(0)
    finally:
        os._exit(1)


def _let_go_of_signals() -> None:
    """Of a signal that the parent's program handles, as by removing its files, the copy dies."""
    for number in signal.valid_signals():
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.SIG_DFL)


def _let_go_of_all_but(requests: int, replies: int) -> None:
    """Lead every other descriptor nowhere. Its number stays taken: an object of the parent may close it in the end."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
        if descriptor not in {requests, replies, nowhere}:
            os.dup2(nowhere, descriptor)
