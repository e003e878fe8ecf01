"""What a confidence is worth: a reliability diagram and a precision-coverage curve, as tables of text."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from indexer.evaluate import table

BINS = 10
COVERED = (0.1, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0)

Cases = Sequence[tuple[float, bool]]  # confidence, and whether the first sentence is right


def reliability(cases: Cases) -> str:
    """For each tenth of the scale: the questions, their mean confidence, and the share that is right."""
    rows = [
        (
            f"{int(min(held)[0] * BINS) / BINS:.1f}-",
            str(len(held)),
            f"{_confidence(held):.3f}",
            f"{_right(held):.3f}",
            ("#" * round(20 * _right(held))).ljust(20),
        )
        for held in _bins(cases)
    ]
    return table(("confidence", "questions", "mean", "right", ""), rows)


def precision_coverage(cases: Cases) -> str:
    """The share that is right of the surest questions, as more and more of them are answered."""
    best = sorted(cases, key=lambda case: -case[0])
    rows = []
    for covered in COVERED if best else ():
        top = best[: max(1, round(covered * len(best)))]
        rows.append((f"{covered:.0%}", f"{top[-1][0]:.3f}", f"{_right(top):.3f}"))
    return table(("answered", "from confidence", "right"), rows)


def calibration_error(cases: Cases) -> float:
    """How far confidence and truth lie apart, on average over the tenths of the scale, weighed by their questions."""
    return sum(len(held) * abs(_confidence(held) - _right(held)) for held in _bins(cases)) / max(1, len(cases))


def _bins(cases: Cases) -> list[Cases]:
    """The cases of each tenth of the scale that has any."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in cases:
        bins[min(BINS - 1, int(confidence * BINS))].append((confidence, right))
    return [held for held in bins if held]


def _confidence(cases: Cases) -> float:
    return fmean(confidence for confidence, _ in cases)


def _right(cases: Cases) -> float:
    return fmean(right for _, right in cases)
