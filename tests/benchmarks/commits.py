"""How long a commit of one document takes in an index of many passages, and a reader of it; in memory, no disk."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.records import Entry, PassageEntry
from tests.libraries import folder_in_memory, terms

COMMITS = 30
PER_DOCUMENT = 10  # passages
_WORDS = 60  # in a passage


def main(passages: int) -> None:
    """Print the row."""
    commits, readers = measured(passages)
    print(f"{'commits of 1 document':24} {'passages':>9} {'CPU ms, median':>15} {'most':>6} {'reader, median':>15}")
    print(f"{COMMITS:<24} {passages:>9} {median(commits):>15.1f} {max(commits):>6.1f} {median(readers):>15.1f}")


def measured(passages: int, commits: int = COMMITS) -> tuple[list[float], list[float]]:
    """Milliseconds of processor time of each commit that replaces a document, and of opening a reader after it."""
    documents = passages // PER_DOCUMENT
    spent, opened = [], []
    with folder_in_memory() as folder:
        engine = _built(folder, documents)
        for number in range(commits):
            (changed,) = _entries(range(number % documents, number % documents + 1), seed=documents + number)
            spent.append(_milliseconds(lambda changed=changed: engine.write([changed], ())))
            opened.append(_milliseconds(lambda: engine.reader().close()))
    return spent, opened


def _built(folder: Path, documents: int) -> WhooshEngine:
    engine = WhooshEngine.create(folder)
    engine.write(_entries(range(documents), seed=1), ())
    return engine


def _entries(numbers: range, seed: int) -> Iterator[Entry]:
    """Documents of words that are as unequal in their frequencies as those of a language."""
    chosen = random.Random(seed)  # noqa: S311 - which words is no secret
    for number in numbers:
        texts = [
            " ".join(f"w{int(chosen.paretovariate(0.6)) % 60_000}" for _ in range(_WORDS)) for _ in range(PER_DOCUMENT)
        ]
        entries = tuple(PassageEntry(at, text=terms(text)) for at, text in enumerate(texts))
        yield Entry(f"d{number}", str(seed), zlib.compress("\n".join(texts).encode()), entries, b"summary")


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1_000
