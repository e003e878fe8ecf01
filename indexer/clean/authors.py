"""Lines that name a document's authors, and the names in them."""

from __future__ import annotations

import re

from indexer.clean.characters import RAISED
from indexer.clean.cues import DATE, DATED
from indexer.clean.words import is_name, is_word

_DEGREE = (
    r"(?:M\.?D|Ph\.?D|D\.?O|MBBS|MBChB|M\.?Sc|MPH|RN|NP|PA-C|FRCP|FRCS|FACS|FAAN|DPhil|PharmD|DDS|DVM|EdD)"
    rf"(?![^\W{RAISED}]|-)\.?(?!\s*\d{{5}})"
)
_PART = r"(?:[^\W\d_a-z][\w’'-]*[^\W\d_]|(?:de|del|da|di|du|van|von|der|den|la|le|bin|al|ten)(?=\s))"
_MORE = rf"(?:\s+(?:[A-Z]\.?(?![\w’'])|{_PART}))"
_NAME = rf"(?:(?:[A-Z]\.[ -]?){{1,3}}{_PART}{_MORE}{{0,3}}|{_PART}{_MORE}{{1,4}})"
_MARK = rf"[\d{RAISED}*†‡§¶]"  # of an affiliation
_AFTER_DEGREE = (
    rf"(?={_MARK}{{0,3}}\s*(?:[,;(&|·–-]|and\b|{_DEGREE}|$))"  # a sentence about the person would go on with a verb
)
_WITH_DEGREE = re.compile(rf"(?:By\s+)?(?:Dr\.?\s+)?({_NAME}),?\s+{_DEGREE}{_AFTER_DEGREE}")
_HAS_DEGREE = re.compile(_DEGREE)
_WORK = r"(?i:(?:(?:medically|clinically|expert|fact)[ -])?(?:reviewed|written|edited|authored|checked))"
_BYLINE = re.compile(rf"{_WORK} by:?\s+(?:Dr\.?\s+)?{_NAME}")
_BY = re.compile(rf"\b[Bb]y:?\s+(?:Dr\.?\s+)?({_NAME})")
_WRITER = re.compile(rf"(?i:written|authored) by:?\s+(?:Dr\.?\s+)?({_NAME})")
_FIELD = re.compile(r"(?i:authors?|by|written by|edited by)\s*:\s*|(?i:written by|by)\s+")
_LAST_FIRST = re.compile(r"[^\W\d_][\w’' -]{1,40},\s?[^\W\d_][\w.’' -]{0,40}")
_SEPARATOR = re.compile(r"[,;&]|\band\b")
_MARKS = re.compile(rf"{_MARK}+")
_DATE_AT_END = re.compile(rf"(?:^|[\s,;|·•–—(-]+)(?:{DATED.pattern}(?: on)?:?\s+)?(?P<date>{DATE.pattern})[.)]*$")
_DATE_LENGTH = 60  # characters of a date and what leads to it
_LONGEST = 2000  # characters of a line of names; collaborations have hundreds


def is_author_line(text: str, *, below_title: bool = False) -> bool:
    """True for names with degrees, names after "by", and right below a title for a bare list of names."""
    if len(text) > _LONGEST:
        return False
    text = _undated(text)
    if len(text) < 200 and (_WITH_DEGREE.match(text) or (_BYLINE.match(text) and not text.endswith("."))):
        return True
    if _FIELD.match(text):
        return bool(names(text)) and all(_is_person(name) for name in names(text))
    found = names(text) if below_title and not text.endswith(tuple(".:!?")) else []
    return len(found) > 1 and len(found) == len(_pieces(text)) and all(map(_is_person, found)) and _are_names(text)


def _is_person(name: str) -> bool:
    """True when the words are written as a name is, first name or last name first."""
    return len(name) <= 80 and bool(re.fullmatch(_NAME, name) or _LAST_FIRST.fullmatch(name))


def _are_names(text: str) -> bool:
    """True when most words may be names; of two people's names, without any mark, one must be well known."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word != "and"]
    maybe = [word for word in words if is_name(word)]
    sure = len(words) > 4 or re.search(rf"[;&]|{_MARK}", text) or any(is_word(word) for word in maybe)
    return bool(sure) and len(maybe) >= 0.75 * len(words)


def names(line: str) -> list[str]:
    """The names of an author line, without degrees, duties, marks and the date at its end."""
    line = _undated(line)
    if _BYLINE.match(line):
        return _WRITER.findall(line) or _BY.findall(line)
    # The degree is looked for first: names alone take a hundred times as long.
    with_degrees = [found[1] for found in _WITH_DEGREE.finditer(line)] if _HAS_DEGREE.search(line) else []
    if with_degrees:
        return with_degrees
    return [piece for piece in _pieces(line) if len(piece.split()) > 1]


def date_at_end(line: str) -> re.Match[str] | None:
    """The date at a line's end, with what parts it from the rest: "By A. Eve, 3 May 2021"."""
    if not line.rstrip(").")[-1:].isdigit():
        return None
    return _DATE_AT_END.search(line[-_DATE_LENGTH:])


def _undated(line: str) -> str:
    """A line without the date at its end."""
    found = date_at_end(line)
    return line.removesuffix(found[0]) if found else line


def _pieces(line: str) -> list[str]:
    """What stands between the commas, or between the semicolons when there are any, without marks."""
    field = _FIELD.match(line)
    rest = line[field.end() :] if field else line
    one_inverted = re.fullmatch(r"[^\s,]+, [^,;&]+", rest)
    pieces = rest.split(";") if one_inverted or ";" in rest else _SEPARATOR.split(rest)
    return [name for piece in pieces if (name := _MARKS.sub("", piece).strip(" ,."))]
