"""What is wrong, as problem documents (RFC 9457)."""

import shutil
from types import SimpleNamespace

import pytest

from indexer import LibraryReader
from webui import create_app

FIELDS = {"type": str, "title": str, "status": int, "detail": str, "instance": str}


def problem(response, status: int) -> dict:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    body = response.get_json()
    assert {name: type(body[name]) for name in FIELDS} == FIELDS
    assert body["status"] == status
    return body


@pytest.mark.parametrize("address", ["/api/v1/search", "/api/v1/search?q=", "/api/v1/answer?q=+"])
def test_an_empty_query_is_a_problem(client, address):
    body = problem(client.get(address), 400)
    assert body["instance"] == address.partition("?")[0]
    assert body["errors"][0]["parameter"] == "q"


@pytest.mark.parametrize(
    ("q", "start", "end"), [("tumor " * 1667, 509, 10_001), ("(spine", 0, 1), ("spine AND", 6, 9), ("x year:y", 7, 8)]
)
def test_a_strict_query_that_cannot_be_obeyed_is_a_problem_that_says_where(client, q, start, end):
    body = problem(client.get("/api/v1/search", query_string={"q": q, "mode": "strict"}), 400)
    (fault,) = body["errors"]
    assert (fault["parameter"], fault["start"], fault["end"]) == ("q", start, end)
    assert client.get("/api/v1/search", query_string={"q": q}).status_code == 200


def test_a_filter_that_cannot_be_obeyed_is_a_problem_that_says_where(client):
    body = problem(client.get("/api/v1/search", query_string={"q": "spine", "filter": "year:x"}), 400)
    assert body["type"] == "urn:pincite:problem:filter"
    assert body["errors"][0] == {
        "parameter": "filter",
        "detail": "a year has four digits, a range two dots and the earlier year first: year:2015..2020",
        "start": 5,
        "end": 6,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("offset", "-1"),
        ("format", "xml"),
        ("mode", "lax"),
        ("expand", "maybe"),
        ("sort", "random"),
        ("facets", "year,colour"),
    ],
)
def test_a_parameter_out_of_range_is_named(client, name, value):
    body = problem(client.get("/api/v1/search", query_string={"q": "spine", name: value}), 400)
    assert body["errors"][0]["parameter"] == name
    assert body["detail"].startswith(f"{name}: must be ")  # the name as it is sent


def test_a_query_given_twice_is_told_and_refused_by_a_strict_reading(client):
    reply = client.get("/api/v1/search?q=spine&q=drop").get_json()
    assert (reply["query"]["text"], reply["query"]["warnings"]) == (
        "spine",
        ["the parameter 'q' is given more than once: the first counts"],
    )
    assert client.get("/api/v1/answer?q=spine&q=drop").get_json()["warnings"] == reply["query"]["warnings"]
    body = problem(client.get("/api/v1/search?q=spine&q=drop&mode=strict"), 400)
    assert body["detail"] == "q: must be given once."


@pytest.mark.parametrize("address", ["/api/v1/documents/nope", "/api/v1/passages/nope", "/api/v1/nope", "/api/"])
def test_what_is_not_there_is_404(client, address):
    problem(client.get(address), 404)


@pytest.mark.parametrize(
    ("accept", "mimetype"),
    [
        ("application/json", "application/problem+json"),
        ("application/problem+json, */*;q=0.1", "application/problem+json"),
        ("text/html,application/xhtml+xml,application/json;q=0.9", "text/html"),
        ("*/*", "text/html"),
        (None, "text/html"),
    ],
)
def test_a_page_that_is_not_there_is_a_problem_document_for_who_would_rather_have_one(client, accept, mimetype):
    response = client.get("/nothing", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (404, mimetype)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_methods_other_than_get_are_405_and_say_what_is_allowed(client, method):
    response = getattr(client, method)("/api/v1/search?q=spine")
    problem(response, 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_without_a_library_the_problem_says_what_to_do(tmp_path):
    client = create_app(tmp_path / ".pincite").test_client()
    for address in ("/api/v1/search?q=spine", "/api/v1/documents", "/readyz"):
        body = problem(client.get(address), 503)
        assert "pincite index" in body["detail"]
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_a_library_whose_search_finds_nothing_is_not_ready(client, monkeypatch):
    assert client.get("/readyz").status_code == 200
    monkeypatch.setattr("indexer.doctor.search", lambda *_, **__: SimpleNamespace(hits=(), timed_out=False))
    assert "is not found by its own words" in problem(client.get("/readyz"), 503)["detail"]


def test_readiness_is_told_without_reading_all_words_of_the_library(client, monkeypatch):
    monkeypatch.setattr(LibraryReader, "vocabulary", lambda *_: 1 / 0)
    assert client.get("/readyz").status_code == 200


def test_a_damaged_library_is_503_and_never_500(tmp_path, library):
    shutil.copytree(library, tmp_path / ".pincite")
    for path in (tmp_path / ".pincite").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\0nonsense")
    body = problem(create_app(tmp_path / ".pincite").test_client().get("/api/v1/search?q=spine"), 503)
    assert body["type"].startswith("urn:pincite:problem:library-")
