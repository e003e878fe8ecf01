"""What machines ask of a site: is it up, is it ready, how is it searched."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, url_for

from indexer import LibraryDamagedError, LibraryReader
from indexer.records import Word
from webui.collection import library_folder, open_reader

site = Blueprint("site", __name__)


@site.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@site.get("/readyz")
def readyz() -> Response:
    """The library can be opened and a search finds what is in it; 503 with what to do when not."""
    with open_reader() as reader:
        _test(reader)
        counts = {"documents": len(reader.documents()), "passages": reader.size()}
        return jsonify({"status": "ready", "generation": reader.generation, **counts})


@site.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch 1.1 description, for browsers and reference managers."""
    page = url_for("pages.search_page", _external=True)
    endpoint = url_for("api.search_endpoint", _external=True)
    description = render_template("opensearch.xml", page=page, endpoint=endpoint)
    return Response(description, mimetype="application/opensearchdescription+xml")


def _test(reader: LibraryReader) -> None:
    """Search for the most frequent term: nothing found must never be taken for nothing there."""
    for term, count in reader.vocabulary("", 1):
        if reader.search([Word(term)], [], 1).total < count:
            raise LibraryDamagedError(str(library_folder()), f"a test search for {term!r} misses passages")
