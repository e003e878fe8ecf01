"""Terms for engines, against the terms with places that marks are made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import terms
from indexer.analyse import analyse
from indexer.negation import MARK, flags_by_position
from indexer.terms import name_terms, text_terms
from indexer.typed import typed_terms

TEXTS = st.text(st.sampled_from("aB xX12.,-–_/×'’é\u0301İßαΣ=\n٣²ﷺ"), max_size=40)


def pairs(terms):
    return sorted(zip(terms.texts, terms.positions, strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("the US", [("the", 0), ("us", 1), ("=us=US", 1)]),
        ("TTF-1 was", [("ttf", 0), ("ttf1", 0), ("1", 1), ("=ttf-1=TTF-1", 0), ("=ttf=TTF", 0), ("was", 2)]),
    ],
)
def test_terms_come_word_by_word(text, expected):
    terms = name_terms(text)
    assert list(zip(terms.texts, terms.positions, strict=True)) == expected


def test_a_word_under_a_cue_has_its_flag_behind_all_others():
    terms = text_terms("No pain or fever; cough.")
    assert list(zip(terms.texts, terms.positions, strict=True))[-3:] == [
        ("!negated", 1),
        ("!negated", 2),
        ("!negated", 3),
    ]


@given(TEXTS)
def test_names_have_the_terms_of_their_words_and_of_these_as_typed(text):
    assert pairs(name_terms(text)) == sorted(
        (found.text, found.position) for found in analyse(text) + typed_terms(text)
    )


@given(st.lists(TEXTS | st.sampled_from(["no", "history of", "was ruled out", "possible"])).map(" ".join))
def test_texts_have_flags_besides(text):
    flags = [(MARK + flag, position) for position, flag in flags_by_position(text, analyse(text)).items()]
    assert pairs(text_terms(text)) == sorted(pairs(name_terms(text)) + flags)


@given(TEXTS)
def test_a_term_stands_at_one_place_after_another(text):
    seen = {}
    for term, position in zip(*_columns(text_terms(text)), strict=True):
        assert seen.get(term, -1) <= position
        seen[term] = position


def _columns(terms):
    return terms.texts, terms.positions


def test_a_long_compound_is_not_kept():
    long = "-".join(["a1"] * 100)
    assert len(name_terms(long)) == len(analyse(long) + typed_terms(long))
    assert long not in terms._GIVEN
