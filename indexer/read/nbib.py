"""Records of articles as PubMed (`.nbib`) and reference managers (`.ris`) save them: each record is a document.

PMID- 31452104
TI  - Drop metastases below
      the conus.
AB  - They are rare.

The record is the source's text as read. Title and abstract are content; all other fields are kept, and labelled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from html import unescape
from itertools import pairwise
from typing import NamedTuple

from ftfy import fix_encoding

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.months import month_number
from indexer.read import text
from indexer.read.blocks import Labelled, assembled
from indexer.read.metadata import bare_doi, doi_url
from indexer.read.parts import noted
from indexer.read.raised import raised
from indexer.records import Extract, Source

_TAG = r"[A-Z][A-Z0-9]{1,3} {0,2}-(?: |[\r\n]|\Z)"
_END = r"(?:\r\n?|\n)"
# A field: what its tag is, and its value up to the next tag, over blank lines too.
_FIELD = re.compile(
    rf"^([A-Z][A-Z0-9]{{1,3}}) {{0,2}}-(?: ([^\r\n]*(?:{_END}(?!{_TAG})[^\r\n]*)*)|(?=[\r\n]|\Z))", re.MULTILINE
)
_FOLD = re.compile(rf"(?<!\s)\s*{_END}\s*")
# What titles and abstracts have of HTML: marks of type, with the number that stands raised; entities.
_TYPE = re.compile(
    r"<sup>(?P<raised>[^<>\r\n]{0,20})</sup>"
    r"|</?(?:i|b|u|em|strong|sub|sup|p|br|scp|sc|span|jats:[a-z]{1,12})(?: [^<>]{0,99})? ?/?>"
    r"|&(?:#\d{1,6}|#x[\da-f]{1,5}|[a-z]{2,8}\d{0,2});",
    re.IGNORECASE,
)
_APART = re.compile(r"</?(?:jats:)?(?:p|br|title)\b", re.IGNORECASE)
_FIRST = ("PMID", "TY")  # what a record begins with
_TITLES, _ABSTRACTS = ("TI", "T1", "BTI"), ("AB", "N2")
_AUTHORS = ("FAU", "AU", "A1")
_JOURNALS = ("JT", "TA", "JO", "JF", "T2")
_DATES = ("DP", "DA", "PY", "Y1")
_DOIS = ("DO", "LID", "AID")
_NAME = re.compile(r"(?P<last>[^,]+), (?P<first>[^,]+?)(?:,? (?P<suffix>(?:Jr|Sr)\.?|I{2,3}|IV))?")
_DATE = re.compile(r"(\d{4})(?:[ /-]([A-Za-z]{3}|\d\d?\b)[a-z]*(?:[ /-](\d\d?)\b)?)?")


class _Field(NamedTuple):
    """A field of a record."""

    tag: str
    start: int  # in the file's text
    value: tuple[int, int]  # where it stands there


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents of the records; UnreadableSourceError when there is none with a title or an abstract."""
    whole = text.decode(data, source.path)
    records = list(_records(whole))
    found: dict[str, Extract] = {}
    missing = 0
    for original, fields in records:
        part = _part(original, fields, found) if len(records) > 1 else ""
        if extract := _extract(original, fields, replace(source, part=part)):
            found[part] = extract
        else:
            missing += 1
    if not found:
        raise UnreadableSourceError(source.path, "no record in it has a title or an abstract", "empty")
    notes = (f"{missing} of {len(records)} records have no title and no abstract",) if missing else ()
    return noted(found.values(), notes)


def _records(whole: str) -> Iterator[tuple[str, list[_Field]]]:
    """The text and the fields of each record."""
    found = [_Field(field[1], field.start(), field.span(2)) for field in _FIELD.finditer(whole)]
    begins = [at for at, field in enumerate(found) if field.tag in _FIRST or at == 0]
    for first, stop in pairwise([*begins, len(found)]):
        start = found[first].start
        end = found[stop].start if stop < len(found) else len(whole)
        values = [(max(low, start) - start, max(high, start) - start) for _, _, (low, high) in found[first:stop]]
        fields = [
            _Field(field.tag, field.start - start, at) for field, at in zip(found[first:stop], values, strict=True)
        ]
        yield whole[start:end].rstrip(), fields


