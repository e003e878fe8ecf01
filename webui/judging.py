"""Judging hits in the page: for who has given the token, by plain forms.

A request counts when it has the cookie of a signed-in person (which no other site can send along: SameSite=Strict) and
the form's key (which no other site can read); both are derived from the token, so nothing is stored.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode

from flask import Blueprint, Response, abort, current_app, request, url_for

from indexer import GRADES, grades_of, judge
from webui.collection import library_folder, open_reader
from webui.parameters import ParameterError
from webui.rendering import render

TOKEN = "PINCITE_TOKEN"  # noqa: S105 (no password: the key in the application's configuration; empty: nobody judges)
COOKIE = "pincite-judging"
_DAYS = 30
MEANINGS = ("not relevant", "related", "relevant", "answers it")

judging = Blueprint("judging", __name__)


@dataclass(frozen=True, slots=True)
class Judge:
    """A signed-in person, looking at the results of a query."""

    key: str  # what each form must send
    grades: dict[str, int]  # passage id -> grade already given
    meanings: tuple[str, ...] = MEANINGS


def judge_of(text: str) -> Judge | None:
    """Who may judge the results of a query; None for everybody else."""
    return Judge(_derived("form"), grades_of(library_folder(), text)) if _is_signed_in() else None


@judging.get("/judge")
def judge_page() -> Response:
    """Where the token is given."""
    _need_token()
    return render("judge.html", signed_in=_is_signed_in(), key=_derived("form") if _is_signed_in() else "")


@judging.post("/judge")
def sign_in() -> Response:
    """Take the token, and remember that it was right."""
    token = _need_token()
    if not hmac.compare_digest(request.form.get("token", "").encode(), token.encode()):
        abort(403, "This is not the token that the library was started with.")
    response = _see(url_for("judging.judge_page"))
    response.set_cookie(
        COOKIE, _derived("session"), _DAYS * 86_400, secure=request.is_secure, httponly=True, samesite="Strict"
    )
    return response


@judging.post("/judge/end")
def sign_out() -> Response:
    """Forget it again."""
    _need_key()
    response = _see(url_for("pages.search_page"))
    response.delete_cookie(COOKIE, samesite="Strict", httponly=True)
    return response


@judging.post("/judge/grade")
def grade() -> Response:
    """Keep the grade of a passage, and go back to it in the search that it was found by."""
    _need_key()
    text, passage = request.form.get("q", "").strip(), request.form.get("passage", "")
    given = request.form.get("grade", "")
    if given not in {*map(str, GRADES), "none"}:
        raise ParameterError("grade", "must be 0, 1, 2, 3 or none")
    if not text:
        raise ParameterError("q", "a judgment needs the query that it is about")
    with open_reader() as reader:
        reader.passage(passage)
    judge(library_folder(), text, passage, None if given == "none" else int(given))
    shown = parse_qsl(request.form.get("search", "")) or [("q", text)]
    return _see(f"{url_for('pages.search_page')}?{urlencode(shown)}#hit-{quote(passage)}")


def _see(address: str) -> Response:
    return Response(status=303, headers={"Location": address})


def _need_token() -> str:
    """The token; 404 when none is set."""
    token: str = current_app.config[TOKEN]
    if not token:
        abort(404, "Nobody can judge here: the library was started without PINCITE_TOKEN.")
    return token


def _need_key() -> None:
    """403 unless a signed-in person sent this from a form of ours."""
    _need_token()
    if not _is_signed_in() or not hmac.compare_digest(request.form.get("key", "").encode(), _derived("form").encode()):
        abort(403, "This form is not from a page of this library. Give the token again and repeat what you did.")


def _is_signed_in() -> bool:
    given = request.cookies.get(COOKIE, "")
    return bool(current_app.config[TOKEN]) and hmac.compare_digest(given.encode(), _derived("session").encode())


def _derived(purpose: str) -> str:
    """A value that only who knows the token can make."""
    return hmac.new(current_app.config[TOKEN].encode(), f"pincite {purpose}".encode(), hashlib.sha256).hexdigest()
