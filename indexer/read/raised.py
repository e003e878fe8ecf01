"""Numbers that stand raised behind a digit or a word: in a line of text "10" and a raised "5" would read as 105."""

from __future__ import annotations

import re

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻"
_SIGNS = str.maketrans("0123456789+\u2212\u2013-", _RAISED)
# A number, a word ("aspirin⁴", a source; of "PO4" it is the name), the rest of a raised one, or one more of several.
_BEHIND = re.compile(rf"(?:\d|[a-z]{{3}}|[{_RAISED}](?:, ?)?)\Z")
_NUMBER = re.compile(r"[+\u2212\u2013-]?(?:\d{1,3}(?:(?:, ?|[./\u2044\u2212\u2013-])\d{1,3})*)?")


def raised(text: str, before: str) -> str:
    """A raised number behind a digit or a word in raised signs, each for one of its own, "10⁵"; other text as it is.

    So are several, "3¹,²". Of what stands before the last few characters are enough.
    """
    return text.translate(_SIGNS) if _BEHIND.search(before[-3:]) and _NUMBER.fullmatch(text) else text
