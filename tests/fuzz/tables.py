"""Passages that are laid out at random, and sentences wanted of them, as `sentence_table` asks for them."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from indexer import sentence_table
from indexer.arrays import Array
from indexer.records import Word
from indexer.sentence_table import Units
from indexer.standing import steps_of
from tests.passages import layouts_read

_Asked = tuple[Units, Array, tuple[Array, Array]]


def asked(random: Random) -> _Asked:
    """Units of passages of two documents that overlap at times, what stands in them, and some wanted sentences."""
    words = [random.randrange(1, 30) for _ in range(random.choice([1, 2, 9]))]
    firsts = [sorted({0, *random.choices(range(size), k=random.randrange(6))}) for size in words]
    flat = [(first, random.randint(1, len(row) - at)) for row in firsts for at, first in enumerate(row)]
    cues = [random.choice([0, 0, min(2, size)]) for size in words]
    stretches = [(at, random.choice([0, 1]) << 2) for count in cues for at in range(count)]
    columns = {
        "starts": random.choices([0, 5, 20, 900], k=len(words)),
        "words": words,
        "units": [len(row) for row in firsts],
        "firsts": [first for first, _ in flat],
        "chars": [5 * first for first, _ in flat],
        "stops": [5 * first + random.randrange(9) for first, _ in flat],
        "takes": [taken for _, taken in flat],
        "bases": [sum(words[:at]) for at in range(len(words))],
        "cues": cues,
    }
    laid = layouts_read([])._replace(
        **{name: np.array(column, np.int64) for name, column in columns.items()},
        bits=np.cumsum([0, *random.choices([0, 1], k=sum(words))]).astype(np.int32),
        stretches=np.array(stretches, np.int64).reshape(-1, 2),
    )
    places = [(at << 32) + word for at, size in enumerate(words) for word in range(size)]
    terms = "abcd"[: random.randrange(5)]
    rows = {term: np.array(sorted(random.sample(places, random.randint(0, len(places)))), np.int64) for term in terms}
    size = random.choice([0, 1, 6])
    wanted = random.choices([0, 1], k=size), random.choices(range(0, 60, 5), k=size)
    documents = np.array(sorted(random.choices([0, 1], k=len(words))), np.int64)
    return (
        Units(laid, [Word(term) for term in terms], rows),
        documents,
        tuple(np.array(row, np.int64) for row in wanted),
    )


def arguments(random: Random) -> tuple[Any, ...]:
    """What the kernel is called with."""
    units, documents, wanted = asked(random)
    laid = units.layouts
    passages = laid.units, laid.words, laid.bases, laid.starts, laid.cues, documents
    of_units = laid.firsts, laid.chars, laid.stops, laid.takes
    steps = steps_of(units.clauses)
    looked_for = steps.rows(units.places), np.frombuffer(steps.taken, np.int64), len(units.clauses)
    return *looked_for, passages, of_units, laid.bits, laid.stretches, wanted, 300


def check(random: Random) -> None:
    """Both kernels say the same."""
    given = asked(random)
    in_c, in_numpy = (flat(said(*given)) for said in (sentence_table._in_c, sentence_table._sentences))
    for one, other in zip(in_c, in_numpy, strict=True):
        assert (one.shape, one.tolist()) == (other.shape, other.tolist())


def flat(said: Any) -> list[Array]:
    """The arrays of records in records."""
    return [array for one in said for array in (flat(one) if isinstance(one, tuple) else [one])]
