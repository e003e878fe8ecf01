"""The endpoint described for programs: OpenAPI 3.1, made of the shapes of the replies."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from indexer import FACETS, SORTS
from webui.parameters import LAST_OFFSET, MOST_DOCUMENTS, MOST_HITS, MOST_SUGGESTIONS

Json = dict[str, Any]

# A shape is a type, a list of one shape, a tuple of shapes that may be, or the shapes of an object's fields.
_SPAN = {"start": int, "end": int}
_PASSAGE = {
    "id": str,
    "text": str,
    "heading": str,
    "columns": str,
    "kind": str,
    "page": (int, None),
    "start": int,
    "end": int,
    "matches": [_SPAN],
    "flags": [str],
}
_DOCUMENT = {
    "id": str,
    "path": str,
    "title": str,
    "authors": [str],
    "date": (str, None),
    "url": (str, None),
    "doi": (str, None),
    "guessed": [str],
    "notice": (str, None),
}
_CITATION = {
    "text": str,
    "url": str,
    "source_url": (str, None),
    "quote": str,
    "prefix": str,
    "suffix": str,
    "source_start": int,
    "source_end": int,
    "source_spans": [[int]],
}
_HIT = {
    "rank": int,
    "score": float,
    "passage": {**_PASSAGE, "also": [str]},
    "document": _DOCUMENT,
    "citation": _CITATION,
}
_QUERY = {
    "text": str,
    "parsed": str,
    "terms": [str],
    "expanded": [{"from": str, "to": str, "kind": str}],
    "ignored": [str],
    "corrected_from": (str, None),
    "did_you_mean": (str, None),
    "warnings": [str],
}
_LISTED = {
    "id": str,
    "path": str,
    "title": str,
    "authors": [str],
    "date": (str, None),
    "url": (str, None),
    "status": str,
    "reason": (str, None),
    "pages": int,
    "passages": int,
    "doi": (str, None),
    "journal": (str, None),
    "guessed": [str],
    "quality": float,
    "left_out": dict,
    "repairs": dict,
    "page_notes": [{"page": int, "status": str, "characters": int}],
    "notice": (str, None),
    "duplicate_of": (str, None),
}
REPLIES: dict[str, Any] = {
    "/search": {
        "query": _QUERY,
        "total": int,
        "total_relation": str,
        "took_ms": float,
        "timed_out": bool,
        "generation": int,
        "next": (int, None),
        "facets": dict,
        "hits": [_HIT],
    },
    "/answer": {
        "question": str,
        "answered": bool,
        "level": str,
        "confidence": float,
        "reason": (str, None),
        "missing": [str],
        "answers": [
            {
                "quote": str,
                "confidence": float,
                "matches": [_SPAN],
                "passage": _PASSAGE,
                "document": _DOCUMENT,
                "citation": _CITATION,
                "before": str,
                "after": str,
                "agreeing": [str],
                "dissenting": [{"document": str, "quote": str, "reason": str}],
            }
        ],
        "hits": [_HIT],
        "warnings": [str],
    },
    "/suggest": {"q": str, "suggestions": [{"text": str, "kind": str, "passages": int}], "warnings": [str]},
    "/documents": {
        "generation": int,
        "counts": {"documents": int, "partial": int, "failed": int, "passages": int},
        "documents": [_LISTED],
        "unused_metadata": [{"path": str, "status": str, "reason": str}],
        "total": int,
        "next": (int, None),
        "warnings": [str],
    },
    "/documents/{id}": {
        **_LISTED,
        "text": str,
        "blocks": [{**_SPAN, "kind": str, "level": int}],
        "items": [_PASSAGE],
        "warnings": [str],
    },
    "/passages/{id}": {
        "passage": _PASSAGE,
        "document": _DOCUMENT,
        "citation": _CITATION,
        "anchor": str,
        "warnings": [str],
    },
}
PROBLEM = {
    "type": str,
    "title": str,
    "status": int,
    "detail": str,
    "instance": str,
    "errors": [{"parameter": str, "detail": str, "start": int, "end": int}],
}
_SAYS = {
    "/search": "Ranked passages, marked and cited",
    "/answer": "The sentences that answer a question, word for word, or why none does",
    "/suggest": "Ways to go on with what is being typed",
    "/documents": "Every document and file, what became of it, and why, a part at a time",
    "/documents/{id}": "A document: clean text, labelled blocks, passages",
    "/passages/{id}": "A passage with its citation, and whether the source still holds it",
}
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", dict: "object", None: "null"}


def description() -> Json:
    """The whole description, as JSON."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Pincite", "version": version("pincite"), "license": {"name": "BSD-3-Clause"}},
        "servers": [{"url": "/api/v1"}],
        "paths": {path: {"get": _operation(path)} for path in REPLIES},
        "components": {"schemas": {"Problem": _problem()}},
    }


