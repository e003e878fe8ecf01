"""Asks the engines in turn, round by round, so that whatever else the machine does hits all alike."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.peers.data import Data

ROUNDS = 3
BUILT = 100_000  # passages, at most, that are indexed with the engine's own analysis too
COLD = 3  # processes started for the first query
TOP = Path(__file__).parents[3]
_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA", "RAYON")}


class Contestant(NamedTuple):
    """A row of the table."""

    name: str
    module: str  # in this package
    python: str = sys.executable
    environment: dict[str, str] = {}  # noqa: RUF012 it is never written to
    most: int = 10**9  # passages; it is left out of larger runs
    index: str = ""  # name of another row whose index it searches


CONTESTANTS = (
    Contestant("Pincite, in numpy", "pincite", environment={"PINCITE_KERNEL": "numpy"}),
    Contestant("Pincite, in C", "pincite", environment={"PINCITE_KERNEL": "c"}, index="Pincite, in numpy"),
    Contestant("tantivy", "tantivy"),
    Contestant("bm25s, numba", "bm25s", environment={"BM25S_BACKEND": "numba"}),
    Contestant("bm25s, numpy", "bm25s", environment={"BM25S_BACKEND": "numpy"}, index="bm25s, numba"),
    Contestant("Xapian", "xapian", "/usr/bin/python3"),
    Contestant("SQLite FTS5", "fts5"),
    Contestant("stock Whoosh", "whoosh", most=100_000),
    Contestant("Pincite, whole search()", "pincite_search", most=100_000),
)


@dataclass(slots=True)
class Outcome:
    """What came out for a contestant; times in seconds, (CPU, clock)."""

    name: str
    absent: str = ""  # why it did not run
    note: str = ""
    index: dict[str, Any] = field(default_factory=dict)
    build: dict[str, Any] = field(default_factory=dict)
    cold: list[dict[str, float]] = field(default_factory=list)
    rounds: list[dict[str, list[tuple[float, float]]]] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=dict)
    found: list[list[int]] = field(default_factory=list)  # the best passages of some queries, by number


def compared(
    data: Data, folder: Path, contestants: Sequence[Contestant], rounds: int = ROUNDS, *, reuse: bool = False
) -> list[Outcome]:
    """Every contestant's outcome; indexes are made in the folder."""
    outcomes = {one.name: Outcome(one.name) for one in contestants}
    for one in contestants:
        _prepare(one, data, folder, outcomes, reuse=reuse)
    present = [one for one in contestants if not outcomes[one.name].absent]
    for one in present * COLD:
        outcomes[one.name].cold.append(_cold(one, data, folder))
    with ExitStack() as stack:
        servers = {one.name: stack.enter_context(_server(one, data, folder)) for one in present}
        for turn in range(-1, rounds):  # -1 warms up
            for name, server in servers.items():
                _say(f"round {turn + 1} of {rounds}: {name}")
                times = server.ask(f"round {turn}")
                outcomes[name].rounds += [times] if turn >= 0 else []
        for name, server in servers.items():
            outcomes[name].memory = server.ask("memory")
            outcomes[name].found = server.ask("found")["numbers"]
    return list(outcomes.values())


class Server(NamedTuple):
    """A process with an engine that has its index open."""

    process: subprocess.Popen[str]

    def ask(self, line: str) -> dict[str, Any]:
        """What it answers to a line."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


def _prepare(one: Contestant, data: Data, folder: Path, outcomes: dict[str, Outcome], *, reuse: bool) -> None:
    """See whether the engine is there, and index with it."""
    outcome = outcomes[one.name]
    if data.about["passages"] > one.most:
        outcome.absent = f"left out of more than {one.most:,} passages: it takes too long"
    elif one.index and outcomes[one.index].absent:
        outcome.absent = f"it searches the index of {one.index}, which is not there"
    else:
        try:
            _index(one, data, folder, outcome, reuse=reuse)
        except subprocess.CalledProcessError as error:
            outcome.absent = (error.stderr.strip().splitlines() or ["it ended without a word"])[-1]
        except OSError as error:
            outcome.absent = str(error)


def _index(one: Contestant, data: Data, folder: Path, outcome: Outcome, *, reuse: bool) -> None:
    """Index with an engine that is there: texts with its own analysis, and the tokens that all get."""
    about = _run(one, "check", data, folder)
    outcome.note = about["note"]
    if data.about["passages"] <= BUILT and not about["analyses"]:
        outcome.build = _indexed(one, "build", data, folder / "own", reuse=reuse)
        shutil.rmtree(_place(one, folder / "own"), ignore_errors=True)
    if one.index:
        return
    outcome.index = _indexed(one, "index", data, folder, reuse=reuse)
    if about["analyses"]:
        outcome.build = {**outcome.index, "text": data.about["bytes"]}


def _indexed(one: Contestant, command: str, data: Data, folder: Path, *, reuse: bool) -> dict[str, Any]:
    """What indexing takes; with `reuse` an earlier run's index is used again, but never one of Pincite's own."""
    told = folder / one.module / "told"
    if not (reuse and told.exists()) or one.module.startswith("pincite"):
        _say(f"{command}: {one.name}")
        shutil.rmtree(told.parent, ignore_errors=True)
        _place(one, folder).mkdir(parents=True)
        told.write_text(json.dumps(_run(one, command, data, folder)))
    found: dict[str, Any] = json.loads(told.read_text())
    return found


def _cold(one: Contestant, data: Data, folder: Path) -> dict[str, float]:
    began = time.perf_counter()
    found = _run(one, "cold", data, folder)
    return {**found, "process": time.perf_counter() - began}


def _run(one: Contestant, command: str, data: Data, folder: Path) -> dict[str, Any]:
    ran = subprocess.run(
        _command(one, command, data, folder), env=_environment(one), cwd=TOP, capture_output=True, text=True, check=True
    )
    answer: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return answer


@contextmanager
def _server(one: Contestant, data: Data, folder: Path) -> Iterator[Server]:
    command = _command(one, "serve", data, folder)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=_environment(one), cwd=TOP, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        process.stdout.readline()  # it is ready
        yield Server(process)
        assert process.stdin
        process.stdin.close()


def _command(one: Contestant, command: str, data: Data, folder: Path) -> list[str]:
    place = _place(one, folder)
    return [one.python, "-m", "tests.benchmarks.peers.child", one.module, command, str(data.folder), str(place)]


def _place(one: Contestant, folder: Path) -> Path:
    """Where the engine's index lies; what is told of it lies beside."""
    return folder / one.module / "index"


def _environment(one: Contestant) -> dict[str, str]:
    return {**os.environ, **_ONE_THREAD, **one.environment}


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
