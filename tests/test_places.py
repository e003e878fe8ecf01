import pytest

from indexer.analyse import analyse
from indexer.places import stands
from indexer.query import parse
from indexer.records import AllOf, AnyOf, Key, Lesser, Near, Phrase, Within, Word
from indexer.typed import typed_terms


def places(text):
    held = {}
    for found in [*analyse(text), *typed_terms(text)]:
        held[found.text] = (*held.get(found.text, ()), found.position)
    return held


PLACES = places("red apples grow on red trees")


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


def test_words_as_typed_are_terms_of_their_own():
    (exact,) = parse("=US").clauses
    assert stands(exact, places("the US and us")) == (1,)
