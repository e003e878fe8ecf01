"""Pincite's engine by itself: terms in, the best passages out."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from indexer.engines import kernel
from indexer.engines.matches import Matches
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.records import Clause, Entry, Match, PassageEntry, Phrase, Word
from indexer.terms import text_terms
from indexer.vocabulary import Terms
from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST

_OF_A_DOCUMENT = 20  # passages, where there are no documents


class Peer:
    """Its own analysis makes three terms of a word: stem, compound, and as typed."""

    has_phrases = True
    analyses = False
    note = "does not count matches"

    def __init__(self, folder: Path) -> None:
        wanted = os.environ.get("PINCITE_KERNEL", kernel.NAME)
        if wanted != kernel.NAME:
            raise RuntimeError(f"the kernel in {wanted} is not there")
        self._folder = folder

    def build(self, texts: Iterable[str]) -> None:
        """Its own analysis, all the terms of a passage."""
        documents = enumerate(in_documents(texts))
        entries = (_entry(at, zip(held, text_terms(held), strict=True)) for at, held in documents)
        WhooshEngine.create(self._folder).write(entries, ())

    def index(self, data: Data) -> None:
        """The tokens, in documents."""
        entries = (
            _entry(at, zip(texts, (Terms.of(found, range(len(found))) for found in tokens), strict=True))
            for at, (_, texts, tokens) in enumerate(data.passages())
        )
        WhooshEngine.create(self._folder).write(entries, ())
        write_starts(self._folder, data)

    def open(self) -> None:
        """A reader of the last commit."""
        self._reader = WhooshEngine.open(self._folder).reader()

    def words(self, asked: Asked) -> Sequence[Any]:
        """Any of the tokens."""
        return self._best([Word(token) for token in asked.tokens])

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The tokens in a row."""
        return self._best([Phrase(tuple(asked.tokens))])

    def _best(self, clauses: list[Clause]) -> Matches:
        """The best matches, put in order, which is done when it is asked for."""
        found = self._reader.search(clauses, [], BEST, counted=0).matches
        found.places(BEST)
        return found

    def number(self, found: Match) -> int:
        """The place of its document, and its own there."""
        return number(self._folder, found.document_id, found.ordinal)


def in_documents(texts: Iterable[str]) -> Iterator[list[str]]:
    """Passages, some at a time."""
    left = iter(texts)
    while held := list(islice(left, _OF_A_DOCUMENT)):
        yield held


def _entry(number: int, passages: Iterable[tuple[str, Terms]]) -> Entry:
    texts, made = zip(*((text, PassageEntry(at, text=terms)) for at, (text, terms) in enumerate(passages)), strict=True)
    return Entry(f"{number:06}", "", zlib.compress("\n".join(texts).encode(), 3), made)


def write_starts(folder: Path, data: Data) -> None:
    """Note the number of the first passage of each document beside the index."""
    starts = accumulate((count for _, count in data.documents()), initial=0)
    (folder / "starts").write_text(" ".join(map(str, starts)))


def number(folder: Path, document_id: str, ordinal: int) -> int:
    """The number of a passage, from 0."""
    return int((folder / "starts").read_text().split()[int(document_id)]) + ordinal
