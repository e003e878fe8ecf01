import pytest

from indexer.evaluate import (
    best_scores,
    comparison,
    documents_of,
    evaluate_retrieval,
    evaluate_run,
    summary,
    table,
)
from indexer.records import Citation, Hit, Passage, Span, Summary

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


def hit(document, score):
    nowhere = Span(0, 0)
    return Hit(
        rank=1,
        score=score,
        passage=Passage(f"{document}.1", document, 0, "prose", (), "", nowhere, None),
        matches=(),
        document=Summary(document, "", ""),
        citation=Citation("", None, nowhere, nowhere, (), "", "", ""),
    )


def test_documents_stand_where_their_best_passage_does():
    hits = [hit("a", 1.0), hit("b", 3.0), hit("a", 2.0)]
    assert documents_of(hits) == [("b", 3.0), ("a", 2.0)]


def test_summary_shows_means_intervals_and_what_was_left_out():
    lines = summary(evaluate_retrieval(search, QUERIES, QRELS, measures=("RR",))).splitlines()
    assert [line.split() for line in lines] == [
        ["measure", "mean", "95", "%", "interval"],
        ["-------", "------", "-------------"],
        ["RR", "0.5000", "0.0000-1.0000"],
        ["1", "queries", "have", "no", "judgments", "and", "are", "left", "out"],
    ]


def test_comparison_sets_two_evaluations_side_by_side():
    old = evaluate_run({"1": {"x": 2.0, "a": 1.0}, "2": {"c": 1.0}}, QRELS, ("RR",))
    new = evaluate_run({"1": {"a": 2.0}, "2": {"c": 1.0}}, QRELS, ("RR",))
    row = comparison(new, old).splitlines()[-1].split()
    assert row == ["RR", "0.7500", "1.0000", "+0.2500", "1.00", "0.5000", "1.0000"]


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
