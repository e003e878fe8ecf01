"""Powers are told from numbers."""

import pytest

from indexer.read.raised import raised


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("x 10", "5", "⁵"),
        ("10", "\u221212", "⁻¹²"),
        ("10", "+3", "⁺³"),
        ("10", "-3", "-³"),
        ("20", "th", "th"),
        ("10", "2005", "2005"),
        ("10", "1,2", "1,2"),
        ("mm", "3", "3"),
        ("", "18", "18"),
    ],
)
def test_a_raised_number_behind_a_digit_has_raised_signs(before: str, text: str, expected: str) -> None:
    assert raised(text, before) == expected
    assert len(expected) == len(text)
