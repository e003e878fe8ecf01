"""What stands above a typewritten text: a masthead in two columns, its date at the right, and a centred title below.

Network Working Group                                          R. Petke
Request for Comments: 2717                           UUNET Technologies
                                                          November 1999

              Registration Procedures for URL Scheme Names
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import NamedTuple

from indexer.months import MONTHS, month_number

TOP = 6_000  # characters from the top in which title and masthead stand
GROUPS = 3  # of lines between blank ones, from the top, of which one may be a masthead
TITLE_LINES = 4  # at most
_OFF = 4  # characters by which the margins of a centred line may differ
_FLUSH = 2  # characters by which the right ends of a column may differ
_APART = re.compile(r"\S {3,}(?=\S)|^ {20,}(?=\S)")
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)})[a-z]*\.? (\d{{4}})", re.IGNORECASE)


class Masthead(NamedTuple):
    """What it says; empty where it does not."""

    title: str = ""
    date: str = ""  # ISO 8601


def masthead(text: str) -> Masthead:
    """The masthead of a text, if it begins with one."""
    groups = _groups(text)
    for lines in islice(groups, GROUPS):
        width = max(map(len, lines))
        right = _column(lines, width)
        if len(right) < 2:
            continue
        below = next(groups, [])
        while below and len(more := _column(below, width)) == len(below):  # names with blank lines between them
            right += more
            below = next(groups, [])
        return Masthead(_title(below, min(map(_indent, lines)), width), _date(right))
    return Masthead()


def _column(lines: Sequence[str], width: int) -> list[str]:
    """The cells that end where a page so wide does."""
    return [line[_cut(line) :] for line in lines if _cut(line) and abs(len(line) - width) <= _FLUSH]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _groups(text: str) -> Iterator[list[str]]:
    """The runs of filled lines at the top of a text."""
    lines = (line.rstrip() for line in text[:TOP].splitlines())
    return (list(run) for filled, run in groupby(lines, bool) if filled)


def _cut(line: str) -> int:
    """Where the right column of a line begins; 0 when it has none."""
    gaps = list(_APART.finditer(line))
    return gaps[-1].end() if gaps else 0


def _title(lines: Sequence[str], indent: int, width: int) -> str:
    """The lines as a title when all are centred on a page that begins and ends so, else nothing."""
    margins = [(_indent(line) - indent, width - len(line)) for line in lines]
    if len(lines) > TITLE_LINES or not all(abs(left - right) <= _OFF for left, right in margins):
        return ""
    return " ".join(" ".join(lines).split())


def _date(cells: Sequence[str]) -> str:
    """The last date among the cells of the right column, as exact as it is."""
    found = [date for cell in cells if (date := _DATE.fullmatch(cell))]
    if not found:
        return ""
    day, name, year = found[-1].groups()
    iso = f"{year}-{month_number(name):02}"
    return f"{iso}-{int(day):02}" if day else iso
