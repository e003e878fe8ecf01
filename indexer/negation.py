"""Where a text denies, doubts or remembers: the stretches that stand under "no evidence of", "possible", "history of".

Cue words open a scope that runs on, or back, to the end of what they can be about (after NegEx, Chapman 2001, and
ConText, Harkema 2009): a conjunction, a new clause, a preposition of place or time, or so many words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from indexer.negation_cues import CUE, beginnings, cues
from indexer.records import Span

FLAGS = ("negated", "possible", "historical")  # where two would stand, the first does
NO_FLAG = 255  # the number of no flag, where each has the number of its place
MARK = "!"  # with which the terms begin that say so in an index
REACH = 10  # words that a cue reaches forward
BACK = 6  # and back
_UNLIKE = frozenset("ıſ")  # which a pattern that ignores case takes for i and s, while their lower case is none
# Nothing is given back, which takes three quarters of the time; what may be missing is looked for beforehand, as
# Python 3.11.2 leaves off where it fails.
_WORD = re.compile(r"\w++(?:(?=[-'’/.]\w)[-'’/.]\w++)*+")
_REACHED = re.compile(rf"\W*+{_WORD.pattern}(?P<first>)(?:\W++{_WORD.pattern}){{0,{REACH - 1}}}")
_VERB = r"(?:is|are|was|were|has|have|had|did|does|do|can|could|will|would|may|might|must|showed|shows|revealed)"
_NOUNS = ("lack", "absence")  # cues whose scope a verb ends: "lack of time was", but "no patient had pain"


class _Patterns(NamedTuple):
    """What cues are told by, and the ends of their scopes."""

    cue: re.Pattern[str]
    end: re.Pattern[str]
    place: re.Pattern[str]
    where: re.Pattern[str]  # the same without what may stand in what is doubted: "seems to spread"
    predicate: re.Pattern[str]  # after which a comma ends the clause
    course: re.Pattern[str]
    start: re.Pattern[str]


_SOURCES = (
    CUE.pattern,
    r"[.;:!?](?=\s|$)|\n|[()]|\b(?:but|however|although|though|yet|except|apart|aside|which|who|whom|whose|because|whereas"
    rf"|while|until|unless|nevertheless|still)\b|,\s+(?:and |or )?(?:\w+\s+){{0,5}}?{_VERB}\b"
    r"|,\s+(?:with|and then|so)\b",
    r"\b(?:in|into|after|between|on|at|during|by|from|before|despite|following|within|among|through|under|over|since"
    r"|the|this|these|those|that|his|her|its|their|our|to)\b",
    r"\b(?:in|into|after|between|on|at|during|by|before|despite|following|within|among|over|since|when|where|if)\b",
    rf"\b(?:{_VERB}|been)\b",
    r"\b(?:present(?:s|ed|ing)?|was|is|were|are|had|has|who|with|underwent|develop\w*|complain\w*)\b",
    r"[.;:!?,](?=\s)|\n|[()]|\b(?:but|and|however|although|yet|which|who|because|whereas|while|that)\b",
)
_IN_LOWER_CASE = _Patterns(*map(re.compile, _SOURCES))


@cache
def _in_any_case() -> _Patterns:
    """The same of a text in any case; they take two to three times as long."""
    return _Patterns(*(re.compile(source, re.IGNORECASE) for source in _SOURCES))


class Scope(NamedTuple):
    """A stretch of text under a cue."""

    flag: str  # one of FLAGS
    span: Span


def scopes(text: str) -> list[Scope]:
    """The stretches of a text that stand under a cue, in order of flag and place; they may overlap."""
    found = [Scope(flag, Span(start, end)) for flag, start, end in scopes_of(text, beginnings(text))]
    filled = [scope for scope in found if scope.span.of(text).strip()]
    return sorted(filled, key=lambda scope: (FLAGS.index(scope.flag), scope.span)) if len(filled) > 1 else filled


def scopes_of(text: str, begins: Iterable[int]) -> Iterator[tuple[str, int, int]]:
    """Flag, start and end of each scope whose cue begins at one of some places, which ascend; it may hold no word."""
    lower = text.lower()
    if len(lower) == len(text) and (text.isascii() or _UNLIKE.isdisjoint(text)):
        return _scopes(lower, begins, _IN_LOWER_CASE)
    return _scopes(text, begins, _in_any_case())


def flag_at(scopes: list[Scope], span: Span) -> str:
    """The flag that a word stands under; empty when it is simply said."""
    return next((scope.flag for scope in scopes if scope.span.holds(span)), "")


def _scopes(text: str, begins: Iterable[int], patterns: _Patterns) -> Iterator[tuple[str, int, int]]:
    for cue in cues(text, begins, patterns.cue):
        flag, _, reach = str(cue.lastgroup).partition("_")
        if flag == "nothing":
            continue
        if reach:
            yield (flag, *_before(text, cue.start(), BACK if reach == "back" else 1, patterns))
        else:
            yield flag, cue.end(), _end(text, cue, flag, patterns)


def _before(text: str, end: int, most: int, patterns: _Patterns) -> tuple[int, int]:
    """What stands before a cue in its clause."""
    start = 0
    for boundary in patterns.start.finditer(text, max(0, end - 120), end):
        start = boundary.end()
    words = list(_WORD.finditer(text, start, end))[-most:]
    return (words[0].start(), words[-1].end()) if words else (end, end)


def _end(text: str, cue: re.Match[str], flag: str, patterns: _Patterns) -> int:
    """How far what stands after a cue is about that."""
    start = cue.end()
    reached = _REACHED.match(text, start)
    if not reached:
        return start
    end = _cut(patterns.end, text, start, reached.end())
    end = _cut(patterns.where if flag == "possible" else patterns.place, text, reached.start("first"), end)
    verb = patterns.predicate.search(text, start, end)
    if verb and cue[0].lower().startswith(_NOUNS):
        end = verb.start()
    comma = text.find(",", verb.end(), end) if verb else -1
    end = comma if comma >= 0 else end
    return _cut(patterns.course, text, start, end) if flag == "historical" else end


def _cut(pattern: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where a pattern first fits between two places of a text; the second of them when it does not."""
    found = pattern.search(text, start, end)
    return found.start() if found else end
