"""Passages at random that overlap, and sentences judged in them, as `by_answer` and `fold` ask about them."""

from __future__ import annotations

from random import Random

import numpy as np

from indexer import by_answer, fold
from indexer.arrays import Array
from indexer.by_answer import Told


def turns(random: Random) -> Told:
    """Passages of a few documents in some order, and what is judged in them and elsewhere."""
    size, sentences = random.choice([0, 1, 9, 40]), random.choice([0, 1, 9])
    starts = np.array(random.choices(range(0, 60, 5), k=size), np.int64)
    return Told(
        np.array(random.sample(range(size), size), np.int64),
        np.array(random.choices(range(3), k=size), np.int64),
        starts,
        starts + random.choice([0, 10, 30]),
        np.array(random.choices([-1, 0, 25], k=size), np.int64),
        np.array(random.choices([-1, 0, 1, 2], k=sentences), np.int64),
        np.array(random.choices(range(0, 90, 5), k=sentences), np.int64),
        np.array([random.choice([0.0, 0.5, random.random()]) for _ in range(sentences)]),
    )


def folds(random: Random) -> tuple[Array, ...]:
    """Passages in some order, of which some overlap the next."""
    told = turns(random)
    order, size = told.order, len(told.order)
    lefts = np.array([at for at in range(size - 1) if random.random() < 0.7], np.int64)
    places = np.array(random.sample(range(size), size), np.int64)
    firsts = np.array(random.choices([-1, 0, 12, 25, 40], k=size), np.int64)
    return order, places[lefts], places[lefts + 1], told.starts, told.ends, firsts, firsts + random.choice([0, 9])


def check_turns(random: Random) -> None:
    """Both put passages in the same turns."""
    given = turns(random)
    assert by_answer._in_c(given).tolist() == by_answer._in_turn(given).tolist()


def check_heads(random: Random) -> None:
    """Both fold the same passages."""
    given = folds(random)
    assert fold._heads_in_c(*given).tolist() == fold._heads(*given).tolist()
