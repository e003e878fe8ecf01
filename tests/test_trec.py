import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import EvaluationFileError
from indexer.trec import ranking, read_qrels, read_queries, read_run, write_qrels, write_run


def file(folder, text, name="file.txt"):
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


QRELS = {"1": {"d1": 1, "d2": 0}, "2": {"d1": 2}}


@pytest.mark.parametrize(
    "text",
    [
        "1 0 d1 1\n1 0 d2 0\n2 0 d1 2\n",
        "1\t0\td1\t1\n1\t0\td2\t0\n2\t0\td1\t2",  # tabs, no last line end
        "1 0 d1 1\r\n1 0 d2 0\r\n2 0 d1 2\r\n",  # Windows
        "\ufeff1 0 d1 1\n\n1 0 d2 0\n  \n2 0 d1 2\n",  # byte order mark, blank lines
        "query-id\tcorpus-id\tscore\n1\td1\t1\n1\td2\t0\n2\td1\t2\n",  # BEIR
        "query-id\tcorpus-id\tscore\r\n1\td1\t1\r\n1\td2\t0\r\n2\td1\t2\r\n",
        "qid 0 docid rel\n1 0 d1 1\n1 0 d2 0\n2 0 d1 2\n",
        "1 0 d1 1\n1 0 d1 1\n1 0 d2 0\n2 0 d1 2\n",  # said twice
        "1 0 d1 1.0\n1 0 d2 0\n2 0 d1 2\n",
    ],
)
def test_qrels_in_every_dress(tmp_path, text):
    assert read_qrels(file(tmp_path, text)) == QRELS


def test_ids_in_columns_may_hold_spaces(tmp_path):
    path = file(tmp_path, "query-id\tcorpus-id\tscore\nq 1\tannual report.pdf\t1\n")
    assert read_qrels(path) == {"q 1": {"annual report.pdf": 1}}


def test_a_query_may_be_named_like_a_column(tmp_path):
    assert read_qrels(file(tmp_path, "ID 0 d1 1\n")) == {"ID": {"d1": 1}}
    assert read_queries(file(tmp_path, "id\tdrop metastasis\n")) == {"id": "drop metastasis"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("1 0 d1 1\n1 0 d1 2\n", 2, "two grades"),
        ("1 0 d1 1\n\n1 d2\n", 3, "a qrels line is"),
        ("1 0 d1 good\n", 1, "'good' is no grade"),
        ("1 0 d1 0.5\n", 1, "no grade"),
        ("1 0 d1 inf\n", 1, "no grade"),
    ],
)
def test_qrels_that_cannot_be_used_name_the_line(tmp_path, text, line, reason):
    with pytest.raises(EvaluationFileError, match=reason) as error:
        read_qrels(file(tmp_path, text))
    assert error.value.line == line
    assert f"line {line}" in str(error.value)


def test_run_is_read_by_score_whatever_its_ranks_say(tmp_path):
    run = read_run(file(tmp_path, "1 Q0 a 1 0.5 x\r\n1 Q0 b 2 7e-1 x\r\n2 Q0 a 1 -3 x\r\n"))
    assert run == {"1": {"a": 0.5, "b": 0.7}, "2": {"a": -3.0}}
    assert ranking(run["1"]) == ["b", "a"]


def test_a_document_found_twice_keeps_its_better_score(tmp_path):
    assert read_run(file(tmp_path, "1 Q0 a 1 0.5 x\n1 Q0 a 2 0.9 x\n1 Q0 a 3 0.1 x\n")) == {"1": {"a": 0.9}}


@pytest.mark.parametrize("text", ["1 Q0 a 1\n", "1 Q0 a 1 high x\n", "1 Q0 a 1 nan x\n", "1 Q0 a 1 1 x y\n"])
def test_runs_that_cannot_be_used_are_refused(tmp_path, text):
    with pytest.raises(EvaluationFileError, match="line 1"):
        read_run(file(tmp_path, text))


def test_equal_scores_rank_by_id_descending():
    assert ranking({"a": 1.0, "c": 1.0, "b": 1.0, "z": 0.5}) == ["c", "b", "a", "z"]
    assert ranking({"9": 1.0, "10": 1.0}) == ["9", "10"]  # ids are words, not numbers


@pytest.mark.parametrize(
    "text",
    [
        '{"_id": "1", "text": "drop metastasis"}\n{"_id": "2", "text": "spine"}\n',
        '{"id": 1, "question": "drop metastasis"}\r\n{"id": 2, "query": "spine"}\r\n',
        "1\tdrop metastasis\n2\tspine\n",
        "\ufeffquery-id\ttext\r\n1\tdrop metastasis\r\n2\tspine\r\n",
        "1\tdrop metastasis\n1\tdrop metastasis\n2\tspine\n",
    ],
)
def test_queries_in_every_dress(tmp_path, text):
    assert read_queries(file(tmp_path, text)) == {"1": "drop metastasis", "2": "spine"}


