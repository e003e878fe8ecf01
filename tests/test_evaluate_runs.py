import math

import pytest

from indexer.evaluate_runs import Wishes, evaluated, lines, reply
from indexer.trec import read_run, write_run
from tests.questions import small_library


@pytest.fixture(scope="module")
def library():
    with small_library() as reader:
        yield reader


@pytest.fixture
def ids(library):
    return {library.summary(name).title: name for name in library.known()}


@pytest.fixture
def wish(tmp_path, ids):
    """Wishes for three queries and their judgments."""
    (tmp_path / "queries.tsv").write_bytes(b"q1\tarachnoid cysts\r\nq2\tapples\r\nq3\tsoft fruit\r\n")
    rows = [("q1", "Cysts of the Spine", 2), ("q2", "Growing Apples", 1), ("q3", "Pears", 1)]
    (tmp_path / "qrels").write_text("".join(f"{query} 0 {ids[title]} {grade}\n" for query, title, grade in rows))
    return lambda **more: Wishes(tmp_path / "queries.tsv", tmp_path / "qrels", **more)


def test_a_ranking_is_measured_with_intervals(library, wish):
    told = reply(evaluated(library, wish()))
    assert (told["queries"], told["judged"], told["measures"]["nDCG@10"]) == (3, 3, 1.0)
    assert told["intervals"]["nDCG@10"] == [1.0, 1.0]
    assert told["fallen"] == []


def test_other_measures_and_those_with_a_floor(library, wish):
    report = evaluated(library, wish(measures=("RR@3",), floors={"P@1": 0.9, "P@2": 0.9}))
    assert list(report.evaluation.means) == ["RR@3", "P@1", "P@2"]
    assert report.fallen == ("P@2 is 0.5000, below 0.9000",)


def test_a_worse_baseline_is_no_reason_to_fail_and_what_moved_is_named(library, wish, tmp_path, ids):
    write_run(tmp_path / "old", {"q1": {ids["Pears"]: 2.0, ids["Cysts of the Spine"]: 1.0}, "q2": {}, "q3": {}})
    report = evaluated(library, wish(baseline=tmp_path / "old"))
    assert report.fallen == ()
    assert [one.query for one in report.moved["nDCG@10"]] == ["q1", "q2", "q3"]
    text = "\n".join(lines(report))
    assert "p(randomisation)" in text
    assert "nDCG@10: 0 queries lost, 3 won" in text


def test_a_significantly_better_baseline_fails(library, tmp_path, ids):
    names = [f"q{at}" for at in range(12)]
    (tmp_path / "queries").write_text("".join(f"{name}\tapples\n" for name in names))
    (tmp_path / "qrels").write_text("".join(f"{name} 0 {ids['Cysts of the Spine']} 1\n" for name in names))
    write_run(tmp_path / "old", {name: {ids["Cysts of the Spine"]: 1.0} for name in names})
    report = evaluated(library, Wishes(tmp_path / "queries", tmp_path / "qrels", baseline=tmp_path / "old"))
    assert any(one.startswith("nDCG@10 fell from 1.0000 to 0.0000") for one in report.fallen)
    assert [line for line in lines(report) if line.startswith("FELL: nDCG@10")]
    assert all(one["t"] is None or math.isfinite(one["t"]) for one in reply(report)["changes"])


def test_what_the_files_say_that_cannot_be_used_is_told(library, wish, tmp_path):
    with (tmp_path / "qrels").open("a") as file:
        file.write("q1 0 nowhere 1\nq1 0 nowhere 1\nq9 0 nowhere 1\n")
    report = evaluated(library, wish())
    assert report.notes[:4] == (
        "qrels: 1 lines repeat another and count once",
        "queries.tsv: 3 lines have a Windows line end, which is left out",
        "1 judged queries are not among the queries and count as 0",
        "1 judged documents are not in the library and count as not found",
    )
    assert report.evaluation.means["nDCG@10"] < 1
    assert set(report.notes) <= set(lines(report))


def test_passages_are_known_by_their_documents(library, tmp_path):
    passage = library.passages(next(iter(library.known())))[0].id
    (tmp_path / "queries").write_text("q\tapples\n")
    (tmp_path / "qrels").write_text(f"q 0 {passage} 1\nq 0 nowhere.12345678 1\n")
    report = evaluated(library, Wishes(tmp_path / "queries", tmp_path / "qrels", unit="passage"))
    assert "1 judged passages are not in the library and count as not found" in report.notes


def test_without_judgments_the_run_is_written_and_read_back(library, tmp_path):
    (tmp_path / "queries").write_text("q\tapples\n")
    report = evaluated(library, Wishes(tmp_path / "queries", run_file=tmp_path / "run"))
    assert read_run(tmp_path / "run") == report.evaluation.run
    assert lines(report) == ["1 queries searched"]
