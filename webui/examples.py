"""Searches to try, drawn from the collection itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from indexer import LibraryReader, Passage, Summary

SUBTITLE = re.compile(r"\s*(?:[:|]\s|\s[-–—]\s).*")
WORD = re.compile(r"\(?[^\W\d_]+(?:[-'’][^\W\d_]+)*\)?,?")
WORDS = range(2, 8)  # one word is a label ("Introduction"), eight are a sentence
MOST_CHARACTERS = 60


def examples(reader: LibraryReader, documents: Sequence[Summary], limit: int = 6) -> tuple[str, ...]:
    """Up to `limit` searches: headings and titles in turn, from documents spread over the collection."""
    searchable = [document for document in documents if document.passages]
    sample = searchable[:: max(1, len(searchable) // limit)][:limit]
    titles = [SUBTITLE.sub("", document.title) for document in sample]
    pairs = zip_longest(_headings(reader, sample), titles, fillvalue="")
    offered = {text.casefold(): text for text in chain.from_iterable(pairs) if is_searchable(text)}
    return tuple(offered.values())[:limit]


def is_searchable(text: str) -> bool:
    """True when the text reads as something a person would type."""
    words = text.split()
    return all(map(WORD.fullmatch, words)) and len(words) in WORDS and len(text) <= MOST_CHARACTERS


def _headings(reader: LibraryReader, documents: Iterable[Summary]) -> list[str]:
    """The innermost headings of the documents, one from each in turn; those that say what it is about come first."""
    found = [_by_subject(document.title, reader.passages(document.id)) for document in documents]
    return [heading for turn in zip_longest(*found, fillvalue="") for heading in turn]


def _by_subject(title: str, passages: Iterable[Passage]) -> list[str]:
    """The headings of a document, those that share a word with its title before "Key points" and "Case report"."""
    headings = dict.fromkeys(passage.heading[-1] for passage in passages if passage.heading)
    subject = _stems(title)
    return sorted(headings, key=lambda heading: not subject & _stems(heading))


def _stems(text: str) -> set[str]:
    """The first five letters of the longer words: enough to see that "tumor" and "Tumors" are one."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
