"""The field's measures of a ranking: pure functions, no dependency.

Definitions are trec_eval's. A document is relevant from grade 1; gain is the grade itself (linear); the
discount at rank r is log2(r + 1); the ideal ranking is made of all judged documents of the query, found or
not. `k` cuts both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from math import log2

Grades = Mapping[str, int]  # document id -> grade, of one query; a document without a grade counts as 0
Measure = Callable[[Sequence[str], Grades], float]  # ranked document ids, best first, and the query's grades

_SPEC = re.compile(r"(?P<name>[A-Za-z]+)(?:@(?P<k>[1-9][0-9]*))?")


def measure(spec: str) -> Measure:
    """The measure of a name: nDCG, RR, R, AP, P, Judged or Success, with @k or without; else ValueError."""
    found = _SPEC.fullmatch(spec)
    cut_at = _MEASURES.get(found["name"].lower()) if found else None
    if not found or not cut_at:
        raise ValueError(f"{spec!r} is no measure: use nDCG, RR, R, AP, P, Judged or Success, with @k for a cut")
    k = int(found["k"]) if found["k"] else None
    return lambda ranking, grades: cut_at(ranking, grades, k)


def ndcg(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """Discounted cumulative gain over that of the ideal ranking; 0 when nothing is relevant."""
    ideal = _dcg(sorted(grades.values(), reverse=True)[:k])
    return _dcg([grades.get(document, 0) for document in ranking[:k]]) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """One over the rank of the first relevant document; 0 when there is none."""
    return next((1 / rank for rank, hit in enumerate(_hits(ranking[:k], grades), 1) if hit), 0.0)


def recall(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """The share of the relevant documents that was found; 0 when nothing is relevant."""
    relevant = _relevant(grades)
    return sum(_hits(ranking[:k], grades)) / relevant if relevant else 0.0


def average_precision(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """The mean, over all relevant documents, of the precision at the rank where each was found."""
    found, total = 0, 0.0
    for rank, hit in enumerate(_hits(ranking[:k], grades), 1):
        if hit:
            found += 1
            total += found / rank
    relevant = _relevant(grades)
    return total / relevant if relevant else 0.0


def precision(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """The relevant share of the first k, of k even when fewer were found."""
    depth = k or len(ranking)
    return sum(_hits(ranking[:k], grades)) / depth if depth else 0.0


def judged(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """The judged share of the first k, of what was found when that is fewer (as ir_measures has it)."""
    top = ranking[:k]
    return sum(document in grades for document in top) / len(top) if top else 0.0


def success(ranking: Sequence[str], grades: Grades, k: int | None = None) -> float:
    """1 when a relevant document is among the first k, else 0."""
    return float(any(_hits(ranking[:k], grades)))


_MEASURES: dict[str, Callable[[Sequence[str], Grades, int | None], float]] = {
    "ndcg": ndcg,
    "rr": reciprocal_rank,
    "r": recall,
    "ap": average_precision,
    "p": precision,
    "judged": judged,
    "success": success,
}


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """How often a positive case scores above a negative one, ties counting half; 0.5 when a side is empty."""
    if not positive or not negative:
        return 0.5
    ordered = sorted(negative)
    wins = sum((bisect_left(ordered, score) + bisect_right(ordered, score)) / 2 for score in positive)
    return wins / (len(positive) * len(negative))


def _dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain; a negative grade (trec_eval's junk) gains nothing."""
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1) if gain > 0)


def _hits(ranking: Sequence[str], grades: Grades) -> list[bool]:
    """Which of the ranked documents are relevant."""
    return [grades.get(document, 0) > 0 for document in ranking]


def _relevant(grades: Grades) -> int:
    """Number of relevant documents."""
    return sum(grade > 0 for grade in grades.values())
