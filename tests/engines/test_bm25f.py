import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.engines.bm25f import FIELDS, HEADING, K1, TEXT, TITLE, WEIGHTS, B, Collection, idf, saturated

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


@given(st.floats(1e-3, 1e6), st.floats(1e-3, 1e6))
def test_more_of_a_clause_is_worth_more_but_never_more_than_the_limit(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 0 < saturated(less) <= saturated(more) < K1 + 1


def test_a_field_of_average_length_counts_as_it_is() -> None:
    collection = Collection(4, {TEXT: 400, TITLE: 20, HEADING: 0})
    for field, average in ((TEXT, 100), (TITLE, 5)):
        base, slope = collection.pivot(field)
        assert base + slope * average == pytest.approx(1)
        assert base == 1 - B[field]


def test_a_field_without_terms_has_no_length_to_compare() -> None:
    assert Collection(4, {HEADING: 0}).pivot(HEADING) == (1 - B[HEADING], 0.0)


def test_every_field_has_a_weight_and_the_text_counts_most() -> None:
    assert set(FIELDS) == set(WEIGHTS) == set(B)
    assert max(WEIGHTS, key=lambda field: WEIGHTS[field]) == TEXT
