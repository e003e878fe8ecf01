import json

from tests.commands import as_json, run


def test_answers_of_a_batch(place, tmp_path):
    asked, answered = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    asked.write_text('{"id": "1", "question": "Where do apples grow?"}\n\nnot json\n{"id": 2, "question": ""}\n')
    done = run(place, "answer", "--batch", str(asked), "--output", str(answered))
    assert (done.returncode, done.stdout) == (1, "1 answered, 0 possibly, 0 not; 2 failed\n")
    first, second, third = [json.loads(line) for line in answered.read_text().splitlines()]
    assert first["id"] == "1"
    assert first["answers"][0]["quote"] == "Apples grow on trees."
    assert "line 3" in second["error"]
    assert (third["id"], third["error"]) == (2, "the query is empty")


def test_a_batch_of_questions_alone_ends_well_be_they_answered_or_not(place, tmp_path):
    asked = tmp_path / "in.jsonl"
    lines = '{"id": 1, "question": "Where do apples grow?"}\n{"id": 2, "question": "Who is xyzzy?"}\n'
    asked.write_text(lines, encoding="utf-8-sig")
    reply = as_json(place, "answer", "--batch", str(asked), "--output", str(tmp_path / "out.jsonl"))
    del reply["output"]
    assert reply == {"answer": 1, "possible": 0, "none": 1, "failed": 0}


def test_a_batch_never_writes_over_its_questions(place, tmp_path):
    asked = tmp_path / "in.jsonl"
    asked.write_text('{"id": "1", "question": "Where do apples grow?"}\n')
    done = run(place, "answer", "--batch", str(asked), "--output", str(asked))
    assert (done.returncode, "questions itself" in done.stderr) == (2, True)
    assert asked.read_text().startswith('{"id"')
    assert run(place, "answer", "--batch", str(asked), "--output", str(tmp_path / "no" / "x")).returncode == 2
