"""The cases, checked against the documents they were written from, and the rules they are judged by."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean import clean
from indexer.read import read
from indexer.records import Span
from tests.evaluation.five_documents import CORPUS, cases, files, gives, spans

CASES = cases()


def test_there_are_enough_cases_of_each_kind():
    kinds = Counter(case.kind for case in CASES)
    assert kinds["search"] >= 30
    assert kinds["question"] >= 30
    assert kinds["unanswerable"] >= 15
    assert set(kinds) == {"search", "question", "unanswerable"}


def test_ids_and_texts_are_given_once():
    assert not [value for value, count in Counter(case.id for case in CASES).items() if count > 1]
    assert not [value for value, count in Counter(case.text for case in CASES).items() if count > 1]


def test_only_the_unanswerable_expect_nothing():
    assert all(bool(case.expected) == (case.kind != "unanswerable") for case in CASES)


def test_every_document_answers_something():
    assert len(files()) == 5
    for path in files():
        kinds = {case.kind for case in CASES for place in case.expected if place.document == path.name}
        assert kinds == {"search", "question"}, path.name


@pytest.fixture(scope="module")
def texts():
    absent = [path.name for path in files() if not path.exists()]
    if absent:
        pytest.skip(f"needs the five documents in corpus/: {', '.join(absent)} missing")
    return {path.name: clean(read(CORPUS / path.name, path.name)[0]).text.text for path in files()}


@pytest.mark.parametrize("case", [case for case in CASES if case.expected], ids=lambda case: case.id)
def test_every_quote_stands_in_the_cleaned_document(case, texts):
    assert [place for place in case.expected if not spans(texts[place.document], place.quote)] == []


def test_a_quote_is_found_wherever_it_stands_and_however_it_is_broken():
    text = "Drop metastasis. Then drop\nmetastasis again; drop  metastasis."
    assert [span.of(text) for span in spans(text, "drop metastasis")] == ["drop\nmetastasis", "drop  metastasis"]


def test_signs_in_a_quote_are_only_signs():
    assert spans("size (1.4×1.3) cm", "(1.4×1.3)") == [Span(5, 14)]
    assert spans("size (1a4×1.3) cm", "(1.4×1.3)") == []


@pytest.mark.parametrize(
    ("quote", "place", "right"),
    [
        ((10, 20), (12, 15), True),  # holds it
        ((12, 15), (10, 20), True),  # lies in it
        ((0, 15), (10, 20), True),  # covers half of it
        ((0, 14), (10, 20), False),
        ((16, 90), (10, 20), False),
        ((0, 10), (10, 20), False),  # stands beside it
        ((20, 30), (10, 20), False),
    ],
)
def test_an_answer_is_right_when_it_gives_at_least_half_of_the_place(quote, place, right):
    assert gives(Span(*quote), Span(*place)) is right


ends = st.tuples(st.integers(0, 30), st.integers(1, 10)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(ends, ends)
def test_a_longer_quote_is_never_less_right(quote, place):
    if gives(quote, place) and not place.holds(quote):
        assert gives(Span(max(0, quote.start - 3), quote.end + 3), place)
