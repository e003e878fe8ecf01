"""Extract -> Document: text repaired and labelled, each character still aligned to the source.

The rules that change text are in `repair`, in order; each is a module that lists edits. `labels` says what
each paragraph is. Nothing else is taken away than what the rules of `repair` name.
"""

from __future__ import annotations

from hashlib import sha256

from indexer.aligned import AlignedText
from indexer.clean import metadata
from indexer.clean.labels import labelled
from indexer.clean.repair import repaired
from indexer.clean.steps import Steps
from indexer.clean.structured import repaired_blocks
from indexer.records import Block, Document, Extract, Source

__all__ = ["clean"]


def clean(extract: Extract, steps: Steps | None = None) -> Document:
    """The document in an extract: its format's labels kept, plain text labelled here; `steps` takes what rules did."""
    steps = steps or Steps()
    if extract.blocks:
        return _document(extract, *repaired_blocks(extract, steps))
    text = repaired(extract.text, extract.title, steps)
    return _document(extract, text, labelled(text.text, extract.title))


def _document(extract: Extract, text: AlignedText, blocks: tuple[Block, ...]) -> Document:
    """A document, with the metadata that the text gives where the source gives none."""
    return Document(
        id=document_id(extract.source),
        source=extract.source,
        title=extract.title or metadata.title(text.text, blocks, extract.source),
        authors=extract.authors or metadata.authors(text.text, blocks),
        date=extract.date or metadata.date(text.text, blocks),
        url=extract.url,
        text=text,
        blocks=blocks,
        pages=extract.pages,
    )


def document_id(source: Source) -> str:
    """The part's own id, else 12 hexadecimal digits of the path's sha256."""
    return source.part or sha256(source.path.encode("utf-8")).hexdigest()[:12]
