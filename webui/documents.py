"""The pages of documents: what is in the library, and a passage in its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import ceil

from flask import Blueprint, Response, request, send_file, url_for

from indexer import (
    Document,
    Hit,
    LibraryReader,
    Passage,
    Quote,
    Span,
    UnknownIdError,
    cite,
    highlight,
    leads_elsewhere,
    source_file,
    source_text,
    unused_rows,
    verify,
)
from webui.collection import open_reader, source_root
from webui.layout import lay_out
from webui.marking import Layer
from webui.parameters import page_number
from webui.rendering import render

# The browser's PDF viewer styles itself; it does not start in a page that is sandboxed.
_AS_IT_IS = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether the source still holds a passage, in words."""

    name: str
    sign: str
    title: str
    meaning: str


documents = Blueprint("documents", __name__)

DOCUMENTS_A_PAGE = 50
STANDINGS = {
    "exact": Standing("exact", "✓", "Verified.", "The source holds this, word for word, at the place recorded."),
    "moved": Standing(
        "moved", "↷", "Moved.", "The source has changed since it was indexed. It still holds this, at another place."
    ),
    "changed": Standing(
        "changed",
        "!",
        "Source changed.",
        "The source no longer holds this word for word, or cannot be read. Shown is the text as it was indexed.",
    ),
    "missing": Standing("missing", "✕", "Source missing.", "The file is gone. Shown is the text as it was indexed."),
}
_OFFSETS = re.compile(r"(\d{1,6})-(\d{1,6})", re.ASCII)


@documents.get("/documents")
def documents_page() -> Response:
    """What is in the library, and what could not be read."""
    with open_reader() as reader:
        everything, counts = reader.documents(), reader.counts()
    searchable = sorted((d for d in everything if d.passages), key=lambda d: (d.title.casefold(), d.path))
    last = max(ceil(len(searchable) / DOCUMENTS_A_PAGE), 1)
    number = min(page_number(), last)
    start = (number - 1) * DOCUMENTS_A_PAGE
    return render(
        "documents.html",
        documents=searchable[start : start + DOCUMENTS_A_PAGE],
        counts=counts,
        unused=unused_rows((document.path for document in everything), source_root()),
        failed=[document for document in everything if not document.passages],
        titles={document.id: document.title for document in everything},
        number=number,
        last=last,
    )


@documents.get("/documents/<id:document_id>")
def document_page(document_id: str) -> Response:
    """A document laid out by its blocks, the cited passage marked in its place."""
    text = request.args.get("q", "").strip()
    with open_reader() as reader:
        document = reader.document(document_id)
        summary = reader.summary(document_id)
        passage = _cited(reader, document)
        standing = verify(document, passage, source_root()) if passage else ""
    quote = _quoted(passage) if passage else None
    span = quote or (passage.span if passage else None)
    return render(
        "document.html",
        q=text,
        document=document,
        summary=summary,
        parts=lay_out(document, _layers(text, document, passage, quote)),
        passage=passage,
        citation=cite(summary, document, passage, span) if passage and span else None,
        quoted=bool(quote),
        standing=STANDINGS.get(standing),
        stale=passage is None and "passage" in request.args,
    )


@documents.get("/documents/<id:document_id>/source")
def source_file_page(document_id: str) -> Response:
    """The file as it is on the disk, as text or PDF at most: nothing in it runs."""
    with open_reader() as reader:
        document = reader.document(document_id)
    path = source_file(document.source.path, source_root())
    if not path.is_file() or leads_elsewhere(path, document.source.sha256):
        raise UnknownIdError("source file", document_id)
    if document.pages:
        response = send_file(path.resolve(), mimetype="application/pdf", download_name="source.pdf")
    else:
        response = Response(source_text(path), mimetype="text/plain")
    response.headers["Content-Security-Policy"] = _AS_IT_IS
    return response


def passage_url(hit: Hit, q: str, quote: Quote | None = None) -> str:
    """The address of a passage in its document, and of the quote in the passage."""
    return url_for(
        "documents.document_page",
        document_id=hit.passage.document_id,
        q=q,
        passage=hit.passage.id,
        quote=_offsets(hit.passage, quote.citation.span) if quote else None,
        _anchor="passage",
    )


def web_address(url: str) -> str:
    """The address when it leads to the web; empty for any other scheme, which could run a script."""
    return url if url.lower().startswith(("http://", "https://")) else ""


def _cited(reader: LibraryReader, document: Document) -> Passage | None:
    """The passage that the address names; None when the document has none of that id."""
    try:
        passage = reader.passage(request.args.get("passage", ""))
    except UnknownIdError:
        return None
    return passage if passage.document_id == document.id else None


def _offsets(passage: Passage, quote: Span) -> str:
    """Where in the passage the quote stands, for an address: ids change when a passage does, so these hold."""
    return f"{quote.start - passage.span.start}-{quote.end - passage.span.start}"


def _quoted(passage: Passage) -> Span | None:
    """The part of the passage that the address names, in the document; None when it names none or one outside."""
    match = _OFFSETS.fullmatch(request.args.get("quote", ""))
    if not match:
        return None
    quote = Span(passage.span.start + int(match[1]), passage.span.start + int(match[2]))
    return quote if quote.start < quote.end and passage.span.holds(quote) else None


def _layers(text: str, document: Document, passage: Passage | None, quote: Span | None) -> list[Layer]:
    """The marks of a document page, outermost first."""
    layers = [Layer("passage", (passage.span,), "passage")] if passage else []
    if quote:
        layers.append(Layer("quote", (quote,)))
    return [*layers, Layer("word", highlight(text, document.text.text))]
