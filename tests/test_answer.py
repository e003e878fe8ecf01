import sys
from dataclasses import replace

import pytest

from indexer.answer import ANSWER, KIND_LACKED, POSSIBLE, QUOTES, WORDS_LACKED, answer, level
from indexer.doubts import Doubts
from indexer.marks import marks
from indexer.records import FACETS, Options
from indexer.replies import answer_reply
from indexer.search import search
from tests.evaluation.libraries import library_of
from tests.questions import APPLES, RIVERS, small_library


@pytest.fixture(scope="module")
def library():
    with small_library(copy=APPLES.replace("cool", "cold")) as reader:
        yield reader


def test_a_quote_is_verbatim_cited_and_stands_between_its_neighbours(library):
    first = answer(library, "When were arachnoid cysts first described?").quotes[0]
    document = library.document(first.hit.passage.document_id)
    assert first.text == first.citation.quote == first.citation.span.of(document.text.text)
    assert "Spiller in 1903" in first.text
    assert first.before.startswith("Arachnoid")
    assert first.after == "They grow slowly."


@pytest.mark.parametrize("question", ["When were arachnoid cysts first described?", "cysts grow slowly"])
def test_hits_that_are_known_are_not_searched_again_and_give_the_same_answer(library, question, monkeypatch):
    expected = answer(library, question)
    results = search(library, question, options=Options(facets=FACETS))
    monkeypatch.setattr(sys.modules["indexer.answer"], "search", None)
    found = answer(library, question, results)
    assert found.results is results
    assert replace(found, results=expected.results) == expected


def test_a_search_that_ran_out_of_time_is_not_made_again_without_an_end(library, monkeypatch):
    asked = "When do the buds of apple trees bear?"
    late = search(library, asked, options=Options(seconds=0.0))
    monkeypatch.setattr(sys.modules["indexer.answer"], "MATCHING", -1.0)
    assert late.timed_out
    assert answer(library, asked, late).level == "none"


def test_words_of_the_question_are_marked_in_the_quote(library):
    first = answer(library, "When were arachnoid cysts first described?").quotes[0]
    assert "described" in [span.of(first.text) for span in first.matches]


@pytest.mark.parametrize(
    "question",
    [
        "When were cysts first described?",
        'What of a cyst is "grow slowly. Nine" said of?',
        "What are symptoms of a cyst?",
    ],
)
def test_marked_in_a_quote_is_what_its_words_say(library, question):
    found = answer(library, question)
    assert found.quotes
    assert [quote.matches for quote in found.quotes] == [marks(found.results.query, one.text) for one in found.quotes]


def test_a_list_is_quoted_with_its_items(library):
    assert "Loss of balance" in answer(library, "What are the symptoms of a cyst?").quotes[0].text


def test_a_short_form_is_answered_by_its_definition(library):
    found = answer(library, "What does CSF stand for?")
    assert found.level == "answer"
    assert "cerebrospinal fluid (CSF)" in found.quotes[0].text
    assert found.reason == ""


@pytest.mark.parametrize(
    "question",
    ["Which chromosome carries the cyst gene?", "Who won the football World Cup?", "How much does an apple cost?"],
)
def test_what_is_not_there_is_declined_with_a_reason(library, question):
    found = answer(library, question)
    assert found.level != "answer"
    assert found.reason.endswith(".")


@pytest.mark.parametrize(
    ("confidence", "missing", "kind", "given"),
    [
        (ANSWER, (), "", "answer"),
        (ANSWER, ("gene",), "", "possible"),
        (WORDS_LACKED, ("gene",), "", "answer"),
        (1.0, (), "a number", "possible"),
        (POSSIBLE, (), "", "possible"),
        (POSSIBLE, ("gene",), "", "possible"),
        (POSSIBLE, (), "a number", "none"),
        (KIND_LACKED, (), "a number", "possible"),
        (POSSIBLE - 0.001, (), "", "none"),
    ],
)
def test_doubts_take_from_what_a_confidence_is_worth(confidence, missing, kind, given):
    assert level(confidence, Doubts(missing, (), kind, "")) == given


def test_what_is_at_odds_with_the_question_is_never_more_than_a_possible_answer():
    assert level(1.0, Doubts((), (), "", "", is_at_odds=True)) == "possible"
    assert level(POSSIBLE, Doubts((), (), "", "", is_at_odds=True)) == "possible"


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("What is the length of the Rhine?", "Rhine\t1,233\tNorth Sea"),
        ("Which river flows into the Black Sea?", "Danube\t2,850\tBlack Sea"),
    ],
)
def test_the_row_of_a_table_is_about_what_the_heads_of_its_columns_say(question, row):
    with library_of({"rivers.md": RIVERS.encode()}) as reader:
        first = answer(reader, question).quotes[0]
    assert (first.text, first.hit.passage.columns) == (row, "River\tLength (km)\tFlows into")


def test_nothing_at_all(library):
    found = answer(library, "xyzzy?")
    assert (found.level, found.quotes, found.missing) == ("none", (), ("xyzzy",))


def test_at_most_three_quotes_no_two_the_same_and_none_surer_than_the_first(library):
    found = answer(library, "When do trees bear fruit?")
    texts = [quote.text for quote in found.quotes]
    assert 1 <= len(texts) == len(set(texts)) <= QUOTES
    assert all(quote.confidence <= found.confidence + 1e-9 for quote in found.quotes)


FAQ = """# Orders

**Q: Can I get a refund for a broken sundial?**
A: Yes, within 30 days of purchase, if the seal is whole.

**Q: Do you ship sundials to Norway?**
A: Parcels go to countries of the European Union alone.
"""


@pytest.mark.parametrize(
    ("question", "begins"),
    [("Can I get a refund for a broken sundial?", "A: Yes, within"), ("Do you ship sundials to Norway?", "A: Parcels")],
)
def test_a_question_among_the_documents_is_answered_by_what_follows_it(question, begins):
    with library_of({"faq.md": FAQ.encode()}) as reader:
        first, *others = answer(reader, question).quotes
    assert first.text.startswith(begins)
    assert not any(quote.text.endswith("?") for quote in others)


def test_documents_that_only_ask_do_not_answer():
    with library_of({"exam.txt": b"Who built the sundial of Norwich?\n\nWhen was the sundial moved?\n"}) as reader:
        found = answer(reader, "Who built the sundial of Norwich?")
    assert (found.level, found.quotes, found.reason) == ("none", (), "The passages found only ask this.")
    assert found.results.hits


def test_another_document_that_says_the_same_agrees():
    with small_library(other="Orchards\n\nApple trees bear their fruit after five years of care.\n") as reader:
        first = answer(reader, "When do apple trees bear fruit?").quotes[0]
        (other,) = first.agreeing
        assert other != first.hit.passage.document_id


def test_a_copy_makes_an_answer_neither_less_sure_nor_agreed(library):
    question = "When do apple trees bear fruit?"
    alone = answer(library, question)
    with small_library(copy=APPLES) as reader:
        found = answer(reader, question)
    assert found.quotes[0].text == alone.quotes[0].text
    assert found.confidence > 0.9 * alone.confidence  # words of two documents are less rare
    assert found.quotes[0].agreeing == ()


def test_the_same_question_has_the_same_answer(library):
    question = "When do apple trees bear fruit?"
    assert answer(library, question) == answer(library, question)


def test_the_reply_has_the_neighbours_and_who_agrees(library):
    (first, *_) = answer_reply(answer(library, "When were arachnoid cysts first described?"))["answers"]
    assert first["after"] == "They grow slowly."
    assert first["agreeing"] == []
