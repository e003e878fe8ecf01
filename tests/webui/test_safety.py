"""Hostile documents, hostile requests, and the headers that hold when all else fails."""

import logging

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.records import Counts
from tests.webui.hostile import SCRIPT
from tests.webui.page import Page, address_of, get
from webui import create_app
from webui.rendering import render


def check_inert(page: Page) -> None:
    """Nothing that a document or a query says has become an element or an attribute."""
    scripts = [(set(found), found["src"]) for found, _ in page.all("script")]
    assert scripts == [({"src", "defer"}, f"/static/{name}.js") for name in ("pincite", "suggest")]
    assert not page.all("img") + page.all("i") + page.all("b") + page.all("svg") + page.all("style")
    for _, found, _ in page.elements:
        assert not [name for name in found if name.startswith("on") or name == "style"]
        assert not (found.get("href") or "").lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize("address", ["/", "/search?q=spinal+tumors", "/documents", "/search?q=what+are+spinal+tumors"])
def test_a_hostile_document_is_shown_as_text(hostile_client, address):
    check_inert(get(hostile_client, address))


def test_a_hostile_document_shows_what_it_says(hostile_client):
    results = get(hostile_client, "/search", q="spinal tumors")
    assert results.all("h3")[0][1] == f"Spine {SCRIPT}"
    assert SCRIPT in results.all("div", class_="passage")[0][1]
    document = get(hostile_client, address_of(results))
    check_inert(document)
    assert document.one("h1")[1] == f"Spine {SCRIPT}"
    assert "</mark></p><img src=x onerror=alert(1)> Spine." in document.one("article")[1]


def test_an_address_that_could_run_a_script_is_not_linked(hostile_client):
    document = get(hostile_client, address_of(get(hostile_client, "/search", q="spine")))
    assert "Original" not in [text for _, text in document.all("a")]


@pytest.mark.parametrize(
    "q",
    [
        SCRIPT,
        '"><img src=x onerror=alert(1)>',
        "' autofocus onfocus='alert(1)",
        "</title><b>",
        "{{ 7*7 }}",
        "&lt;b&gt;",
    ],
)
def test_a_hostile_query_is_shown_as_text(client, q):
    page = get(client, "/search", q=q)
    check_inert(page)
    assert page.one("input", id="q")[0]["value"] == q
    assert q in page.one("div", role="status")[1]
    check_inert(get(client, "/search", q=q * 60))
    check_inert(get(client, "/search", 400, q=f"({q * 60}", mode="strict"))


BYTES = [
    "%ff",
    "%ED%A0%80",
    "\xff",
    "\xed\xa0\x80",
    "%00",
    "%0d%0aSet-Cookie:a=b",
    "%1b[31m",
    "%",
    "%zz",
    "%E2%80%AE",
    "%F0%9F%92%A9",
]


@pytest.mark.parametrize("q", BYTES)
@pytest.mark.parametrize("address", ["/search", "/api/v1/search", "/api/v1/answer"])
def test_bytes_that_are_not_text_are_no_error(client, address, q):
    response = client.get(address, environ_overrides={"QUERY_STRING": f"q=spine{q}&{q}=1&page={q}"})
    assert response.status_code == 200


@pytest.mark.parametrize("part", ["%ff", "%00", "%ED%A0%80", "..%2f..%2fetc%2fpasswd", "a" * 5000, "%0d%0a"])
@pytest.mark.parametrize("address", ["/documents/", "/api/v1/documents/", "/api/v1/passages/"])
def test_ids_that_are_none_are_404(client, address, part):
    assert client.get(address + part).status_code == 404


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=80) | st.text('"()*?:^~-+&|[]{}\\/ aORNDT', max_size=40))
@example('L1*"0"')
@example('="no such words"')
def test_no_query_is_a_fault_of_ours(client, q):
    parameters = {"q": q.encode("utf-8", "surrogatepass")}
    for address in ("/search", "/api/v1/search", "/api/v1/answer"):
        assert client.get(address, query_string=parameters).status_code in {200, 400}


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search?q=spine",
        "/documents",
        "/nope",
        "/api/v1/search?q=spine",
        "/api/v1/nope",
        "/static/pincite.css",
        "/opensearch.xml",
    ],
)
def test_every_reply_carries_the_headers_that_keep_it_safe(client, address):
    with client.get(address) as response:
        headers = response.headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert (policy["default-src"], policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'", "'none'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers
    assert "Access-Control-Allow-Origin" not in headers


def test_half_a_surrogate_pair_shows_as_a_replacement_character(client):
    with client.application.test_request_context("/"):
        response = render("home.html", q="a\ud800b", counts=Counts(0, 0, 0, 0), examples=())
    assert 'value="a\ufffdb"' in response.get_data(as_text=True)


def test_a_fault_of_ours_is_logged_and_told_without_its_details(library, monkeypatch, caplog):
    def fail(*_):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("webui.pages.search", fail)
    monkeypatch.setattr("webui.api.search", fail)
    client = create_app(library).test_client()
    with caplog.at_level(logging.ERROR):
        page = client.get("/search?q=spine")
        reply = client.get("/api/v1/search?q=spine")
    assert (page.status_code, reply.status_code) == (500, 500)
    assert (page.mimetype, reply.mimetype) == ("text/html", "application/problem+json")
    assert "secret" not in page.text + reply.text
    assert caplog.text.count("ZeroDivisionError: secret detail") == 2
