import json
import math
from importlib.resources import files

import pytest

from indexer.features import features
from indexer.model import DEFINED, Model, judged, ranked_by, shipped, signs
from tests.questions import APPLES, asked_of, small_library


@pytest.fixture(scope="module")
def library():
    with small_library() as reader:
        yield reader


def test_the_shipped_file_says_what_it_was_trained_on_and_how_good_it_is():
    held = json.loads(files("indexer").joinpath("model.json").read_text(encoding="utf-8"))
    assert set(held["data"]) == set(held["measured"]) == {"covid_qa", "squad2"}
    assert all(len(digest) == 64 for digest in held["data"].values())
    assert all(0.5 < value < 1 for figures in held["measured"].values() for value in figures.values())


def test_shares_sum_to_one_and_fall(library):
    found = judged(asked_of(library, "When do apple trees bear fruit?"))
    shares = [one.share for one in found.ranking]
    assert math.isclose(sum(shares), 1)
    assert shares == sorted(shares, reverse=True)


def test_the_shares_of_different_texts_sum_to_one_however_often_each_stands_there():
    with small_library(copy=APPLES) as reader:
        ranking = judged(asked_of(reader, "When do apple trees bear fruit?")).ranking
    shares = {}
    for one in ranking:
        shares.setdefault(one.candidate.sentence.text, one.share)
    assert len(shares) < len(ranking)
    assert math.isclose(sum(shares.values()), 1)


def test_the_answer_is_first_and_surer_than_where_there_is_none(library):
    there = judged(asked_of(library, "When do apple trees bear fruit?"))
    absent = judged(asked_of(library, "When do walnut orchards need water?"))
    assert "five years" in there.ranking[0].candidate.sentence.text
    assert there.confidence > absent.confidence


def test_other_weights_another_order(library):
    scene = asked_of(library, "When do apple trees bear fruit?")
    upside_down = Model({name: -weight for name, weight in shipped().sentence.items()}, shipped().confidence, 0.0)
    assert judged(scene, upside_down).ranking[-1].candidate == judged(scene).ranking[0].candidate


def test_every_sign_has_a_weight_and_every_weight_a_sign(library):
    scene = asked_of(library, "When do apple trees bear fruit?")
    assert signs(scene, features(scene), judged(scene).ranking).keys() == shipped().confidence.keys()


def test_what_stands_around_the_sentence_counts_as_covered(library):
    scene = asked_of(library, "When were arachnoid cysts first described?")
    found = signs(scene, features(scene), judged(scene).ranking)
    assert found["covered around"] == 1
    assert found["share"] < found["share nearby"] <= 1


def test_words_that_no_text_around_holds_are_missed_whatever_the_library_holds(library):
    def covered(question):
        scene = asked_of(library, question)
        return signs(scene, features(scene), judged(scene).ranking)["told around"]

    assert covered("Which patients needed operations?") == 1  # "surgery" is a word of like meaning
    assert 0.5 < covered("Why would arachnoid cysts soon grow?") < 1
    assert covered("Why would arachnoid cysts glow?") < covered("Why would arachnoid cysts soon grow?")


def test_a_definition_of_the_short_form_asked_for_is_sure(library):
    assert judged(asked_of(library, "What does CSF stand for?")).confidence >= DEFINED
    assert judged(asked_of(library, "What does ABC stand for?")).confidence < DEFINED


def test_nothing_found_is_judged_as_nothing(library):
    found = judged(asked_of(library, "xyzzy"))
    assert (found.ranking, found.confidence) == ((), 0.0)


def test_no_candidates_are_ranked_as_none(library):
    scene = asked_of(library, "xyzzy")
    assert ranked_by(shipped().sentence, scene, features(scene)) == ()


def test_the_signs_of_a_text_are_the_same_however_often_it_stands_there():
    with small_library(copy=APPLES) as reader:
        scene = asked_of(reader, "When do apple trees bear fruit?")
        known = features(scene)
        ranking = judged(scene).ranking
        once = [
            one for one in ranking if one.candidate.sentence.document_id == ranking[0].candidate.sentence.document_id
        ]
        others = [
            one for one in ranking if one.candidate.sentence.text not in {two.candidate.sentence.text for two in once}
        ]
        assert len(once) + len(others) < len(ranking)
        assert signs(scene, known, ranking) == pytest.approx(signs(scene, known, [*once, *others]))
