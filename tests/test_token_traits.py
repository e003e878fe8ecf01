import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.native import WORDS
from indexer.token_traits import Tokens


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(
    st.lists(
        st.text("aAbsq19x-_/.'é", max_size=9)
        | st.text("aSu'", max_size=6)
        | st.sampled_from(["May", "May's", "Ma'y", "1999s", "Five", "five's", "gas-", "T12-L2", "qu'il", "0x41"]),
        max_size=5,
    )
)
def test_tokens_are_told_in_c_as_in_python(some):
    ours, theirs = Tokens(), Tokens()
    assert [spelled(ours, row) for row in ours.told(some)] == [spelled(theirs, theirs[token]) for token in some]
    assert ours.held == sum(map(len, some))


def spelled(tokens, row):
    """How many words a token has, and what is told of each of its terms."""
    texts = tokens.vocabulary.texts
    columns, _, (size,) = tokens.terms(np.array([row]))
    return size, [(texts[term], begins, texts[word], *told) for term, begins, word, *told in columns.T.tolist()]
