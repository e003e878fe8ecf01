import pytest

from indexer.evaluate import (
    best_scores,
    evaluate_retrieval,
    evaluate_run,
    notes,
    ranked,
    summary,
    table,
)
from indexer.trec import read_qrels, read_run, write_qrels, write_run
from tests.questions import small_library

QUERIES = {"1": "lung", "2": "spine", "3": "liver"}
QRELS = {"1": {"a": 1, "b": 2}, "2": {"c": 1}}
FOUND = {"lung": [("a", 3.0), ("b", 2.0)], "spine": [("a", 1.0)], "liver": [("c", 1.0)]}


def search(text, limit):
    return FOUND[text][:limit]


def test_rankings_are_measured_query_by_query():
    evaluation = evaluate_retrieval(search, QUERIES, QRELS, measures=("RR", "R@1", "P@2"))
    assert evaluation.queries == {
        "RR": {"1": 1.0, "2": 0.0},
        "R@1": {"1": 0.5, "2": 0.0},
        "P@2": {"1": 1.0, "2": 0.0},
    }
    assert evaluation.means == {"RR": 0.5, "R@1": 0.25, "P@2": 0.5}


def test_no_more_than_the_limit_is_measured():
    assert evaluate_retrieval(search, QUERIES, QRELS, 1, measures=("R@100",)).means == {"R@100": 0.25}


def test_a_query_without_judgments_is_left_out_and_named():
    evaluation = evaluate_retrieval(search, QUERIES, QRELS)
    assert evaluation.not_judged == ("3",)
    assert set(evaluation.queries["AP"]) == {"1", "2"}
    assert evaluation.run["3"] == {"c": 1.0}  # but stands in the run file


def test_a_judged_query_that_was_not_run_counts_as_nought():
    evaluation = evaluate_run({"1": {"b": 1.0}}, QRELS, ("RR",))
    assert evaluation.means == {"RR": 0.5}
    assert evaluation.not_found == ("2",)


def test_a_query_nothing_is_relevant_to_counts_as_nought_and_is_named():
    evaluation = evaluate_run({"1": {"a": 1.0}}, {"1": {"a": 1}, "2": {"a": 0}}, ("RR",))
    assert evaluation.means == {"RR": 0.5}
    assert evaluation.not_relevant == ("2",)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("b", 1.0), ("a", 2.0)], 1.0),  # the order comes from the scores
        ([("a", 1.0), ("b", 1.0)], 0.5),  # and for equal scores from the ids, descending
    ],
)
def test_the_order_is_that_of_trec_eval(found, expected):
    evaluation = evaluate_retrieval(lambda *_: found, QUERIES, {"1": {"a": 1}}, measures=("RR",))
    assert evaluation.means == {"RR": expected}


def test_without_judgments_every_mean_is_nought():
    assert evaluate_run({"1": {"a": 1.0}}, {}, ("RR",)).means == {"RR": 0.0}


def test_an_id_found_twice_keeps_its_better_score():
    assert best_scores([("a", 1.0), ("b", 3.0), ("a", 2.0)]) == {"a": 2.0, "b": 3.0}


TREC_QRELS = {  # with junk (-1), a query that nothing is relevant to, and one that was not run
    "q1": {"d1": 3, "d2": 0, "d3": 1, "d4": -1, "d7": 2},
    "q2": {"d2": 1, "d5": 1, "d9": 0},
    "q3": {"d8": 0, "d1": 0},
    "q4": {"d6": 2},
}
TREC_RUN = {  # with ties, and a query that was not judged
    "q1": {"d4": 9.0, "d3": 7.5, "d1": 7.5, "d9": 7.5, "d2": 1.0},
    "q2": {"d9": 0.5, "d5": 0.5, "d1": -2.0, "d2": -2.0},
    "q3": {"d1": 4.0, "d8": 3.0},
    "q5": {"d1": 1.0},
}
TREC_VALUES = {  # as trec_eval -c gives them (pytrec_eval-terrier 0.5.11), for q1 and q2; q3 and q4 are 0
    "nDCG": (0.37632980803656374, 0.6934264036172708),
    "nDCG@3": (0.10500099787698204, 0.6934264036172708),
    "RR": (1 / 3, 0.5),
    "R@3": (1 / 3, 1.0),
    "AP": (0.27777777777777773, 0.5833333333333333),
    "AP@3": (0.1111111111111111, 0.5833333333333333),
    "P@3": (1 / 3, 2 / 3),
}


