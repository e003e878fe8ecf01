import pytest

from indexer.asked import mask
from indexer.places import stands
from indexer.standing import position_of
from tests.passages import flags_by_position, places_of, positions_of_each
from tests.questions import asked_of, small_library


@pytest.fixture(scope="module")
def scene():
    with small_library() as reader:
        yield asked_of(reader, "Where were cysts operated on?")


@pytest.fixture(scope="module")
def pool(scene):
    return scene.pool


def of(pool, words):
    return next(one for one in pool if words in one.sentence.text)


def test_each_sentence_is_a_candidate_once(pool):
    places = [(one.sentence.document_id, one.sentence.span) for one in pool]
    assert len(places) == len(set(places))
    assert of(pool, "Nine patients")


def test_neighbours_come_nearest_first(scene, pool):
    one = of(pool, "They grow slowly")
    around = [near.text for near in scene.around(one)]
    assert [text[:8] for text in around[:2]] == ["They wer", "Arachnoi"]
    before, after = scene.beside(one)
    assert before == around[0]
    assert after in around
    assert after.startswith("Nine")


def test_the_first_has_none_before(scene, pool):
    before, after = scene.beside(of(pool, "Arachnoid"))
    assert before == ""
    assert after


def test_words_held_are_bits(pool):
    with_both = of(pool, "Arachnoid").sentence.held | of(pool, "Nine").sentence.held
    assert with_both.bit_count() == 2


def test_a_list_is_a_candidate_with_its_items(pool):
    assert "Numbness" in of(pool, "Symptoms").sentence.text


def test_too_short_to_answer(pool):
    assert not [one for one in pool if one.sentence.text == "• Numbness"]


@pytest.mark.parametrize(
    "question", ["Where were cysts operated on?", '"grow slowly" =Symptoms "cyst include"~3', "cyst*", "=Cysts pears"]
)
def test_what_the_index_tells_of_a_sentence_is_what_its_text_says(question):
    with small_library() as reader:
        scene = asked_of(reader, question)
        assert scene.pool
        for one, found in zip(scene.pool, positions_of_each(scene.candidates.stands, len(scene.pool)), strict=True):
            places = {term: tuple(position_of(row).tolist()) for term, row in places_of([one.sentence.text]).items()}
            said = tuple(stands(clause, places) for clause in scene.asked.query.clauses)
            assert found == said
            assert one.sentence.held == mask(said)


def test_what_stands_under_a_cue_alone_is_told_as_the_text_says():
    text = "Notes\n\nNo cyst was seen in the lung. There was no cyst at first, then a cyst grew.\n"
    with small_library(one=text) as reader:
        scene = asked_of(reader, "Where in the lung was a cyst?")
        cued = {one.sentence.text[:7]: one.sentence.cued for one in scene.pool}
        for one, found in zip(scene.pool, positions_of_each(scene.candidates.stands, len(scene.pool)), strict=True):
            under = flags_by_position(one.sentence.text)
            assert one.sentence.cued == mask(row and under.keys() >= set(row) for row in found)
    assert cued["No cyst"] > 0 == cued["There w"]
