import numpy as np
import pytest

from indexer.features import features
from indexer.model import shipped
from tests.evaluation.libraries import library_of
from tests.questions import RIVERS, asked_of, small_library


@pytest.fixture(scope="module")
def library():
    with small_library() as reader:
        yield reader


def of_each(scene):
    """Of each candidate its text and its features."""
    found = features(scene)
    return [(one.sentence.text, {name: row[one.number] for name, row in found.items()}) for one in scene.pool]


def known(library, question, words):
    return next(held for text, held in of_each(asked_of(library, question)) if words in text)


def test_every_feature_has_a_weight_and_every_weight_a_feature(library):
    assert known(library, "Where were cysts seen?", "Nine").keys() == shipped().sentence.keys()


@pytest.mark.parametrize("question", ["What share of cysts came back after four years?", "is it?", "NOT cyst", "xyzzy"])
def test_features_are_finite_and_of_every_candidate(library, question):
    scene = asked_of(library, question)
    assert all(np.isfinite(row).all() and len(row) == len(scene.pool) for row in features(scene).values())


@pytest.mark.parametrize(
    ("question", "name", "yes", "no"),
    [
        ("How many patients were operated on?", "counts", "Nine patients", "They grow"),
        ("How many patients were operated on?", "number new", "Nine patients", "They grow"),
        ("When were cysts first described?", "date new", "Spiller in 1903", "They grow"),
        ("Why was surgery needed?", "shows why", "because", "They grow"),
        ("What share of cysts came back?", "shows share", "12%", "They grow"),
        ("What does CSF stand for?", "expands", "(CSF)", "They grow"),
        ("What are arachnoid cysts?", "defines", "Arachnoid cysts are", "They grow"),
        ("What are the symptoms of a cyst?", "shows list", "Symptoms", "They grow"),
        ("When were arachnoid cysts described?", "before 1", "Spiller", "Apple trees"),
        ("When were arachnoid cysts described?", "covered nearby", "Spiller", "Apple trees"),
        ("When were arachnoid cysts described?", "around / best", "Spiller", "Apple trees"),
        ("How slowly do they grow?", "words", "They grow slowly", "They grow in"),
        ("How does a cyst's description read?", "forms", "described", "They grow"),
        ("Where were operations done?", "synonyms", "Surgery", "They grow"),
        ("Are neurocysts sacs?", "parts", "Arachnoid", "They grow"),
        ("What is the cerebrospinal spine?", "covered specific", "Arachnoid", "They grow"),
        ("How do the cysts of the spine grow?", "title", "grow slowly", "Apple trees"),
        ("How old are the trees when they bear fruit?", "measures", "five years", "cool cellars"),
        ("Where are apples stored?", "shows where", "cool cellars", "They grow slowly"),
    ],
)
def test_what_a_feature_sees(library, question, name, yes, no):
    scene = asked_of(library, question)
    values = {word: held[name] for text, held in of_each(scene) for word in (yes, no) if word in text}
    assert values[yes] > values.get(no, 0.0)


def test_words_side_by_side_are_close_and_a_pair(library):
    side = known(library, "cerebrospinal fluid", "Arachnoid")
    apart = known(library, "arachnoid fluid", "Arachnoid")
    assert side["tight"] > apart["tight"]
    assert side["word pairs"] == 1 > apart["word pairs"] == 0


def test_words_at_the_beginning_of_a_sentence_say_what_it_is_about(library):
    begins, within = (known(library, f"What are {words}?", "Arachnoid")["early"] for words in ("cysts", "fluids"))
    both = known(library, "What are arachnoid cysts?", "Arachnoid")["early"]
    assert both > begins > within > 0
    assert both < 2 * begins


def test_a_number_close_to_the_words_counts_more(library):
    near = known(library, "What share of the patients?", "12%")
    far = known(library, "What share of the cysts?", "12%")
    assert near["number close"] > far["number close"] > 0


def test_a_number_of_the_question_is_not_new(library):
    assert known(library, "How many are 12% of the patients after four years?", "12%")["number new"] == 0


def test_what_stands_under_a_heading_is_about_it():
    text = (
        "Tumors\n\nEpidural Tumors\n\nThey grow in the canal of the spine.\n\nOther Tumors\n\nThey grow in the bones.\n"
    )
    with small_library(tumors=text) as reader:
        scene = asked_of(reader, "Where do epidural tumors grow?")
        values = {text[-6:]: held for text, held in of_each(scene) if "grow in" in text}
    for name in ("covered specific", "words", "words / best"):
        assert values["spine."][name] > values["bones."][name]


def test_a_word_of_the_same_stem_is_not_the_word_as_typed(library):
    typed, stem = (known(library, f"Who was {word} there?", "Spiller") for word in ("described", "describing"))
    assert typed["covered specific"] == stem["covered specific"] > 0
    assert typed["words"] > stem["words"]


@pytest.mark.parametrize(
    ("text", "unfinished"),
    [
        ("Seen cysts: three in the spine", 0.0),
        ("Where cysts were seen in the spine", 1.0),
        ("of these: cysts seen in the spine", 1.0),
    ],
)
def test_a_field_ends_without_a_sign(text, unfinished):
    with small_library(one=f"Notes\n\n{text}\n") as reader:
        assert known(reader, "Where were cysts seen?", "spine")["unfinished"] == unfinished


@pytest.mark.parametrize(
    ("end", "unfinished"), [(".", 0.0), (" [3]", 0.0), ('!" )', 0.0), ("", 1.0), (" (twice)", 1.0), (" --", 1.0)]
)
def test_a_sentence_that_nothing_ends_is_unfinished(end, unfinished):
    with small_library(one=f"Notes\n\nCysts were seen in the spine again{end}\n") as reader:
        assert known(reader, "Where were cysts seen?", "spine")["unfinished"] == unfinished


@pytest.mark.parametrize(("end", "leads"), [(":", 1.0), (".", 0.0), (": three.", 0.0)])
def test_a_sentence_with_a_colon_at_its_end_leads_in_what_follows(end, leads):
    with small_library(one=f"Notes\n\nCysts were seen in the spine again{end}\n") as reader:
        assert known(reader, "Where were cysts seen?", "spine")["leads in"] == leads


def test_a_number_takes_its_unit_from_the_head_of_its_column():
    with library_of({"rivers.md": RIVERS.encode()}) as reader:
        found = {text[:5]: held["measures"] for text, held in of_each(asked_of(reader, "How long is the Volga?"))}
    assert found["Volga"] == 1
    assert found["The V"] == 0  # three months
