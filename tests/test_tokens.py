"""`test_terms.py` holds the terms of tokens against those of the words in them."""

from __future__ import annotations

import pytest

from indexer.tokens import BEGINS, COUNT, FIRST, LENGTH, NUMBER, SHIFT, SIZE, Tokens


def terms(tokens: Tokens, token: str) -> list[str]:
    """The terms of a token."""
    at = tokens[token]
    first, count = (int(tokens.column(column)[at]) for column in (FIRST, COUNT))
    return [tokens.vocabulary.texts[number] for number in tokens.terms_column(NUMBER)[first : first + count].tolist()]


@pytest.mark.parametrize("token", ["US", "US,", "(US)", "“US”", "-US"])
def test_punctuation_changes_nothing_about_the_terms_of_a_word(token: str) -> None:
    assert terms(Tokens(), token) == ["us", "=us=US"]


def test_a_word_in_punctuation_has_the_terms_of_the_word_itself_shifted() -> None:
    tokens = Tokens()
    bare, quoted = tokens["not"], tokens["(not),"]
    assert tokens.column(FIRST)[bare] == tokens.column(FIRST)[quoted]
    assert [tokens.column(column)[quoted] for column in (SHIFT, BEGINS, LENGTH)] == [1, 1, 6]


@pytest.mark.parametrize(("token", "size"), [("--", 0), ("1x2", 2), ("x-ray/CT", 3), ("a.b", 2), ("1.5", 1)])
def test_a_token_takes_a_position_for_each_part_of_a_word(token: str, size: int) -> None:
    tokens = Tokens()
    at = tokens[token]
    assert tokens.column(SIZE)[at] == size


def test_a_token_is_made_once_and_what_it_is_made_of_with_it() -> None:
    tokens = Tokens()
    assert tokens["spine."] == tokens["spine."] == 1
    assert list(tokens) == ["spine", "spine."]
    assert tokens.held == 11
