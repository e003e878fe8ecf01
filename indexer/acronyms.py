"""Short forms and what they stand for, mined from text: "intradural extramedullary (IDEM)" -> IDEM.

Initials are looked for first ("small cell lung cancer (SCLC)"); else the letters are sought from right to left in the
words before the parenthesis, the first at the beginning of a word (Schwartz and Hearst, 2003), which alone would cut
"thyroid transcription factor-1 (TTF-1)" short. Both orders are read: "long form (SF)" and "SF (long form)".
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.analyse import term
from indexer.lexicon import Lexicon
from indexer.native import WORDS

_LONGEST = 10  # characters of a short form
_REACH = 250  # characters before a parenthesis that are looked at
_LEAST_INSIDE, _MOST_INSIDE = 2, 120  # and within it
_PARENTHESIS = re.compile(r"\([^()]*+\)")
_SHORT = re.compile(r"[A-Za-z0-9][\w./&+-]*(?: [\w./&+-]+)?")
_BEFORE = re.compile(r"[A-Za-z0-9][\w/&+-]{1,9}$")
_MORE = re.compile(r"[;,]\s")  # "(CT, 3 mm)"
_NAMED = re.compile(r"[A-Z][a-z]{2,}\.? |.* [a-z]{3,}$")  # "Fig. 2D", "Group II", "IDEM model"
_CITED = re.compile(r"\s*\[[\d,;–-]+\]$")  # "lysogeny broth [55] (LB)"
_BROKEN = re.compile(r"(?<!\b\w)\.(?:\s|$)|[;:!?](?:\s|$)|[()\[\]|@=<>]")  # what no long form runs over
_PART = re.compile(r"[^\W_]+")
_SMALL = frozenset("a an and by de for in of on or the to with".split())


_Parenthesis = tuple[int, int, int]  # the number of its text, where it begins there, where it ends


class Definition(NamedTuple):
    """A short form and its long form, as the text spells them."""

    short: str
    long: str


class Told(NamedTuple):
    """What a question knows, which definitions are to tell something of."""

    names: Container[str]  # its words, in lower case: their short forms
    terms: Container[str]  # and what has no other terms: its long forms


def definitions(texts: Sequence[str], told: Told | None = None) -> list[Definition]:
    """The short forms that texts define, in order; of those that tell nothing of what is known some are left out."""
    return _defined(texts, WORDS.parentheses(tuple(texts)) if WORDS else _parentheses(texts), told)


def _defined(texts: Sequence[str], parentheses: Iterable[_Parenthesis], told: Told | None) -> list[Definition]:
    found = []
    for at, start, end in parentheses:
        before, inside = texts[at][max(0, start - _REACH) : start], texts[at][start + 1 : end - 1]
        if len(inside) >= _LEAST_INSIDE and len(inside := inside.strip()) <= _MOST_INSIDE:
            definition = _definition(before.rstrip(), inside, told)
            if definition:
                found.append(definition)
    return found


def _parentheses(texts: Sequence[str]) -> Iterator[_Parenthesis]:
    """The innermost parentheses; in C those are left out that define nothing, as most do."""
    for at, text in enumerate(texts):
        for match in _PARENTHESIS.finditer(text):
            yield at, *match.span()


def _definition(before: str, inside: str, told: Told | None) -> Definition | None:
    """The definition that a parenthesis makes of the words right before it, or of itself."""
    short = _MORE.split(inside, maxsplit=1)[0] if "," in inside or ";" in inside else inside
    last = (before.rsplit(maxsplit=1) or [""])[-1]
    if is_short(short):
        if told and not _may_tell(told, short, last):
            return None
        long = _spelled(short, _CITED.sub("", before) if before.endswith("]") else before)
        return Definition(short, long) if long else None
    short = _NAMES[last] if " " in inside else ""
    is_wanted = short and (not told or _may_tell(told, short, inside.split(maxsplit=1)[0]))
    return Definition(short, inside) if is_wanted and _spelled(short, inside) == inside else None


def _may_tell(told: Told, short: str, word: str) -> bool:
    """False for a definition that is not wanted, by its short form and the first or last word of its long form."""
    return short.lower() in told.names or (term := _TERMS[word]) in told.terms or not term


def _term(word: str) -> str:
    """The term of a word between white space; empty where it has others, or not the same beside something else."""
    return term(word) if word.isascii() and word.isalpha() else ""


def _name(word: str) -> str:
    """The short form that a word may be that stands before a parenthesis; empty when it is none."""
    found = _BEFORE.search(word[-_LONGEST:])
    return found[0] if found and _is_short(found[0]) else ""


def is_short(text: str) -> bool:
    """What `_is_short` says, looked up: most texts come again."""
    return len(text) <= _LONGEST and _SHORTS[text]


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


# Words that stand before parentheses or in them, most of which come again.
_TERMS, _NAMES, _SHORTS = Lexicon(_term), Lexicon(_name), Lexicon(_is_short)
