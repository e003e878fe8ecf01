import pytest

from indexer.cost import affordable, cost, costs_of
from indexer.query import parse
from indexer.records import AllOf, AnyOf, Key, Lesser, Near, Not, Phrase, Within, Word
from tests.notation import noted
from tests.vocabulary import Words

WORDS = Words("cord tumor spine", "cord tumor", "cord")
HELD = {"cord": 3, "tumor": 2, "spine": 1}


@pytest.mark.parametrize(
    ("clause", "postings"),
    [
        (Word("cord"), 3),
        (Phrase(("cord", "spine")), 5),
        (Near(("cord", "tumor"), 5), 100),
        (Phrase(()), 0),
        (AnyOf((Word("cord"), Word("tumor"))), 5),
        (AllOf((Word("cord"), Within("title", Word("spine")))), 4),
        (Lesser(Word("tumor"), 0.5), 2),
        (Key("year=2019"), 0),
        (Not(Word("cord")), 0),
    ],
)
def test_about_how_many_postings_a_clause_reads(clause, postings):
    assert cost(clause, HELD) == postings


def test_no_more_passages_match_than_words_cost():
    query = parse("cord tumor spine")
    assert list(costs_of(query, WORDS).items()) == list(zip(query.clauses, (3, 2, 1), strict=True))


def test_a_query_that_can_be_afforded_stays_as_it_is():
    query = parse("cord tumor spine")
    assert affordable(query, WORDS, most=6) is query


@pytest.mark.parametrize(("most", "reading"), [(5, "tumor spine"), (2, "spine"), (0, "spine")])
def test_the_commonest_words_are_left_out_first(most, reading):
    assert noted(affordable(parse("cord tumor spine"), WORDS, most)) == reading


def test_the_receipt_says_what_was_left_out():
    query = affordable(parse("cord tumor spine"), WORDS, most=2)
    assert query.warnings == ("too common to be searched beside so many others: cord, tumor",)
    assert query.words == ("spine",)


def test_what_is_required_stays():
    assert noted(affordable(parse("+cord tumor spine"), WORDS, most=3)) == "tumor spine / cord"
