"""What machines ask of a site: is it up, is it ready, how is it searched."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, url_for

from indexer import LibraryDamagedError, self_test
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
        check = self_test(reader)
        if not check.sound:
            raise LibraryDamagedError(str(library_folder()), f"in a test search {check.detail}")
        return jsonify({"status": "ready", "generation": reader.generation, **asdict(reader.counts())})


@site.get("/opensearch.xml")
def opensearch() -> Response:
    """The OpenSearch 1.1 description, for browsers and reference managers."""
    page = url_for("pages.search_page", _external=True)
    endpoint = url_for("api.search_endpoint", _external=True)
    suggestions = url_for("api.suggest_endpoint", _external=True)
    description = render_template("opensearch.xml", page=page, endpoint=endpoint, suggestions=suggestions)
    return Response(description, mimetype="application/opensearchdescription+xml")
