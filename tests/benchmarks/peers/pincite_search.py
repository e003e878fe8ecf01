"""The whole of Pincite's search: a query as typed in, ranked, marked and cited passages out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

from indexer import Library, search
from indexer.aligned import AlignedText
from indexer.prepare import entry_of
from indexer.records import Block, Document, Entry, Hit, Passage, Source, Span, Summary
from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST
from tests.benchmarks.peers.pincite import number, write_starts
from tests.passages import begins_of

_APART = "\n\n"


class Peer:
    """A library of whole documents, each with its title, text, keywords and ledger row."""

    has_phrases = True
    analyses = True
    note = "the whole search() call over a library of documents"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / ".pincite"

    def build(self, texts: Iterable[str]) -> None:
        """What `index` does already."""
        raise NotImplementedError

    def index(self, data: Data) -> None:
        """The passages of each document with Pincite's own analysis."""
        entries = (document_entry(f"{at:06}", title, held) for at, (title, held, _) in enumerate(data.passages()))
        with Library.create(self._folder).writing() as engine:
            engine.write(entries, ())
        write_starts(self._folder.parent, data)

    def open(self) -> None:
        """A reader of the last commit."""
        self._reader = Library.open(self._folder).reader()

    def words(self, asked: Asked) -> Sequence[Any]:
        """The query as typed."""
        return search(self._reader, asked.text, BEST).hits

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """The same, in quotation marks."""
        return search(self._reader, asked.text, BEST).hits

    def number(self, found: Hit) -> int:
        """The place of its document, and its own there."""
        return number(self._folder.parent, found.document.id, found.passage.ordinal)


def document_entry(identity: str, title: str, texts: Sequence[str]) -> Entry:
    """What `index` writes of a document with these passages."""
    starts = list(accumulate((len(text) + len(_APART) for text in texts), initial=0))
    spans = [Span(start, start + len(text)) for start, text in zip(starts, texts, strict=False)]
    whole = _APART.join(texts)
    source = Source(f"{identity}.txt", hashlib.sha256(whole.encode()).hexdigest())
    blocks = tuple(Block(span, "prose") for span in spans)
    document = Document(identity, source, title, (), "", "", AlignedText.of(whole), blocks, ())
    passages = tuple(
        Passage(f"{identity}.{at}", identity, at, "prose", (), text, span, None, begins=begins_of(text))
        for at, (text, span) in enumerate(zip(texts, spans, strict=True))
    )
    row = Summary(identity, source.path, title, passages=len(passages))
    return entry_of(document, passages, row, source.sha256)
