"""Powers are told from numbers."""

import pytest

from indexer.read.raised import raised


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("x 10", "5", "⁵"),
        ("10", "\u221212", "⁻¹²"),
        ("10", "+3", "⁺³"),
        ("10", "-3", "⁻³"),
        ("10", "\u20133", "⁻³"),
        ("10\u207b", "5", "⁵"),
        ("20", "th", "th"),
        ("10", "2005", "2005"),
        ("10", "1,2", "¹,²"),
        ("2019", "1, 2-4", "¹, ²⁻⁴"),
        ("2019¹", ",", ","),
        ("2019¹,", "2", "²"),
        ("1", "1/2", "¹/²"),
        ("12", ".99", ".99"),
        ("mm", "3", "3"),
        ("PO4", "3-", "3-"),
        ("Aspirin", "4", "⁴"),
        ("aspirin", "4,5", "⁴,⁵"),
        ("Aspirin", "th", "th"),
        ("the T", "2", "2"),
        ("", "18", "18"),
    ],
)
def test_a_raised_number_behind_a_digit_or_a_word_has_raised_signs(before: str, text: str, expected: str) -> None:
    assert raised(text, before) == expected
    assert len(expected) == len(text)
