"""What is known of candidates, at random, as `numeric` asks about it."""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from indexer import numeric
from indexer.coverage import Coverage
from indexer.numeric import Known


def known(random: Random) -> Known:
    """Some candidates of some passages."""
    chosen = np.random.default_rng(random.randrange(2**32))
    candidates, passages, sentences, clauses, spellings, pairs = (
        random.choice(sizes) for sizes in ((1, 2, 40), (1, 9, 140), (1, 9), (0, 1, 9, 20), (0, 1, 9, 20), (0, 3, 9))
    )
    terms = chosen.integers(0, 20, candidates)
    return Known(
        coverage=chosen.random((len(Coverage._fields), candidates)),
        ranks=chosen.integers(0, passages, candidates),
        documents=chosen.integers(0, 5, candidates),
        scores=chosen.random(passages) * 20,
        pairs=chosen.random(passages),
        spelled=chosen.random((candidates, spellings)) < 0.3,
        above=chosen.random((passages, spellings)) < 0.1,
        idle=chosen.random(spellings) < random.choice([0.3, 1.0]),
        follow=chosen.random((candidates, pairs)) < 0.2,
        counts=chosen.choice([0, 0, 1, 3], (sentences, clauses)),
        words=chosen.integers(1, 90, sentences),
        idf=chosen.random(clauses) * 9,
        rows=chosen.integers(0, sentences, candidates),
        terms=terms,
        asked=np.minimum(terms, chosen.integers(0, 20, candidates)),
        top=random.choice([1.0, 20.0]),
        ideal=random.choice([1.0, 30.0]),
        in_lower_case=random.choice([0.0, 0.7]),
    )


def arguments(random: Random) -> tuple[Any, ...]:
    """What the kernel is called with."""
    return numeric._in_order(known(random))


def check(random: Random) -> None:
    """Both kernels say the same."""
    given = known(random)
    assert numeric._in_c(given).tolist() == numeric._numeric(given).tolist()
