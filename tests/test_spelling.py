import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.spelling import alike, distance
from tests.vocabulary import Words

WORDS = Words("metastasis of the spine", "metastases", "Metastasis", "spinal stenosis", "EGFR", "Parkinson", "the spin")


@pytest.mark.parametrize(
    ("left", "right", "steps"),
    [
        ("tumor", "tumor", 0),
        ("tumr", "tumor", 1),
        ("tumour", "tumor", 1),
        ("tomur", "tumor", 2),
        ("tmuor", "tumor", 1),
        ("spine", "tumor", 3),
        ("a", "abcdef", 3),
    ],
)
def test_how_many_letters_are_between_two_words(left, right, steps):
    assert distance(left, right, 2) == steps


@given(st.text("abcdef", max_size=6), st.text("abcdef", max_size=6))
def test_distance_is_symmetric_and_zero_only_between_equals(left, right):
    assert distance(left, right, 9) == distance(right, left, 9)
    assert (distance(left, right, 9) == 0) == (left == right)
    assert distance(left, right, 1) == min(distance(left, right, 9), 2)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("metastsis", ["metastasis", "metastases"]),
        ("spne", ["spine"]),
        ("pine", ["spine"]),
        ("psine", ["spine"]),
        ("xpine", ["spine"]),
        ("stenossi", ["stenosis"]),
        ("parkinsn", ["parkinson"]),
        ("egrf", ["egfr"]),
        ("xylophone", []),
        ("spine", ["spin"]),
    ],
)
def test_words_of_the_collection_spelled_much_like_another(word, found):
    assert [other.word for other in alike(word, WORDS, 5)] == found


def test_the_nearest_come_first_then_the_commonest():
    words = Words("tumor tumour", "tumor", "tumor", "tuner", "tumors")
    assert [(a.word, a.distance, a.passages) for a in alike("tumoor", words, 9)] == [
        ("tumor", 1, 3),
        ("tumour", 1, 1),
        ("tumors", 2, 1),
    ]


def test_a_short_word_is_one_letter_from_another_at_most():
    assert [other.word for other in alike("spxn", Words("spine", "spin"), 5)] == ["spin"]


def test_no_more_are_given_than_asked_for():
    assert len(alike("metastsis", WORDS, 1)) == 1
