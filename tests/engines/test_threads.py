"""Many threads that search one reader find what one thread finds, whatever is remembered for whom."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest

from indexer.engines import kernel, kernel_memory, remembered, term_lists
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.records import Phrase, Word
from tests.engines.entries import entry
from tests.engines.test_kernel_kept import keeping
from tests.libraries import folder_in_memory

NAMES = ["numpy", pytest.param("c", marks=pytest.mark.skipif(kernel.NAME != "c", reason="the C kernel is not built"))]
THREADS, ROUNDS = 6, 15
WORDS = [f"w{number}" for number in range(40)]
ASKED: list[list[Any]] = [
    *([Word(word), Word(other)] for word, other in zip(WORDS, WORDS[7:] + WORDS[:7], strict=True)),
    *([Phrase((word, other))] for word, other in pairwise(WORDS)),
]


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    """Threads take turns a thousand times as often, and what is remembered is soon forgotten."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(5e-6)
    kept = [(term_lists, "_REMEMBERED", 3), (remembered, "_MOST", 1_500), (kernel_memory, "_KEPT", 40)]
    with contextlib.ExitStack() as held, keeping(1_000):
        for module, name, most in kept:
            held.enter_context(patch.object(module, name, most))
        yield
    sys.setswitchinterval(interval)


@pytest.mark.parametrize("name", NAMES)
def test_threads_that_share_a_reader_while_another_commits(name: str) -> None:
    with folder_in_memory() as folder, patch.object(kernel, "NAME", name):
        engine = WhooshEngine.create(folder)
        for at in range(3):
            engine.write([entry(f"d{at}{of}", " ".join(WORDS[of:]), " ".join(WORDS[of::2])) for of in range(8)], ())
        reader = engine.reader()
        expected = [reader.search(clauses, [], 99) for clauses in ASKED]
        shared = WhooshEngine.open(folder).reader()
        wrong: list[object] = []
        threads = [threading.Thread(target=_search, args=(shared, expected, at, wrong)) for at in range(THREADS)]
        for thread in threads:
            thread.start()
        for number in range(20):
            engine.write([entry(f"d{number % 3}0", "w1 w2 another text")], [])
            engine.reader().search([Word("w1"), Word("w2")], [], 9)
        for thread in threads:
            thread.join()
        assert wrong == []


def _search(reader: Any, expected: list[Any], first: int, wrong: list[object]) -> None:
    """Search for everything over and over, each thread from another place on."""
    try:
        for number in range(first, first + ROUNDS * len(ASKED)):
            at = number * (first + 1) % len(ASKED)
            if reader.search(ASKED[at], [], 99) != expected[at]:
                wrong.append(ASKED[at])
    except Exception as error:  # noqa: BLE001 - whatever a thread raises, the test tells
        wrong.append(error)
