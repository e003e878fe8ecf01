"""The JSON endpoint: parse, call, format. The library makes the shape of each reply, for the command line too."""

from __future__ import annotations

import hashlib
import re
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, jsonify, request, url_for

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
    verify,
)
from webui.collection import open_reader, source_root
from webui.openapi import description
from webui.parameters import (
    LAST_OFFSET,
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
    response = _revalidated(body)
    if body["next"] is not None:
        response.headers["Link"] = f'<{_following(text, limit, body["next"])}>; rel="next"'
    return response


@api.get("/answer")
def answer_endpoint() -> Response:
    """The sentences that answer a question, word for word, or why none does."""
    text = query_text()
    _check_format()
    with open_reader() as reader:
        body = answer_reply(answer(reader, text))
    return _revalidated(body | {"warnings": ignored(["q", "format"])})


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
    """Every document, what became of it, and why."""
    with open_reader() as reader:
        body = documents_reply(reader.documents(), reader.generation)
    return _revalidated(body | {"warnings": ignored([])})


@api.get("/documents/<path:document_id>")
def document_endpoint(document_id: str) -> Response:
    """A document: clean text, labelled blocks, passages."""
    with open_reader() as reader:
        summary, document = reader.summary(document_id), reader.document(document_id)
        body = document_reply(summary, document, tuple(reader.passages(document_id)))
    return _revalidated(body | {"warnings": ignored([])})


@api.get("/passages/<path:passage_id>")
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


def _following(text: str, limit: int, offset: int) -> str:
    """The address of the same search from another hit on."""
    others = [(name, value) for name in SEARCH_PARAMETERS[3:] for value in request.args.getlist(name)]
    asked = urlencode([("q", text), ("limit", limit), ("offset", offset), *others])
    return f"{url_for('api.search_endpoint')}?{asked}"


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
