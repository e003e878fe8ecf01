"""Whether two rankers differ by more than chance: paired tests over the same queries, and an interval."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import exp, inf, lgamma, log, log1p, sqrt
from random import Random
from statistics import fmean, stdev
from typing import NamedTuple

_EXACT_FLIPS = 12  # up to this many differing queries every assignment of signs is tried: 4,096 at most
_ROUNDING = 1e-12  # the same numbers summed in another order differ by less


class Comparison(NamedTuple):
    """The outcome of a paired test: new minus old."""

    difference: float  # mean over queries
    statistic: float  # Student's t, or the mean difference itself
    p: float  # two-sided, not corrected for the number of comparisons made
    queries: int


class Interval(NamedTuple):
    """A mean and its confidence interval."""

    mean: float
    low: float
    high: float


def paired_t(new: Sequence[float], old: Sequence[float]) -> Comparison:
    """Student's paired t-test; scores of the same queries in the same order."""
    differences = _differences(new, old)
    mean, count = fmean(differences), len(differences)
    spread = stdev(differences) if count > 1 else 0.0
    if spread < _ROUNDING:
        certain = count > 1 and abs(mean) > _ROUNDING
        return Comparison(mean, inf * mean if certain else 0.0, 0.0 if certain else 1.0, count)
    t = mean / (spread / sqrt(count))
    freedom = count - 1
    return Comparison(mean, t, incomplete_beta(freedom / (freedom + t * t), freedom / 2, 0.5), count)


def randomisation(new: Sequence[float], old: Sequence[float], samples: int = 10_000, seed: int = 1) -> Comparison:
    """Fisher's paired test: how often swapping new and old at random makes as large a difference.

    Exact when at most twelve queries differ; otherwise estimated from `samples` draws.
    """
    differences = _differences(new, old)
    moved = [difference for difference in differences if difference]
    seen = abs(sum(moved)) - _ROUNDING
    if len(moved) <= _EXACT_FLIPS:
        sums = [sum(moved) - 2 * sum(chosen) for chosen in _subsets(moved)]
        p = sum(abs(total) >= seen for total in sums) / len(sums)
    else:
        random = Random(seed)  # noqa: S311 (a fixed seed, so that a figure can be repeated)
        draws = (sum(x if random.getrandbits(1) else -x for x in moved) for _ in range(samples))
        p = (sum(abs(total) >= seen for total in draws) + 1) / (samples + 1)
    mean = fmean(differences)
    return Comparison(mean, mean, p, len(differences))


def bootstrap(values: Sequence[float], level: float = 0.95, samples: int = 2_000, seed: int = 1) -> Interval:
    """The percentile interval of the mean when the queries are drawn again with replacement."""
    random = Random(seed)  # noqa: S311 (a fixed seed, so that a figure can be repeated)
    means = sorted(fmean(random.choices(values, k=len(values))) for _ in range(samples))
    cut = round((1 - level) / 2 * samples)
    return Interval(fmean(values), means[cut], means[-1 - cut])


def _differences(new: Sequence[float], old: Sequence[float]) -> list[float]:
    """New minus old, query by query."""
    if len(new) != len(old) or not new:
        raise ValueError(f"a paired test needs scores of the same queries, not of {len(new)} and {len(old)}")
    return [left - right for left, right in zip(new, old, strict=True)]


def _subsets(values: Sequence[float]) -> list[list[float]]:
    """Every choice of some of the values."""
    choices = product((False, True), repeat=len(values))
    return [[value for value, taken in zip(values, choice, strict=True) if taken] for choice in choices]


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction: the tails of Student's t."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a
    fraction, c, d = 1.0, 1.0, 0.0
    for step in range(500):
        term = _beta_term(step, x, a, b)
        d = 1 / (_not_zero(1 + term * d))
        c = _not_zero(1 + term / c)
        fraction *= c * d
        if abs(1 - c * d) < 1e-14:
            break
    return front * (fraction - 1)


def _beta_term(step: int, x: float, a: float, b: float) -> float:
    """The numerator of one step of the continued fraction."""
    if not step:
        return 1.0
    m = step // 2
    if step % 2:
        return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))


def _not_zero(value: float) -> float:
    """The value, or a tiny one for zero, as Lentz's method needs it."""
    return value or 1e-30
