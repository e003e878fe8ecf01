"""What a sentence says that tells against it as the answer: that nothing is decided, or that it is about another one.

"Where will the party be?" is not answered by "The place has not been decided", nor "What does section 9 say?" by what
stands under "Section 5". Such a sentence is worth reading all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

UNDECIDED = "What comes closest says that this is not decided or not known."
ANOTHER_DAY = "What comes closest is about another day."
_SETTLED = r"(?:decided|fixed|announced|chosen|settled|agreed|scheduled|appointed)"
_UNDECIDED = re.compile(
    rf"(?:\b(?:(?:has|have|had)(?: not|n['’]t)(?: yet)? been|(?:is|are|was|were)(?: not|n['’]t)(?: yet)?) {_SETTLED}\b"
    r"|\bto be (?:announced|decided|determined|confirmed|chosen|agreed)\b"
    r"|(?-i:\bT\.?B\.?[AD]\b|(?<=[:|]) *\bT\.?B\.?C\b)"
    r"|\bunder (?:discussion|consideration|negotiation)\b|\b(?:undecided|vacant)\b|\bin preparation\b"
    r"|\b(?:do|does|did)(?: not|n['’]t)(?: yet)? know\b|\bno (?:date|time|place)(?: (?:yet|(?:has|have) (?:yet )?been))"
    r"|\bnot yet (?:known|found)\b|(?<!who )\b(?:will|is|are)(?: still)? look(?:ing)? for\b)"
    r"(?!,? (?:until|till|before|when|that|whether|who|how|why)\b)",
    re.IGNORECASE,
)
_NAMES = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
_DAY = re.compile(
    rf"\b({'|'.join(_NAMES)})days?\b(?:(?: to | until | till | through | thru | ?[-–] ?)({'|'.join(_NAMES)})days?\b)?"
)
_ROMAN = {numeral: str(number) for number, numeral in enumerate("ii iii iv v vi vii viii ix x xi xii".split(), 2)}
_SEVERAL = {
    "weekday": range(5),
    "working day": range(5),
    "weekend": range(5, 7),
    "daily": range(7),
    "every day": range(7),
    "days a week": range(7),
    "all week": range(7),
    "any day": range(7),
}
_OF_DAYS = ("day", "daily", "week")  # one of these stands in all that tells a day
# What is numbered one by one: a number behind any other word is as often a year or an amount ("until 1990"). A single
# "I" is left alone, "the steps I take".
_NUMBERED = re.compile(
    r"\b(sections?|articles?|chapters?|pages?|paragraphs?|parts?|steps?|days?|weeks?|class(?:es)?|grades?|years?|rooms?|"
    r"floors?|levels?|types?|phases?|stages?|groups?|tables?|figures?|volumes?|acts?|scenes?|platforms?|gates?|routes?|"
    r"rules?|units?|lessons?|appendix|annex|clauses?|items?|versions?|zones?|lanes?|rounds?) (\d+|i[ivx]+|[vx][ivx]*)\b"
)
_NUMBER = re.compile(r" (?:\d|i?[ivx]+\b)")  # in all of them, and told in a quarter of the time
# Nothing is said of a day in a name ("Black Friday"), of days cut short, nor of several numbers or ones in words.
_OF_NAME = re.compile(
    r"\s[A-Z]\w* (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day [A-Z]"
)
_SHORT_DAY = re.compile(r"\b(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b")
_BETWEEN = re.compile(r"\bbetween (\w+days?) and ")
_SEVERAL_NUMBERS = re.compile(
    r"\d[a-z]? ?(?:to|through|[-–]) ?\d|\b(?:\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth)\b"
)
_PLURAL = re.compile(r"(?<=class)es$|(?<=[^sx])s$")


class _Numbered(NamedTuple):
    """Something that has a number among others of its kind."""

    kind: str  # without the ending of a plural
    number: str


def at_odds(question: str, wanted: frozenset[str], sentence: str, above: Sequence[str]) -> str:
    """What is to be said against a sentence as the answer; empty for most. `above` are its headings.

    `wanted` are the kinds of answer that the question asks for.
    """
    if wanted & {"when", "where", "who"} and "polar" not in wanted and is_undecided(sentence) > is_undecided(question):
        return UNDECIDED
    return of_another(question, (*above, sentence))


def is_undecided(text: str) -> bool:
    """True when a text says that something is not decided or not known yet."""
    return bool(_UNDECIDED.search(text))


def is_of_one(question: str) -> bool:
    """True when a question names a day of the week, or one thing among others by its number."""
    return any(_named(question))


def of_another(question: str, texts: Sequence[str]) -> str:
    """What texts are about instead of what the question names: another day of the week, or another number of a kind."""
    if not is_of_one(question):  # as most are not
        return ""
    days, numbered = _named(question)
    text = "\n".join(texts).lower()
    said, others = _days(text), _numbered(text)
    if days and said and not days & said and not _SHORT_DAY.search(text):
        return ANOTHER_DAY
    kinds = {other.kind for other in others}
    for one in numbered:
        if one.kind in kinds and one not in others and not _may_hold(text, one.number):
            return f"What comes closest is about another {one.kind} than {one.number}."
    return ""


def _may_hold(text: str, number: str) -> bool:
    """True where a text has the number in some way, or several at once, or some in words."""
    spelled = rf"{number}[a-z]?|i" if number == "1" else rf"{number}[a-z]?"
    return bool(_SEVERAL_NUMBERS.search(text) or re.search(rf"\b(?:{spelled})\b", text))


@lru_cache(maxsize=64)
def _named(question: str) -> tuple[frozenset[int], frozenset[_Numbered]]:
    """The days, from 0 for Monday, and the numbered things that a question names."""
    asked = question.lower()
    days = _days(asked)
    return frozenset() if days and _OF_NAME.search(question) else days, _numbered(asked)


def _days(text: str) -> frozenset[int]:
    if not any(word in text for word in _OF_DAYS):  # as in most: told in a tenth of the time
        return frozenset()
    found = {day for name, days in _SEVERAL.items() if name in text for day in days}
    for first, last in _DAY.findall(_BETWEEN.sub(r"\1 to ", text)):
        start = _NAMES.index(first)
        end = _NAMES.index(last) if last else start
        found.update(day % 7 for day in range(start, end + 1 if end >= start else end + 8))
    return frozenset(found)


def _numbered(text: str) -> frozenset[_Numbered]:
    if not _NUMBER.search(text):
        return frozenset()
    found = _NUMBERED.findall(text)
    return frozenset(_Numbered(_PLURAL.sub("", kind), _ROMAN.get(number, number)) for kind, number in found)