@pytest.mark.parametrize(("name", "values"), TREC_VALUES.items())
def test_values_are_those_of_trec_eval(name, values):
    evaluation = evaluate_run(TREC_RUN, TREC_QRELS, (name,))
    assert evaluation.queries[name] == pytest.approx({"q1": values[0], "q2": values[1], "q3": 0.0, "q4": 0.0})
    assert evaluation.means[name] == pytest.approx(sum(values) / 4)


def test_what_counts_as_nought_and_what_is_left_out_is_named():
    evaluation = evaluate_run(TREC_RUN, TREC_QRELS)
    assert evaluation.not_found == ("q4",)
    assert evaluation.not_relevant == ("q3",)
    assert evaluation.not_judged == ("q5",)
    assert summary(evaluation).splitlines()[-4:] == [
        "1 queries found nothing and count as 0",
        "1 queries have no relevant document and count as 0",
        "1 queries have no judgments and are left out",
        "2 queries have equal scores, which stand by id, descending, as in trec_eval",
    ]


def test_a_run_scores_the_same_when_read_back_from_its_file(tmp_path):
    write_run(tmp_path / "run.txt", TREC_RUN)
    write_qrels(tmp_path / "qrels.txt", TREC_QRELS)
    again = evaluate_run(read_run(tmp_path / "run.txt"), read_qrels(tmp_path / "qrels.txt"))
    assert again == evaluate_run(TREC_RUN, TREC_QRELS)


def test_every_query_is_asked_once_with_the_limit():
    asked = []
    evaluate_retrieval(lambda *words: asked.append(words) or [], QUERIES, QRELS, 7)
    assert asked == [("lung", 7), ("spine", 7), ("liver", 7)]


def test_passages_and_documents_are_found_by_id():
    with small_library() as reader:
        (first, *_), (document, *_) = (ranked(reader, unit, "arachnoid cysts", 5) for unit in ("passage", "document"))
        assert reader.passage(first[0]).text.startswith("Arachnoid cysts are sacs")
        assert reader.summary(document[0]).title == "Cysts of the Spine"
        assert len(ranked(reader, "document", "fruit", 1)) == 1


def test_a_query_that_cannot_be_read_finds_nothing():
    with small_library() as reader:
        assert [ranked(reader, unit, " ", 5) for unit in ("passage", "document")] == [[], []]


def test_summary_shows_means_intervals_and_what_was_left_out():
    lines = summary(evaluate_retrieval(search, QUERIES, QRELS, measures=("RR",))).splitlines()
    assert [line.split() for line in lines] == [
        ["measure", "mean", "95", "%", "interval"],
        ["-------", "------", "-------------"],
        ["RR", "0.5000", "0.0000-1.0000"],
        ["1", "queries", "have", "no", "judgments", "and", "are", "left", "out"],
    ]


def test_equal_scores_are_told():
    assert notes(evaluate_run({"1": {"a": 1.0, "b": 1.0}}, {"1": {"a": 1}}, ("RR",))) == [
        "1 queries have equal scores, which stand by id, descending, as in trec_eval"
    ]


def test_table_keeps_its_columns():
    assert table(("name", "n"), [("a", "10"), ("longer", "9")]) == "\n".join(
        ["name     n", "------  --", "a       10", "longer   9"]
    )


def test_table_without_rows_is_its_header():
    assert table(("name", "n"), []) == "name  n\n----  -"


@pytest.mark.parametrize("measures", [("MAP",), ("nDCG@10", "")])
def test_unknown_measures_are_refused(measures):
    with pytest.raises(ValueError, match="is no measure"):
        evaluate_run({}, QRELS, measures)
