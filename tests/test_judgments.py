import threading

import pytest

from indexer.errors import JudgmentError, LibraryAccessError
from indexer.judgments import FOLDER, QRELS, QUERIES, grades_of, judge, query_id
from indexer.trec import read_qrels, read_queries


def test_grades_are_kept_by_query_and_passage(tmp_path):
    judge(tmp_path, "drop  metastasis", "d.1", 3)
    judge(tmp_path, "Drop metastasis", "d.2", 0)
    judge(tmp_path, "spine", "d.1", 1)
    judge(tmp_path, "spine", "d.1", 2)
    assert grades_of(tmp_path, "drop metastasis") == {"d.1": 3, "d.2": 0}
    assert grades_of(tmp_path, "SPINE") == {"d.1": 2}
    assert grades_of(tmp_path, "lung") == {}


def test_a_grade_is_taken_back_and_with_the_last_its_query(tmp_path):
    judge(tmp_path, "spine", "d.1", 1)
    judge(tmp_path, "spine", "d.1", None)
    judge(tmp_path, "spine", "d.9", None)
    assert grades_of(tmp_path, "spine") == {}
    assert read_queries(tmp_path / FOLDER / QUERIES) == {}


def test_what_is_kept_is_what_evaluate_reads(tmp_path):
    judge(tmp_path, "what is\ta {tumor}? \ud800", "annual report.pdf.1", 3)
    queries, qrels = read_queries(tmp_path / FOLDER / QUERIES), read_qrels(tmp_path / FOLDER / QRELS)
    assert list(queries.values()) == ["what is a {tumor}? ?"]
    assert qrels == {next(iter(queries)): {"annual report.pdf.1": 3}}


@pytest.mark.parametrize(
    ("text", "passage", "grade"), [("a", "d.1", 4), ("a", "d.1", -1), ("a", "d\t1", 1), ("a", "", 1), (" ", "d.1", 1)]
)
def test_what_cannot_be_kept_is_refused(tmp_path, text, passage, grade):
    with pytest.raises(JudgmentError):
        judge(tmp_path, text, passage, grade)
    assert grades_of(tmp_path, text) == {}


def test_judges_at_once_lose_nothing(tmp_path):
    threads = [threading.Thread(target=judge, args=(tmp_path, f"q{at % 3}", f"d.{at}", at % 4)) for at in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(len(grades_of(tmp_path, f"q{at}")) for at in range(3)) == 24


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / FOLDER).write_text("")
    with pytest.raises(LibraryAccessError):
        judge(tmp_path, "a", "d.1", 1)


def test_an_id_is_a_word_and_the_same_however_the_query_is_spaced():
    assert query_id(" Spinal  CORD ") == query_id("spinal cord")
    assert query_id("spinal cord").isalnum()