def _extract(original: str, fields: list[_Field], source: Source) -> Extract | None:
    """The document of a record; None when it has neither title nor abstract."""
    whole = AlignedText.of(original)
    stretches = [_labelled(whole, field) for field in fields]
    if not any(kind in ("title", "prose") and value.text.strip() for kind, value, _ in stretches):
        return None
    aligned, blocks = assembled(stretches)
    shown = [(field.tag, " ".join(value.text.split())) for field, (_, value, _) in zip(fields, stretches, strict=True)]
    title = next((value for tag in _TITLES for own, value in shown if own == tag and value), "")
    doi = next(filter(None, map(bare_doi, _values(original, fields, _DOIS))), "")
    return Extract(
        source=source,
        original=original,
        text=aligned,
        title=title.removesuffix("."),  # PubMed ends titles so
        authors=tuple(_in_order(unescape(fix_encoding(author))) for author in _values(original, fields, _AUTHORS)),
        date=next(filter(None, map(_date, _values(original, fields, _DATES))), ""),
        url=next(iter(_values(original, fields, ("UR",))), "") or doi_url(doi),
        blocks=blocks,
        journal=next(iter(_values(original, fields, _JOURNALS)), ""),
        doi=doi,
        pmid=_pmid(original, fields),
    )


def _labelled(whole: AlignedText, field: _Field) -> Labelled:
    """A field's value as one line, or, where it is no content, the field."""
    kind = "title" if field.tag in _TITLES else "prose" if field.tag in _ABSTRACTS else "other"
    start, end = field.value
    if kind == "other":
        start = field.start
    value = whole[start : max(start, end)]
    value = value.edit((fold.start(), fold.end(), " ") for fold in _FOLD.finditer(value.text))
    if kind != "other":
        value = value.edit((mark.start(), mark.end(), _shown(mark)) for mark in _TYPE.finditer(value.text))
    return Labelled(kind, value)


def _shown(mark: re.Match[str]) -> str:
    """What a page of HTML would show of a mark."""
    if mark["raised"] is not None:
        return raised(unescape(mark["raised"]), mark.string[max(0, mark.start() - 3) : mark.start()])
    return " " if _APART.match(mark[0]) else unescape(mark[0]) if mark[0].startswith("&") else ""


def _values(original: str, fields: list[_Field], tags: tuple[str, ...]) -> list[str]:
    """The values of the fields with the first of some tags that a record has."""
    for tag in tags:
        values = [" ".join(original[slice(*field.value)].split()) for field in fields if field.tag == tag]
        if found := list(filter(None, values)):
            return found
    return []


def _in_order(author: str) -> str:
    """A name as it is spoken: "Lee, Ann B" -> "Ann B Lee", "Lee, Ann, Jr" and "Lee, Ann Jr" -> "Ann Lee Jr"."""
    found = _NAME.fullmatch(author)
    return " ".join(filter(None, (found["first"], found["last"], found["suffix"]))) if found else author


def _date(written: str) -> str:
    """The year, month and day, as far as they are given: "2019 Mar 5" -> 2019-03-05."""
    found = _DATE.match(written)
    if not found:
        return ""
    year, named, day = found.groups()
    month = (int(named) if named.isdecimal() else month_number(named)) if named else 0
    if not 1 <= month <= 12:
        return str(year)
    return f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")


def _pmid(original: str, fields: list[_Field]) -> str:
    """The record's number at PubMed."""
    return next(filter(str.isdecimal, _values(original, fields, ("PMID",))), "")


def _part(original: str, fields: list[_Field], taken: dict[str, Extract]) -> str:
    """What names a record among those of its file: its number at PubMed, else what is made of all of it."""
    pmid = _pmid(original, fields)
    return pmid if pmid and pmid not in taken else sha256(original.encode("utf-8", "replace")).hexdigest()[:12]
