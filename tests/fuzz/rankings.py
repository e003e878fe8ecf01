"""Passages that are laid out at random, and clauses that stand in them, as `rank` asks about them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np

from indexer import layout, rank, standing
from indexer.arrays import Array
from indexer.layout import Layouts
from indexer.negation import FLAGS
from indexer.rank import Worth
from indexer.records import AllOf, AnyOf, Clause, Lesser, Near, Phrase, Within, Word
from indexer.standing import Places, each, steps_of
from tests.passages import layouts_read

_Asked = tuple[tuple[Clause, ...], Array, Layouts, Places, Worth]


def asked(random: Random) -> _Asked:
    """Clauses, scores, layouts, places and worth.

    At times the counts of words fall, which the clauses may meet or not.
    """
    words = [random.randrange(40) for _ in range(random.choice([0, 1, 5]))]
    firsts = [sorted(random.choices(range(size + 1), k=random.randrange(4))) for size in words]
    bits = np.cumsum([0, *random.choices([0, 1], k=sum(words))]).astype(np.int32)
    if random.random() < 0.3:
        bits[random.randrange(len(bits)) :] = random.choice([0, 5, -1, 2**31 - 1, -(2**31)])
    columns = {
        "units": [len(one) for one in firsts],
        "firsts": [first for one in firsts for first in one],
        "chars": [5 * first for one in firsts for first in one],
        "words": words,
        "bases": np.cumsum([0, *words])[:-1],
        "starts": random.choices([0, 5, 20, 900], k=len(words)),
        "flags": random.choices([0, 0, 1, 2], k=len(words)),
    }
    held = {name: np.array(column, np.int64) for name, column in columns.items()}
    clauses = tuple(_clause(random, 2) for _ in range(random.choice([0, 1, 3, 12])))
    values = [tuple(random.random() for _ in clauses) for _ in range(2)]
    scores = np.array([random.random() for _ in words])
    return clauses, scores, layouts_read([])._replace(bits=bits, **held), _places(random, words), Worth(*values)


def _places(random: Random, words: list[int]) -> dict[str, Array]:
    """Terms, each with its places in passages of so many words; at some it stands twice."""
    places = [(at << 32) + word for at, size in enumerate(words) for word in range(size + 1)]
    chosen = {term: random.choices(places, k=random.choice([0, 3, len(places)]) if places else 0) for term in "abc"}
    return {term: np.array(sorted(held), np.int64) for term, held in chosen.items()}


def _clause(random: Random, depth: int) -> Clause:
    terms = tuple(random.choices("abcd", k=random.randrange(4)))
    leaf = random.choice([Word(random.choice("abcd")), Phrase(terms), Near(terms, random.randrange(4))])
    if not depth or random.random() < 0.4:
        return leaf
    parts = tuple(_clause(random, depth - 1) for _ in range(random.randrange(4)))
    return random.choice(
        [AnyOf(parts), AllOf(parts), Lesser(leaf, 0.5), Within(random.choice(["text", "title"]), leaf)]
    )


def arguments(random: Random) -> tuple[Any, ...]:
    """What the kernel is called with."""
    clauses, scores, laid, places, worth = asked(random)
    steps = steps_of(clauses)
    passages = laid.units, laid.words, laid.bases, laid.starts, laid.flags
    values = np.array(worth.values), np.array(worth.lost), rank._WEIGHTS
    taken = np.frombuffer(steps.taken, np.int64)
    return steps.rows(places), taken, passages, (laid.firsts, laid.chars), laid.bits, scores, values, (8, 1)


def each_of(random: Random) -> tuple[Any, ...]:
    """Terms, their places, and the passages of which is asked where they stand."""
    words = [random.randrange(40) for _ in range(random.choice([0, 1, 5]))]
    places = _places(random, words)
    return tuple(places), tuple(places.values()), np.array(random.sample(range(9), random.randrange(5)), np.int64)


def check_each(random: Random) -> None:
    """Both say the same."""
    terms, rows, passages = each_of(random)
    places = dict(zip(terms, rows, strict=True))
    assert each(places, passages) == standing._each(places, passages)


def flags_of(random: Random) -> tuple[Any, ...]:
    """How many stretches stand under flags in each of some passages, these, and the passages that are asked about."""
    cues = random.choices(range(4), k=random.choice([1, 9]))
    stretches = [(random.randrange(99), random.randrange(99) << 2 | random.randrange(3)) for _ in range(sum(cues))]
    which = random.choices(range(len(cues)), k=random.randrange(5))
    return np.array(cues, np.int64), np.array(stretches, np.int64).reshape(-1, 2), np.array(which, np.int64), FLAGS


def check_flags(random: Random) -> None:
    """Both say the same."""
    cues, stretches, which, _ = flags_of(random)
    laid = layouts_read([])._replace(cues=cues, stretches=stretches)
    found = laid.flags_of(which)
    with patch.object(layout, "KERNEL", None):
        assert found == laid.flags_of(which)


def check(random: Random) -> None:
    """Both kernels say the same to the last bit, or refuse it."""
    given = asked(random)
    assert _said(rank._in_c, given) == _said(rank._told, given)


def _said(told: Callable[..., Any], given: _Asked) -> list[Any] | None:
    """What is told; None when it is refused."""
    try:
        *columns, sentences = told(*given)
    except ValueError:
        return None
    return [(column.shape, column.tolist()) for column in (*columns, *sentences)]


def held(random: Random) -> tuple[Any, ...]:
    """What the kernel is called with to tell which clauses stand in which passages."""
    clauses, scores, _, places, _ = asked(random)
    steps = steps_of(clauses)
    return steps.rows(places), steps.taken, len(scores)


def check_held(random: Random) -> None:
    """Both kernels say the same."""
    clauses, scores, _, places, _ = asked(random)
    found, expected = (tell(clauses, places, len(scores)) for tell in (standing._holding_in_c, standing._holding))
    assert (found.shape, found.tolist()) == (expected.shape, expected.tolist())
