"""`test_terms.py` holds the terms of tokens against those of the words in them."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import tokens
from indexer.native import WORDS
from indexer.tokens import BEGINS, COUNT, END, FIRST, FIRST_WORD, LENGTH, NUMBER, PART, ROW, SHIFT, SIZE, START, Tokens

PIECES = "spine Bacilli US analyses only no the s IPv6 1 802 x - _ / . -- , ' é \ud800".split(" ")


def terms(made: Tokens, token: str) -> list[str]:
    """The terms of a token."""
    at = made[token]
    first, count = (int(made.column(column)[at]) for column in (FIRST, COUNT))
    return [made.vocabulary.texts[number] for number in made.terms_column(NUMBER)[first : first + count].tolist()]


@pytest.mark.parametrize("token", ["US", "US,", "(US)", "“US”", "-US"])
def test_punctuation_changes_nothing_about_the_terms_of_a_word(token: str) -> None:
    assert terms(Tokens(), token) == ["us", "=us=US"]


def test_a_word_in_punctuation_has_the_terms_of_the_word_itself_shifted() -> None:
    made = Tokens()
    bare, quoted = made["not"], made["(not),"]
    assert made.column(FIRST)[bare] == made.column(FIRST)[quoted]
    assert [made.column(column)[quoted] for column in (SHIFT, BEGINS, LENGTH)] == [1, 1, 6]


@pytest.mark.parametrize(("token", "size"), [("--", 0), ("1x2", 2), ("x-ray/CT", 3), ("a.b", 2), ("1.5", 1)])
def test_a_token_takes_a_position_for_each_part_of_a_word(token: str, size: int) -> None:
    made = Tokens()
    at = made[token]
    assert made.column(SIZE)[at] == size


def test_a_token_is_made_once_and_what_it_is_made_of_with_it() -> None:
    made = Tokens()
    assert made["spine,"] == made["spine,"] == 1
    assert list(made) == ["spine", "spine,"]
    assert made.held == 11


def table(made: Tokens, token: str) -> list[object]:
    """What the tables have of a token, terms as they are spelled."""
    at = made[token]
    row = [int(made.column(column)[at]) for column in range(ROW)]
    first, words = row[FIRST], row[FIRST_WORD]
    placed = [made.terms_column(column)[first : first + row[COUNT]].tolist() for column in (PART, START, END)]
    held = list(made._words[words : words + row[SIZE]])
    return [
        terms(made, token),
        placed,
        held,
        [row[column] for column in range(ROW) if column not in (FIRST, FIRST_WORD)],
    ]


def test_a_token_beyond_ascii_grows_no_second_copy() -> None:
    token = "mémoire" * 5
    size = sys.getsizeof(token)
    assert Tokens()[token] == 0
    assert sys.getsizeof(token) == size


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=20).map("".join), min_size=1))
def test_tokens_are_the_same_in_c_and_in_python(found: list[str]) -> None:
    in_c = Tokens()
    told = [table(in_c, token) for token in found]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "WORDS", None)
        in_python = Tokens()
        assert [table(in_python, token) for token in found] == told
