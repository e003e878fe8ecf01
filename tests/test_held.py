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


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(rows=ROWS, wanted=st.lists(st.integers(0, 12)))
def test_what_is_held_in_c_is_what_numpy_finds(rows, wanted):
    texts, numbers = np.array(rows, np.int64).reshape(-1, 2).T.copy()
    given = texts, numbers, np.array(wanted, np.int64), 4
    assert held._in_c(*given).tolist() == held._held(*given).tolist()
