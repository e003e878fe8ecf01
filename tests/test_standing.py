from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import standing as module
from indexer.native import KERNEL
from indexer.places import stands
from indexer.records import AllOf, AnyOf, Key, Lesser, Near, Phrase, Within, Word
from indexer.standing import each, holding, passage_of, position_of, standing
from tests.passages import places_of

IN_C = pytest.mark.skipif(not KERNEL, reason="no compiler was there")
WORDS = st.sampled_from(["apples", "pears", "plums", "figs"])
STEMS = st.sampled_from(["appl", "pear", "plum", "fig"])
TEXTS = st.lists(st.lists(WORDS, max_size=9).map(" ".join), min_size=1, max_size=4)
ROWS = st.lists(STEMS, min_size=1, max_size=3).map(tuple)
LEAVES = STEMS.map(Word) | ROWS.map(Phrase) | st.builds(Near, ROWS, st.integers(0, 3)) | st.just(Key("kind=prose"))
CLAUSES = st.recursive(
    LEAVES | st.builds(Within, st.sampled_from(["text", "title"]), LEAVES),
    lambda parts: (
        st.lists(parts, max_size=3).map(lambda held: AnyOf(tuple(held)))
        | st.lists(parts, max_size=3).map(lambda held: AllOf(tuple(held)))
        | st.builds(Lesser, parts, st.just(0.5))
    ),
    max_leaves=4,
)


@given(TEXTS, CLAUSES)
def test_a_clause_stands_in_many_passages_where_it_stands_in_each(texts, clause):
    found = standing(clause, places_of(texts))
    assert found.tolist() == sorted(set(found.tolist()))
    for at, text in enumerate(texts):
        places = {term: tuple(held.tolist()) for term, held in places_of([text]).items()}
        assert position_of(found[passage_of(found) == at]).tolist() == sorted(set(stands(clause, places)))


def test_of_a_term_that_stands_nowhere_there_is_nothing():
    assert len(standing(Word("x"), {})) == len(standing(Phrase(("x", "y")), {"x": np.array([1])})) == 0


@pytest.mark.parametrize("kernel", [None, pytest.param(KERNEL, marks=IN_C)])
@given(TEXTS)
def test_of_each_passage_the_positions_of_its_own_terms_are_told(kernel, texts):
    with patch.object(module, "KERNEL", kernel):
        found = each(places_of(texts), np.arange(len(texts))[::-1])
    assert found[::-1] == [{term: row.tolist() for term, row in places_of([text]).items()} for text in texts]


@IN_C
@pytest.mark.parametrize(("terms", "passages"), [(("a", "b"), [0]), ((), [0]), (("a",), [-1]), (("a",), [1 << 40])])
def test_terms_and_passages_that_are_not_there_are_told(terms, passages):
    with pytest.raises(ValueError, match="there"):
        KERNEL.each(terms, (np.zeros(1, np.int64),), np.array(passages))


@given(TEXTS, st.lists(CLAUSES, max_size=3))
def test_a_clause_is_held_by_the_passages_in_which_it_stands(texts, clauses):
    places = places_of(texts)
    where = [set(passage_of(standing(clause, places)).tolist()) for clause in clauses]
    assert holding(clauses, places, len(texts)).tolist() == [[at in held for held in where] for at in range(len(texts))]


@IN_C
@given(TEXTS, st.lists(CLAUSES, max_size=3))
def test_both_kernels_say_the_same(texts, clauses):
    given_to = clauses, places_of(texts), len(texts)
    assert module._holding_in_c(*given_to).tolist() == module._holding(*given_to).tolist()
