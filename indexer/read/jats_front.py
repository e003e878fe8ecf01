"""What a JATS article says about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.months import month_number
from indexer.read.jats_inline import data_line, line
from indexer.read.metadata import bare_doi
from indexer.read.xml_tree import Element

_DATES = ("epub", "epub-ppub", "pub", "ppub", "collection")  # of several dates, the first in this order counts
_YEAR = re.compile(r"\d{4}")


class Front(NamedTuple):
    """An article's metadata; what it does not say is empty."""

    title: str
    authors: tuple[str, ...]
    journal: str
    date: str  # ISO 8601, as far as it is given: 2004-06-15, 2004-06 or 2004
    doi: str
    pmid: str


def front(article: Element) -> Front:
    """The metadata of an article or of a part that has its own."""
    head = article.first("front") or article.first("front-stub") or Element("front", {}, article.start)
    meta = head.first("article-meta") or head
    ids = {found.attributes.get("pub-id-type", ""): found.words() for found in named(meta, "article-id")}
    journal = next(head.all("journal-title"), None)
    return Front(
        title=_title(meta),
        authors=tuple(_authors(meta)),
        journal=journal.words() if journal else "",
        date=_date(list(named(meta, "pub-date"))),
        doi=bare_doi(ids.get("doi", "")),
        pmid=ids.get("pmid", ""),
    )


def named(element: Element, *names: str) -> Iterator[Element]:
    """The elements of these names directly inside."""
    return (child for child in element.elements() if child.name in names)


def _title(meta: Element) -> str:
    """The title, and the subtitle after a colon."""
    group = meta.first("title-group") or meta
    parts = [line(found).text.strip() for found in named(group, "article-title", "subtitle")]
    return ": ".join(part for part in parts if part)


def _authors(meta: Element) -> Iterator[str]:
    """The authors' names, given name first."""
    for group in named(meta, "contrib-group"):
        for person in named(group, "contrib"):
            if person.attributes.get("contrib-type", "author") == "author" and (name := _name(person)):
                yield name


def _name(person: Element) -> str:
    """The name of a person or a group."""
    for found in person.all("name", "string-name", "collab"):
        if found.name == "name":
            parts = (found.first(part) for part in ("prefix", "given-names", "surname", "suffix"))
            return " ".join(part.words() for part in parts if part)
        members = {"contrib-group", "xref"}
        shown = [part for part in found.children if not (isinstance(part, Element) and part.name in members)]
        return data_line(Element(found.name, {}, found.start, shown)).text.strip()
    return ""


def _date(dates: list[Element]) -> str:
    """The date of publication."""
    ranked = sorted((place, number) for number, date in enumerate(dates) if (place := _rank(date)) < len(_DATES))
    found = [_iso(dates[number]) for _, number in ranked]
    return next((date for date in found if date), "")


def _rank(date: Element) -> int:
    """The place of a date's kind in _DATES; their number for dates of anything else than publication."""
    kind = date.attributes.get("pub-type") or date.attributes.get("date-type") or "pub"
    if kind == "pub" and date.attributes.get("publication-format") == "electronic":
        kind = "epub"
    return _DATES.index(kind) if kind in _DATES else len(_DATES)


def _iso(date: Element) -> str:
    """A date as far as it is given."""
    year, month, day = (_number(date.first(part)) for part in ("year", "month", "day"))
    if not _YEAR.fullmatch(f"{year:04}") or not year:
        return ""
    if not 1 <= month <= 12:
        return f"{year:04}"
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{year:04}-{month:02}"


def _number(element: Element | None) -> int:
    """The number in an element, or of the month it names; 0 when there is none."""
    word = element.words() if element else ""
    if word.isascii() and word.isdigit() and len(word) <= 4:
        return int(word)
    return month_number(word)