def test_a_line_separator_inside_a_query_is_no_line_end(tmp_path):
    text = '{"_id": "1", "text": "drop\u2028metastasis"}\n'
    assert read_queries(file(tmp_path, text)) == {"1": "drop\u2028metastasis"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1 drop metastasis\n", "a query is a JSON object"),
        ('{"_id": "1"}\n', "needs `_id` and `text`"),
        ('{"text": "spine"}\n', "needs `_id` and `text`"),
        ('{"_id": ["1"], "text": "spine"}\n', "needs `_id` and `text`"),
        ('{"_id": "1", "text"\n', "not JSON"),
        ("1\tspine\n1\tlung\n", "two texts"),
    ],
)
def test_queries_that_cannot_be_used_are_refused(tmp_path, text, reason):
    with pytest.raises(EvaluationFileError, match=reason):
        read_queries(file(tmp_path, text))


def test_run_is_written_in_order_with_ranks_from_one(tmp_path):
    path = tmp_path / "run.txt"
    write_run(path, {"1": {"a": 1.5, "b": 2.0, "c": 1.5}, "2": {}}, tag="test")
    assert path.read_bytes() == b"1 Q0 b 1 2.0 test\n1 Q0 c 2 1.5 test\n1 Q0 a 3 1.5 test\n"


@pytest.mark.parametrize("name", ["annual report", "", "tab\tin it"])
def test_ids_of_several_words_cannot_be_written(tmp_path, name):
    with pytest.raises(EvaluationFileError, match="not one word"):
        write_run(tmp_path / "run.txt", {"1": {name: 1.0}})
    with pytest.raises(EvaluationFileError, match="not one word"):
        write_qrels(tmp_path / "qrels.txt", {name: {"a": 1}})


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Z", "C"], exclude_characters="\ufeff"),
    min_size=1,
    max_size=5,
)


@given(st.dictionaries(words, st.dictionaries(words, st.floats(allow_nan=False), min_size=1)))
def test_a_run_reads_back_as_written(tmp_path_factory, run):
    path = tmp_path_factory.mktemp("run") / "run.txt"
    write_run(path, run)
    assert read_run(path) == run


@given(st.dictionaries(words, st.dictionaries(words, st.integers(-1, 4), min_size=1)))
def test_qrels_read_back_as_written(tmp_path_factory, qrels):
    path = tmp_path_factory.mktemp("qrels") / "qrels.txt"
    write_qrels(path, qrels)
    assert read_qrels(path) == qrels


def test_an_empty_file_holds_nothing(tmp_path):
    path = file(tmp_path, "\n\r\n")
    assert (read_qrels(path), read_run(path), read_queries(path)) == ({}, {}, {})


def test_a_header_alone_holds_nothing(tmp_path):
    assert read_qrels(file(tmp_path, "query-id\tcorpus-id\tscore\n")) == {}


def test_a_run_without_its_tag_is_read(tmp_path):
    assert read_run(file(tmp_path, "1 Q0 a 1 0.5\n")) == {"1": {"a": 0.5}}


def test_a_byte_that_is_no_utf8_spoils_one_character(tmp_path):
    assert read_queries(file(tmp_path, b"1\tBrown-S\xe9quard\n2\tspine\n")) == {"1": "Brown-S\ufffdquard", "2": "spine"}


def test_queries_keep_the_order_of_the_file(tmp_path):
    assert list(read_queries(file(tmp_path, "b\tx\na\ty\nc\tz\n"))) == ["b", "a", "c"]


def test_the_text_of_a_query_may_hold_tabs(tmp_path):
    assert read_queries(file(tmp_path, "1\tdrop\tmetastasis\n")) == {"1": "drop\tmetastasis"}


def test_qrels_are_written_as_trec_has_them(tmp_path):
    path = tmp_path / "qrels.txt"
    write_qrels(path, {"1": {"d1": 1, "d2": 0}, "2": {"d1": -1}})
    assert path.read_bytes() == b"1 0 d1 1\n1 0 d2 0\n2 0 d1 -1\n"


def test_the_error_of_a_file_being_written_names_no_line(tmp_path):
    with pytest.raises(EvaluationFileError) as error:
        write_run(tmp_path / "run.txt", {"a b": {"d": 1.0}})
    assert str(error.value).startswith(f"{tmp_path / 'run.txt'}: the id 'a b'")
