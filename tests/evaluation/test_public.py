import pytest

from tests.conftest import shared_data
from tests.evaluation.libraries import lines
from tests.evaluation.public import Asked, confidence_values, is_kept, questions, rank_values

ROW = {
    "id": "1",
    "question": "How long?",
    "doc_id": "d",
    "answers": [{"text": "four months", "start": 10}, {"text": "months", "start": 15}],
    "answerable": True,
}


def test_questions_carry_their_gold_spans():
    (question,) = questions([ROW, {**ROW, "answerable": False}])
    assert (question.text, question.document) == ("How long?", "d")
    assert [(span.start, span.end) for span in question.gold] == [(10, 21), (15, 21)]


def test_the_halves_are_halves_and_stay_as_they_are():
    kept = [number for number in range(1000) if is_kept(str(number))]
    assert 450 < len(kept) < 550
    assert kept[:6] == [number for number in range(20) if is_kept(str(number))][:6]


ASKED = [
    Asked(passage=1, quote=1, confidence=0.9, answered=True),
    Asked(passage=2, quote=3, confidence=0.8, answered=True),
    Asked(passage=11, quote=0, confidence=0.2, answered=False),
    Asked(passage=0, quote=2, confidence=0.4, answered=False),
]


def test_ranks_are_counted_to_their_depth():
    assert rank_values(ASKED) == {
        "passage R@1": 0.25,
        "passage R@10": 0.5,
        "answer @1": 0.25,
        "answer @3": 0.75,
    }


def test_confidence_is_held_against_what_is_there_and_what_is_right():
    values = confidence_values(ASKED, [True, False, False, True])
    assert values["AUROC there or removed"] == 0.75  # .9 and .4 against .8 and .2
    assert values["AUROC right or not"] == 1.0
    assert values["precision of the surest 30 %"] == 1.0  # one of four
    assert values["precision when answered"] == 0.5
    assert values["share answered of those there"] == 0.5
    assert values["share declined of those removed"] == 0.5


@pytest.mark.collection
@pytest.mark.parametrize("name", ["covid_qa", "squad2"])
def test_gold_spans_stand_in_their_documents(name):
    folder = shared_data(name)
    texts = {row["_id"]: row["text"] for row in lines(folder / "corpus.jsonl")}
    rows = [row for row in lines(folder / "qa.jsonl") if row["answerable"]]
    wrong = [
        row["id"]
        for row, question in zip(rows, questions(rows), strict=True)
        if [span.of(texts[question.document]) for span in question.gold] != [gold["text"] for gold in row["answers"]]
    ]
    assert wrong == []
