"""Numbers that stand raised behind a digit: in a line of text "10" and a raised "5" would read as 105."""

from __future__ import annotations

import re

_SIGNS = str.maketrans("0123456789+\u2212", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_NUMBER = re.compile(r"[+\u2212\u2013-]?\d{0,3}")


def raised(text: str, before: str) -> str:
    """A raised number behind a digit in raised signs, each for one of its own, "10⁵"; other text as it is."""
    return text.translate(_SIGNS) if before[-1:].isdecimal() and _NUMBER.fullmatch(text) else text
