"""Lists of references: which paragraphs stand below a heading that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

_REFERENCES = re.compile(
    r"(?i)(?:\d+\.?\s+)?(?:references|bibliography|literature cited|works cited|reference list)\W*"
)
_INITIALS = "rRbBlLwW"  # with which, or a digit, these begin: of few paragraphs more is asked
_AFTERWARDS = re.compile(
    r"(?i)(?:appendi|supplement|supporting|figure legends|tables?\b|acknowledge?ment|author contribution|"
    r"about the|funding|abbreviations)"
)
_NEVER_REFERENCES = frozenset({"running", "other", "login", "action", "banner"})
_DEEPEST = 6  # level of a heading, which may be a guess: of a line in bold letters
# Headings below which a list of references goes on.
_MORE = re.compile(
    r"(?:further reading|books|articles|web ?sites|(?:primary |secondary )?sources|notes)\W*", re.IGNORECASE
)


def mark_references(texts: list[str], kinds: list[str], levels: Sequence[int] = ()) -> None:
    """Label what follows a References heading, up to a heading that starts something else; `levels` may tell one."""
    heads = {
        at
        for at, text in enumerate(texts)
        if (text[:1] in _INITIALS or text[:1].isdecimal()) and _REFERENCES.fullmatch(text)
    }
    inside = False
    high = 0  # the level of their heading
    for index in range(min(heads, default=len(texts)), len(texts)):
        level = levels[index] if levels else 0
        if index in heads:
            inside, high = len(texts) - index > 2, level
            kinds[index] = "heading"
        elif inside and kinds[index] == "heading" and _begins_anew(texts[index], level, high):
            inside = False
        elif inside and kinds[index] not in _NEVER_REFERENCES:
            kinds[index] = "references"


def _begins_anew(heading: str, level: int, high: int) -> bool:
    """True for a heading of what comes behind a list of references, by its words or as it stands as high."""
    is_as_high = 0 < level <= min(high, _DEEPEST - 1) and not _MORE.fullmatch(heading)
    return is_as_high or _AFTERWARDS.match(heading) is not None
