"""Records -> the JSON of searches and answers, at the endpoint and of `--json`: one shape, documented in README.md.

Every function gives a plain dict of JSON values. Offsets are Unicode code points, half-open, from 0; text is plain,
never HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from indexer.errors import QueryError
from indexer.records import (
    Answer,
    Citation,
    Facet,
    Hit,
    Passage,
    Query,
    Quote,
    Results,
    Span,
    Suggestion,
    Summary,
)

Json = dict[str, Any]


def search_reply(results: Results, took_ms: float) -> Json:
    """A page of search results."""
    last = results.hits[-1].rank if results.hits else None
    return {
        "query": query_reply(results.query),
        "total": results.total,
        "total_relation": "eq" if results.exact else "gte",
        "took_ms": round(took_ms, 3),
        "timed_out": results.timed_out,
        "generation": results.generation,
        "next": last if last is not None and last < results.total else None,
        "facets": facets_json(results.facets),
        "hits": [hit_reply(hit) for hit in results.hits],
    }


def query_reply(query: Query) -> Json:
    """How a query was read."""
    return {
        "text": query.text,
        "parsed": query.parsed,
        "terms": list(query.words),
        "expanded": [{"from": added.word, "to": added.to, "kind": added.kind} for added in query.expanded],
        "ignored": list(query.ignored),
        "corrected_from": None,
        "did_you_mean": query.did_you_mean or None,
        "warnings": list(query.warnings),
    }


def query_problem(error: QueryError) -> Json:
    """A query or filter that is refused, as a problem document (RFC 9457); the span points into it."""
    name = "filter" if error.parameter == "filter" else "query"
    place = {"parameter": error.parameter, "detail": error.reason, "start": error.start, "end": error.end}
    return {
        "type": f"urn:pincite:problem:{name}",
        "title": f"This {name} cannot be searched",
        "status": 400,
        "detail": f"{error.reason[:1].upper()}{error.reason[1:]}.",
        "errors": [place],
    }


def facets_json(facets: Iterable[Facet]) -> dict[str, list[Json]]:
    """Facets by name; `filter` narrows the same search down to a value."""
    found: dict[str, list[Json]] = {}
    for facet in facets:
        value = {"value": facet.value, "label": facet.label, "count": facet.hits, "filter": filter_for(facet)}
        found.setdefault(facet.name, []).append(value)
    return found


def filter_for(facet: Facet) -> str:
    """The filter that leaves the hits with the value of a facet."""
    value = facet.value
    if re.fullmatch(r"\w[\w-]*", value) and value not in ("AND", "OR", "NOT"):
        return f"{facet.name}:{value}"
    return f"{facet.name}:“{value}”" if '"' in value else f'{facet.name}:"{value}"'


def suggest_reply(text: str, found: Iterable[Suggestion]) -> Json:
    """Ways to go on with what is being typed."""
    return {"q": text, "suggestions": [{"text": s.text, "kind": s.kind, "passages": s.passages} for s in found]}


def hit_reply(hit: Hit) -> Json:
    """A hit: passage, document and citation."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage": passage_json(hit.passage, hit.matches, hit.flags) | {"also": list(hit.also)},
        "document": source_json(hit.document),
        "citation": citation_json(hit.citation, hit.passage),
    }


def answer_reply(answer: Answer) -> Json:
    """An answer with its quotes, and the closest passages."""
    return {
        "question": answer.question,
        "answered": answer.level == "answer",
        "level": answer.level,
        "confidence": round(answer.confidence, 4),
        "reason": answer.reason or None,
        "missing": list(answer.missing),
        "answers": [quote_json(found) for found in answer.quotes],
        "hits": [hit_reply(hit) for hit in answer.results.hits],
        "warnings": list(answer.results.query.warnings),
    }


def quote_json(found: Quote) -> Json:
    """One verbatim sentence and where it stands."""
    return {
        "quote": found.text,
        "confidence": found.confidence,
        "matches": [span_json(span) for span in found.matches],
        "passage": passage_json(found.hit.passage, found.hit.matches, found.hit.flags),
        "document": source_json(found.hit.document),
        "citation": citation_json(found.citation, found.hit.passage),
        "before": found.before,
        "after": found.after,
        "agreeing": list(found.agreeing),
        "dissenting": [
            {"document": one.document_id, "quote": one.text, "reason": one.reason} for one in found.dissenting
        ],
    }


def passage_json(passage: Passage, matches: tuple[Span, ...] = (), flags: tuple[str, ...] = ()) -> Json:
    """A passage; `start` and `end` point into the document's clean text, `matches` into `text`."""
    return {
        "id": passage.id,
        "text": passage.text,
        "heading": " › ".join(passage.heading),
        "columns": passage.columns,
        "kind": passage.kind,
        "page": passage.page,
        "start": passage.span.start,
        "end": passage.span.end,
        "matches": [span_json(span) for span in matches],
        "flags": list(flags),
    }


def source_json(summary: Summary) -> Json:
    """The document that a hit comes from."""
    return {
        "id": summary.id,
        "path": summary.path,
        "title": summary.title,
        "authors": list(summary.authors),
        "date": summary.date or None,
        "url": summary.url or None,
        "doi": summary.doi or None,
        "guessed": list(summary.guessed),
        "notice": summary.notice or None,
    }


def citation_json(citation: Citation, passage: Passage) -> Json:
    """A citation; `url` is the page of the document at the passage, relative to the site.

    `source_url` is the place in the source itself: `#page=` for PDF, a text fragment for a page on the web.
    """
    return {
        "text": citation.text,
        "url": f"/documents/{quote(passage.document_id, safe='')}?passage={quote(passage.id, safe='')}#passage",
        "source_url": citation.link or None,
        "quote": citation.quote,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "source_start": citation.source_span.start,
        "source_end": citation.source_span.end,
        "source_spans": [[span.start, span.end] for span in citation.source_spans],
    }


def passage_reply(passage: Passage, summary: Summary, citation: Citation, anchor: str) -> Json:
    """One passage with its citation and whether the source still holds it."""
    return {
        "passage": passage_json(passage),
        "document": source_json(summary),
        "citation": citation_json(citation, passage),
        "anchor": anchor,
    }


def span_json(span: Span) -> Json:
    """A span as its two offsets."""
    return {"start": span.start, "end": span.end}
