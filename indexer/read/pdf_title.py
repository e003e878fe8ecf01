"""Title, authors, date and DOI of a PDF: from its information dictionary where that is sensible, else from the page.

Dictionaries lie: a template's title, the file's name, the secretary's login. So what they say counts only where the
first pages say it too.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.read.pdf_authors import is_name, names
from indexer.read.pdf_blocks import Part

_FILE_NAME = re.compile(
    r"^Microsoft (?:Word|PowerPoint)|^untitled|\.(?:docx?|tex|dvi|indd|qxd|pdf|rtf|fm|wpd|pptx?|odt)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"D:(\d{4})(?:(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?")
_BROWSER = re.compile(r"Mozilla|Chrom|Safari|wkhtmltopdf", re.IGNORECASE)  # it prints what was written another day
_DOI = re.compile(r"(?:\bdoi:?\s*|doi\.org/\s*)(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_FIRST_PAGES = 2  # pages that may name the document
_COMPARED = 40  # letters of a title looked for on the page


class Stated(NamedTuple):
    """What a document says of itself; `guessed` names the fields that it does not state outright."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""  # ISO 8601
    doi: str = ""
    guessed: tuple[str, ...] = ()


def stated(info: dict[str, str], parts: list[Part], original: str) -> Stated:
    """Title, authors, date and DOI."""
    first = [part for part in parts if part.page < _FIRST_PAGES]
    page = _letters("".join(part.text.text for part in first))
    title, sure = _title(info.get("Title", ""), first, page)
    authors = _authors(first, original) or _informed_author(info.get("Author", ""), page)
    date = "" if _BROWSER.search(info.get("Creator", "")) else _date(info.get("CreationDate", ""))
    doi = _doi(first)
    values = {"title": "" if sure else title, "authors": authors, "date": date, "doi": doi}
    return Stated(title, authors, date, doi, tuple(name for name, value in values.items() if value))


def _title(informed: str, first: list[Part], page: str) -> tuple[str, bool]:
    """The title, and whether the document states it."""
    informed = " ".join(informed.split())
    seen = next((_one_line(part) for part in first if part.kind == "title"), "")
    sensible = " " in informed and not _FILE_NAME.search(informed)
    if sensible and (not seen or _letters(informed)[:_COMPARED] in page):
        return informed, True
    return seen, False


def _one_line(part: Part) -> str:
    """The part's text on one line, words that pdfium marked as broken joined."""
    return " ".join(part.text.text.replace("\x02", "").split())


def _letters(text: str) -> str:
    """Letters and digits alone, without case."""
    return "".join(character for character in text.casefold() if character.isalnum())


def _authors(first: list[Part], original: str) -> tuple[str, ...]:
    """The names in the blocks labelled as author."""
    found = (name for part in first if part.kind == "author" for name in names(part, original))
    return tuple(dict.fromkeys(found))


def _informed_author(informed: str, page: str) -> tuple[str, ...]:
    """The dictionary's author, where it looks like names that the first pages have too."""
    said = [" ".join(item.split()) for item in re.split(r"[;,]|\s+and\s+", informed)]
    known = [item for item in said if is_name(item) and _letters(item) in page]
    return tuple(known) if len(known) == len([item for item in said if item]) else ()


def _date(informed: str) -> str:
    """The day of a PDF date; empty when it is none."""
    match = _DATE.match(informed)
    if not match or not 1900 < int(match[1]) < 2100:
        return ""
    return "-".join(part for part in match.groups() if part)


def _doi(first: list[Part]) -> str:
    """The DOI that the first page gives with its label; empty when there are several."""
    found = {
        match.group(1).rstrip(".,;)").lower()
        for part in first
        if part.kind != "references" and part.page == first[0].page
        for match in _DOI.finditer(part.text.text)
    }
    return found.pop() if len(found) == 1 else ""
