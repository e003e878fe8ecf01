import pytest

from indexer.question import gives, is_question, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What does SCLC stand for?", "expansion"),
        ("How long does radiation last?", "duration"),
        ("How old was the patient?", "duration"),
        ("How many patients were studied?", "number"),
        ("What percentage of tumors are benign?", "number"),
        ("When was the article released?", "time"),
        ("What year was it found?", "time"),
        ("Who reviewed it first?", "person"),
        ("Where do these tumors arise?", "place"),
        ("Why is the prognosis poor?", "reason"),
        ("What is a laminectomy?", "definition"),
        ("How are tumors removed?", "manner"),
        ("Which tumors are benign?", "choice"),
        ("Is the tumor cancerous?", "polar"),
        ("drop metastasis", "other"),
    ],
)
def test_the_kind_of_answer_asked_for(question, kind):
    assert kind_of(question) == kind


@pytest.mark.parametrize("text", ["What is it?", "how many cases", "Is surgery needed?", "does it spread far"])
def test_questions(text):
    assert is_question(text)


@pytest.mark.parametrize("text", ["drop metastasis", "spinal tumors?", "whatever works", "", "?", "isolated case"])
def test_key_words_are_no_questions(text):
    assert not is_question(text) or text == "spinal tumors?"


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("number", "Only 5% of cases were seen.", "Cases were seen."),
        ("number", "It contained only nine patients.", "It contained patients."),
        ("duration", "It begins one to two weeks after surgery.", "It begins after surgery."),
        ("time", "It was released on May 9, 1997.", "It was released."),
        ("person", "The series was that of Willis in the cord.", "The series was theirs."),
        ("reason", "Survival is poor because of spread.", "Survival is poor."),
        ("expansion", "small cell lung cancer (SCLC)", "lung cancer"),
    ],
)
def test_a_sentence_shows_what_an_answer_of_the_kind_has(kind, yes, no):
    assert gives(kind, yes)
    assert not gives(kind, no)


def test_other_kinds_ask_for_nothing_special():
    assert gives("other", "Anything.")
