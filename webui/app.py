"""The application: its library, its pages, its endpoint, and the headers that every reply carries."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from flask import Flask, Request, Response
from werkzeug.routing import BaseConverter

from indexer import Settings, author_line
from webui import addresses
from webui.api import api
from webui.collection import LIBRARY
from webui.documents import documents, passage_url, web_address
from webui.judging import TOKEN, judging
from webui.marking import cells, mark_paragraphs, mark_words, rows
from webui.metrics import metrics, tallied
from webui.pages import pages
from webui.problems import handle
from webui.site import site

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
LONGEST_BODY = 65_536  # bytes of a request; the forms are far shorter, and a server may keep what is sent on the disk


class AnyBytesRequest(Request):
    """A request whose address may hold bytes that are not UTF-8, escaped or not: they are replacement characters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = self.query_string.decode("utf-8", "replace")
        self.query_string = urlencode(parse_qsl(given, keep_blank_values=True, errors="replace")).encode()


class IdConverter(BaseConverter):
    """An id in an address: any characters, each of them escaped, so that no browser takes ".." for a way up."""

    regex = ".+?"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The id, escaped."""
        return quote(value.encode("utf-8", "replace"), safe="")


class Pincite(Flask):
    """The application class, for the request class."""

    request_class = AnyBytesRequest


def create_app(library: Path | None = None) -> Flask:
    """The WSGI application over a library folder, by default the one that `PINCITE_LIBRARY` names.

    The folder is opened anew for each request, so new commits show without a restart and it may be made later.
    """
    app = Pincite(__name__)
    settings = Settings.from_environment()
    app.config[LIBRARY] = Path(library) if library else settings.library
    app.config[TOKEN] = settings.token
    app.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    app.json.sort_keys = False  # type: ignore[attr-defined]  # keys in the order that README.md documents
    app.url_map.merge_slashes = False  # a document's id may hold any character
    app.url_map.converters["id"] = IdConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        author_line=author_line,
        cells=cells,
        marked=mark_words,
        paragraphs=mark_paragraphs,
        rows=rows,
        web_address=web_address,
    )
    app.jinja_env.globals.update(passage_url=passage_url, other_page_url=addresses.other_page_url)
    app.jinja_env.globals.update(
        with_value=addresses.with_value,
        without_value=addresses.without_value,
        with_only=addresses.with_only,
        with_query=addresses.with_query,
    )
    for blueprint in (pages, documents, judging, api, site, metrics):
        app.register_blueprint(blueprint)
    handle(app)
    tallied(app)
    app.after_request(_with_headers)
    return app


def _with_headers(response: Response) -> Response:
    """The reply with the headers that keep a hostile document or page from doing harm."""
    given = {name.lower() for name, _ in response.headers}
    for name, value in {**HEADERS, "Cache-Control": "no-cache"}.items():
        if name.lower() not in given:
            response.headers.add(name, value)
    return response
