"""Stock Whoosh: the package that Pincite stands on, with its own codec, writer and searcher."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from whoosh import index, query
from whoosh.analysis import SpaceSeparatedTokenizer, StemmingAnalyzer
from whoosh.fields import STORED, TEXT, Schema
from whoosh.scoring import BM25F

from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST, K1, B

_MEMORY = 512  # MB that its writer may hold


class Peer:
    """One segment."""

    has_phrases = True
    analyses = False
    note = "one segment"

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def build(self, texts: Iterable[str]) -> None:
        """Its own English analysis."""
        schema = Schema(text=TEXT(analyzer=StemmingAnalyzer(stoplist=None), stored=True))
        _write(self._folder, schema, ({"text": text} for text in texts))

    def index(self, data: Data) -> None:
        """The tokens, as words between spaces."""
        schema = Schema(tokens=TEXT(analyzer=SpaceSeparatedTokenizer()), text=STORED)
        rows = zip(data.tokens(), data.texts(), strict=True)
        _write(self._folder, schema, ({"tokens": " ".join(tokens), "text": text} for tokens, text in rows))

    def open(self) -> None:
        """A searcher."""
        self._searcher = index.open_dir(self._folder).searcher(weighting=BM25F(B=B, K1=K1))

    def words(self, asked: Asked) -> Sequence[Any]:
        """Any of the tokens."""
        return self._best(query.Or([query.Term("tokens", token) for token in asked.tokens]))

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The tokens in a row."""
        return self._best(query.Phrase("tokens", asked.tokens))

    def number(self, found: Any) -> int:
        """Its document number."""
        return int(found[1])

    def _best(self, asked: Any) -> Sequence[Any]:
        found: Sequence[Any] = self._searcher.search(asked, limit=BEST).top_n
        return found


def _write(folder: str, schema: Any, documents: Iterable[dict[str, Any]]) -> None:
    writer = index.create_in(folder, schema).writer(limitmb=_MEMORY)
    for document in documents:
        writer.add_document(**document)
    writer.commit(optimize=True)
