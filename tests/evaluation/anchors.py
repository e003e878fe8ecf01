"""Whether passages and quotes stand where they say: in the clean text, and in the source's text as read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from indexer.library import LibraryReader
from indexer.records import Citation, Document, Span

_SHOWN = 60  # characters of a fault that are worth reading
_NOT_SPELLED = re.compile(
    r"[\s\x02\u00ad\u200b\u2060\ufeff\ufffe\u2010\u2011-]"
)  # what cleaning may put in or take out


def passage_faults(reader: LibraryReader, originals: Mapping[str, str]) -> Iterator[str]:
    """For every passage of the library what is wrong with its anchor, empty when nothing is.

    `originals` gives the source's text as read by document id.
    """
    for summary in reader.documents():
        document, original = reader.document(summary.id), originals[summary.id]
        for passage in reader.passages(summary.id):
            fault = span_fault(document, passage.span, passage.text)
            yield fault or source_fault(original, document.text.sources(*_ends(passage.span)), passage.text)


def citation_fault(document: Document, original: str, citation: Citation) -> str:
    """What is wrong with a citation, empty when nothing is."""
    clean, span = document.text.text, citation.span
    fault = span_fault(document, span, citation.quote)
    if fault:
        return fault
    if not clean[: span.start].endswith(citation.prefix) or not clean[span.end :].startswith(citation.suffix):
        return f"{citation.quote!r} does not stand between its prefix and suffix"
    if not all(citation.source_span.holds(piece) for piece in citation.source_spans):
        return f"{citation.quote!r} has pieces outside its source span"
    return source_fault(original, citation.source_spans, citation.quote)


def span_fault(document: Document, span: Span, text: str) -> str:
    """What is wrong with the place of a text in its document."""
    found = span.of(document.text.text)
    return "" if found == text else f"{text!r} is not what stands at {span.start}-{span.end}: {found!r}"


def source_fault(original: str, pieces: tuple[Span, ...], text: str) -> str:
    """What is wrong with the place of a text in its source: the same letters must stand there, in order."""
    here, there = spelled(text), spelled("".join(piece.of(original) for piece in _apart(pieces)))
    if here == there:
        return ""
    same = next((at for at, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), min(len(here), len(there)))
    return f"{text[:_SHOWN]!r} has {there[same : same + _SHOWN]!r} in its source in place of {here[same:][:_SHOWN]!r}"


def _apart(pieces: tuple[Span, ...]) -> Iterator[Span]:
    """The pieces without what two neighbours share: a ligature that became two letters stands in both."""
    before = Span(0, 0)
    for piece in pieces:
        shared = before.start <= piece.start < before.end
        yield Span(min(before.end, piece.end), piece.end) if shared else piece
        before = piece


def spelled(text: str) -> str:
    """The letters, digits and marks, without the white space and hyphens that depend on where a line ends."""
    return _NOT_SPELLED.sub("", unicodedata.normalize("NFKC", text))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
