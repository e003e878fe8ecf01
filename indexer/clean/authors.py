"""Lines that name a document's authors, and the names in them."""

from __future__ import annotations

import re

from indexer.clean.words import is_name, is_word

_DEGREE = (
    r"(?:M\.?D|Ph\.?D|D\.?O|MBBS|MBChB|M\.?Sc|MPH|RN|NP|PA-C|FRCP|FRCS|FACS|FAAN|DPhil|PharmD|DDS|DVM|EdD)"
    r"(?![\w-])\.?(?!\s*\d{5})"
)
_PART = r"(?:[^\W\d_a-z][\w’'-]*[^\W\d_]|(?:de|del|da|di|du|van|von|der|den|la|le|bin|al|ten)(?=\s))"
_MORE = rf"(?:\s+(?:[A-Z]\.?(?![\w’'])|{_PART}))"
_NAME = rf"(?:(?:[A-Z]\.[ -]?){{1,3}}{_PART}{_MORE}{{0,3}}|{_PART}{_MORE}{{1,4}})"
_MARKS = r"[\d*†‡§¶,\s]*"  # of affiliations
_AFTER_DEGREE = rf"(?=\s*(?:[,;(&|·–-]|and\b|{_DEGREE}|$))"  # a sentence about the person would go on with a verb
_WITH_DEGREE = re.compile(rf"(?:By\s+)?(?:Dr\.?\s+)?({_NAME}),?\s+{_DEGREE}{_AFTER_DEGREE}")
_FIELD = re.compile(r"(?i:authors?|by|written by|edited by)\s*:\s*|(?i:written by|by)\s+")
_LIST = re.compile(rf"{_NAME}{_MARKS}(?:(?:,|;|&|\band\b)+\s*{_NAME}{_MARKS})+\.?")
_ALONE = re.compile(rf"{_NAME}{_MARKS}")
_LAST_FIRST = re.compile(r"[^\W\d_][\w’' -]+,\s*[^\W\d_][\w.’' -]*(?:;|$)")
_LONGEST = 2000  # characters of a line of names; collaborations have hundreds


def is_author_line(text: str, *, below_title: bool = False) -> bool:
    """True for names with degrees, names after "by", and right below a title for a bare list of names."""
    if len(text) < 200 and _WITH_DEGREE.match(text):
        return True
    field = _FIELD.match(text)
    if field and len(text) <= _LONGEST:
        rest = text[field.end() :]
        return bool(_LAST_FIRST.match(rest) or _LIST.fullmatch(rest) or _ALONE.fullmatch(rest))
    return below_title and len(text) <= _LONGEST and bool(_LIST.fullmatch(text)) and _are_names(text)


def _are_names(text: str) -> bool:
    """True when most words may be names; of two people's names, without any mark, one must be well known."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word != "and"]
    maybe = [word for word in words if is_name(word)]
    sure = len(words) > 4 or re.search(r"[;&\d*†‡§¶]", text) or any(is_word(word) for word in maybe)
    return bool(sure) and len(maybe) >= 0.75 * len(words)


def names(line: str) -> list[str]:
    """The names of an author line, without degrees, duties and marks."""
    with_degrees = [found[1] for found in _WITH_DEGREE.finditer(line)]
    if with_degrees:
        return with_degrees
    field = _FIELD.match(line)
    rest = line[field.end() :] if field else line
    one_inverted = re.fullmatch(r"[^\s,]+, [^,;&]+", rest)
    pieces = rest.split(";") if one_inverted or ";" in rest else re.split(r",|&|\band\b", rest)
    found = (re.sub(r"[\d*†‡§¶]+", "", piece).strip(" ,.") for piece in pieces)
    return [name for name in found if len(name.split()) > 1]
