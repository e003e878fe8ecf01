import json

from tests.commands import as_json, run


def test_a_ranking_is_measured_and_written_as_a_trec_run(place, tmp_path):
    documents = {d["path"]: d["id"] for d in as_json(place, "status")["documents"]}
    fruit = documents["docs/fruit.txt"]
    (tmp_path / "q.tsv").write_text("q1\tapples\nq2\tnothing here\n")
    (tmp_path / "qrels").write_text(f"q1 0 {fruit} 1\n")
    arguments = ["--queries", str(tmp_path / "q.tsv"), "--run-file", str(tmp_path / "run")]
    reply = as_json(place, "evaluate", *arguments, "--qrels", str(tmp_path / "qrels"))
    assert reply["measures"]["nDCG@10"] == 1.0
    assert (tmp_path / "run").read_text().split()[:4] == ["q1", "Q0", fruit, "1"]
    assert "nDCG@10" in run(place, "evaluate", *arguments, "--qrels", str(tmp_path / "qrels")).stdout
    assert run(place, "evaluate", *arguments).stdout == "2 queries searched\n"


def test_an_evaluation_below_its_floor_or_of_unknown_measures_ends_so(place, tmp_path):
    (tmp_path / "q.tsv").write_text("q1\tapples\n")
    (tmp_path / "qrels").write_text("q1 0 nowhere 1\n")
    files = ["--queries", str(tmp_path / "q.tsv"), "--qrels", str(tmp_path / "qrels")]
    done = run(place, "evaluate", *files, "--measures", "RR, P@3", "--floor", "R@5=0.5")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (1, "FELL: R@5 is 0.0000, below 0.5000")
    for wrong in (["--floor", "RR"], ["--floor", "good=1"], ["--measures", "good"]):
        assert run(place, "evaluate", *files, *wrong).returncode == 2
    assert "need --qrels" in run(place, "evaluate", *files[:2], "--floor", "RR=1").stderr


def test_answers_are_measured_against_gold_spans(place, tmp_path):
    fruit = {d["path"]: d["id"] for d in as_json(place, "status")["documents"]}["docs/fruit.txt"]
    start = (place / "docs" / "fruit.txt").read_text().index("on trees")
    rows = [
        {"question": "Where do apples grow?", "doc_id": fruit, "answers": [{"text": "on trees", "start": start}]},
        {"question": "Who invented the xyzzy?", "doc_id": fruit, "answers": [], "answerable": False},
    ]
    (tmp_path / "qa.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    measures = as_json(place, "evaluate", "--questions", str(tmp_path / "qa.jsonl"))["measures"]
    assert (measures["passage R@1"], measures["answer @1"], measures["unanswerable declined"]) == (1.0, 1.0, 1.0)
    (tmp_path / "bad.jsonl").write_text("{}\n")
    assert run(place, "evaluate", "--questions", str(tmp_path / "bad.jsonl")).returncode == 2
