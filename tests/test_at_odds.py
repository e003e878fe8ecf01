import pytest

from indexer import model
from indexer.answer import answer
from indexer.at_odds import ANOTHER_DAY, UNDECIDED, at_odds, is_of_one, is_undecided, of_another
from indexer.question import wanted
from tests.questions import small_library

WHERE = "Where will the summer party be?"


@pytest.mark.parametrize(
    "text",
    [
        "The place of the party has not been decided.",
        "The place hasn't yet been fixed.",
        "The new librarian is not yet known.",
        "The date is to be announced.",
        "Date: TBC",
        "Whether there will be a party is under discussion.",
        "The post of librarian remains vacant.",
        "We do not know yet when the hall is ready.",
        "No date has been set for the party.",
        "The board is looking for a place.",
    ],
)
def test_what_is_not_decided(text):
    assert is_undecided(text)
    assert at_odds(WHERE, wanted(WHERE), text, ()) == UNDECIDED


@pytest.mark.parametrize(
    "text",
    [
        "The party has been moved to the garden.",
        "Do not go to the hall, the party is in the garden.",
        "No place is better than the garden.",
        "The board has decided on the garden.",
    ],
)
def test_what_is_decided(text):
    assert not is_undecided(text)


@pytest.mark.parametrize(
    "question",
    [
        "Why has the place not been decided?",  # no reason is wanted of what is decided
        "Has the place of the party been chosen?",  # "not yet" is the answer
        "Who said that the place has not been decided?",
    ],
)
def test_a_question_that_what_is_not_decided_may_answer(question):
    assert at_odds(question, wanted(question), "Ms. Bell said that the place has not been decided.", ()) == ""


@pytest.mark.parametrize(
    ("question", "texts", "said"),
    [
        ("When is it open on Sunday?", ["On Saturdays it is open from 9 to 5."], ANOTHER_DAY),
        ("When is it open on Sunday?", ["Monday to Friday: 9 to 5"], ANOTHER_DAY),
        ("When is it open on Sunday?", ["On weekdays it opens at 9."], ANOTHER_DAY),
        ("When is it open on Sunday?", ["Friday to Monday: 9 to 5"], ""),
        ("When is it open on Sunday?", ["Sunday", "9 to 5, not as on Saturdays"], ""),  # its heading
        ("When is it open on Sunday?", ["It is open at weekends."], ""),
        ("When is it open on Sunday?", ["It is open from 9 to 5."], ""),
        ("When is it open on Wednesdays?", ["Tuesday–Friday: 9 to 5"], ""),
        ("What does section 9 say?", ["Section 5. Fines", "The fine is 20 crowns."], "section than 9"),
        ("What does section 9 say?", ["Sections 5 and 7 stay."], "section than 9"),
        ("What does section 9 say?", ["Section 9. Review", "Section 5 is reviewed."], ""),
        ("Where does class 2 go?", ["The classes 3 and 4 go to the sea."], "class than 2"),
        ("How is type 1 diabetes treated?", ["Type II diabetes is treated with diet."], "type than 1"),
        ("How is type 1 diabetes treated?", ["Type I diabetes is treated with insulin."], ""),
        ("Which steps I took helped?", ["Step 2 helped."], ""),
        ("How much did 3 tickets cost?", ["Section 5. Fines", "4 tickets cost 20 crowns."], ""),
    ],
)
def test_another_day_or_number_than_the_one_asked_about(question, texts, said):
    found = of_another(question, texts)
    assert said in found
    assert bool(said) is bool(found)


def test_most_questions_name_neither_a_day_nor_a_number():
    assert not is_of_one(WHERE)
    assert is_of_one("Is it open on Sundays?")
    assert is_of_one("Who lives in room 12?")


def test_an_answer_that_is_at_odds_with_the_question_is_a_possible_one():
    text = "Choir\n\nThe summer concert of the choir is to be announced.\n"
    with small_library(choir=text) as reader:
        found = answer(reader, "When is the summer concert of the choir?")
    assert found.level == "possible"
    assert found.reason == UNDECIDED
    assert found.quotes[0].text.endswith("is to be announced.")


def test_of_two_sentences_that_is_quoted_first_which_is_about_the_day(monkeypatch):
    text = "Shop\n\nThe shop is open from 9 am to 5 pm on Saturdays.\n\nIt is closed on Sundays.\n"
    with small_library(shop=text) as reader:
        assert answer(reader, "Is the shop open on Sundays?").quotes[0].text == "It is closed on Sundays."
    monkeypatch.setattr(model, "ANOTHER", 0.0)
    with small_library(shop=text) as reader:
        assert answer(reader, "Is the shop open on Sundays?").quotes[0].text != "It is closed on Sundays."


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When was penicillin first known?", "Penicillin was not known until 1928."),
        ("When was it settled?", "It was under discussion when the treaty was signed on 3 May 1815."),
        ("When does it open on Wednesday?", "It is open between Monday and Friday."),
        ("When does it open on Tuesday?", "It is open Mon-Sat at 10 am and on Sunday at noon."),
        ("When does it open on Monday?", "It is open seven days a week, on Thursday until midnight."),
        ("Who plays Wednesday Addams?", "Ann plays her on Friday."),
        ("What is the school fee in year 9?", "In years 7 to 11 the fee of the school is 100 pounds a term."),
        ("What is type 1 diabetes?", "Type I diabetes begins early, type 2 does not."),
        ("Where is room 12?", "Room 12a and room 14 are upstairs."),
        ("How many rooms has floor 2?", "The second floor has 12, floor 3 has 9."),
    ],
)
def test_an_answer_that_includes_what_is_asked_is_not_said_to_be_about_another(question: str, sentence: str) -> None:
    assert at_odds(question, frozenset({"when", "who", "where"}), sentence, ()) == ""
