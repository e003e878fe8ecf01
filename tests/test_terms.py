"""Terms for engines, against the terms with places that marks are made from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import terms
from indexer.analyse import analyse
from indexer.cut import Cutter
from indexer.native import WORDS
from indexer.negation import MARK
from indexer.terms import name_terms, text_terms
from indexer.tokens import Tokens
from indexer.typed import typed_terms
from tests.passages import flags_by_position

TEXTS = st.text(st.sampled_from("aBl xX12.,-–_/×'’é\u0301İßαΣ=\n\u3000\x85٣²ﷺ\ud800"), max_size=40)
CUED = ["no", "not", "TTF-1", "pain-free", "history of", "possible", "but", ".", ";", "1x2", "was ruled out", "\n\n"]
GLUED = ["_-free", "x/-free", "no_", "2not", "not2", "-", "_", "/", "free", "İno", "pre", " ", "\n", "r/o", "'s"]
CUES = st.lists(st.sampled_from(CUED)).map(" ".join) | st.lists(st.sampled_from(CUED + GLUED)).map("".join)


def columns(terms):
    return list(zip(terms.texts, terms.positions.tolist(), strict=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("the US", [("the", 0), ("us", 1), ("=us=US", 1)]),
        ("TTF-1 was", [("ttf1", 0), ("=ttf-1=TTF-1", 0), ("ttf", 0), ("=ttf=TTF", 0), ("1", 1), ("was", 2)]),
    ],
)
def test_terms_come_word_by_word(text, expected):
    assert columns(*name_terms([text])) == expected


def test_a_word_under_a_cue_has_its_flag_behind_all_others():
    (terms,) = text_terms(["No pain or fever; cough."])
    assert columns(terms)[-3:] == [("!negated", 1), ("!negated", 2), ("!negated", 3)]


def test_no_text_has_no_terms():
    assert text_terms([]) == name_terms([]) == []


@given(st.lists(TEXTS))
def test_names_have_the_terms_of_their_words_and_of_these_as_typed(names):
    for name, found in zip(names, name_terms(names), strict=True):
        expected = analyse(name) + typed_terms(name)
        assert sorted(columns(found)) == sorted((term.text, term.position) for term in expected)


@given(st.lists(TEXTS | CUES))
def test_texts_have_flags_besides(texts):
    for text, name, found in zip(texts, name_terms(texts), text_terms(texts), strict=True):
        flags = sorted((position, MARK + flag) for position, flag in flags_by_position(text).items())
        assert columns(found) == columns(name) + [(flag, position) for position, flag in flags]


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(st.lists(TEXTS | CUES))
def test_terms_are_placed_alike_in_c_and_in_numpy(texts):
    found = text_terms(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "WORDS", None)
        assert text_terms(texts) == found
        names = name_terms(texts)
    assert name_terms(texts) == names


@given(st.lists(TEXTS | CUES, min_size=1), st.integers(1, 50), st.integers(0, 50))
def test_texts_have_the_same_terms_however_many_are_looked_at_together(texts, together, held):
    found = text_terms(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(terms, "_BATCH", together)
        patch.setattr(terms, "_cutter", Cutter(Tokens, held))
        assert text_terms(texts) == found


@given(TEXTS)
def test_a_term_stands_at_one_place_after_another(text):
    seen = {}
    for term, position in columns(*text_terms([text])):
        assert seen.get(term, -1) <= position
        seen[term] = position


def test_tokens_are_forgotten_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(terms, "_cutter", Cutter(Tokens, 1_000))
    for at in range(50):
        text_terms([f"{'x' * 100}{at}"])
    assert terms._cutter.tokens.held <= 1_200
    assert len(terms._cutter.tokens) <= 12
