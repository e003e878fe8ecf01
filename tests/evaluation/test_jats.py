"""The measures over journal articles: that they fall when they should, and what the collection comes to."""

import pytest

from tests.conftest import shared_data
from tests.evaluation import jats


def test_repeats_in_gold_count_once() -> None:
    assert jats._once(["Rules: one; two.", "one;", "two.", "Three."]) == ["Rules: one; two.", "Three."]


def test_words_are_counted_as_often_as_they_stand() -> None:
    assert jats._recall("a b b c", "b a x") == 0.5
    assert jats._recall("", "x") == 1.0


@pytest.mark.parametrize(
    ("said", "expected"),
    [("One two. Three four. Five six.", 1.0), ("Five six. One two. Three four.", 2 / 3), ("Three four.", 1.0)],
)
def test_order(said: str, expected: float) -> None:
    assert jats._order(["One two.", "Three four.", "Five six."], said) == expected


@pytest.mark.collection
def test_the_collection() -> None:
    values = jats.measured(shared_data("jats")).values
    assert values["least words"] >= 0.99
    assert values["words"] >= 0.999
    assert {values[name] for name in ("references", "metadata", "anchors")} == {1.0}
    assert min(values.values()) >= 0.99
