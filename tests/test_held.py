from itertools import pairwise
from operator import itemgetter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import held
from indexer.native import WORDS

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), max_size=20)
WANTED = st.lists(st.integers(0, 12), unique=True)


@given(rows=ROWS, wanted=WANTED)
def test_what_is_held_is_what_the_texts_have(rows, wanted):
    texts, numbers = np.array(rows, np.int64).reshape(-1, 2).T.copy()
    expected = [[number > 0 and (text, number) in rows for number in wanted] for text in range(4)]
    found = held.held(texts, numbers, np.array(wanted, np.int64), 4)
    assert found.shape == (4, len(wanted))
    assert found.tolist() == expected


@given(rows=ROWS)
def test_pairs_follow_each_other_in_one_text_whatever_stands_for_none_between_them(rows):
    texts, numbers = np.array(sorted(rows, key=itemgetter(0)), np.int64).reshape(-1, 2).T.copy()
    pairs = [(one, other) for one in range(1, 5) for other in range(1, 5)]
    wanted = np.array([(one << held.PAIRED) + other for one, other in pairs])
    words = [
        [number for text, number in zip(texts, numbers, strict=True) if text == one and number] for one in range(4)
    ]
    expected = [[pair in pairwise(of_text) for pair in pairs] for of_text in words]
    assert held.follow(texts, numbers, wanted, 4).tolist() == expected


@given(rows=ROWS, wanted=WANTED)
def test_numbers_of_a_text_are_counted_once(rows, wanted):
    texts, numbers = np.array(rows, np.int64).reshape(-1, 2).T.copy()
    counted, known = held.counts(texts, numbers, np.array(wanted, np.int64), 4)
    each = [{number for text, number in rows if text == one and number} for one in range(4)]
    assert counted.tolist() == list(map(len, each))
    assert known.tolist() == [len(of_text.intersection(wanted)) for of_text in each]


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(rows=ROWS, wanted=WANTED)
def test_what_is_told_in_c_is_what_numpy_finds(rows, wanted):
    texts, numbers = np.array(rows, np.int64).reshape(-1, 2).T.copy()
    wanted = np.array([*wanted, *((one << held.PAIRED) + one + 1 for one in wanted)], np.int64)
    given = texts, numbers, wanted, 4
    assert held._held_in_c(*given).tolist() == held._held(*given).tolist()
    assert held._follow_in_c(*given).tolist() == held._follow(*given).tolist()
    assert [row.tolist() for row in held._counts_in_c(*given)] == [row.tolist() for row in held._counts(*given)]
