import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.measures import (
    auroc,
    average_precision,
    judged,
    measure,
    ndcg,
    precision,
    recall,
    reciprocal_rank,
    success,
)

GRADES = {"a": 3, "b": 2, "c": 1, "d": 0, "e": -1}
RANKING = ["d", "a", "x", "c"]  # not relevant, 3, not judged, 1


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("nDCG", (3 / 1.5849625007 + 1 / 2.3219280949) / (3 + 2 / 1.5849625007 + 1 / 2)),
        ("nDCG@2", (3 / 1.5849625007) / (3 + 2 / 1.5849625007)),
        ("nDCG@1", 0.0),
        ("RR", 1 / 2),
        ("RR@1", 0.0),
        ("R@2", 1 / 3),
        ("R@4", 2 / 3),
        ("AP", (1 / 2 + 2 / 4) / 3),
        ("AP@2", (1 / 2) / 3),
        ("P@2", 1 / 2),
        ("P@10", 2 / 10),  # of ten, though only four were found
        ("P", 2 / 4),
        ("Judged@3", 2 / 3),
        ("Judged@10", 3 / 4),  # of the four found
        ("Success@1", 0.0),
        ("Success@2", 1.0),
    ],
)
def test_worked_example(spec, expected):
    assert measure(spec)(RANKING, GRADES) == pytest.approx(expected)


@pytest.mark.parametrize("spec", ["nDCG@0", "MAP", "nDCG@ten", "P@", "", "nDCG@-1", "P@10 "])
def test_unknown_measures_are_refused(spec):
    with pytest.raises(ValueError, match="is no measure"):
        measure(spec)


def test_names_of_measures_may_be_written_in_any_case():
    assert measure("ndcg@2")(RANKING, GRADES) == measure("nDCG@2")(RANKING, GRADES)


@pytest.mark.parametrize("of", [ndcg, reciprocal_rank, recall, average_precision, precision, judged, success])
def test_an_empty_ranking_scores_nothing(of):
    assert of([], GRADES, 10) == 0


@pytest.mark.parametrize("of", [ndcg, reciprocal_rank, recall, average_precision, precision, success])
def test_a_query_without_relevant_documents_scores_nothing(of):
    assert of(["d", "e"], {"d": 0, "e": -1}, 10) == 0


def test_a_negative_grade_takes_nothing_away():
    assert ndcg(["e", "a"], GRADES) == ndcg(["d", "a"], GRADES)


grades = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(-1, 4))
rankings = st.permutations("abcdefghij").flatmap(
    lambda order: st.integers(0, 10).map(lambda count: list(order[:count]))
)


@given(rankings, grades, st.integers(1, 12), st.sampled_from(["nDCG", "RR", "R", "AP", "P", "Judged"]))
def test_measures_lie_between_nought_and_one(ranking, grades, k, name):
    assert 0 <= measure(f"{name}@{k}")(ranking, grades) <= 1 + 1e-12


@given(grades, st.integers(1, 8))
def test_the_ideal_ranking_scores_one(grades, k):
    ideal = sorted(grades, key=lambda document: -grades[document])
    expected = 1.0 if any(grade > 0 for grade in grades.values()) else 0.0
    assert ndcg(ideal, grades, k) == pytest.approx(expected)


@given(rankings, grades)
def test_moving_a_relevant_document_up_never_hurts(ranking, grades):
    for at in range(1, len(ranking)):
        above, below = ranking[at - 1], ranking[at]
        if grades.get(below, 0) <= max(0, grades.get(above, 0)):
            continue
        better = [*ranking[: at - 1], below, above, *ranking[at + 1 :]]
        assert ndcg(better, grades) >= ndcg(ranking, grades)


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        ([3, 2], [1, 0], 1.0),
        ([0], [1], 0.0),
        ([1, 1], [1], 0.5),
        ([2, 0], [1], 0.5),
        ([3, 1], [1, 0], (1 + 1 + 0.5 + 1) / 4),
        ([], [1], 0.5),
        ([1], [], 0.5),
    ],
)
def test_auroc(positive, negative, expected):
    assert auroc(positive, negative) == expected


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auroc_is_the_share_of_pairs_in_order(positive, negative):
    pairs = [(a > b) + (a == b) / 2 for a in positive for b in negative]
    assert auroc(positive, negative) == pytest.approx(sum(pairs) / len(pairs))
