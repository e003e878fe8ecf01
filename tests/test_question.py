import pytest

from indexer.question import (
    KINDS,
    all_show,
    deed,
    is_general,
    is_question,
    kinds_of,
    names_day,
    only_asks,
    shows,
    wanted,
)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What does SCLC stand for?", "expansion"),
        ("What is the abbreviation CSF short for?", "expansion"),
        ("How long does radiation last?", "duration"),
        ("How old was the patient?", "number"),
        ("How many patients were studied?", "number"),
        ("What percentage of tumors are benign?", "share"),
        ("What is the mortality rate of ARDS?", "number"),
        ("Where is it?", "where"),
        ("What is the address of the museum?", "where"),
        ("When was the article released?", "when"),
        ("What year was it found?", "when"),
        ("Who reviewed it first?", "who"),
        ("WHO REVIEWED IT FIRST?", "who"),
        ("Which doctors reviewed it?", "who"),
        ("Why is the prognosis poor?", "why"),
        ("What is the cause of death?", "why"),
        ("What is a laminectomy?", "definition"),
        ("How are tumors removed?", "how"),
        ("What are the symptoms of a tumor?", "list"),
        ("What was the aim of this study?", "aim"),
        ("Which tumor is the most common?", "comparison"),
        ("Is the tumor cancerous?", "polar"),
    ],
)
def test_the_kinds_of_answer_asked_for(question, kind):
    assert kind in kinds_of(question)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What is the mechanism of action?", "expansion"),
        ("How many patients were studied?", "how"),
        ("Where is it?", "who"),
        ("What is the WHO grade of an ependymoma?", "who"),
        ("Why is it so?", "polar"),
    ],
)
def test_kinds_that_are_not_asked_for(question, kind):
    assert kind not in kinds_of(question)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("When did it rain?", {"when"}),
        ("In 1990, when did it rain?", {"when"}),
        ("What can be done when surgery is not possible?", set()),
        ("How old was he when he became emperor?", {"number", "duration"}),
        ("Is it effective when taken early?", {"polar"}),
        ("What is the house where she lived?", {"definition"}),
        ("Is it safe? How long does it last?", {"polar", "duration", "how long"}),
        ("How many of those who came left?", {"number"}),
        ("From whom did they buy the land where they settled?", {"who"}),
        ("Where did it end?", {"where"}),
        ("What was the mean delay?", {"number", "definition"}),
        ("What is the speed limit on the bridge of the village?", {"number"}),
        ("What would limit the speed of it?", set()),
        ("What was the age profile of all of the patients then?", set()),
        ("WHO SAW WHEN IT RAINED?", {"who"}),
    ],
)
def test_a_clause_wants_no_kind_of_answer(question, kinds):
    assert wanted(question) == kinds


@pytest.mark.parametrize("text", ["drop metastasis", "number of cases", "cause", "when", ""])
def test_key_words_ask_for_no_kind(text):
    assert kinds_of(text) == frozenset()


@pytest.mark.parametrize(
    "text", ["What is it?", "how many cases", "Is surgery needed?", "does it spread far", "cause?!?"]
)
def test_questions(text):
    assert is_question(text) == (len(text.split()) > 1)


@pytest.mark.parametrize(
    "text", ["drop metastasis", "whatever works", "", "?", "isolated case", "is it", "WHO guidelines for children"]
)
def test_key_words_are_no_questions(text):
    assert not is_question(text)


@pytest.mark.parametrize(
    ("kind", "yes", "no"),
    [
        ("number", "Only 5% of cases were seen.", "Cases grew."),
        ("number", "It held only nine patients.", "It held patients."),
        ("share", "The majority is benign.", "It is benign."),
        ("duration", "It begins two weeks after surgery.", "It begins after surgery."),
        ("when", "It began after surgery.", "It began."),
        ("who", "A surgeon saw it.", "It was seen."),
        ("where", "It is sold at the harbour.", "It is sold in 1990."),
        ("why", "Survival is poor because of spread.", "Survival is poor."),
        ("how", "It is removed by surgery.", "It is removed."),
        ("list", "Signs such as pain.", "Signs and pain."),
        ("aim", "We aimed to assess it.", "It was seen."),
        ("comparison", "It is the largest.", "It is large."),
        ("definition", "A cyst is a sac.", "Cysts grow."),
        ("how long", "It lasted until spring.", "It lasted."),
        ("where", "It closed in the harbour.", "It closed in the 1990s."),
    ],
)
def test_a_sentence_shows_what_an_answer_of_the_kind_has(kind, yes, no):
    assert shows(kind, yes)
    assert not shows(kind, no)
    assert all_show(kind, [yes, no, f"“{yes}”", f"“{no}”"]).tolist() == [True, False, True, False]


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if kind.shown is None])
def test_some_kinds_have_no_sign_of_their_own(kind):
    assert not shows(kind, "Willis of London saw it in 1934.")


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        ("What is a hemi-laminectomy's aim?", True),
        ("What is one two three four five?", True),
        ("What is one two three four five six?", False),
        ("What is one two three four five -- '?", True),
        ("What is " + "a" * 900 + "?", True),
        ("What is " + "a" * 900 + " = b?", False),  # which took no end of time while words were cut
    ],
)
def test_a_definition_is_asked_for_in_up_to_five_words(question, is_one):
    assert ("definition" in kinds_of(question)) == is_one


def test_words_that_ask_are_general():
    assert is_general("Called")
    assert not is_general("tumor")


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("Who wrote it?", "wrote"),
        ("WHO WROTE IT?", "wrote"),
        ("In 1862, who wrote it?", "wrote"),
        ("Did those who stayed eat?", ""),
        ("When did he die?", "die"),
        ("Where did the war begin?", "begin"),
        ("What is the WHO grade?", ""),
        ("What did he write?", ""),
    ],
)
def test_what_was_done(question, word):
    assert deed(question) == word


@pytest.mark.parametrize(
    ("sentence", "asks"),
    [
        ("Q: How do I reset it?", True),
        ("Frequently asked question 3: Is it free?", True),
        ("Consider the case of two cities: which is larger?", False),
        ("He asked the guard, “Who goes there?”", False),
        ("It is free.", False),
    ],
)
def test_a_sentence_that_only_asks_is_told_from_one_that_tells_something_before_it(sentence, asks):
    assert only_asks(sentence) is asks


@pytest.mark.parametrize("sentence", ["It opens on Saturdays.", "It opens in the EVENING.", "It opens in winter."])
def test_a_sentence_names_a_day(sentence):
    assert names_day(sentence)
    assert not names_day("It opens in Summerfield.")
