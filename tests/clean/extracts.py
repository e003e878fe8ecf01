"""Extracts to clean, and documents to look at."""

from collections.abc import Sequence
from itertools import pairwise

from indexer.aligned import AlignedText
from indexer.records import Block, Document, Extract, Source, Span


def plain(text: str, path: str = "notes/a_small-file.txt", title: str = "") -> Extract:
    """What the reader of plain text gives."""
    return Extract(source=Source(path, "0" * 64), original=text, text=AlignedText.of(text), title=title)


def blocked(parts: Sequence[tuple[str, str]], pages: Sequence[int] = (), title: str = "") -> Extract:
    """What a reader gives that knows blocks: (kind, text) each; `pages` are the blocks that begin a page."""
    text, blocks, starts = "", [], []
    for index, (kind, part) in enumerate(parts):
        text += "\n\n" if index else ""
        if index in pages:
            starts.append(len(text))
        blocks.append(Block(Span(len(text), len(text) + len(part)), kind))
        text += part
    spans = tuple(Span(start, end) for start, end in pairwise([*starts, len(text)]))
    source = Source("notes/a_small-file.pdf", "0" * 64)
    return Extract(source, text, AlignedText.of(text), title=title, blocks=tuple(blocks), pages=spans)


def again(document: Document) -> Extract:
    """A clean document as an extract of its own text, its blocks kept where the format had given them."""
    text = document.text.text
    return Extract(document.source, text, AlignedText.of(text))


def again_blocked(document: Document) -> Extract:
    """A clean document as an extract whose format knows the blocks."""
    text = document.text.text
    return Extract(document.source, text, AlignedText.of(text), blocks=document.blocks)


def shown(document: Document) -> str:
    """A document as its metadata and one labelled paragraph to a line."""
    lines = [f"title: {document.title}"]
    lines += [f"authors: {'; '.join(document.authors)}"] if document.authors else []
    lines += [f"date: {document.date}"] if document.date else []
    return "\n".join([*lines, "", *(f"[{kind}] {text}" for kind, text in paragraphs(document))]) + "\n"


def paragraphs(document: Document) -> list[tuple[str, str]]:
    """Kind and text of each block; a heading's kind with its level where that is known."""
    text = document.text.text
    return [(f"{block.kind}{block.level or ''}", block.span.of(text)) for block in document.blocks]


def kinds(document: Document) -> list[str]:
    """The kind of each block."""
    return [block.kind for block in document.blocks]
