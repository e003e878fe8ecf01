import json

import pytest

from indexer.model import shipped
from tests.conftest import shared_data
from tests.evaluation.libraries import lines
from tests.evaluation.public import Asked, is_kept, outcomes, question_answering, questions, retrieval, share


def test_the_halves_are_halves_and_stay_as_they_are():
    kept = [number for number in range(1000) if is_kept(str(number))]
    assert 450 < len(kept) < 550
    assert kept[:6] == [number for number in range(20) if is_kept(str(number))][:6]


ASKED = [
    Asked(passage=1, quote=1, confidence=0.9, answered=True, right=True),
    Asked(passage=2, quote=3, confidence=0.8, answered=True, right=False),
    Asked(passage=11, quote=0, confidence=0.2, answered=False, right=False),
    Asked(passage=0, quote=2, confidence=0.4, answered=False, right=False),
]


def test_ranks_are_counted_to_their_depth_and_answers_held_against_what_is_there():
    found = outcomes(ASKED, ASKED, [True, False, False, True])
    assert {name: share(held) for name, held in found.items()} == {
        "passage R@1": 0.25,
        "passage R@10": 0.5,
        "answer @1": 0.25,
        "answer @3": 0.75,
        "precision of the surest 30 %": 1.0,  # one of four
        "precision when answered": 0.5,
        "share answered of those there": 0.5,
        "share declined of those removed": 0.5,
    }


DOCUMENTS = [
    {
        "_id": "lung",
        "title": "Lung cancer",
        "text": "Small cell lung cancer spreads early. Half of the patients cough.",
    },
    {"_id": "spine", "title": "The spine", "text": "The spine has thirty-three vertebrae. They protect the cord."},
    {"_id": "dura", "title": "The dura mater", "text": "The dura mater is a tough membrane. It covers the cord."},
]


@pytest.fixture
def folder(tmp_path):
    """A collection in the layout of the public ones."""

    def write(name, rows):
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows))

    write("corpus.jsonl", DOCUMENTS)
    write("queries.jsonl", [{"_id": "1", "text": "tough membrane"}, {"_id": "2", "text": "vertebrae of the spine"}])
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n1\tdura\t1\n2\tspine\t1\n2\tlung\t0\n")
    vertebrae = {"text": "thirty-three vertebrae", "start": 14}
    question = {"id": "1", "question": "How many vertebrae does the spine have?", "doc_id": "spine"}
    write("qa.jsonl", [{**question, "answers": [vertebrae], "answerable": True}])
    return tmp_path


def test_documents_are_ranked_by_their_passages(folder):
    assert retrieval(folder).values == {"nDCG@10": 1.0, "RR@10": 1.0, "R@100": 1.0}


def test_questions_are_asked_of_the_whole_and_of_the_half(folder, monkeypatch):
    monkeypatch.setattr("tests.evaluation.public.transferred", lambda _: shipped())
    outcome = question_answering(folder)
    for name in ("gold in a passage", "passage R@1", "transfer passage R@1", "transfer answer @1"):
        assert outcome.values[name] == 1.0
    assert outcome.remarks[0] == (
        f"1 questions, {int(is_kept('spine'))} of them about documents that are kept in the half"
    )
    assert "95 % interval" in outcome.remarks[1]


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
