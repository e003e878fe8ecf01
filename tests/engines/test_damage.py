"""A segment whose seal is believed though bytes of it have changed, as that of a large file is until `doctor` reads it.

Searches give answers, right or wrong, or say that the library is damaged; they raise nothing else, and do not end the
process. PINCITE_DAMAGE=1000 tries so many segments with each kernel, otherwise there are 25.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

from indexer.engines import array_file, kernel, whoosh_storage
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.errors import LibraryDamagedError
from indexer.records import AnyOf, Key, Lesser, Near, Not, Phrase, Word
from tests.engines.entries import entry
from tests.libraries import folder_in_memory

TRIED = int(os.environ.get("PINCITE_DAMAGE", "25"))
NAMES = ["numpy", pytest.param("c", marks=pytest.mark.skipif(kernel.NAME != "c", reason="the C kernel is not built"))]
WORDS = ["the", "rare", *(f"w{number}" for number in range(40))]
CLAUSES: list[list[Any]] = [
    [Word("the"), Word("rare"), Word("w3")],
    [Phrase(("the", "w1")), Near(("w1", "w2"), 3)],
    [AnyOf((Word("w4"), Lesser(Word("w5"), 0.5, Word("w6")))), Not(Word("w7"))],
    [Key("year=2001"), Word("the")],
]


@pytest.fixture(scope="module")
def segment() -> tuple[str, bytes, bytes]:
    """The name and the bytes of a segment, and the table of contents that names it."""
    chosen = random.Random(1)  # noqa: S311 - which words is no secret
    texts = [" ".join(["the", *chosen.choices(WORDS, k=30), *["w9"] * (at % 300)]) for at in range(60)]
    entries = [entry(f"d{at}", *texts[at : at + 3], title="w1 the", keys=["year=2001"]) for at in range(0, 60, 3)]
    with folder_in_memory() as folder:
        engine = WhooshEngine.create(folder)
        engine.write(entries, ())
        (path,) = folder.glob("*.seg")
        return path.name, path.read_bytes(), next(folder.glob("*.toc")).read_bytes()


def asked(folder: Path) -> list[Callable[[], object]]:
    """Everything that a reader can be asked for."""
    reader = WhooshEngine.open(folder).reader()
    found = reader.search([Word("the")], [], 9).matches
    return [
        *(lambda held=held: reader.search(held, [], 9) for held in CLAUSES),
        *(lambda held=held: reader.search([Word("the")], held, 9) for held in CLAUSES),
        lambda: reader.positions(found, ["the", "w1", "w9"]),
        lambda: list(found),
        lambda: reader.heads(found),
        lambda: reader.tally(found, ["year"]),
        reader.known,
        reader.documents,
        lambda: reader.vocabulary("w", 5),
        lambda: reader.frequencies(["the", "rare"]),
        lambda: (reader.document("d3"), reader.summary("d3")),
    ]


def spoilt(content: bytes, chosen: random.Random) -> bytes:
    """The bytes with a few changed, those of the seal excepted."""
    changed = bytearray(content)
    for _ in range(chosen.choice([1, 4, 30])):
        changed[chosen.randrange(len(content) - 20)] = chosen.choice([0, 1, 0x7F, 0x80, 0xFE, 0xFF])
    return bytes(changed)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_search_ends_in_anything_but_an_answer_or_damage(name: str, segment: tuple[str, bytes, bytes]) -> None:
    answered, damaged = 0, 0
    with (
        patch.object(kernel, "NAME", name),
        patch.object(whoosh_storage, "_CHECKED_AT_ONCE", 0),
        patch.object(array_file, "_CHECKED", -1),
    ):
        for seed in range(TRIED):
            with folder_in_memory() as folder:
                (folder / "_MAIN_1.toc").write_bytes(segment[2])
                (folder / segment[0]).write_bytes(spoilt(segment[1], random.Random(seed)))  # noqa: S311
                try:
                    calls = asked(folder)
                except LibraryDamagedError:
                    damaged += 1
                    continue
                for call in calls:
                    try:
                        call()
                        answered += 1
                    except LibraryDamagedError:
                        damaged += 1
    assert answered
    assert damaged


def test_the_whole_segment_answers(segment: tuple[str, bytes, bytes]) -> None:
    with folder_in_memory() as folder:
        (folder / "_MAIN_1.toc").write_bytes(segment[2])
        (folder / segment[0]).write_bytes(segment[1])
        assert all(call() is not None for call in asked(folder))
        assert np.count_nonzero(np.frombuffer(segment[1], np.uint8)) > 20
