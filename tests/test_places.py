import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.places import reading, stands, wants_typed
from indexer.query import parse
from indexer.records import AllOf, AnyOf, Key, Lesser, Near, Phrase, Within, Word

PLACES = reading("red apples grow on red trees").places


def test_terms_have_the_positions_of_their_words():
    assert PLACES["red"] == (0, 4)
    assert PLACES["appl"] == (1,)


@pytest.mark.parametrize(
    ("clause", "positions"),
    [
        (Word("red"), (0, 4)),
        (Word("pear"), ()),
        (Phrase(("red", "tree")), (4,)),
        (Phrase(("tree", "red")), ()),
        (AnyOf((Word("tree"), Word("appl"))), (1, 5)),
        (AllOf((Word("tree"), Word("appl"))), (1, 5)),
        (Lesser(Word("appl"), 0.2), (1,)),
        (Within("text", Word("appl")), (1,)),
        (Within("title", Word("appl")), ()),
        (Near(("tree", "red"), 0), (4,)),
        (Near(("appl", "tree"), 1), ()),
        (Key("kind=prose"), ()),
    ],
)
def test_where_a_clause_stands(clause, positions):
    assert stands(clause, PLACES) == positions


def test_words_as_typed_are_read_only_when_a_clause_asks_for_one():
    (exact,), (plain,) = parse("=US").clauses, parse("apples").clauses
    assert wants_typed([exact])
    assert not wants_typed([plain])
    assert stands(exact, reading("the US and us", as_typed=True).places) == (1,)
    assert stands(exact, reading("the US and us").places) == ()


def test_stop_words_take_no_step():
    steps = reading("metastasis of the spine").steps
    assert steps[3] - steps[0] == 1


def test_units_begin_at_their_first_words():
    held = reading("The cord swells. It hurts much.\n\nSurgery helps.")
    assert held.bounds == (0, 3, 6)


def test_the_parts_of_a_compound_have_each_their_step():
    held = reading("non-neurogenic pain")
    assert held.places["neurogen"] == (1,)
    assert held.places["nonneurogen"] == (0,)
    assert len(held.steps) == 4


@given(st.text(max_size=120))
def test_positions_stay_inside_the_text(text):
    held = reading(text)
    assert all(at < len(held.steps) - 1 for row in held.places.values() for at in row) or not held.places
    assert list(held.steps) == sorted(held.steps)
    assert len(held.bounds) == len(held.units)
