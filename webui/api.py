"""The JSON endpoint: parse, call, format. The library makes the shape of each reply, for the command line too."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from time import perf_counter
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for

from indexer import (
    LibraryReader,
    answer,
    answer_reply,
    cite,
    document_reply,
    documents_reply,
    passage_reply,
    search,
    search_reply,
    verify,
)
from webui.collection import open_reader, source_root
from webui.parameters import ParameterError, ignored, query_text, whole_number

api = Blueprint("api", __name__, url_prefix="/api/v1")

MOST_HITS = 100
LAST_OFFSET = 1_000_000
SEARCH_PARAMETERS = ("q", "limit", "offset", "format")
VERSION = version("pincite")


@api.get("/search")
def search_endpoint() -> Response:
    """One page of ranked passages, marked and cited."""
    text = query_text()
    limit, offset = whole_number("limit", 10, 1, MOST_HITS), whole_number("offset", 0, 0, LAST_OFFSET)
    _check_format()
    began = perf_counter()
    with open_reader() as reader:
        results = search(reader, text, limit, offset)
        tag = _tag(reader, request.full_path)
    body = search_reply(results, _milliseconds(began))
    body["query"]["warnings"] += ignored(SEARCH_PARAMETERS)
    response = _revalidated(body, tag)
    if body["next"] is not None:
        address = url_for("api.search_endpoint", q=text, limit=limit, offset=offset + limit)
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response


@api.get("/answer")
def answer_endpoint() -> Response:
    """The sentences that answer a question, word for word, or why none does."""
    text = query_text()
    _check_format()
    with open_reader() as reader:
        body = answer_reply(answer(reader, text))
        tag = _tag(reader, request.full_path)
    return _revalidated(body | {"warnings": ignored(["q", "format"])}, tag)


@api.get("/documents")
def documents_endpoint() -> Response:
    """Every document, what became of it, and why."""
    with open_reader() as reader:
        return _revalidated(documents_reply(reader.documents(), reader.generation), _tag(reader, request.path))


@api.get("/documents/<path:document_id>")
def document_endpoint(document_id: str) -> Response:
    """A document: clean text, labelled blocks, passages."""
    with open_reader() as reader:
        summary, document = reader.summary(document_id), reader.document(document_id)
        body = document_reply(summary, document, reader.passages(document_id))
        return _revalidated(body, _tag(reader, request.path))


@api.get("/passages/<path:passage_id>")
def passage_endpoint(passage_id: str) -> Response:
    """A passage with its citation, and whether the source still holds it: read again at each request."""
    with open_reader() as reader:
        passage = reader.passage(passage_id)
        citation = cite(reader.document(passage.document_id), passage, passage.span)
        anchor = verify(reader.document(passage.document_id), passage, source_root())
        response = jsonify(passage_reply(passage, reader.summary(passage.document_id), citation, anchor))
    response.headers["Cache-Control"] = "no-store"
    return response


def _check_format() -> None:
    """Refuse a format other than the one there is."""
    if request.args.get("format", "json") != "json":
        raise ParameterError("format", "must be json")


def _tag(reader: LibraryReader, address: str) -> str:
    """What a reply depends on: the code, the commit and what was asked."""
    parts = json.dumps([VERSION, reader.generation, address])
    return hashlib.sha256(parts.encode()).hexdigest()[:24]


def _revalidated(body: dict[str, Any], tag: str) -> Response:
    """A reply that may be kept but is asked about each time; the tag is weak because the time taken varies."""
    response = jsonify(body)
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _milliseconds(began: float) -> float:
    return (perf_counter() - began) * 1000
