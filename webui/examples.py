"""Searches to try, drawn from the collection itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

from indexer import LibraryReader, Summary

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
    """The innermost headings of the documents, one from each in turn."""
    found = [[p.heading[-1] for p in reader.passages(d.id) if p.heading] for d in documents]
    return [heading for turn in zip_longest(*found, fillvalue="") for heading in turn]
