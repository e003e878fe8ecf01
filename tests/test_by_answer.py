from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import by_answer as by_answering
from indexer.by_answer import Told, by_answer
from indexer.model import Judgement, Order, shipped
from indexer.native import KERNEL
from indexer.records import Match
from tests.passages import ranking_of


def judgement(shares):
    """A judgement of sentences by document and place: each the one candidate of a passage of its own."""
    rows = np.arange(len(shares))
    candidates = SimpleNamespace(
        ranks=rows, rows=rows, table=SimpleNamespace(begins=np.array([begin for _, begin in shares], np.int64))
    )
    scene = SimpleNamespace(
        found=[SimpleNamespace(match=Match(document, 0, 1.0)) for document, _ in shares], candidates=candidates
    )
    worths = list(shares.values())
    best = sorted(rows.tolist(), key=lambda at: -worths[at])
    shared = [worths[at] for at in best]
    return Judgement(scene, {}, Order(best, shared, shared), shipped())


def order(shares, *rows):
    """The order of passages of (document, ordinal, start, end), best first; their best sentences are their first."""
    found = by_answer(judgement(shares), ranking_of([(*row, row[2]) for row in rows]))
    return [(*rows[head][:2], *(rows[at][1] for at in also)) for head, also in found]


def test_the_passage_of_the_best_sentence_is_first_though_another_holds_more_together():
    shares = {("a", 0): 0.4, ("b", 0): 0.3, ("b", 10): 0.3}
    assert order(shares, ("b", 0, 0, 20), ("a", 0, 0, 20)) == [("a", 0), ("b", 0)]


def test_of_those_that_hold_the_best_sentence_the_one_that_holds_more_is_first():
    shares = {("a", 10): 0.6, ("a", 20): 0.4}
    assert order(shares, ("a", 0, 0, 20), ("a", 1, 10, 30)) == [("a", 1, 0)]


def test_what_is_told_already_counts_no_more():
    shares = {("a", 0): 0.5, ("a", 10): 0.3, ("a", 20): 0.05, ("b", 0): 0.15}
    rows = [("a", 0, 0, 20), ("a", 1, 10, 30), ("b", 0, 0, 20)]
    assert order(shares, *rows) == [("a", 0), ("b", 0), ("a", 1)]


def test_a_neighbour_with_no_judged_sentence_of_its_own_is_folded():
    shares = {("a", 0): 0.5, ("a", 10): 0.5}
    assert order(shares, ("a", 0, 0, 20), ("a", 1, 10, 30), ("b", 0, 0, 20)) == [("a", 0, 1), ("b", 0)]


def test_passages_without_judged_sentences_come_after_in_the_order_they_had():
    assert order({("c", 0): 1.0}, ("b", 0, 0, 9), ("a", 0, 0, 9), ("c", 0, 0, 9)) == [("c", 0), ("b", 0), ("a", 0)]


def test_nothing_judged_changes_nothing():
    assert order({}, ("b", 0, 0, 9), ("a", 0, 0, 9)) == [("b", 0), ("a", 0)]


@given(
    st.dictionaries(st.tuples(st.sampled_from("ab"), st.integers(0, 9).map(lambda n: n * 10)), st.floats(0.01, 1)),
    st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 8)), unique=True),
)
def test_no_passage_is_lost_or_comes_twice(shares, keys):
    rows = [(document, ordinal, 10 * ordinal, 10 * ordinal + 20) for document, ordinal in keys]
    found = order(shares, *rows)
    assert sorted((document, n) for document, *ordinals in found for n in ordinals) == sorted(keys)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@given(st.randoms(use_true_random=False))
def test_both_kernels_take_the_same_turns(random):
    from tests.fuzz.calls import check_beside

    check_beside("in_turn", random)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@pytest.mark.parametrize(
    ("name", "array"), [("order", [1]), ("order", [-1]), ("ends", [9, 9]), ("of", []), ("worths", [0.5, 0.5])]
)
def test_what_does_not_fit_together_is_told(name, array):
    given = Told(*(np.array(row) for row in ([0], [0], [0], [9], [3], [0], [3])), np.array([0.5]))
    given = given._replace(**{name: np.array(array, given._asdict()[name].dtype)})
    with pytest.raises(ValueError, match="do not fit together"):
        by_answering._in_c(given)
