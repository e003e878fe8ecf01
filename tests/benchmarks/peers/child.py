"""What runs in a process of an engine: python -m tests.benchmarks.peers.child MODULE COMMAND DATA INDEX.

Each command prints one JSON object on one line. Times are seconds of the process's CPU, and by the clock. Only the
standard library and the engine are imported.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.data import KINDS, Asked, Data
from tests.benchmarks.peers.peer import Peer

SECONDS = 4.0  # that the queries of a kind may take in a round; those that are left are not asked
COMPARED = 200  # queries whose best passages are told by number

Times = list[tuple[float, float]]


def main(module: str, command: str, data: str, index: str) -> None:
    """Do as the command says."""
    peer: Peer = import_module(f"tests.benchmarks.peers.{module}").Peer(Path(index))
    if command == "serve":
        serve(peer, Data(Path(data)))
    else:
        told(COMMANDS[command](peer, Data(Path(data)), Path(index)))


def told(what: dict[str, Any]) -> None:
    """Print it for the process that asks."""
    print(json.dumps(what), flush=True)


def check(peer: Peer, _: Data, __: Path) -> dict[str, Any]:
    """What there is to say about the engine, which is there."""
    return {"analyses": peer.analyses, "note": peer.note}


def index(peer: Peer, data: Data, folder: Path) -> dict[str, Any]:
    """Index the tokens."""
    used, clock = timed(lambda: peer.index(data))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "starts")
    return {"cpu": used, "wall": clock, "bytes": size, "memory": memory()["most"]}


def build(peer: Peer, data: Data, _: Path) -> dict[str, Any]:
    """Index the texts with the engine's own analysis."""
    texts = list(data.texts())
    used, clock = timed(lambda: peer.build(texts))
    return {"cpu": used, "wall": clock, "text": sum(len(text.encode()) for text in texts), "memory": memory()["most"]}


def cold(peer: Peer, data: Data, _: Path) -> dict[str, Any]:
    """Open the index and answer a first query; the engine's modules are loaded already."""
    first = data.asked("words", 0)[0]
    used, clock = timed(lambda: (peer.open(), peer.words(first)))
    return {"cpu": used, "wall": clock}


COMMANDS: dict[str, Callable[[Peer, Data, Path], dict[str, Any]]] = {
    "check": check, "index": index, "build": build, "cold": cold,
}  # fmt: skip


def serve(peer: Peer, data: Data) -> None:
    """Open the index and do as each line says: ask the queries of a round, tell what was found, or the memory held."""
    peer.open()
    told({})
    for line in sys.stdin:
        command, _, turn = line.strip().partition(" ")
        if command == "round":
            told(turn_of(peer, data, int(turn)))
        elif command == "found":
            asked = data.asked("words", 0)[:COMPARED]
            told({"numbers": [[peer.number(found) for found in peer.words(one)] for one in asked]})
        else:
            told(memory())


def turn_of(peer: Peer, data: Data, turn: int) -> dict[str, Any]:
    """The times of the queries of a round, by kind."""
    searches = {"words": peer.words, "phrases": peer.phrase}
    kinds = KINDS if peer.has_phrases else KINDS[:1]
    return {kind: asked_in_turn(searches[kind], data.asked(kind, turn)) for kind in kinds}


def asked_in_turn(search: Callable[[Asked], Any], asked: list[Asked], seconds: float = SECONDS) -> Times:
    """The time of each query, until time is up."""
    gc.collect()
    times: Times = []
    spent = 0.0
    for one in asked:
        times.append(timed(lambda one=one: search(one)))
        spent += times[-1][0]
        if spent > seconds:
            break
    return times


def timed(call: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU, of all threads, and by the clock."""
    clock, used = time.perf_counter(), time.process_time()
    call()
    return time.process_time() - used, time.perf_counter() - clock


def memory() -> dict[str, int]:
    """Bytes resident, mapped files included; those that are the process's own; the most there ever were."""
    rows = (line.partition(":") for line in Path("/proc/self/status").read_text().splitlines())
    held = {name: int(value.split()[0]) * 1024 for name, _, value in rows if name in ("VmRSS", "RssAnon", "VmHWM")}
    return {"resident": held["VmRSS"], "own": held["RssAnon"], "most": held["VmHWM"]}


if __name__ == "__main__":
    main(*sys.argv[1:])
