"""What a page says about itself: title, authors, date, address and identifiers, from its head and its JSON-LD.

The citation_* names that publishers give to Google Scholar come first, then what is said to search engines and social
networks, then the page's own title element.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from indexer.months import month_number
from indexer.read.html_page import Page
from indexer.read.metadata import bare_doi

_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title", "twitter:title")
_SCHOLARS = ("citation_author", "citation_authors", "dc.creator")
_AUTHORS = ("author", "article:author", "parsely-author", "byl")
_DATES = (
    "citation_publication_date", "citation_date", "citation_online_date", "dc.date", "dcterms.date", "dc.date.issued",
    "article:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "date", "pubdate",
)  # fmt: skip
_DOIS = ("citation_doi", "prism.doi", "dc.identifier", "bepress_citation_doi")
_ADDRESSES = ("og:url", "citation_public_url", "citation_abstract_html_url", "citation_fulltext_html_url")
_WORKS = re.compile(r"article|posting|report|webpage|book|thesis|chapter", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|(\d{4})(\d{2})(\d{2})(?:T|$)")
# 19 Nov 2019; November 19, 2019
_WRITTEN = re.compile(
    r"\b(?:(?P<first>\d{1,2})\s+)?(?P<month>[A-Za-z]{3,9})\.?,?\s+(?(first)|(?P<day>\d{1,2}),?\s+)(?P<year>\d{4})\b"
)
_MARK = r"(?:\s*[|»·•]\s*|\s+[\u2013\u2014:-]+\s+)"  # parts a title from the site's name
_JOINED = re.compile(r"\s*;\s*|\s*,?\s+(?:and|&)\s+|\s*,\s*")
_BY = re.compile(r"by:?\s+", re.IGNORECASE)
_LONGEST_SCRIPT = 1_000_000  # characters of JSON-LD; those of 91 pages have 28,000 at most
_MOST_NODES = 10_000

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says about itself."""

    titles: tuple[str, ...]  # the likeliest first
    authors: tuple[str, ...]
    date: str  # ISO 8601 where it can be told
    url: str
    doi: str
    pmid: str


def said(page: Page) -> Said:
    """What the page says about itself."""
    named = _named(page)
    nodes = list(_nodes(page.scripts))
    work = next((node for node in nodes if _WORKS.search(str(node.get("@type")))), {})
    site = next(iter(named.get("og:site_name", ())), "")
    titles = [*_values(named, _TITLES), *_strings(work.get("headline")), page.title]
    dates = _values(named, _DATES) or _strings(work.get("datePublished"))
    return Said(
        titles=tuple(dict.fromkeys(filter(None, (without_site(plain(title), site) for title in titles)))),
        authors=tuple(name for name in _authors(named, work, nodes) if name.casefold() != site.casefold()),
        date=iso_date(plain(dates[0])) if dates else "",
        url=_address(page, named),
        doi=next(filter(None, map(bare_doi, _values(named, _DOIS))), ""),
        pmid=next(filter(str.isdecimal, _values(named, ("citation_pmid",))), ""),
    )


def iso_date(given: str) -> str:
    """The day as in 2019-11-20 where it can be told, else the date as given; empty for the year 1 of empty fields."""
    found = _DAY.match(given)
    if found:
        year, month, day = (part for part in found.groups() if part)
        return f"{year}-{month:0>2}-{day:0>2}" if int(year) > 1 else ""
    written = _WRITTEN.search(given)
    number = month_number(written["month"]) if written else 0
    if not written or not number:
        return given
    return f"{written['year']}-{number:02}-{written['first'] or written['day']:0>2}"


def without_site(title: str, site: str) -> str:
    """A title without the site's name before or after it."""
    if not site:
        return title
    name = re.escape(site)
    return re.sub(rf"(?:{_MARK}{name}$|^{name}{_MARK})(?!^)", "", title, flags=re.IGNORECASE)


def plain(given: str) -> str:
    """A value as a line of text that can be stored."""
    return " ".join(unescape(given).encode("utf-8", "ignore").decode("utf-8").split())


def _named(page: Page) -> dict[str, list[str]]:
    """Names in lower case -> the values that meta and time elements give them."""
    named: dict[str, list[str]] = {}
    for _, found in page.says:
        name = found.get("name") or found.get("property") or found.get("itemprop") or ""
        value = (found.get("content") or found.get("datetime") or "").strip()
        if name and value:
            named.setdefault(name.strip().lower(), []).append(value)
    return named


def _values(named: dict[str, list[str]], names: Sequence[str]) -> list[str]:
    """The values of the first of the names that has any."""
    return next((named[name] for name in names if name in named), [])


def _authors(named: dict[str, list[str]], work: Node, nodes: Iterable[Node]) -> Iterator[str]:
    """The authors' names, once each."""
    scholars = [turned(name) for given in _values(named, _SCHOLARS) for name in given.split(";")]
    others = _people(work.get("author"), nodes) or _values(named, _AUTHORS)
    names = scholars or [name for given in others for name in parted(given)]
    fitting = (plain(name) for name in names if "://" not in name and len(name) <= 100)
    return iter(dict.fromkeys(name for name in fitting if name and not name.startswith("@")))


def turned(name: str) -> str:
    """A name in the order it is spoken: "Doe, Jane" is Jane Doe."""
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and "," not in first else name


def parted(names: str) -> list[str]:
    """The names in a line of names; a line with a part of one word is taken as one name."""
    line = _BY.sub("", names.strip(), count=1) if _BY.match(names.strip()) else names.strip()
    parts = _JOINED.split(line)
    return parts if all(" " in part for part in parts) else [line]


def _people(given: Any, nodes: Iterable[Node]) -> list[str]:
    """The names of JSON-LD authors, given as names, as nodes, or by the ids of nodes."""
    people = given if isinstance(given, list) else [given]
    known = {str(node.get("@id")): node for node in nodes if node.get("name")}
    names: list[str] = []
    for person in people:
        if isinstance(person, dict):
            names += _strings(person.get("name") or known.get(str(person.get("@id")), {}).get("name"))
        else:
            names += _strings(person)
    return names


def _strings(value: Any) -> list[str]:
    """The strings in a JSON value that is a string or a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str) and item]


def _nodes(scripts: Iterable[str]) -> Iterator[Node]:
    """The objects in JSON-LD scripts, outer before inner; scripts that are no JSON hold none."""
    ahead: list[Any] = [_json(script) for script in scripts if len(script) <= _LONGEST_SCRIPT][::-1]
    for _ in range(_MOST_NODES):
        if not ahead:
            return
        value = ahead.pop()
        if isinstance(value, dict):
            yield value
            ahead += [item for item in value.values() if isinstance(item, dict | list)][::-1]
        elif isinstance(value, list):
            ahead += value[::-1]


def _json(script: str) -> Any:
    try:
        return json.loads(script.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
    except (ValueError, RecursionError):
        return None


def _address(page: Page, named: dict[str, list[str]]) -> str:
    """The page's canonical address, when it is one on the web."""
    links = (found for element, found in page.says if element == "link" and "canonical" in found.get("rel", "").lower())
    base = next((found.get("href", "") for element, found in page.says if element == "base"), "")
    for given in [*(found.get("href", "") for found in links), *_values(named, _ADDRESSES)]:
        address = _joined(base, given.strip())
        if re.match(r"https?://[^\s/]", address):
            return plain(address).replace(" ", "%20")
    return ""


def _joined(base: str, address: str) -> str:
    """The address, seen from the base; empty when it is none."""
    try:
        return urlsplit(urljoin(base, address)).geturl()
    except ValueError:
        return ""
