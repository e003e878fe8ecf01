"""Searches to try, drawn from the collection itself."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer import LibraryReader, Passage, Summary

SUBTITLE = re.compile(r"\s*(?:[:|]\s|\s[-–—]\s).*")
WORD = re.compile(r"\(?[^\W\d_]+(?:[-'’][^\W\d_]+)*\)?,?")
WORDS = range(2, 10)  # one word is a label ("Introduction"), ten are a sentence
MOST_CHARACTERS = 72


def examples(reader: LibraryReader, documents: Sequence[Summary], limit: int = 6) -> tuple[str, ...]:
    """Up to `limit` searches: titles and headings of documents from all over the collection."""
    offered: dict[str, str] = {}
    for text in _in_turn([_offers(reader, document, at) for at, document in enumerate(_spread(documents, limit))]):
        offered.setdefault(text.casefold(), text)
        if len(offered) == limit:
            break
    return tuple(offered.values())


def is_searchable(text: str) -> bool:
    """True when the text reads as something a person would type."""
    words = text.split()
    return all(map(WORD.fullmatch, words)) and len(words) in WORDS and len(text) <= MOST_CHARACTERS


def _spread(documents: Sequence[Summary], limit: int) -> list[Summary]:
    """Up to about four times as many documents as asked for, so ordered that the first few lie far apart."""
    searchable = [document for document in documents if document.passages]
    sample = searchable[:: max(1, len(searchable) // (4 * limit))]
    return [document for start in range(4) for document in sample[start::4]]


def _offers(reader: LibraryReader, document: Summary, at: int) -> Iterator[str]:
    """What a document offers, one by one: every other document its title first, the others their headings."""
    title = SUBTITLE.sub("", document.title)
    if at % 2 == 0 and is_searchable(title):
        yield title
    yield from filter(is_searchable, _by_subject(document.title, reader.passages(document.id)))
    if is_searchable(title):
        yield title


def _in_turn(offers: Iterable[Iterator[str]]) -> Iterator[str]:
    """One from each, then a second from each, until all are used up; no more is read than is taken."""
    waiting = deque(offers)
    while waiting:
        turn = waiting.popleft()
        for text in islice(turn, 1):
            yield text
            waiting.append(turn)


def _by_subject(title: str, passages: Iterable[Passage]) -> list[str]:
    """The headings of a document, those that share a word with its title first.

    One that opens a section, as "Case report" does, may stand in any article and is left out.
    """
    headings = dict.fromkeys(p.heading[-1] for p in passages if p.heading and not (p.section and len(p.heading) == 1))
    subject = _stems(title)
    return sorted(headings, key=lambda heading: not subject & _stems(heading))


def _stems(text: str) -> set[str]:
    """The first five letters of the longer words: enough to see that "tumor" and "Tumors" are one."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}
