from itertools import product
from math import atan, inf, pi, sqrt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer.significance import bootstrap, incomplete_beta, paired_t, randomisation

scores = st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=2, max_size=8)
pairs = scores.flatmap(lambda new: st.tuples(st.just(new), st.permutations(new)))


def test_paired_t_of_a_worked_example():
    result = paired_t([1.0, 2.0, 3.0, 4.5], [0.0, 2.0, 2.5, 3.0])  # differences 1, 0, 0.5, 1.5
    assert result.difference == pytest.approx(0.75)
    assert result.statistic == pytest.approx(2.3237900077)
    assert result.p == pytest.approx(0.1027280786)  # as scipy.stats.ttest_rel gives it
    assert result.queries == 4


def test_paired_t_of_equal_scores_is_no_difference():
    assert paired_t([0.1, 0.5], [0.1, 0.5])[:3] == (0.0, 0.0, 1.0)


def test_paired_t_of_the_same_gain_everywhere_is_certain():
    assert paired_t([0.3, 0.6, 0.9], [0.1, 0.4, 0.7])[1:3] == (inf, 0.0)


def test_paired_t_of_one_query_says_nothing():
    assert paired_t([0.9], [0.1])[1:] == (0.0, 1.0, 1)


@pytest.mark.parametrize("compare", [paired_t, randomisation])
def test_scores_of_other_queries_are_refused(compare):
    with pytest.raises(ValueError, match="same queries"):
        compare([0.1, 0.2], [0.1])
    with pytest.raises(ValueError, match="same queries"):
        compare([], [])


@given(pairs)
def test_swapping_the_sides_turns_the_difference_and_keeps_p(pair):
    forth, back = randomisation(*pair), randomisation(*reversed(pair))
    assert forth.difference == pytest.approx(-back.difference)
    assert forth.p == pytest.approx(back.p)
    assert paired_t(*pair).p == pytest.approx(paired_t(*reversed(pair)).p)


@given(pairs)
def test_exact_randomisation_counts_every_assignment_of_signs(pair):
    differences = [new - old for new, old in zip(*pair, strict=True)]
    totals = [
        abs(sum(sign * difference for sign, difference in zip(signs, differences, strict=True)))
        for signs in product((-1, 1), repeat=len(differences))
    ]
    expected = sum(total >= abs(sum(differences)) - 1e-9 for total in totals) / len(totals)
    assert randomisation(*pair).p == pytest.approx(expected)


def test_sampled_randomisation_agrees_with_student():
    old = [(n * 37 % 100) / 100 for n in range(60)]
    new = [value + ((n * 53 % 41) - 15) / 100 for n, value in enumerate(old)]
    sampled = randomisation(new, old)
    assert sampled.p == pytest.approx(paired_t(new, old).p, abs=0.02)
    assert sampled == randomisation(new, old)  # the seed is fixed


def test_bootstrap_interval_holds_the_mean_and_narrows_with_more_queries():
    few, many = [0.0, 1.0] * 10, [0.0, 1.0] * 200
    assert bootstrap(few).low < 0.5 < bootstrap(few).high
    assert bootstrap(many).high - bootstrap(many).low < (bootstrap(few).high - bootstrap(few).low) / 3
    assert bootstrap(many).high - bootstrap(many).low == pytest.approx(2 * 1.96 * 0.5 / sqrt(400), rel=0.15)


def test_bootstrap_of_one_value_is_that_value():
    assert bootstrap([0.25]) == (0.25, 0.25, 0.25)


@pytest.mark.parametrize("t", [0.1, 0.5, 1.0, 2.5, 7.0])
def test_incomplete_beta_gives_the_tails_of_student_with_one_and_two_degrees(t):
    assert incomplete_beta(1 / (1 + t * t), 0.5, 0.5) == pytest.approx(1 - 2 * atan(t) / pi)
    assert incomplete_beta(2 / (2 + t * t), 1.0, 0.5) == pytest.approx(1 - t / sqrt(2 + t * t))


@given(st.floats(0, 1), st.floats(0.5, 200), st.floats(0.5, 200))
@example(5.6e-18, 0.5, 1.0)
def test_incomplete_beta_is_symmetric(x, a, b):
    x = 1 - (1 - x)  # so that nothing is lost when it is taken from 1
    assert incomplete_beta(x, a, b) == pytest.approx(1 - incomplete_beta(1 - x, b, a), abs=1e-9)


@given(st.floats(0, 1), st.floats(0.5, 50))
def test_incomplete_beta_with_one_is_a_power(x, a):
    assert incomplete_beta(x, a, 1.0) == pytest.approx(x**a, abs=1e-9)
