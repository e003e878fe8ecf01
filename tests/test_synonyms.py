import pytest

from indexer.analyse import term
from indexer.synonyms import alike


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("reduce", "decline"),
        ("operation", "surgery"),
        ("scans", "imaging"),
        ("death", "fatal"),
        ("tumor", "lesion"),
        ("froze", "freezing"),
        ("garbage", "rubbish"),
        ("ended", "closes"),
        ("sleep", "night"),
    ],
)
def test_words_of_like_meaning_are_alike(left, right):
    assert term(left) in alike(term(right))
    assert term(right) in alike(term(left))


@pytest.mark.parametrize(("left", "right"), [("increase", "decrease"), ("benign", "cancer"), ("man", "tumor")])
def test_opposites_and_strangers_are_not(left, right):
    assert term(left) not in alike(term(right))


def test_other_words_have_none():
    assert alike("syringomyelia") == frozenset()
