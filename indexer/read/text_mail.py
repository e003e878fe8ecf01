"""A letter of electronic mail that was saved as text: what its head says, and its text without the marks of quotation.

From: Ann Lee <ann@example.org>
Subject: Re: Slates

They have come.
> When do they come?
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from email.utils import parseaddr, parsedate_to_datetime
from itertools import pairwise
from typing import NamedTuple

from indexer.aligned import Edit

_NAMES = {  # of the fields of a head, as programs write them in some languages
    **dict.fromkeys(("from", "von", "de", "da"), "from"),
    **dict.fromkeys(("subject", "betreff", "objet", "asunto", "oggetto"), "subject"),
    **dict.fromkeys(("date", "sent", "datum", "gesendet", "envoyé", "fecha", "data"), "date"),
}
_LONGEST_HEAD = 20_000  # characters
_END = r"(?:\r\n|\n|\r)"
_FIELD = re.compile(rf"([^\W\d_][\w-]{{0,40}}) ?:[ \t]*([^\r\n]*(?:{_END}[ \t]+[^\s][^\r\n]*)*)(?:{_END}|\Z)")
_FOLD = re.compile(rf"{_END}[ \t]+")
_LINE = re.compile(rf"(?P<marks>(?:[ \t]?>)*)[ \t]?(?P<words>[^\r\n]*)(?:{_END}|\Z)")
_MARKED = re.compile(r">(?:(?<=[\r\n]>)|(?<=[\r\n][ \t]>))")  # the first mark of a line
_WIDEST = 80  # characters that mail programs break lines at, at most
_NARROWEST = 50  # of the widest line of a letter whose lines are broken; in one of short lines each stands for itself
_ITEM = re.compile(r"(?:[-*•]+|\d{1,2}[.)])(?:\s|\Z)")


class _Line(NamedTuple):
    """A line, and where its words begin behind marks of quotation."""

    start: int
    words: int
    end: int
    depth: int  # marks


class Mail(NamedTuple):
    """What a letter's head says; empty where it does not, or where the text is no letter."""

    title: str = ""
    author: str = ""
    date: str = ""  # ISO 8601
    edits: tuple[Edit, ...] = ()  # that make each field of the head a paragraph


def mail(text: str) -> Mail:
    """What a text says as a letter, when it begins with a head that names a sender and a subject."""
    fields = list(_fields(text))
    said = {_NAMES.get(field[1].lower(), ""): " ".join(field[2].split()) for field in reversed(fields)}
    if not (said.get("from") and said.get("subject")):
        return Mail()
    edits = [(fold.start(), fold.end(), " ") for field in fields for fold in _FOLD.finditer(text, *field.span(2))]
    edits += [(left.end(2), right.start(), "\n\n") for left, right in pairwise(fields)]
    edits += _unmarked(text, _as_quoted(list(_lines(text, fields[-1].end()))), is_letter=True)
    return Mail(said["subject"], _name(said["from"]), _date(said.get("date", "")), tuple(sorted(edits)))


def unquoted(text: str) -> list[Edit]:
    """The marks before quoted lines, to be taken away, and blank lines where another is quoted than above."""
    if len(_MARKED.findall("\n" + text)) < 2:  # quoted are two lines at least: told in a hundredth of the time
        return []
    return _unmarked(text, _as_quoted(list(_lines(text, 0))), is_letter=False)


def _unmarked(text: str, lines: Sequence[_Line], *, is_letter: bool) -> list[Edit]:
    """The edits of `unquoted`; in a letter, line ends inside paragraphs as spaces too.

    A letter is too short to tell by its words that its lines are broken. One goes on in the next where the first word
    of that had no room in it, unless that begins an item.
    """
    wide = max((width for line in lines if (width := line.end - line.start) <= _WIDEST), default=0)
    edits: list[Edit] = []
    for above, line in pairwise(lines):
        if line.depth != above.depth:
            edits.append((line.start, line.words, "\n"))
        elif is_letter and wide >= _NARROWEST and _goes_on(text, above, line, wide):
            edits.append((above.end, line.words, " "))
        elif line.depth:
            edits.append((line.start, line.words, ""))
    return edits


def _goes_on(text: str, above: _Line, line: _Line, wide: int) -> bool:
    """True where a line goes on with the one above, in a letter whose lines are broken at a width."""
    first = len(text[line.words : line.end].partition(" ")[0])
    is_full = wide - first <= above.end - above.start <= wide
    return is_full and above.words < above.end and first > 0 and not _ITEM.match(text, line.words, line.end)


def _lines(text: str, at: int) -> Iterator[_Line]:
    """The lines from a place on, behind an empty one."""
    yield _Line(at, at, at, 0)
    while at < len(text) and (found := _LINE.match(text, at)):
        yield _Line(at, found.start("words"), found.end("words"), found["marks"].count(">"))
        at = found.end()


def _as_quoted(lines: Sequence[_Line]) -> Sequence[_Line]:
    """The lines, none of them quoted where marks stand alone or are prompts (`>>>`) or names of sequences."""
    together = sum(bool(left.depth and right.depth) for left, right in pairwise(lines))
    depths = [line.depth for line in lines if line.depth]
    if 2 * together >= len(depths) > 1 and set(depths) != {3}:
        return lines
    return [line._replace(words=line.start, depth=0) for line in lines]


def _fields(text: str) -> Iterator[re.Match[str]]:
    """The fields of the head that a text begins with."""
    at = len(text) - len(text.lstrip())
    while field := _FIELD.match(text, at, _LONGEST_HEAD):
        yield field
        at = field.end()


def _name(sender: str) -> str:
    """The name of a sender, else the address."""
    name, address = parseaddr(sender)
    return (name or address or sender) if "@" in sender else sender


def _date(written: str) -> str:
    """The day of a date as mail programs write it; empty for another."""
    try:
        return parsedate_to_datetime(written).strftime("%Y-%m-%d")
    except (OverflowError, TypeError, ValueError):
        return ""
