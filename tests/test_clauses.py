import pytest

from indexer.clauses import changed, terms
from indexer.records import AllOf, AnyOf, Flagged, Fuzzy, Key, Lesser, Near, Not, Phrase, Prefix, Within, Word


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        (Word("a"), ["a"]),
        (Phrase(("a", "b")), ["a", "b"]),
        (Near(("a", "b"), 3), ["a", "b"]),
        (AnyOf((Word("a"), AllOf((Word("b"), Word("c"))))), ["a", "b", "c"]),
        (Within("title", Word("a")), ["a"]),
        (Lesser(Word("a"), 0.5), ["a"]),
        (Prefix("tum"), ["=tum"]),
        (Fuzzy("tumr"), ["=tumr"]),
        (Key("year=2019"), []),
        (Not(Word("a")), []),
    ],
)
def test_the_terms_that_a_clause_looks_for(clause, found):
    assert terms(clause) == found


@pytest.mark.parametrize(
    ("clause", "made"),
    [
        (Word("a"), Word("z")),
        (Word("b"), Word("b")),
        (AnyOf((Word("a"), Word("b"))), AnyOf((Word("z"), Word("b")))),
        (AllOf((Not(Word("a")),)), AllOf((Not(Word("z")),))),
        (Within("title", Word("a")), Within("title", Word("z"))),
        (Lesser(Word("a"), 0.5), Lesser(Word("z"), 0.5)),
        (Flagged("negated", (Word("a"),)), Flagged("negated", (Word("z"),))),
        (Phrase(("a", "b")), Phrase(("a", "b"))),
    ],
)
def test_a_change_reaches_every_part(clause, made):
    assert changed(clause, lambda part: Word("z") if part == Word("a") else None) == made


def test_what_has_been_changed_is_not_changed_again():
    assert changed(Word("a"), lambda part: AnyOf((part, part)) if isinstance(part, Word) else None) == AnyOf(
        (Word("a"), Word("a"))
    )
