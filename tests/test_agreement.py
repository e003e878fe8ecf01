import pytest

from indexer import agreement
from indexer.answer import answer
from indexer.lines import answer_lines
from indexer.replies import answer_reply
from tests.questions import small_library

FIVE = "Orchards\n\nApple trees bear their fruit after five years of care.\n"
NINE = "Old Orchards\n\nApple trees bear fruit after nine years.\n"
NEVER = "Wild Orchards\n\nNo apple trees bear fruit.\n"
QUESTION = "When do apple trees bear fruit?"


def first_of(question, **more):
    with small_library(**more) as reader:
        found = answer(reader, question)
        titles = {name: reader.summary(name).title for name in reader.known()}
        return found, found.quotes[0], titles


def test_another_document_that_says_the_same_is_counted():
    _, quote, titles = first_of(QUESTION, other=FIVE)
    assert {titles[name] for name in quote.agreeing} | {titles[quote.hit.passage.document_id]} == {
        "Orchards",
        "Growing Apples",
    }
    assert quote.dissenting == ()


SHEET = "{}\n\nThe {} point of this liquid is {} °C (closed cup) as measured.\n"


@pytest.mark.parametrize(("what", "degrees", "agree"), [("flash", "12", 1), ("flash", "-17", 0), ("boiling", "12", 0)])
def test_another_number_and_something_else_in_the_same_words_do_not_agree(what, degrees, agree):
    sheets = {"one": SHEET.format("Ethanol Sheet", "flash", "12"), "other": SHEET.format("Other", what, degrees)}
    _, quote, _ = first_of("What is the flash point?", **sheets)
    assert "flash point" in quote.hit.passage.text
    assert len(quote.agreeing) == agree


def test_another_number_is_told():
    found, quote, titles = first_of(QUESTION, other=NINE)
    (other,) = quote.dissenting
    assert {titles[other.document_id], titles[quote.hit.passage.document_id]} == {"Old Orchards", "Growing Apples"}
    assert other.reason == "has another number"
    assert quote.agreeing == ()
    assert answer_reply(found)["answers"][0]["dissenting"][0]["quote"] == other.text
    assert any("another document has another number" in line for line in answer_lines(found))


def test_a_denial_is_told_and_does_not_agree():
    _, quote, titles = first_of("Do apple trees bear fruit?", other=NEVER)
    told = {titles[other.document_id]: other.reason for other in quote.dissenting}
    assert told.get("Wild Orchards", told.get("Growing Apples")) in ("denies it or doubts it", "says that it is so")
    assert not {name for name in quote.agreeing if titles[name] == "Wild Orchards"}


def test_another_number_of_something_else_is_no_dissent():
    _, quote, _ = first_of(QUESTION)  # pear trees bear fruit after seven years
    assert quote.dissenting == ()


@pytest.mark.parametrize("other", ["five-year care", "900 metres of clay", "a dose of 5 mg"])
def test_the_same_number_and_one_of_another_unit_are_no_dissent(other):
    _, quote, _ = first_of(QUESTION, other=f"Orchards\n\nApple trees bear their fruit after {other}.\n")
    assert not any(one.reason == "has another number" for one in quote.dissenting)


@pytest.mark.parametrize(("name", "value"), [("TELLING", 1.1), ("_MOST", 0)])
def test_only_what_is_about_the_same_dissents(monkeypatch, name, value):
    monkeypatch.setattr(agreement, name, value)
    assert first_of(QUESTION, other=NINE)[1].dissenting == ()
