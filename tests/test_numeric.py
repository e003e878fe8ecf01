import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import numeric as numbers
from indexer.coverage import Coverage
from indexer.native import KERNEL
from indexer.numeric import NAMES, Known, numeric

IN_BOTH = [
    "_numeric",
    pytest.param("_in_c", marks=pytest.mark.skipif(not KERNEL, reason="no compiler was there")),
]


def truths(*rows):
    """Rows of truths, "x" where something stands."""
    return np.array([[letter == "x" for letter in row] for row in rows], bool)


def known(**given):
    """Two candidates of two passages of two documents, of which nothing is known but what is said."""
    bare = Known(
        coverage=np.zeros((len(Coverage._fields), 2)),
        ranks=np.array([0, 1]),
        documents=np.array([0, 1]),
        scores=np.array([8.0, 4.0]),
        pairs=np.zeros(2),
        spelled=truths("..", ".."),
        above=truths("..", ".."),
        idle=truths("..")[0],
        follow=truths(".", "."),
        counts=np.zeros((2, 2), np.int64),
        words=np.array([9, 9]),
        idf=np.array([1.0, 2.0]),
        rows=np.array([0, 1]),
        terms=np.array([8, 8]),
        asked=np.array([0, 0]),
        top=8.0,
        ideal=5.0,
        in_lower_case=1.0,
    )
    return bare._replace(**given)


def told(name, **given):
    return dict(zip(NAMES, getattr(numbers, name)(known(**given)).tolist(), strict=True))


def covered(**rows):
    """Coverage of nothing but what is said."""
    none = Coverage(*[[0.0, 0.0]] * len(Coverage._fields))
    return np.array(none._replace(**rows))


@pytest.mark.parametrize("name", IN_BOTH)
def test_a_passage_is_as_good_as_its_score_and_pairs(name):
    found = told(name, pairs=np.array([1.0, 0.0]))
    assert (found["passage / best"], found["passage pairs"]) == ([1.0, 0.5], [0.2, 0.0])
    assert found["passage z"] == pytest.approx([1, -1])


@pytest.mark.parametrize("name", IN_BOTH)
def test_coverage_is_told_as_it_is_and_beside_the_best(name):
    coverage = covered(held=[0.5, 0.2], around=[0.4, 0.8], own=[0.5, 1.0], close=[1.0, 0.5], early=[2.0, 0.0])
    found = told(name, coverage=coverage)
    assert (found["covered specific"], found["around / best"]) == ([0.5, 0.2], [0.5, 1.0])
    assert (found["tight"], found["early"]) == ([0.5, 0.5], [1.0, 0.0])
    assert told(name, in_lower_case=0.0)["covered lower case"] == [0.5, 0.5]


@pytest.mark.parametrize("name", IN_BOTH)
def test_a_word_that_one_candidate_holds_is_worth_more_than_one_that_both_do(name):
    found = told(name, spelled=truths("xx", ".x"))
    assert found["words"][0] == 1 > 0.5 > found["words"][1] > 0
    assert found["words / best"] == found["words"]
    assert told(name, spelled=truths("x.", ".."), above=truths(".x", ".x")) == found


@pytest.mark.parametrize("name", IN_BOTH)
def test_a_stop_word_is_worth_half_of_the_rarest_other_at_most(name):
    one, other = (told(name, spelled=truths("x.", ".x"), idle=truths(idle)[0])["words"] for idle in ("..", ".x"))
    assert one == [0.5, 0.5]
    assert other == pytest.approx([2 / 3, 1 / 3])


@pytest.mark.parametrize("name", IN_BOTH)
def test_pairs_of_words_are_told(name):
    assert told(name, follow=truths("x", "."))["word pairs"] == [1.0, 0.0]


@pytest.mark.parametrize("name", IN_BOTH)
def test_a_sentence_is_as_good_as_the_best_of_its_document(name):
    counts = np.array([[1, 0], [1, 1]])
    first, second = told(name, counts=counts)["best of document"]
    assert 0 < first < second
    assert told(name, counts=counts, documents=np.array([1, 1]))["best of document"] == [second, second]


@pytest.mark.parametrize("name", IN_BOTH)
def test_a_sentence_that_holds_the_question_and_little_else_tells_nothing(name):
    own = covered(own=[0.8, 0.8])
    found = told(name, coverage=own, asked=np.array([3, 2]))
    assert found["new share"] == [5 / 8, 6 / 8]
    assert found["covered, few new"] == [1.0, 0.0]


def test_of_no_candidate_nothing_is_said():
    none, rows = np.empty(0, np.int64), np.empty((0, 2), bool)
    numbered = dict.fromkeys(("ranks", "documents", "rows", "terms", "asked"), none)
    empty = {"coverage": np.empty((14, 0)), "scores": np.empty(0), "pairs": np.empty(0), "spelled": rows, "above": rows}
    assert numeric(known(**numbered, **empty, follow=rows)).shape == (len(NAMES), 0)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@given(st.randoms(use_true_random=False))
def test_both_kernels_say_the_same(random):
    from tests.fuzz.calls import check_beside

    check_beside("features", random)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
def test_a_truth_of_another_number_than_1_is_a_truth():
    follow = truths("x.", "..")
    found = numbers._in_c(known(follow=np.where(follow, 255, 0).astype(np.uint8)))
    assert found.tolist() == numbers._in_c(known(follow=follow)).tolist()


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@pytest.mark.parametrize(
    "given",
    [
        {"coverage": np.zeros((13, 2))},
        {"ranks": np.array([0, 2])},
        {"ranks": np.array([0])},
        {"documents": np.array([0])},
        {"pairs": np.zeros(3)},
        {"spelled": truths("..")},
        {"above": truths("...", "...")},
        {"follow": truths("...")},
        {"counts": np.zeros((2, 3), np.int64)},
        {"words": np.array([9])},
        {"rows": np.array([0, -1])},
        {"terms": np.array([8])},
        {"asked": np.array([0, 0, 0])},
    ],
)
def test_what_does_not_fit_together_is_told(given):
    with pytest.raises(ValueError, match="do not fit together"):
        numbers._in_c(known(**given))
