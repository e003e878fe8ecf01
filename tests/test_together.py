import numpy as np
import pytest

from indexer.together import together
from tests.passages import layouts_of, passage, places_of

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


@pytest.mark.parametrize("bits", [[5, 0, 3], [0, 5, 3], [2**31 - 1, 0, 0], [5, -(2**31), 5]])
def test_words_that_are_counted_down_are_told(bits):
    given = layouts_of([passage("0", "cord cyst")])._replace(bits=np.array(bits, np.int32))
    with pytest.raises(ValueError, match="a clause stands where no passage is"):
        together([np.array([1, 2]), np.array([0, 1])], given)


def test_words_may_be_as_many_as_their_numbers_tell():
    given = layouts_of([passage("0", "cord cyst")])._replace(bits=np.array([-(2**31), 0, 2**31 - 1], np.int32))
    found = together([np.array([2]), np.array([0, 1])], given)
    assert (found.counts.tolist(), found.near.tolist()) == ([[1, 2]], [[0]])
