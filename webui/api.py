"""The JSON endpoint: parse, call, format. The library makes the shape of each reply, for the command line too."""

from __future__ import annotations

import hashlib
import re
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request

from indexer import (
    answer,
    answer_reply,
    cite,
    document_reply,
    documents_reply,
    passage_reply,
    search,
    search_reply,
    suggest,
    suggest_reply,
    unused_rows,
    verify,
)
from webui.collection import open_reader, source_root
from webui.openapi import description
from webui.parameters import (
    LAST_OFFSET,
    MOST_DOCUMENTS,
    MOST_HITS,
    MOST_SUGGESTIONS,
    ParameterError,
    choice,
    ignored,
    query_text,
    search_options,
    whole_number,
)

api = Blueprint("api", __name__, url_prefix="/api/v1")

_TOOK = re.compile(rb'"took_ms":\s*[\d.e-]+')  # no text of a reply holds it: its quotation marks are escaped
SEARCH_PARAMETERS = ("q", "limit", "offset", "format", "mode", "expand", "drop", "filter", "sort", "facets")


@api.get("/search")
def search_endpoint() -> Response:
    """One page of ranked passages, marked and cited."""
    text = query_text()
    limit, offset = whole_number("limit", 10, 1, MOST_HITS), whole_number("offset", 0, 0, LAST_OFFSET)
    _check_format()
    options = search_options()
    began = perf_counter()
    with open_reader() as reader:
        results = search(reader, text, limit, offset, options)
    body = search_reply(results, (perf_counter() - began) * 1000)
    body["query"]["warnings"] += ignored(SEARCH_PARAMETERS)
    return _linked(_revalidated(body), body["next"])


@api.get("/answer")
def answer_endpoint() -> Response:
    """The sentences that answer a question, word for word, or why none does."""
    text = query_text()
    _check_format()
    with open_reader() as reader:
        body = answer_reply(answer(reader, text))
    body["warnings"] += ignored(["q", "format"])
    return _revalidated(body)


@api.get("/suggest")
def suggest_endpoint() -> Response:
    """Ways to go on with what is being typed; with format=opensearch as browsers take them."""
    text = request.args.get("q", "")
    limit = whole_number("limit", 8, 1, MOST_SUGGESTIONS)
    with open_reader() as reader:
        found = suggest(reader, text, limit)
    if choice("format", ("json", "opensearch"), "json") == "opensearch":
        response = _revalidated([text, [one.text for one in found]])
        response.mimetype = "application/x-suggestions+json"
        return response
    return _revalidated(suggest_reply(text, found) | {"warnings": ignored(["q", "limit", "format"])})


@api.get("/documents")
def documents_endpoint() -> Response:
    """Every document and file, what became of it, and why, a part at a time."""
    limit, offset = whole_number("limit", 100, 1, MOST_DOCUMENTS), whole_number("offset", 0, 0, LAST_OFFSET)
    end = offset + limit
    with open_reader() as reader:
        rows, counts = reader.documents(), reader.counts()
        unused = unused_rows((row.path for row in rows), source_root())
        body = documents_reply(rows[offset:end], counts, unused, reader.generation)
    body |= {"total": len(rows), "next": end if end < len(rows) else None}
    return _linked(_revalidated(body | {"warnings": ignored(["limit", "offset"])}), body["next"])


@api.get("/documents/<id:document_id>")
def document_endpoint(document_id: str) -> Response:
    """A document: clean text, labelled blocks, passages."""
    with open_reader() as reader:
        summary, document = reader.summary(document_id), reader.document(document_id)
        body = document_reply(summary, document, tuple(reader.passages(document_id)))
    return _revalidated(body | {"warnings": ignored([])})


@api.get("/passages/<id:passage_id>")
def passage_endpoint(passage_id: str) -> Response:
    """A passage with its citation, and whether the source still holds it: read again at each request."""
    with open_reader() as reader:
        passage = reader.passage(passage_id)
        summary, document = reader.summary(passage.document_id), reader.document(passage.document_id)
    citation = cite(summary, document, passage, passage.span)
    body = passage_reply(passage, summary, citation, verify(document, passage, source_root()))
    response = jsonify(body | {"warnings": ignored([])})
    response.headers["Cache-Control"] = "no-store"
    return response


@api.get("/openapi.json")
def openapi_endpoint() -> Response:
    """The endpoint, described for programs."""
    return _revalidated(description())


def _linked(response: Response, offset: int | None) -> Response:
    """The reply with the address of the next part, if there is one: the same request from another offset on."""
    if offset is not None:
        given = [(name, value) for name, value in request.args.items(multi=True) if name != "offset"]
        response.headers["Link"] = f'<{request.path}?{urlencode([*given, ("offset", offset)])}>; rel="next"'
    return response


def _check_format() -> None:
    """Refuse a format other than the one there is."""
    if request.args.get("format", "json") != "json":
        raise ParameterError("format", "must be json")


def _revalidated(body: dict[str, Any] | list[Any]) -> Response:
    """A reply that may be kept but is asked about each time; its tag is weak, as it leaves out the time taken."""
    response = jsonify(body)
    kept = _TOOK.sub(b"", response.get_data(), count=1)
    response.set_etag(hashlib.sha256(kept).hexdigest()[:32], weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
