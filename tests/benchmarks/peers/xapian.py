"""Xapian, from Debian's python3-xapian: it runs in the system's Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xapian

from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST, K1, B


class Peer:
    """Its own analysis indexes each word and its stem."""

    has_phrases = True
    analyses = False
    note = ""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def build(self, texts: Iterable[str]) -> None:
        """Its own English analysis."""
        generator = xapian.TermGenerator()
        generator.set_stemmer(xapian.Stem("en"))
        made = xapian.WritableDatabase(self._folder, xapian.DB_CREATE_OR_OPEN)
        for text in texts:
            document = xapian.Document()
            generator.set_document(document)
            generator.index_text(text)
            document.set_data(text)
            made.add_document(document)
        made.commit()
        made.close()

    def index(self, data: Data) -> None:
        """The tokens, one posting after another."""
        made = xapian.WritableDatabase(self._folder, xapian.DB_CREATE_OR_OPEN)
        for tokens, text in zip(data.tokens(), data.texts(), strict=True):
            document = xapian.Document()
            for at, token in enumerate(tokens, 1):
                document.add_posting(token, at)
            document.set_data(text)
            made.add_document(document)
        made.commit()
        made.close()

    def open(self) -> None:
        """A database, and the settings that all engines have."""
        self._database = xapian.Database(self._folder)
        self._weighting = xapian.BM25Weight(K1, 0, 1, B, 0)

    def words(self, asked: Asked) -> Sequence[Any]:
        """Any of the tokens."""
        return self._best(xapian.Query(xapian.Query.OP_OR, asked.tokens))

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The tokens in a row."""
        return self._best(xapian.Query(xapian.Query.OP_PHRASE, asked.tokens, len(asked.tokens)))

    def number(self, found: Any) -> int:
        """Its document number, which is from 1."""
        return int(found[0]) - 1

    def _best(self, query: Any) -> Sequence[Any]:
        enquire = xapian.Enquire(self._database)
        enquire.set_weighting_scheme(self._weighting)
        enquire.set_query(query)
        return [(match.docid, match.weight) for match in enquire.get_mset(0, BEST)]
