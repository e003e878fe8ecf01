"""The questions, checked against the texts they were written from, and what they measure against its floors."""

import pytest

from indexer.clean import clean
from indexer.read import read
from tests.evaluation.__main__ import evaluations, report
from tests.evaluation.everyday import READ, TEXTS, texts
from tests.evaluation.five_documents import spans
from tests.evaluation.floors import fallen, read_floors
from tests.evaluation.libraries import digest


def test_about_half_of_the_texts_were_never_read_for_what_went_wrong():
    assert len(texts()) == 2 * READ - 1


def test_no_question_is_asked_twice_of_a_text():
    asked = [(one.name, case.text) for one in texts() for case in one.cases]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("one", texts(), ids=lambda one: one.name)
def test_every_answer_stands_in_the_cleaned_text_and_something_is_not_answered(one, tmp_path):
    path = tmp_path / one.name
    path.write_text(one.text, encoding="utf-8")
    text = clean(read(path, one.name)[0]).text.text
    expected = [place.quote for case in one.cases for place in case.expected]
    assert [quote for quote in expected if not spans(text, quote)] == []
    assert len(expected) < len(one.cases)


def test_everyday_texts_stay_above_their_floors():
    floors, outcome = read_floors("everyday"), evaluations()["everyday"].measured()
    fell = fallen(floors, outcome, digest([TEXTS]))
    assert not fell, "\n".join([*fell, report("everyday", outcome, floors, 0)])
