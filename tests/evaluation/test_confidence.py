import pytest

from tests.evaluation.confidence import calibration_error, precision_coverage, reliability

CASES = [(0.95, True), (0.92, True), (0.91, False), (0.15, False), (0.12, True), (1.0, True)]


def rows(table):
    return [line.split() for line in table.splitlines()[2:]]


def test_each_tenth_shows_its_questions_and_how_many_are_right():
    low, high = rows(reliability(CASES))
    assert low[:4] == ["0.1-", "2", "0.135", "0.500"]
    assert high[:4] == ["0.9-", "4", "0.945", "0.750"]
    assert high[4] == "#" * 15


def test_the_surer_the_fewer_and_the_more_often_right():
    found = {row[0]: row[1:] for row in rows(precision_coverage(CASES))}
    assert found["10%"] == ["1.000", "1.000"]
    assert found["50%"] == ["0.920", "1.000"]
    assert found["100%"] == ["0.120", "0.667"]


def test_a_confidence_that_tells_the_truth_has_no_error():
    assert calibration_error([(1.0, True), (0.0, False)]) == 0.0
    assert calibration_error(CASES) == pytest.approx((2 * 0.365 + 4 * 0.195) / 6)


def test_nothing_asked_is_an_empty_table():
    assert rows(reliability([])) == rows(precision_coverage([])) == []
    assert calibration_error([]) == 0.0
