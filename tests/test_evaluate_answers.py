import json

import pytest

from indexer import Library, Span, index
from indexer.errors import EvaluationFileError
from indexer.evaluate_answers import Question, evaluate_answers, read_questions

TEXT = "Apples grow on trees in the garden. Bananas grow on herbs near the river. Cherries are red."


@pytest.fixture
def reader(tmp_path):
    (tmp_path / "docs.jsonl").write_text(
        json.dumps({"_id": "fruit", "text": TEXT})
        + "\n"
        + json.dumps({"_id": "other", "text": "Apples are sold."})
        + "\n"
    )
    index(tmp_path / ".pincite", [tmp_path / "docs.jsonl"])
    with Library.open(tmp_path / ".pincite").reader() as opened:
        yield opened


def gold(words, document="fruit"):
    start = TEXT.index(words)
    return Question(f"Where do {words.split()[0]} grow?", document, (Span(start, start + len(words)),))


def test_right_passages_and_sentences_count(reader):
    values = evaluate_answers(reader, [gold("Apples grow on trees"), gold("Bananas grow on herbs")])
    assert (values["passage R@1"], values["answer @1"], values["answer @3"]) == (1.0, 1.0, 1.0)
    assert "unanswerable declined" not in values


def test_the_same_words_in_another_document_are_not_right(reader):
    values = evaluate_answers(reader, [gold("Apples grow on trees", "other")])
    assert (values["passage R@1"], values["answer @1"]) == (0.0, 0.0)


def test_what_is_not_there_should_be_declined(reader):
    values = evaluate_answers(reader, [Question("Who won the football world cup in 1998?", "fruit", ())])
    assert values["unanswerable declined"] == 1.0


def test_an_empty_question_is_not_answered(reader):
    assert evaluate_answers(reader, [Question("", "fruit", (Span(0, 5),))])["answer @1"] == 0.0


def test_lines_are_read_and_a_bad_one_is_named(tmp_path):
    path = tmp_path / "qa.jsonl"
    rows = [
        {"question": "Q?", "doc_id": "d", "answers": [{"text": "abc", "start": 4}]},
        {"question": "U?", "doc_id": "d", "answers": [{"text": "abc", "start": 4}], "answerable": False},
    ]
    path.write_text("\r\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8-sig")
    assert read_questions(path) == [Question("Q?", "d", (Span(4, 7),)), Question("U?", "d", ())]
    for bad in (b"[]", b'{"question": "Q?", "answers": [{"text": "abc"}]}', b"\xff\xfe"):
        path.write_bytes(b'{"question": "Q?"}\n' + bad + b"\n")
        with pytest.raises(EvaluationFileError, match=r"line 2: a question is a JSON object, {question, doc_id"):
            read_questions(path)
