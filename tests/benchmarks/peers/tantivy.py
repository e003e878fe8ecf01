"""tantivy, through its Python package."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST

_MEMORY = 500_000_000  # bytes that its writer may hold


class Peer:
    """One writer thread; searches do not count the matches, which is its fastest way."""

    has_phrases = True
    analyses = False
    note = "does not count matches"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, texts: Iterable[str]) -> None:
        """Its own English analysis."""
        schema = tantivy.SchemaBuilder().add_text_field("text", stored=True, tokenizer_name="en_stem").build()
        _write(self._folder, schema, ({"text": text} for text in texts))

    def index(self, data: Data) -> None:
        """The tokens, as words between spaces."""
        rows = zip(data.tokens(), data.texts(), strict=True)
        documents = (
            {"tokens": " ".join(tokens), "text": text.encode(), "number": at} for at, (tokens, text) in enumerate(rows)
        )
        _write(self._folder, _schema(), documents)

    def open(self) -> None:
        """Its files, memory-mapped."""
        self._schema = _schema()
        self._searcher = tantivy.Index(self._schema, path=str(self._folder)).searcher()

    def words(self, asked: Asked) -> Sequence[Any]:
        """Any of the tokens."""
        terms = [tantivy.Query.term_query(self._schema, "tokens", token, "freq") for token in asked.tokens]
        return self._best(tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms]))

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The tokens in a row."""
        return self._best(tantivy.Query.phrase_query(self._schema, "tokens", asked.tokens))

    def number(self, found: Any) -> int:
        """The stored number."""
        return int(self._searcher.doc(found[1])["number"][0])

    def _best(self, query: Any) -> Sequence[Any]:
        found: Sequence[Any] = self._searcher.search(query, BEST, count=False).hits
        return found


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("tokens", stored=False, tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("text", stored=True, indexed=False)
    builder.add_unsigned_field("number", stored=True, indexed=False)
    return builder.build()


def _write(folder: Path, schema: Any, documents: Iterable[dict[str, Any]]) -> None:
    writer = tantivy.Index(schema, path=str(folder)).writer(_MEMORY, 1)
    for document in documents:
        writer.add_document(tantivy.Document(**document))
    writer.commit()
    writer.wait_merging_threads()
