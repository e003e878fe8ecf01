"""The keywords of a passage: what it can be filtered and counted by, as "name=value"."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from indexer.analyse import fold
from indexer.records import Document, Passage

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_FORMATS = {"htm": "html", "xhtml": "html", "markdown": "md", "nxml": "jats", "xml": "jats", "text": "txt"}


def document_keywords(document: Document) -> tuple[str, ...]:
    """What all passages of a document share."""
    year = year_of(document.date)
    words = dict.fromkeys(word for author in document.authors for word in name_words(author))
    return (
        f"document={document.id}",
        *([f"year={year}"] if year else []),
        *dict.fromkeys(f"author={name}" for author in document.authors if (name := _one_line(author))),
        *(f"by={word}" for word in words),
        *([f"format={kind}"] if (kind := format_of(document)) else []),
    )


def passage_keywords(passage: Passage) -> tuple[str, ...]:
    """What a passage has for itself."""
    section = str(getattr(passage, "section", "") or "").lower()
    return (f"kind={passage.kind}", *([f"section={section}"] if section else []))


def name_words(name: str) -> list[str]:
    """The words of a person's name, as authors are found by them."""
    return [fold(word) for word in name.replace("-", " ").replace(".", " ").replace(",", " ").split() if fold(word)]


def year_of(date: str) -> str:
    """The year of a date; empty when it has none."""
    found = _YEAR.search(date)
    return found[0] if found else ""


def format_of(document: Document) -> str:
    """The format of the file that a document comes from; empty when its name does not tell."""
    suffix = PurePosixPath(document.source.path).suffix.lower().removeprefix(".")
    return _FORMATS.get(suffix, suffix)


def _one_line(name: str) -> str:
    """A name as it can stand between quotation marks."""
    return " ".join(name.replace('"', "'").split())
