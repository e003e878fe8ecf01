import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import fold
from indexer.fold import collapsed, folded
from indexer.native import KERNEL
from tests.passages import ranking_of


def keys(rows, found):
    """Document and ordinal of each passage that stays, and the ordinals of those folded into it."""
    return [(*rows[head][:2], *(rows[at][1] for at in also)) for head, also in found]


def collapsed_keys(*rows):
    return keys(rows, collapsed(ranking_of(rows)))


def test_a_neighbour_whose_best_sentence_is_shared_folds_into_the_better_one():
    assert collapsed_keys(("a", 4, 0, 31, 15), ("a", 5, 15, 46, 15)) == [("a", 4, 5)]
    assert collapsed_keys(("a", 5, 15, 46, 15), ("a", 4, 0, 31, 15)) == [("a", 5, 4)]


def test_a_neighbour_with_something_of_its_own_stays():
    assert collapsed_keys(("a", 5, 15, 46, 15), ("a", 6, 32, 64, 47)) == [("a", 5), ("a", 6)]


def test_a_neighbour_that_holds_no_sentence_of_the_query_is_folded():
    assert collapsed_keys(("a", 5, 15, 46, 15), ("a", 6, 32, 64, -1)) == [("a", 5, 6)]


def test_of_both_neighbours_the_one_before_is_asked_first():
    rows = ("a", 4, 0, 31, 15), ("a", 6, 20, 51, 20), ("a", 5, 15, 46, 25)
    assert collapsed_keys(*rows) == [("a", 4, 5), ("a", 6)]


def test_passages_of_other_documents_or_further_on_stay():
    assert collapsed_keys(("a", 4, 0, 31, 15), ("b", 5, 0, 31, 15), ("a", 7, 0, 31, 15)) == [
        ("a", 4), ("b", 5), ("a", 7),
    ]  # fmt: skip


def test_what_a_passage_tells_can_be_told_otherwise():
    rows = [("a", 4, 0, 31, 15), ("a", 5, 15, 46, 15), ("a", 8, 90, 121, 90)]

    def found(first, last):
        telling = np.full(3, first), np.full(3, last)
        return keys(rows, folded(ranking_of(rows), np.array([1, 2, 0]), telling))

    assert found(15, 40) == found(-1, -1) == [("a", 5, 4), ("a", 8)]
    assert found(15, 46) == found(0, 20) == [("a", 5), ("a", 8), ("a", 4)]


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_no_match_is_lost_by_folding(ordinals, other):
    rows = [("b" if n in other else "a", n, 10 * n, 10 * n + 30, 10 * n + 10) for n in ordinals]
    found = [key for document, *held in keys(rows, collapsed(ranking_of(rows))) for key in held]
    assert sorted(found) == sorted(ordinals)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@given(st.randoms(use_true_random=False))
def test_both_kernels_fold_the_same(random):
    from tests.fuzz.calls import check_beside

    check_beside("heads", random)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@pytest.mark.parametrize(("at", "array"), [(0, [1]), (1, [0, 0]), (1, [-1]), (2, [1]), (4, []), (6, [0, 0])])
def test_what_does_not_fit_together_is_told(at, array):
    given = [np.array(row, np.int64) for row in ([0], [0], [0], [0], [9], [3], [3])]
    given[at] = np.array(array, np.int64)
    with pytest.raises(ValueError, match="do not fit together"):
        fold._heads_in_c(*given)
