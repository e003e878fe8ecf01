"""Citations: the exact place of a quote in its document and in the source."""

from __future__ import annotations

from indexer.records import Citation, Document, Passage, Span

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
