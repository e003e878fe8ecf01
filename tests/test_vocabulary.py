from __future__ import annotations

import numpy as np
import pytest

from indexer.vocabulary import Adoption, Terms, Vocabulary


def test_a_term_has_the_number_that_it_was_given_first() -> None:
    vocabulary = Vocabulary()
    assert [vocabulary[text] for text in ("b", "a", "b")] == [0, 1, 0]
    assert vocabulary.texts == ["b", "a"]


def test_a_vocabulary_of_terms_in_order_and_of_none_twice() -> None:
    vocabulary = Vocabulary()
    vocabulary.extend(["b", "a"])
    assert [vocabulary[text] for text in ("a", "c", "b")] == [1, 2, 0]
    assert vocabulary.texts == ["b", "a", "c"]
    with pytest.raises(ValueError, match="two numbers"):
        Vocabulary().extend(["b", "b"])
    with pytest.raises(ValueError, match="two numbers"):
        vocabulary.extend(["d", "a"])


def test_terms_of_one_vocabulary_are_numbered_in_another() -> None:
    ours, theirs = Vocabulary(), Vocabulary()
    assert [ours["a"], theirs["x"], theirs["a"], theirs["b"]] == [0, 0, 1, 2]
    adoption = Adoption(ours, theirs)
    numbers = adoption.numbers(np.array([2, 1, 2], np.uint32))
    assert [ours.texts[number] for number in numbers.tolist()] == ["b", "a", "b"]
    assert ours.texts == ["a", "b"]  # the terms that are there, and no others
    assert not len(adoption.numbers(np.empty(0, np.uint32)))
    assert theirs["c"] == 3
    assert [ours.texts[number] for number in adoption.numbers(np.array([3, 0, 1], np.uint32)).tolist()] == [
        "c",
        "x",
        "a",
    ]


def test_terms_are_equal_when_they_are_spelled_and_stand_alike() -> None:
    vocabulary = Vocabulary()
    assert vocabulary["b"] == 0
    same = Terms(vocabulary, np.array([vocabulary["a"], 0], np.uint32), np.array([0, 3], np.uint32))
    assert same == Terms.of(["a", "b"], [0, 3])
    assert hash(same) == hash(Terms.of(["a", "b"], [0, 3]))
    assert same != Terms.of(["a", "b"], [0, 2])
    assert same != Terms.of(["a", "c"], [0, 3])
    assert same != ("a", "b")
    assert len(same) == 2
    assert not Terms()
