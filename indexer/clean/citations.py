"""Superscript citation numbers that plain text leaves glued to their words, taken away.

A number is only taken where it can hardly be anything else, and the document shows the habit: none was found in 3,830
abstracts, articles and encyclopedia paragraphs that have no such numbers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.aligned import Edit

CLOSED_LEAST = 2  # "rare7)"; one is enough when it is a list, "rare3,10)"
POINTED_LEAST = 5  # "rare.12 The"
RAISED_LEAST = 3  # "rare¹²"

# All start with a class, so that the engine skips to it, and look back from there.
_CLOSED = re.compile(r"[0-9](?<=[a-z]{3}.)[0-9]{0,2}(?:\s?[,–-]\s?[0-9]{1,3})*\)")
_POINTED = re.compile(r"[0-9](?<=[a-z]{3}[.,].)[0-9]{0,2}(?:[,–-][0-9]{1,3})*(?=\s+[A-Z]|\s*$)", re.MULTILINE)
_RAISED = re.compile(r"[¹²³⁰⁴-⁹](?<=[a-z]{3}.)[¹²³⁰⁴-⁹]{0,2}(?:[,–⁻-][¹²³⁰⁴-⁹]{1,3})*")
_SIGNS = "".join(
    "a" if char.islower() else "0" if char.isdigit() else "." if char in ".," else " " for char in map(chr, range(128))
)
_REACH = 400  # characters back to look for the bracket that ")" closes


@lru_cache(maxsize=1)  # the round that finds nothing more to do asks again
def unglued(text: str) -> list[Edit]:
    """The glued citation numbers, to be deleted."""
    if not text.isascii():
        found = _enough(_RAISED, text, RAISED_LEAST) + _closed(text) + _enough(_POINTED, text, POINTED_LEAST)
    else:  # as most English is; what kinds of characters follow each other tells most of it
        signs = text.translate(_SIGNS)
        found = _closed(text) if "aaa0" in signs else []
        found += _enough(_POINTED, text, POINTED_LEAST) if "aaa.0" in signs else []
    return sorted((match.start(), match.end(), "") for match in found)


def _closed(text: str) -> list[re.Match[str]]:
    """Numbers before a bracket that they close though none is open: one list of them, or enough single ones."""
    found = [match for match in _CLOSED.finditer(text) if not _closes_bracket(text, match.start())]
    enough = len(found) >= CLOSED_LEAST or any(re.search(r"\d\D+\d", match[0]) for match in found)
    return found if enough else []


def _enough(pattern: re.Pattern[str], text: str, least: int) -> list[re.Match[str]]:
    """All that the pattern finds, or nothing when that is less than `least`."""
    found = list(pattern.finditer(text))
    return found if len(found) >= least else []


def _closes_bracket(text: str, at: int) -> bool:
    """True when a bracket opened before the number and not yet closed is what ")" belongs to."""
    start = max(text.rfind("\n\n", max(0, at - _REACH), at), at - _REACH, 0)
    before = text[start:at]
    return before.count("(") > before.count(")") - len(_CLOSED.findall(before))
