import pytest

from indexer.analyse import term
from indexer.synonyms import classes


@pytest.mark.parametrize(
    ("left", "right"),
    [("reduce", "decline"), ("operation", "surgery"), ("scans", "imaging"), ("death", "fatal"), ("tumor", "lesion")],
)
def test_words_of_like_meaning_share_a_class(left, right):
    assert classes(term(left)) & classes(term(right))


@pytest.mark.parametrize(("left", "right"), [("increase", "decrease"), ("benign", "cancer"), ("man", "tumor")])
def test_opposites_and_strangers_share_none(left, right):
    assert not classes(term(left)) & classes(term(right))


def test_other_words_have_no_class():
    assert classes("syringomyelia") == frozenset()
