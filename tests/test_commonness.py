import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analyse import term
from indexer.commonness import is_plain, plainness, rareness


@pytest.mark.parametrize("word", ["whether", "can", "tell", "during", "the", "happens"])
def test_words_of_any_text_are_worth_less_in_a_small_library(word):
    assert is_plain(term(word))
    assert plainness(term(word), 40) < 0.6


@pytest.mark.parametrize("word", ["tumor", "syringomyelia", "Willis", "1997"])
def test_words_that_name_something_keep_their_worth(word):
    assert not is_plain(term(word))
    assert plainness(term(word), 40) == 1.0


def test_words_are_told_by_the_share_of_texts_that_hold_them():
    assert [is_plain(term(word), 0.03) for word in ("give", "write", "tumor")] == [True, False, False]
    assert is_plain(term("write"), 0.01)


def test_a_large_library_tells_best_itself():
    assert plainness("whether", 40) < plainness("whether", 1000) < plainness("whether", 1_000_000)
    assert plainness("whether", 1_000_000) > 0.99


def test_the_commoner_the_less():
    assert plainness(term("which"), 40) < plainness(term("cause"), 40) < plainness(term("receive"), 40)


@given(st.text(max_size=9), st.integers(0, 10**7))
def test_worth_is_never_raised(word, size):
    assert 0 < plainness(term(word), size) <= 1


def test_terms_are_as_rare_as_the_commonest_of_them():
    assert rareness(["tumor"]) == rareness([]) > rareness([term("receive")]) > rareness(["tumor", term("which")]) > 0
