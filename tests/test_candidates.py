from unittest.mock import patch

import pytest

from tests.questions import asked_of, small_library


@pytest.fixture(scope="module")
def pool():
    with small_library() as reader:
        yield asked_of(reader, "Where were cysts operated on?").pool


def of(pool, words):
    return next(one for one in pool if words in one.sentence.text)


def test_each_sentence_is_a_candidate_once(pool):
    places = [(one.sentence.document_id, one.sentence.span) for one in pool]
    assert len(places) == len(set(places))
    assert of(pool, "Nine patients")


def test_a_sentence_knows_its_neighbours_nearest_first(pool):
    one = of(pool, "They grow slowly")
    assert [near.text[:8] for near in one.before[:2]] == ["They wer", "Arachnoi"]
    assert one.after[0].text.startswith("Nine")


def test_the_first_has_none_before(pool):
    assert of(pool, "Arachnoid").before == ()


def test_words_held_are_bits(pool):
    with_both = of(pool, "Arachnoid").sentence.held | of(pool, "Nine").sentence.held
    assert with_both.bit_count() == 2


def test_a_list_is_a_candidate_with_its_items(pool):
    assert "Numbness" in of(pool, "Symptoms").sentence.text


def test_too_short_to_answer(pool):
    assert not [one for one in pool if one.sentence.text == "• Numbness"]


@pytest.mark.parametrize(
    "question", ["Where were cysts operated on?", '"grow slowly" =Symptoms "cyst include"~3', "cyst*"]
)
def test_what_the_index_tells_of_a_sentence_is_what_its_text_says(question):
    with small_library() as reader:
        found = asked_of(reader, question).pool
        with patch.object(type(reader), "units", lambda _, matches: [None] * len(matches)):
            assert asked_of(reader, question).pool == found
    assert found
