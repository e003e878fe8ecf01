"""How a sandbox's child is started: as a Python of its own, or as a copy of this one."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from indexer.read import sandbox_child
from indexer.read.sandbox_copy import Copy, mapped

Made = TypeVar("Made")  # what a reader makes of a file
FileReader = Callable[[Path, str], Made]


class Work(NamedTuple, Generic[Made]):
    """What a child does with a file."""

    reader: FileReader[Made]
    encode: Callable[[Made | None], bytes]


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
    longer: float = 30.0  # seconds more for each MB of the file; a PDF of 500 pages takes 20 s, on a busy machine 45
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


def fresh(limits: Limits, work: Work[Any]) -> subprocess.Popen[bytes]:
    """A Python of its own that serves: it inherits no lock or thread of ours in mid-air.

    Not by multiprocessing, which would run the main program of whoever uses this library again in the child.
    """
    return subprocess.Popen(  # noqa: S603 - our own Python, our own module
        [sys.executable, "-P", "-c", _STARTED, json.dumps(_spec(limits, work))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def copied(limits: Limits, work: Work[Any]) -> Copy:
    """A copy of this process that serves; OSError when there can be none."""
    return Copy(partial(_served, limits, work))


def _served(limits: Limits, work: Work[Any], requests: int, replies: int) -> None:
    """Serve in a copy of this process, which begins with as much memory as that has."""
    sandbox_child.confine(limits.memory + mapped(), limits.written)
    with open(requests, "rb") as lines:
        sandbox_child.serve(work.reader, work.encode, lines, replies)


def _spec(limits: Limits, work: Work[Any]) -> dict[str, Any]:
    """What a child must know."""
    return {
        "reader": sandbox_child.name_of(work.reader),
        "encode": sandbox_child.name_of(work.encode),
        "memory": limits.memory,
        "written": limits.written,
    }
