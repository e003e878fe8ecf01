"""What went wrong, for programs (RFC 9457) and for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from indexer import (
    EvaluationFileError,
    JudgmentError,
    LibraryAccessError,
    LibraryDamagedError,
    LibraryMissingError,
    QueryError,
    UnknownIdError,
    query_problem,
)
from webui.parameters import ParameterError
from webui.rendering import render

TYPES = "urn:pincite:problem:"
_AROUND = 80  # characters of a query that a page shows on either side of a fault
FOR_PROGRAMS = ("/api/", "/healthz", "/readyz", "/metrics")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem, said once for both."""

    status: int
    name: str  # the last part of its type; empty when the status says all there is to say
    title: str  # what is wrong, the same for each of its kind
    detail: str  # what is wrong this time, and what to do
    errors: tuple[dict[str, Any], ...] = ()  # which parameter, and where in it
    place: tuple[str, ...] = ()  # of a query: what stands before the fault, the fault, and what stands after it


def handle(app: Flask) -> None:
    """Answer every error with a problem."""
    app.register_error_handler(Exception, respond)


def respond(error: Exception) -> Response:
    """The reply to an error: a problem document or a page."""
    problem = problem_of(error)
    if problem.status >= 500:
        current_app.logger.error(
            "%s %s: %s", request.method, request.path, error, exc_info=error if problem.status == 500 else None
        )
    response = _document(problem) if _is_for_a_program() else _page(problem)
    response.status_code = problem.status
    response.headers["Cache-Control"] = "no-store"
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _is_for_a_program() -> bool:
    """True for a path that programs ask, and for a request that would rather have JSON than a page."""
    wanted = request.accept_mimetypes.best_match(("text/html", "application/json", "application/problem+json"))
    return request.path.startswith(FOR_PROGRAMS) or wanted in ("application/json", "application/problem+json")


def problem_of(error: Exception) -> Problem:
    """The problem that an error means to whoever asked."""
    match error:
        case QueryError():
            told = query_problem(error)
            name = told["type"].removeprefix(TYPES)
            return Problem(told["status"], name, told["title"], told["detail"], tuple(told["errors"]), _place(error))
        case ParameterError():
            fault = {"parameter": error.name, "detail": error.reason}
            # Its name stays as it is sent, in lower case.
            return Problem(400, "parameter", "A parameter cannot be used", f"{error}.", (fault,))
        case UnknownIdError():
            detail = f"No {error.kind} has the id {error.value[:80]!r}. It may have been removed from the library."
            return Problem(404, f"unknown-{error.kind}", f"There is no such {error.kind}", detail)
        case JudgmentError():
            return Problem(400, "judgment", "This cannot be judged", _sentence(str(error)))
        case EvaluationFileError():
            return Problem(503, "judgments-damaged", "The judgments cannot be read", _sentence(str(error)))
        case LibraryMissingError():
            return Problem(503, "library-missing", "There is no library yet", _sentence(str(error)))
        case LibraryDamagedError() | LibraryAccessError():
            return Problem(503, "library-damaged", "The library cannot be opened", _sentence(str(error)))
        case HTTPException():
            return Problem(error.code or 500, "", error.name, error.description or error.name)
    detail = "This is a fault in Pincite, not in what you asked. It has been written to the log."
    return Problem(500, "", "Something went wrong", detail)


def _place(error: QueryError) -> tuple[str, ...]:
    """A query in three parts, the fault in the middle; nothing when it is nowhere."""
    start, end = error.start, error.end
    around = (error.text[max(0, start - _AROUND) : start], error.text[start:end][:_AROUND], error.text[end:][:_AROUND])
    return around if end > start else ()


def _document(problem: Problem) -> Response:
    """The problem as application/problem+json."""
    body: dict[str, Any] = {
        "type": TYPES + problem.name if problem.name else "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "instance": quote(request.path),
    }
    if problem.errors:
        body["errors"] = list(problem.errors)
    return Response(json.dumps(body) + "\n", mimetype="application/problem+json")


def _page(problem: Problem) -> Response:
    """The problem as a page, the search box still there."""
    return render("problem.html", problem=problem, q=request.args.get("q", ""))


def _sentence(reason: str) -> str:
    """A reason as a sentence."""
    return reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "`")) else ".")
