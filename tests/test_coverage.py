import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import coverage as covering
from indexer.coverage import Coverage, Ground, coverage
from indexer.native import KERNEL

NAMES = [
    "_coverage",
    pytest.param("_in_c", marks=pytest.mark.skipif(not KERNEL, reason="no compiler was there")),
]
NOT_THERE = [-1] * 5
WORTHS = [4.0, 3.0, 2.0, 1.0]  # of four clauses


def truths(*rows):
    """Rows of truths, "x" where a clause stands."""
    return np.array([[letter == "x" for letter in row] for row in rows], bool)


def ground(**known):
    """One candidate of one passage, alone and with nothing in it but what is said."""
    nothing = truths("....")
    bare = Ground(
        held=truths("....", "...."),
        rows=np.array([0]),
        before=np.array([NOT_THERE]),
        after=np.array([NOT_THERE[:2]]),
        ranks=np.array([0]),
        titled=nothing,
        headed=nothing,
        under=nothing,
        forms=nothing,
        spelled=nothing,
        alike=nothing,
        parts=np.zeros((1, 4)),
        bounds=np.zeros(5, np.int64),
        positions=np.empty(0, np.int64),
        steps=np.empty(0, np.int64),
        lower=truths("xxxx")[0],
        specific=np.array(WORTHS),
        rarity=np.array(WORTHS),
        wholes=np.array([10.0, 10.0]),
    )
    return bare._replace(**known)


def told(name, **known):
    return Coverage(*getattr(covering, name)(ground(**known)).tolist())._asdict()


@pytest.mark.parametrize("name", NAMES)
def test_what_a_sentence_holds_is_worth_what_its_words_are(name):
    found = told(name, held=truths("x.x.", "...."), lower=truths("..xx")[0], rarity=np.array([1.0, 1.0, 1.0, 1.0]))
    assert (found["held"], found["told"], found["around"]) == ([0.6], [0.6], [0.6])
    assert (found["lower"], found["own"]) == ([0.2], [0.2])


@pytest.mark.parametrize("name", NAMES)
def test_what_stands_around_adds_what_the_sentence_lacks_and_ever_less(name):
    around = truths("x...", "xx..", "..x.", "...x", "....")
    found = told(name, held=around, before=np.array([[1, 2, -1, -1, -1]]), after=np.array([[3, -1]]))
    assert (found["held"], found["before"], found["before_all"]) == ([0.4], [0.3], [0.5])
    assert found["told"] == [1.0]
    assert found["around"] == pytest.approx([0.4 + 0.7 * 0.3 + 0.5 * 0.1 + 0.5 * 0.2])


@pytest.mark.parametrize("name", NAMES)
def test_headings_and_title_are_around_and_the_innermost_heading_is_held(name):
    found = told(name, titled=truths("x..."), headed=truths(".x.."), under=truths("..x."))
    assert (found["titled"], found["before_all"], found["held"]) == ([0.7], [0.3], [0.2])
    assert (found["told"], found["own"]) == ([0.7], [0.0])


@pytest.mark.parametrize("name", NAMES)
def test_other_words_count_where_the_word_itself_is_not(name):
    held = truths("x...", "....")
    found = told(name, held=held, forms=truths("xx.."), spelled=truths(".xx."), alike=truths("xxxx"))
    assert (found["forms"], found["spelled"], found["alike"]) == ([0.3], [0.5], [0.1])
    assert (found["held"], found["told"]) == ([0.4], [1.0])


@pytest.mark.parametrize("name", NAMES)
def test_letters_count_of_words_that_stand_in_no_form(name):
    found = told(name, held=truths("x...", "...."), forms=truths(".x.."), parts=np.full((1, 4), 0.5))
    assert found["parts"] == [pytest.approx(0.15)]


@pytest.mark.parametrize("name", NAMES)
def test_words_are_early_and_close_by_their_first_places(name):
    places = {"bounds": np.array([0, 2, 3, 3, 3]), "positions": np.array([0, 1, 600]), "steps": np.array([4, 5, 7])}
    found = told(name, **places)
    assert found["early"] == [0.4]  # the second is too far to count
    assert found["close"] == [0.5]
    assert told(name, bounds=np.array([0, 1, 1, 1, 1]), positions=np.array([6]), steps=np.array([2]))["close"] == [0.0]


@pytest.mark.parametrize("name", NAMES)
def test_of_no_candidate_nothing_is_said(name):
    none = np.empty((0, 4), bool)
    empty = {"rows": np.empty(0, np.int64), "ranks": np.empty(0, np.int64), "bounds": np.zeros(1, np.int64)}
    around = {"before": np.empty((0, 5), np.int64), "after": np.empty((0, 2), np.int64), "parts": np.empty((0, 4))}
    assert set(map(tuple, told(name, **empty, **around, forms=none, spelled=none, alike=none).values())) == {()}


def test_without_clauses_nothing_is_held():
    one, two = (np.zeros((rows, 0), bool) for rows in (1, 2))
    named = dict.fromkeys(("titled", "headed", "under", "forms", "spelled", "alike", "parts"), one)
    worths = dict.fromkeys(("specific", "rarity"), np.empty(0))
    found = coverage(ground(held=two, **named, bounds=np.zeros(1, np.int64), lower=one[0], **worths))
    assert {tuple(row) for row in found} == {(0.0,)}


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@given(st.randoms(use_true_random=False))
def test_both_kernels_say_the_same(random):
    from tests.fuzz.calls import check_beside

    check_beside("coverage", random)


@pytest.mark.skipif(not KERNEL, reason="no compiler was there")
@pytest.mark.parametrize(
    "known",
    [
        {"rows": np.array([2])},
        {"rows": np.array([-1])},
        {"before": np.array([[0, 0, 0, 0, 2]])},
        {"after": np.array([[-2, 0]])},
        {"after": np.array([[0]])},
        {"ranks": np.array([1])},
        {"ranks": np.array([-1])},
        {"headed": truths("....", "....")},
        {"held": truths("...")},
        {"alike": truths("...")},
        {"bounds": np.array([0, 1, 1, 1, 1])},  # of a place that is not there
        {"bounds": np.array([-1, 0, 0, 0, 0])},
        {"bounds": np.array([0, 0, 0, 0])},
        {"steps": np.array([1])},
        {"wholes": np.array([1.0])},
        {"specific": np.empty(0)},
    ],
)
def test_what_does_not_fit_together_is_told(known):
    with pytest.raises(ValueError, match="do not fit together"):
        covering._in_c(ground(**known))