def schema(shape: Any) -> Json:
    """The JSON Schema of a shape."""
    if isinstance(shape, list):
        return {"type": "array", "items": schema(shape[0])}
    if isinstance(shape, tuple):
        return {"type": [_TYPES[kind] for kind in shape]}
    if isinstance(shape, dict):
        fields = {name: schema(inner) for name, inner in shape.items()}
        return {"type": "object", "properties": fields, "required": list(fields)}
    return {"type": _TYPES[shape]}


def parameters(path: str) -> dict[str, Json]:
    """The parameters of a path by name, each with the schema of its value."""
    text: Json = {"type": "string"}
    many: Json = {"type": "array", "items": text}
    offset = {"type": "integer", "minimum": 0, "maximum": LAST_OFFSET, "default": 0}
    if path == "/search":
        return {
            "q": text,
            "limit": _limit(MOST_HITS, 10),
            "offset": offset,
            "format": {"enum": ["json"], "default": "json"},
            "mode": {"enum": ["simple", "strict"], "default": "simple"},
            "expand": {"enum": ["on", "off"], "default": "on"},
            "drop": many,
            "filter": many,
            "sort": {"enum": list(SORTS), "default": "relevance"},
            "facets": {"type": "array", "items": {"enum": list(FACETS)}},
        }
    if path == "/suggest":
        return {
            "q": text,
            "limit": _limit(MOST_SUGGESTIONS, 8),
            "format": {"enum": ["json", "opensearch"], "default": "json"},
        }
    if path == "/answer":
        return {"q": text, "format": {"enum": ["json"], "default": "json"}}
    if path == "/documents":
        return {"limit": _limit(MOST_DOCUMENTS, 100), "offset": offset}
    return {"id": text}


def _limit(most: int, default: int) -> Json:
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default}


def _problem() -> Json:
    """A problem document: only of a query or parameter are there errors, only of a query a place in it."""
    made = schema(PROBLEM)
    made["required"].remove("errors")
    made["properties"]["errors"]["items"]["required"] = ["parameter", "detail"]
    return made


def _operation(path: str) -> Json:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    replies: dict[str, Json] = {
        "200": {"description": _SAYS[path], "content": {"application/json": {"schema": schema(REPLIES[path])}}},
        "default": {"description": "What is wrong, and where in the query", "content": problem},
    }
    return {
        "summary": _SAYS[path],
        "operationId": path.strip("/").replace("/{id}", "_by_id"),
        "parameters": [_parameter(path, name, value) for name, value in parameters(path).items()],
        "responses": replies,
    }


def _parameter(path: str, name: str, value: Json) -> Json:
    """A parameter in the address; facets stand between commas, other lists are given again for each value."""
    place = "path" if name == "id" else "query"
    needed = name == "id" or (name == "q" and path != "/suggest")
    how = {"style": "form", "explode": name != "facets"} if value.get("type") == "array" else {}
    return {"name": name, "in": place, "required": needed, "schema": value, **how}
