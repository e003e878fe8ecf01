"""The word list that is shipped."""

import pytest

from indexer.clean.words import backwards, ends_one, is_common, is_name, is_word, listed, word_set


def test_the_list_is_whole() -> None:
    assert len(listed()) == 74_744
    assert {"tumor", "approximately", "Winkelman's"} & listed() == {"tumor", "approximately"}


def test_the_list_is_in_order_from_the_last_letter_on() -> None:
    assert backwards() == sorted(word[::-1] for word in listed())


@pytest.mark.parametrize(
    ("part", "ends"), [("fferent", True), ("different", True), ("tumo", False), ("differenty", False)]
)
def test_what_a_word_of_the_list_ends_with(part: str, ends: bool) -> None:
    assert ends_one(part) is ends


def test_the_list_is_read_once() -> None:
    assert listed() is listed()


@pytest.mark.parametrize("word", ["tumor", "Tumor", "TUMOR", "london", "London"])
def test_words_in_any_case(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["metasta", "ximately", "", "T12", "laminoplastic"])
def test_what_is_no_word(word: str) -> None:
    assert not is_word(word)


@pytest.mark.parametrize("word", ["Maria", "John", "Huang", "Lindqvist", "london"])
def test_what_may_be_a_name(word: str) -> None:
    assert is_name(word)


@pytest.mark.parametrize("word", ["Spinal", "Great", "tumors", "Mountains"])
def test_what_is_hardly_a_name(word: str) -> None:
    assert not is_name(word)


def test_word_set() -> None:
    assert word_set("to of  in\non") == {"to", "of", "in", "on"}


def test_common_words_are_listed_in_lower_case() -> None:
    assert is_common("Lung")
    assert not is_common("London")
