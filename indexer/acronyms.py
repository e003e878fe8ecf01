"""Short forms and what they stand for, mined from text: "intradural extramedullary (IDEM)" -> IDEM.

Initials are looked for first ("small cell lung cancer (SCLC)"); else the letters are sought from right to left in the
words before the parenthesis, the first at the beginning of a word (Schwartz and Hearst, 2003), which alone would cut
"thyroid transcription factor-1 (TTF-1)" short. Both orders are read: "long form (SF)" and "SF (long form)".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_CACHED = 8192  # texts
_LONGEST = 10  # characters of a short form
_REACH = 250  # characters before a parenthesis that are looked at
_MOST_INSIDE = 120  # and within it
_PARENTHESIS = re.compile(r"\(([^()]{2,}+)\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w./&+-]*(?: [\w./&+-]+)?")
_BEFORE = re.compile(r"[A-Za-z0-9][\w/&+-]{1,9}$")
_MORE = re.compile(r"[;,]\s")  # "(CT, 3 mm)"
_NAMED = re.compile(r"[A-Z][a-z]{2,}\.? |.* [a-z]{3,}$")  # "Fig. 2D", "Group II", "IDEM model"
_CITED = re.compile(r"\s*\[[\d,;–-]+\]$")  # "lysogeny broth [55] (LB)"
_BROKEN = re.compile(r"(?<!\b\w)\.(?:\s|$)|[;:!?](?:\s|$)|[()\[\]|@=<>]")  # what no long form runs over
_PART = re.compile(r"[^\W_]+")
_SMALL = frozenset("a an and by de for in of on or the to with".split())


class Definition(NamedTuple):
    """A short form and its long form, as the text spells them."""

    short: str
    long: str


@lru_cache(maxsize=_CACHED)
def definitions(text: str) -> tuple[Definition, ...]:
    """The short forms that a text of some sentences defines, in order; the text is held."""
    return definitions_in(text)


def definitions_in(text: str) -> tuple[Definition, ...]:
    """The same of a whole document, which is not held."""
    found = (
        _definition(text[max(0, match.start() - _REACH) : match.start()].rstrip(), inside)
        for match in _PARENTHESIS.finditer(text)
        if len(inside := match[1].strip()) <= _MOST_INSIDE
    )
    return tuple(definition for definition in found if definition)


def _definition(before: str, inside: str) -> Definition | None:
    """The definition that a parenthesis makes of the words right before it, or of itself."""
    short = _MORE.split(inside, maxsplit=1)[0]
    if _is_short(short):
        long = _spelled(short, _CITED.sub("", before) if before.endswith("]") else before)
        return Definition(short, long) if long else None
    named = _BEFORE.search(before[-_LONGEST:]) if " " in inside else None
    if named and _is_short(named[0]) and _spelled(named[0], inside) == inside:
        return Definition(named[0], inside)
    return None


def _is_short(text: str) -> bool:
    """True for what may be a short form: "IDEM", "p53", "Hb", "SARS-CoV 2"; not for "June", "Group II" or "3 men"."""
    if not 2 <= len(text) <= _LONGEST or (text.islower() and text.isalpha()):  # as most words are, told in a moment
        return False
    if not _SHORT.fullmatch(text) or _NAMED.match(text):
        return False
    capitals = sum(map(str.isupper, text))
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, text))
    is_name = capitals >= 2 or (letters == len(text) == 2 and capitals == 1) or (digits > 0 and " " not in text)
    return letters > 0 and is_name


def _spelled(short: str, text: str) -> str:
    """The end of `text` that spells the short form; empty when there is none."""
    letters = "".join(char for char in short.lower() if char.isalnum())
    long = text[_initials(letters, text) :] or text[_scattered(letters, text) :]
    words = long.split()
    allowed = min(len(letters) + 5, len(letters) * 2)
    is_long = len(long) > len(short) and len(words) <= allowed and short not in words
    return long if is_long and not _BROKEN.search(long) else ""


def _initials(letters: str, text: str) -> int:
    """Where the words begin whose initials are the letters; the end of the text when there are no such words."""
    words = _PART.finditer(text[::-1])  # from the last on: most often that is none of them
    start = len(text)
    for letter in reversed(letters):
        word = next(words, None)
        while word and word[0][-1].lower() != letter and word[0][::-1].lower() in _SMALL:
            word = next(words, None)
        if not word or word[0][-1].lower() != letter:
            return len(text)
        start = len(text) - word.end()
    return start


def _scattered(letters: str, text: str) -> int:
    """Where the last words begin that hold the letters in order, the last letter in the last of them.

    The end of the text when there are no such words.
    """
    lower, at = text.lower(), len(text)
    if letters[-1] not in (lower.rsplit(maxsplit=1) or [""])[-1]:
        return len(text)
    for letter in reversed(letters[1:]):
        at = lower.rfind(letter, 0, at)
        if at < 0:
            return len(text)
    while (at := lower.rfind(letters[0], 0, at)) >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return at
    return len(text)
