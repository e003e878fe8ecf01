from hypothesis import given
from hypothesis import strategies as st

from indexer.fold import collapsed, folded
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


def test_what_repeats_another_passage_can_be_told_otherwise():
    rows = [("a", 4, 0, 31, 15), ("a", 5, 15, 46, 15), ("a", 8, 90, 121, 90)]
    assert keys(rows, folded(ranking_of(rows), [1, 2, 0], lambda *_: False)) == [("a", 5), ("a", 8), ("a", 4)]
    assert keys(rows, folded(ranking_of(rows), [1, 2, 0], lambda *_: True)) == [("a", 5, 4), ("a", 8)]


@given(st.permutations(range(12)), st.sets(st.integers(0, 11)))
def test_no_match_is_lost_by_folding(ordinals, other):
    rows = [("b" if n in other else "a", n, 10 * n, 10 * n + 30, 10 * n + 10) for n in ordinals]
    found = [key for document, *held in keys(rows, collapsed(ranking_of(rows))) for key in held]
    assert sorted(found) == sorted(ordinals)
