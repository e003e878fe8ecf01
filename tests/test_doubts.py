import pytest

from indexer.doubts import doubts
from indexer.model import judged
from tests.questions import asked_of, small_library


@pytest.fixture(scope="module")
def library():
    with small_library() as reader:
        yield reader


def doubt(library, question):
    return doubts(judged(asked_of(library, question)))


def test_a_word_that_no_passage_has_is_named(library):
    found = doubt(library, "Which chromosome causes arachnoid cysts?")
    assert found.missing == ("chromosome",)
    assert found.reason == "No passage that was found mentions chromosome."


def test_a_word_in_a_sentence_too_short_to_answer_is_mentioned_all_the_same():
    far = "They hang from the roof in large groups there. " * 5
    with small_library(bats=f"Bats sleep in the caves of the valley all winter. {far}Vespertilio bats.\n") as reader:
        found = doubt(reader, "Where does Vespertilio sleep in winter?")
    assert not found.nowhere


@pytest.mark.parametrize(
    "question",
    [
        "When do apple trees bear fruit?",
        "Why was an operation needed?",  # surgery
        "What happens to the patients after four years?",  # "happens" is no word to miss
        "What does CSF stand for?",
    ],
)
def test_what_stands_there_in_other_words_is_not_missing(library, question):
    assert doubt(library, question).missing == ()


def test_what_the_sentence_before_names_is_not_missing(library):
    assert doubt(library, "When were arachnoid cysts first described?").missing == ()


def test_a_kind_of_answer_that_is_not_given(library):
    assert doubt(library, "How many cellars store apples?").kind == "a number"
    assert doubt(library, "How many years until apple trees bear fruit?").kind == ""
    assert doubt(library, "What happens to cysts when they grow?").kind == ""


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Warsaw became the capital of Poland in 1596.", "a length of time"),
        ("Warsaw was the capital of Poland for years.", ""),
        ("Warsaw was the capital of Poland until 1796.", ""),
        ("Warsaw was the capital of Poland from 1596 to 1796.", ""),
        ("Warsaw was the capital of Poland over 200 winters.", ""),
    ],
)
def test_a_year_is_no_length_of_time(sentence, kind):
    with small_library(warsaw=f"Warsaw\n\n{sentence}\n") as reader:
        assert doubt(reader, "How long was Warsaw the capital of Poland?").kind == kind


@pytest.mark.parametrize(
    ("question", "kind", "missing"),
    [
        ("How wide is the bridge?", "", ()),  # the sentence has no "wide", but 5.6 m
        ("How old is the bridge?", "an age", ()),
        ("How heavy is the bridge?", "a weight", ("heavy",)),
        ("How often is the bridge closed?", "", ()),
    ],
)
def test_a_number_of_another_quantity_is_no_answer(question, kind, missing):
    text = "Mill Bridge\n\nThe bridge is 5.6 m across and closed every Monday.\n"
    with small_library(bridge=text) as reader:
        found = doubt(reader, question)
    assert (found.kind, found.missing) == (kind, missing)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The pool opens for guests on Saturdays.", ""),
        ("The pool opens for guests in the evening.", ""),
        ("The pool opens for guests in Summerfield.", "a time"),
    ],
)
def test_a_day_is_a_time(sentence, kind):
    with small_library(pool=f"Pool\n\n{sentence}\n") as reader:
        assert doubt(reader, "When does the pool open for guests?").kind == kind


def test_a_place_is_missed(library):
    assert doubt(library, "Where do they grow slowly?").kind == "a place"
    assert doubt(library, "Where are apples stored?").kind == ""


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Who wrote Felthouse v Bindley?", ("wrote",)),
        ("Who sold the horse in Felthouse v Bindley?", ()),
        ("When did Bindley die?", ("die",)),
        ("Who made Felthouse v Bindley known?", ()),  # "made" stands in any text
        ("What did Bindley write?", ()),  # only after "who", "when" and "where"
    ],
)
def test_what_was_done_is_missed(question, missing):
    text = "Felthouse v Bindley\n\nFelthouse v Bindley is a case of 1862. Bindley sold the horse at an auction.\n"
    with small_library(case=text) as reader:
        assert doubt(reader, question).missing == missing


def test_nothing_found(library):
    assert doubt(library, "xyzzy").reason == "No passage holds any of the words."


def test_a_part_that_has_a_number_is_no_name():
    for by, kind in (("", "a name"), (" by Lind", "")):
        with small_library(report=f"Report\n\nThe removal of the tumor at T12 and L1 was performed{by}.\n") as reader:
            assert doubt(reader, "Who performed the removal?").kind == kind
