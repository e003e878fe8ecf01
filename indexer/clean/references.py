"""Lists of references: which paragraphs stand below a heading that says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, takewhile

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
# What a source has: a year, an address, "et al.", pages, or a number in brackets before it.
_SOURCE = re.compile(r"\b(?:1[5-9]|20)\d\d\b|https?:|\bdoi\b|\bet al\b|\bpp?\. ?\d|^\[\d{1,3}\]", re.IGNORECASE)
_SOURCES = 1 / 3  # of the paragraphs below a deeper heading that have one at least where they are sources


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
        elif inside and kinds[index] == "heading" and _ends(texts, kinds, index, level, high):
            inside = False
        elif inside and kinds[index] not in _NEVER_REFERENCES:
            kinds[index] = "references"


def _ends(texts: list[str], kinds: list[str], index: int, level: int, high: int) -> bool:
    """True for a heading that ends a list of references of this level: of something else, or of what are no sources."""
    is_deeper = 0 < high < level
    return _begins_anew(texts[index], level, high) or (is_deeper and not _holds_sources(texts, kinds, index))


def _begins_anew(heading: str, level: int, high: int) -> bool:
    """True for a heading of what comes behind a list of references, by its words or as it stands as high."""
    is_as_high = 0 < level <= min(high, _DEEPEST - 1) and not _MORE.fullmatch(heading)
    return is_as_high or _AFTERWARDS.match(heading) is not None


def _holds_sources(texts: list[str], kinds: list[str], heading: int) -> bool:
    """True where what stands below a heading, up to the next, is a list of sources, or where nothing does."""
    below = islice(zip(texts, kinds, strict=True), heading + 1, None)
    held = [text for text, kind in takewhile(lambda one: one[1] != "heading", below) if kind not in _NEVER_REFERENCES]
    found = sum(_SOURCE.search(text) is not None for text in held)
    return _MORE.fullmatch(texts[heading]) is not None or found >= _SOURCES * len(held)
