"""The keywords of a passage: what it can be filtered and counted by, as "name=value"."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.acronyms import definitions
from indexer.analyse import STOP_WORDS, fold, parts, term
from indexer.records import Document, Passage

OFFER = "offer"  # the words of a heading or title from one of them on, to be found by their beginning
_OFFERED = 5  # words of a name that it is found by
_LONGEST_NAME = 100  # characters
SHORT, LONG = "short", "long"  # what the first passage of a document tells of the document's short forms
_MOST_DEFINITIONS = 100  # of a document
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def document_keywords(document: Document) -> tuple[str, ...]:
    """What all passages of a document share."""
    year = year_of(document.date)
    words = dict.fromkeys(word for author in document.authors for word in name_words(author))
    return (
        f"document={document.id}",
        *([f"year={year}"] if year else []),
        *dict.fromkeys(f"author={name}" for author in document.authors if (name := _one_line(author))),
        *(f"by={word}" for word in words),
        *([f"format={document.source.format}"] if document.source.format else []),
        *offers("title", document.title),
    )


def passage_keywords(passage: Passage) -> tuple[str, ...]:
    """What a passage has for itself."""
    return _keywords_under(passage.kind, passage.section, passage.heading[-1] if passage.heading else "")


@lru_cache(maxsize=64)  # all passages under a heading ask for it
def _keywords_under(kind: str, section: str, heading: str) -> tuple[str, ...]:
    return (f"kind={kind}", *([f"section={section.lower()}"] if section else []), *offers("heading", heading))


def definition_keywords(document: Document) -> tuple[str, ...]:
    """The short forms that a document defines, findable from either side."""
    keys: dict[str, None] = {}
    for short, long in dict.fromkeys(definitions([document.text.text])[:_MOST_DEFINITIONS]):
        stems, shown = long_form(long), " ".join(long.lower().split())
        if stems and "=" not in short + long:
            keys[f"{SHORT}={short}={' '.join(map(term, parts(long)))}={shown}"] = None
            keys[f"{LONG}={' '.join(stems)}={short}"] = None
    return tuple(keys)


def long_form(text: str) -> tuple[str, ...]:
    """The stems of a long form but for stop words, as a query would have them."""
    return tuple(term(part) for part in parts(text) if fold(part) not in STOP_WORDS)


def name_words(name: str) -> list[str]:
    """The words of a person's name, as authors are found by them."""
    return [fold(word) for word in name.replace("-", " ").replace(".", " ").replace(",", " ").split() if fold(word)]


def year_of(date: str) -> str:
    """The year of a date; empty when it has none."""
    found = _YEAR.search(date)
    return found[0] if found else ""


def offers(kind: str, name: str) -> tuple[str, ...]:
    """A heading or title under each of its first telling words."""
    split = name.replace("=", " ").split()
    shown = " ".join(split)
    if not split or len(shown) > _LONGEST_NAME:
        return ()
    folded = [fold(word.strip(".,;:()[]\"'?!")) for word in split]
    telling = [at for at, word in enumerate(folded) if word and (at == 0 or word not in STOP_WORDS)][:_OFFERED]
    return tuple(f"{OFFER}={' '.join(filter(None, folded[at:]))[:60]}={kind}={shown}" for at in telling)


def _one_line(name: str) -> str:
    """A name as it can stand between quotation marks."""
    return " ".join(name.replace('"', "'").split())
