import json

import pytest

from indexer.evaluate_answers import Question
from indexer.model import Model, shipped
from indexer.records import Span
from tests.evaluation.asked import ask, is_reachable, questions, transferred
from tests.questions import CYSTS, small_library

ROW = {
    "id": "1",
    "question": "How long?",
    "doc_id": "d",
    "answers": [{"text": "four months", "start": 10}, {"text": "months", "start": 15}],
    "answerable": True,
}


@pytest.fixture(scope="module")
def library():
    with small_library() as reader:
        yield reader


@pytest.fixture
def boston(library):
    """A question, and its answer's place."""
    cysts = next(row.id for row in library.documents() if "cysts" in row.path)
    start = CYSTS.index("Nine patients")
    return Question("Where were cysts operated on?", cysts, (Span(start, start + 13),))


def test_questions_carry_their_gold_spans():
    (question,) = questions([ROW, {**ROW, "answerable": False}])
    assert (question.text, question.document) == ("How long?", "d")
    assert [(span.start, span.end) for span in question.gold] == [(10, 21), (15, 21)]


def test_both_ways_agree_under_the_same_weights(library, boston):
    both = ask(library, boston, shipped())
    assert both.transferred.passage == both.served.passage == 1
    assert both.transferred.quote == both.served.quote > 0
    assert both.transferred.confidence == pytest.approx(both.served.confidence, abs=1e-4)
    assert both.transferred.right == (both.transferred.quote == 1)


def test_other_weights_make_another_ranking_and_leave_what_is_served_alone(library, boston):
    wrong = Model({"covered specific": -100.0}, dict.fromkeys(shipped().confidence, 0.0), -9.0)
    both = ask(library, boston, wrong)
    assert both.transferred.quote != 1
    assert both.transferred.confidence < 0.01 < both.served.confidence
    assert not both.transferred.answered
    assert both.served == ask(library, boston, shipped()).served


def test_a_question_about_a_document_that_is_not_there_has_no_right_answer(library, boston):
    both = ask(library, Question(boston.text, "elsewhere", boston.gold), shipped())
    for one in (both.served, both.transferred):
        assert (one.passage, one.quote, one.right) == (0, 0, False)


def test_a_question_is_reachable_when_a_passage_holds_its_answer_whole(library, boston):
    assert is_reachable(library, boston)
    assert not is_reachable(library, Question(boston.text, boston.document, (Span(0, len(CYSTS)),)))
    assert not is_reachable(library, Question(boston.text, "elsewhere", boston.gold))


def test_the_weights_of_a_set_are_those_learned_from_the_other(tmp_path):
    held = {"sentence": {"pairs": 1.0}, "confidence": {"intercept": -2.0, "weights": {"share": 3.0}}}
    (tmp_path / "transfer.json").write_text(json.dumps({"squad2": held}))
    assert transferred("squad2", tmp_path / "transfer.json") == Model({"pairs": 1.0}, {"share": 3.0}, -2.0)
