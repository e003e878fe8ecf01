import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer import together as counting
from indexer.native import KERNEL
from indexer.together import together
from tests.passages import layouts_of, passage, places_of

NAMES = [
    "_together",
    pytest.param("_in_c", marks=pytest.mark.skipif(not KERNEL, reason="no compiler was there")),
]
TEXTS = ["A cyst of the spine. No cyst of the cord, and none of the spine.", "A cord. It is near a cyst."]


def told(texts, terms):
    places = places_of(texts)
    held = layouts_of([passage(str(at), text) for at, text in enumerate(texts)])
    return together([places.get(term, np.empty(0, np.int64)) for term in terms], held)


def test_clauses_are_counted_in_passages_and_in_their_sentences():
    found = told(TEXTS, ["cyst", "spine"])
    assert found.counts.tolist() == [[2, 2], [1, 0]]
    assert found.inside.tolist() == [[1, 1], [1, 1], [0, 0], [1, 0]]
    assert found.passages.tolist() == [0, 0, 1, 1]
    assert found.lengths.tolist() == [5, 10, 2, 5]


def test_pairs_are_counted_by_words_that_are_no_stop_words_in_the_order_of_the_query():
    found = told(TEXTS, ["cyst", "spine"])
    assert (found.side.tolist(), found.near.tolist()) == ([[1, 0]], [[2, 0]])
    assert told(TEXTS, ["spine", "cyst"]).side.tolist() == [[0, 0]]


def test_what_stands_in_the_next_passage_is_not_near():
    assert told(["a cyst", "spine"], ["cyst", "spine"]).near.tolist() == [[0, 0]]


@pytest.mark.parametrize("terms", [[], ["cyst"]])
def test_without_passages_or_clauses_there_is_nothing_to_count(terms):
    assert told([], terms).counts.shape == (0, len(terms))
    assert told(["cyst"], []).inside.shape == (1, 0)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@settings(deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(["cyst", "of", "spine", "cord."]), max_size=30).map(" ".join), max_size=4),
    st.lists(st.sampled_from(["cyst", "spine", "cord", "of", "tumor"]), max_size=4),
)
def test_both_kernels_count_the_same(texts, terms):
    places = places_of(texts)
    where = [places.get(term, np.empty(0, np.int64)) for term in terms]
    held = layouts_of([passage(str(at), text) for at, text in enumerate(texts)])
    for one, other in zip(counting._in_c(where, held), counting._together(where, held), strict=True):
        assert (one.shape, one.tolist()) == (other.shape, other.tolist())


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@pytest.mark.parametrize(
    ("rows", "units", "words", "bits"),
    [
        ([[1 << 32]], [1], [2], [0, 0, 0]),  # of a passage that is not there
        ([[1, 0]], [1], [2], [0, 0, 0]),  # out of order
        ([[-1]], [1], [2], [0, 0, 0]),
        ([[0]], [2], [2], [0, 0, 0]),  # more units than there are
        ([[0]], [-1], [2], [0, 0, 0]),
        ([[0]], [1], [3], [0, 0, 0]),  # more words than there are bits
        ([[0]], [1], [2, 2], [0, 0, 0]),
        ([[1], [0, 1]], [1], [2], [5, 0, 3]),  # fewer words before the second than before the first
    ],
)
def test_what_does_not_fit_together_is_told(rows, units, words, bits):
    given = [np.array(column, np.int64) for column in (units, [0], words, [0])]
    with pytest.raises(ValueError, match="passage"):
        KERNEL.together(tuple(np.array(row, np.int64) for row in rows), *given, np.array(bits, np.int32), 8)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bits", [[5, 0, 3], [0, 5, 3], [2**31 - 1, 0, 0], [5, -(2**31), 5]])
def test_words_that_are_counted_down_are_told(name, bits):
    given = layouts_of([passage("0", "cord cyst")])._replace(bits=np.array(bits, np.int32))
    with pytest.raises(ValueError, match="a clause stands where no passage is"):
        getattr(counting, name)([np.array([1, 2]), np.array([0, 1])], given)


@pytest.mark.parametrize("name", NAMES)
def test_words_may_be_as_many_as_their_numbers_tell(name):
    given = layouts_of([passage("0", "cord cyst")])._replace(bits=np.array([-(2**31), 0, 2**31 - 1], np.int32))
    found = getattr(counting, name)([np.array([2]), np.array([0, 1])], given)
    assert (found.counts.tolist(), found.near.tolist()) == ([[1, 2]], [[0]])
