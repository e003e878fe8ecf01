"""Citations: the exact place of a quote in its document and in the source."""

from __future__ import annotations

from urllib.parse import quote

from indexer.records import Citation, Document, Passage, Span

_WEB = frozenset({"html", "htm", "xhtml"})
_ENDS = 6  # words that begin and end a text fragment: enough to be found once in a page
CONTEXT = 32  # characters of prefix and suffix, as in the W3C TextQuoteSelector examples


def cite(document: Document, passage: Passage, span: Span) -> Citation:
    """The citation of document.text[span], which lies in the passage."""
    text = document.text.text
    prefix, suffix = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return Citation(
        text=reference(document, passage),
        page=passage.page,
        span=span,
        source_span=document.text.source(span.start, span.end),
        source_spans=document.text.sources(span.start, span.end),
        quote=span.of(text),
        prefix=prefix,
        suffix=suffix,
        link=source_link(document, passage.page, span.of(text)),
    )


def source_link(document: Document, page: int | None, words: str) -> str:
    """An address that opens the source at a quote: a PDF at its page, a page on the web at its words.

    A PDF whose address is not that of a PDF, as a DOI's is not, is served by the page under its document. Text
    fragments are those of https://wicg.github.io/scroll-to-text-fragment: first words, last words.
    """
    suffix = document.source.path.rpartition(".")[2].lower()
    on_web = document.url.startswith(("http://", "https://"))
    if document.pages or suffix == "pdf":  # whatever its name, only a PDF has pages
        is_pdf = on_web and document.url.lower().endswith(".pdf")
        return f"{document.url if is_pdf else _served(document)}#page={page or 1}"
    if suffix in _WEB and on_web:
        return f"{document.url.partition('#')[0]}#:~:text={_fragment(words)}"
    return document.url if on_web else ""


def _served(document: Document) -> str:
    return f"/documents/{quote(document.id, safe='')}/source"


def _fragment(words: str) -> str:
    """A quote as a text fragment: whole when it is short, else its first and last words."""
    parts = " ".join(words.split()).split(" ")
    if len(parts) <= 2 * _ENDS:
        return _escaped(" ".join(parts))
    return f"{_escaped(' '.join(parts[:_ENDS]))},{_escaped(' '.join(parts[-_ENDS:]))}"


def _escaped(words: str) -> str:
    """Percent-encoded, the three characters that a text fragment gives a meaning too."""
    return quote(words, safe="").replace("-", "%2D")


def reference(document: Document, passage: Passage) -> str:
    """The citation as a line: authors, title, date, section, page; what is not known is left out."""
    parts = [", ".join(document.authors), document.title, document.date]
    parts.append(f"§\u00a0{' › '.join(passage.heading)}" if passage.heading else "")
    parts.append(f"p.\u00a0{passage.page}" if passage.page else "")
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
