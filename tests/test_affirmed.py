import pytest

from indexer import model
from indexer.affirmed import unaffirmed
from indexer.answer import answer
from tests.questions import asked_of, small_library

DENIED = "Lungs\n\nNo metastasis to the lung was seen in the first patient of the series.\n"
AFFIRMED = "Lungs\n\nOne metastasis to the lung was seen in the second patient of the series.\n"


def share(question, sentence):
    """How much of the question the sentence does not affirm."""
    with small_library(one=f"Notes\n\n{sentence}\n") as reader:
        scene = asked_of(reader, question)
        return next(unaffirmed(scene.asked, one.sentence.cued) for one in scene.pool if one.sentence.text == sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "least", "most"),
    [
        ("where was metastasis?", "There was no metastasis in the patient.", 1, 1),
        ("where was metastasis?", "There may have been metastasis in the patient.", 1, 1),
        ("where was metastasis?", "She had a history of metastasis in May.", 1, 1),
        ("where was metastasis?", "There was metastasis in the patient.", 0, 0),
        ("where was metastasis?", "There was no metastasis at first, then metastasis appeared.", 0, 0),
        ("metastasis of the lung?", "There was no metastasis in the lung of the patient.", 0.01, 0.99),
        ("who had no metastasis?", "There was no metastasis in the patient.", 0, 0),
        ("whose history of metastasis is known?", "She had a history of metastasis in May.", 0, 0),
    ],
)
def test_how_much_of_a_question_is_only_denied_doubted_or_remembered(question, sentence, least, most):
    assert least <= share(question, sentence) <= most


def test_of_two_sentences_that_is_quoted_first_which_says_it_is_so(monkeypatch):
    with small_library(a=DENIED, b=AFFIRMED) as reader:
        quotes = [quote.text[:12] for quote in answer(reader, "Where in the lung was metastasis seen?").quotes]
        assert quotes[:2] == ["One metastas", "No metastasi"]
    monkeypatch.setattr(model, "UNAFFIRMED", -3)
    with small_library(a=DENIED, b=AFFIRMED) as reader:
        assert answer(reader, "Where in the lung was metastasis seen?").quotes[0].text.startswith("No metastasis")


def test_a_denial_is_quoted_when_nothing_else_is_said():
    with small_library(a=DENIED) as reader:
        assert answer(reader, "Where in the lung was metastasis seen?").quotes[0].text.startswith("No metastasis")
