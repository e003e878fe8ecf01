"""Precision, recall and their harmonic mean."""

from __future__ import annotations

from typing import NamedTuple


class Score(NamedTuple):
    """How much of what was said is right, and how much of what is right was said; both from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if any(self) else 0.0
