"""Citations: the exact place of a quote in its document and in the source."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from indexer.aligned import AlignedText
from indexer.records import Citation, Document, Excerpt, Passage, Span, Summary

_WEB = frozenset({"html", "htm", "xhtml"})
_ENDS = 6  # words that begin and end a text fragment: enough to be found once in a page
CONTEXT = 32  # characters of prefix and suffix, as in the W3C TextQuoteSelector examples


def cite(row: Summary, document: Document, passage: Passage, span: Span) -> Citation:
    """The citation of document.text[span], which lies in the passage; `row` is the document's in the ledger."""
    return _cited(row, passage, document.text, span, 0)


def cite_excerpt(row: Summary, excerpt: Excerpt, span: Span) -> Citation:
    """The same from the document's ledger row and an excerpt that holds the span: no document is read.

    A document of 500 kB takes 30 ms to read, an excerpt of it .02 ms.
    """
    return _cited(row, excerpt.passage, excerpt.text, span, excerpt.start)


def _cited(row: Summary, passage: Passage, text: AlignedText, span: Span, start: int) -> Citation:
    """The citation of a span of the document, whose clean text is known from `start` on."""
    first, last = span.start - start, span.end - start
    quoted = text.text[first:last]
    around, pieces = text.located(first, last)
    return Citation(
        text=reference(row, passage),
        page=passage.page,
        span=span,
        source_span=around,
        source_spans=pieces,
        quote=quoted,
        prefix=text.text[max(0, first - CONTEXT) : first],
        suffix=text.text[last : last + CONTEXT],
        link=source_link(row, passage.page, quoted),
    )


def source_link(row: Summary, page: int | None, words: str) -> str:
    """An address that opens the source at a quote: a PDF at its page, a page on the web at its words.

    A PDF whose address is not that of a PDF, as a DOI's is not, is served by the page under its document. Text
    fragments are those of https://wicg.github.io/scroll-to-text-fragment: first words, last words.
    """
    suffix = row.path.rpartition(".")[2].lower()
    on_web = row.url.startswith(("http://", "https://"))
    if row.pages or suffix == "pdf":  # whatever its name, only a PDF has pages
        is_pdf = on_web and row.url.lower().endswith(".pdf")
        return f"{row.url if is_pdf else _served(row.id)}#page={page or 1}"
    if suffix in _WEB and on_web:
        return f"{row.url.partition('#')[0]}#:~:text={_fragment(words)}"
    return row.url if on_web else ""


def _served(document_id: str) -> str:
    return f"/documents/{quote(document_id, safe='')}/source"


def _fragment(words: str) -> str:
    """A quote as a text fragment: whole when it is short, else its first and last words."""
    parts = " ".join(words.split()).split(" ")
    if len(parts) <= 2 * _ENDS:
        return _escaped(" ".join(parts))
    return f"{_escaped(' '.join(parts[:_ENDS]))},{_escaped(' '.join(parts[-_ENDS:]))}"


def _escaped(words: str) -> str:
    """Percent-encoded, the three characters that a text fragment gives a meaning too."""
    return quote(words, safe="").replace("-", "%2D")


def author_line(authors: Sequence[str]) -> str:
    """The authors in a row, parted by semicolons where a name has a comma in it ("Doe, Jane; Roe, Richard")."""
    return ("; " if any("," in name for name in authors) else ", ").join(authors)


def reference(row: Summary, passage: Passage) -> str:
    """The citation as a line: authors, title, date, section, page; what is not known is left out."""
    date = f"{row.date} (guessed)" if row.date and "date" in row.guessed else row.date
    section = passage.heading[1:] if passage.heading[:1] == (row.title,) else passage.heading
    parts = [author_line(row.authors), row.title, date]
    place = " › ".join(section)
    parts.append(f"§\u00a0{place}" if place and not place.startswith("§") else place)
    parts.append(f"p.\u00a0{passage.page}" if passage.page else "")
    return " ".join(part if part.endswith(("?", "!")) else part.rstrip(".") + "." for part in parts if part)
