import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.bm25f import FIELDS, HEADING, TEXT, TITLE, WEIGHTS, B, Formula, idf

COUNTS = st.integers(1, 10**6)


@pytest.mark.parametrize(
    ("passages", "holding", "expected"),
    [(3, 1, math.log(1 + 2.5 / 1.5)), (3, 3, math.log(1 + 0.5 / 3.5)), (100, 0, math.log(1 + 100.5 / 0.5))],
)
def test_idf(passages: int, holding: int, expected: float) -> None:
    assert idf(passages, holding) == pytest.approx(expected)


@given(COUNTS, COUNTS)
def test_a_rarer_clause_is_worth_more_and_none_is_worth_nothing(one: int, other: int) -> None:
    held, passages = sorted((one, other))
    assert idf(passages, held - 1) > idf(passages, held) > 0


def test_a_field_of_average_length_counts_as_it_is_and_a_longer_one_less() -> None:
    for field, average in ((TEXT, 100.0), (TITLE, 5.0), (HEADING, 3.0)):
        shorter, middle, longer = Formula().worths(field, np.array([1, average, 4 * average]), average)
        assert middle == pytest.approx(WEIGHTS[field])
        assert shorter > middle > longer > 0


def test_a_field_without_terms_has_no_length_to_compare() -> None:
    assert Formula().worths(HEADING, np.array([0, -1]), 0.0).tolist() == [WEIGHTS[HEADING] / (1 - B[HEADING])] * 2


def test_every_field_has_a_weight_and_the_text_counts_most() -> None:
    assert set(FIELDS) == set(WEIGHTS) == set(B)
    assert max(WEIGHTS, key=lambda field: WEIGHTS[field]) == TEXT
