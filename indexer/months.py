"""Months by name, as dates in sources have them."""

from __future__ import annotations

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def month_number(word: str) -> int:
    """The month that a word begins as, from 1; 0 for a word that is none."""
    begin = word[:3].lower()
    return MONTHS.index(begin) + 1 if begin in MONTHS else 0
