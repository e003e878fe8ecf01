"""Superscript citation numbers that plain text leaves glued to their words, taken away.

A number is only taken where it can hardly be anything else, and the document shows the habit: none was found in 3,830
abstracts, articles and encyclopedia paragraphs that have no such numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from indexer.aligned import Edit
from indexer.arrays import Array, indices
from indexer.clean.characters import RAISED
from indexer.cut import codes_of

CLOSED_LEAST = 2  # "rare7)"; one is enough when it is a list, "rare3,10)"
POINTED_LEAST = 5  # "rare.12 The"
RAISED_LEAST = 3  # "rare¹²"

_CLOSED = re.compile(r"[0-9](?<=[a-z]{3}.)[0-9]{0,2}(?:\s?[,–-]\s?[0-9]{1,3})*\)")
_POINTED = re.compile(r"[0-9](?<=[a-z]{3}[.,].)[0-9]{0,2}(?:[,–-][0-9]{1,3})*(?=\s+[A-Z]|\s*$)", re.MULTILINE)
_RAISED = re.compile(rf"[{RAISED}](?<=[a-z]{{3}}.)[{RAISED}]{{0,2}}(?:[,–⁻-][{RAISED}]{{1,3}})*")
# A raised 2 or 3 behind these is a power, however many sources there are: "30 square metres²", "sin² x", "chi²".
_POWERS = re.compile(
    r"(?:met(?:re|er)s?|(?:inch|foot|feet|yard|mile|second|minute|hour|day|litre|liter|mole|gram|degree|radian)(?:e?s)?"
    r"|\b(?:sec|min|mol|rad|yds?|sinh?|cosh?|tanh?|cot|csc|log|exp|det|chi|eta|rho|tau|phi|psi|alpha|beta|gamma|delta"
    r"|kappa|lambda|sigma|omega))\Z"
)
_SQUARE_OR_CUBE = "²³"
_POWER_REACH = 12  # characters of such a word at most, and one before it
_REACH = 400  # characters back to look for the bracket that ")" closes


@lru_cache(maxsize=1)  # the round that finds nothing more to do asks again
def unglued(text: str) -> list[Edit]:
    """The glued citation numbers, to be deleted."""
    codes = codes_of(text)
    small = (codes >= ord("a")) & (codes <= ord("z"))
    behind = small[:-2] & small[1:-1] & small[2:]  # what stands two places on, three letters end there
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    points = (codes == ord(".")) | (codes == ord(","))
    found = _closed(text, indices(behind[:-1] & digits[3:]) + 3)
    found += _enough(_POINTED, text, indices(behind[:-2] & points[3:-1] & digits[4:]) + 4, POINTED_LEAST)
    if not text.isascii():
        found += _raised(text, indices(behind[:-1] & (codes[3:] > 127)) + 3)
    return sorted((match.start(), match.end(), "") for match in found)


def _raised(text: str, places: Array) -> list[re.Match[str]]:
    """Raised numbers that are no powers, where there are enough and one is neither 2 nor 3, as powers are."""
    sources = np.array([at for at in places.tolist() if not _is_power(text, at)], np.int64)
    found = _enough(_RAISED, text, sources, RAISED_LEAST)
    return found if any(match[0] not in _SQUARE_OR_CUBE for match in found) else []


def _is_power(text: str, at: int) -> bool:
    """True for a raised 2 or 3 behind a unit or a function."""
    return text[at] in _SQUARE_OR_CUBE and bool(_POWERS.search(text, max(0, at - _POWER_REACH), at))


def _closed(text: str, places: Array) -> list[re.Match[str]]:
    """Numbers before a bracket that they close though none is open: one list of them, or enough single ones."""
    found = [match for match in _matches(_CLOSED, text, places) if not _closes_bracket(text, match.start())]
    enough = len(found) >= CLOSED_LEAST or any(re.search(r"\d\D+\d", match[0]) for match in found)
    return found if enough else []


def _enough(pattern: re.Pattern[str], text: str, places: Array, least: int) -> list[re.Match[str]]:
    """All that the pattern finds at some places, or nothing when that is less than `least`."""
    found = list(_matches(pattern, text, places))
    return found if len(found) >= least else []


def _matches(pattern: re.Pattern[str], text: str, places: Array) -> Iterator[re.Match[str]]:
    """What a pattern finds at some places, one behind the other."""
    done = 0
    for at in places.tolist():
        if at >= done and (match := pattern.match(text, at)):
            done = match.end()
            yield match


def _closes_bracket(text: str, at: int) -> bool:
    """True when a bracket opened before the number and not yet closed is what ")" belongs to."""
    start = max(text.rfind("\n\n", max(0, at - _REACH), at), at - _REACH, 0)
    before = text[start:at]
    return before.count("(") > before.count(")") - len(_CLOSED.findall(before))
