"""Citations: the exact place of a quote in its document and in the source, and whether it is still there."""

from __future__ import annotations

from pathlib import Path

from indexer.clean import clean
from indexer.errors import UnreadableSourceError
from indexer.read import read
from indexer.records import Citation, Document, Extract, Passage, Span

CONTEXT = 32  # characters of prefix and suffix, as in the W3C TextQuoteSelector examples


def cite(document: Document, passage: Passage, span: Span) -> Citation:
    """The citation of document.text[span], which lies in the passage."""
    text = document.text.text
    return Citation(
        text=reference(document, passage),
        page=passage.page,
        span=span,
        source_span=document.text.source(span.start, span.end),
        source_spans=document.text.sources(span.start, span.end),
        quote=span.of(text),
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
    )


def reference(document: Document, passage: Passage) -> str:
    """The citation as a line: authors, title, date, section, page; what is not known is left out."""
    parts = [", ".join(document.authors), document.title, document.date]
    parts.append(f"§ {' › '.join(passage.heading)}" if passage.heading else "")
    parts.append(f"p. {passage.page}" if passage.page else "")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def verify(document: Document, passage: Passage, root: Path) -> str:
    """Whether the source under `root` still holds the passage: exact, moved, changed or missing.

    The file is read and cleaned again: *exact* when the passage's characters stand where they stood, *moved* when they
    stand elsewhere in it, *changed* when they are gone, *missing* when there is no such file.
    """
    path = root / document.source.path
    if not path.is_file():
        return "missing"
    try:
        extract = _same_part(read(path, document.source.path), document)
    except UnreadableSourceError:
        return "changed"
    if extract is None:
        return "changed"
    now = clean(extract)
    if extract.source.sha256 == document.source.sha256 and now.text == document.text:
        return "exact"
    return _sought(now, document, passage)


def _same_part(extracts: tuple[Extract, ...], document: Document) -> Extract | None:
    """The extract of the same part of the file."""
    return next((found for found in extracts if found.source.part == document.source.part), None)


def _sought(now: Document, before: Document, passage: Passage) -> str:
    """Where the passage stands in a source that has changed since."""
    start = now.text.text.find(passage.text)
    if start < 0:
        return "changed"
    here = before.text.sources(passage.span.start, passage.span.end)
    while start >= 0:
        if now.text.sources(start, start + len(passage.text)) == here:
            return "exact"
        start = now.text.text.find(passage.text, start + 1)
    return "moved"
