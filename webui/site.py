"""What machines ask of a site: is it up, is it ready, how is it searched."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, render_template, url_for

from webui.collection import open_reader

site = Blueprint("site", __name__)


@site.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify({"status": "ok"})


@site.get("/readyz")
def readyz() -> Response:
    """The library can be opened and read; 503 with what to do when it cannot."""
    with open_reader() as reader:
        documents = reader.documents()
        generation = reader.generation
    passages = sum(document.passages for document in documents)
    return jsonify({"status": "ready", "generation": generation, "documents": len(documents), "passages": passages})


@site.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch 1.1 description, for browsers and reference managers."""
    page = url_for("pages.search_page", _external=True)
    endpoint = url_for("api.search_endpoint", _external=True)
    description = render_template("opensearch.xml", page=page, endpoint=endpoint)
    return Response(description, mimetype="application/opensearchdescription+xml")
