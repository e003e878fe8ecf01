"""Judging by plain forms, as a browser sends them."""

import pytest

from indexer import grades_of
from tests.webui.page import get
from webui import create_app

QUERY = "tumor biopsy"


@pytest.fixture
def client(own_library, monkeypatch):
    monkeypatch.setenv("PINCITE_TOKEN", "open sesame")
    return create_app(own_library).test_client()


def signed_in(client):
    reply = client.post("/judge", data={"token": "open sesame"})
    assert (reply.status_code, reply.headers["Location"]) == (303, "/judge")
    return reply


def form_of(client):
    """The fields of the first hit's form, but the grade."""
    page = get(client, "/search", q=QUERY)
    return {found["name"]: found["value"] for found, _ in page.all("input", type="hidden")}


def test_who_has_not_given_the_token_sees_no_forms_and_may_not_judge(client, own_library):
    assert not get(client, "/search", q=QUERY).all("form", class_="grade")
    assert client.post("/judge/grade", data={"q": QUERY, "passage": "x", "grade": "3"}).status_code == 403
    assert client.post("/judge", data={"token": "open"}).status_code == 403
    assert grades_of(own_library, QUERY) == {}


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(client):
    cookie = signed_in(client).headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "sesame" not in cookie


def test_a_grade_is_kept_shown_and_taken_back(client, own_library):
    signed_in(client)
    fields = form_of(client)
    reply = client.post("/judge/grade", data={**fields, "grade": "3"})
    assert reply.status_code == 303
    assert reply.headers["Location"] == f"/search?q=tumor+biopsy#hit-{fields['passage']}"
    assert grades_of(own_library, QUERY) == {fields["passage"]: 3}
    page = get(client, "/search", q=QUERY)
    assert page.one("legend")[1] == "Graded 3: answers it"
    assert [found["value"] for found, _ in page.all("button", aria_pressed="true")] == ["3"]
    client.post("/judge/grade", data={**fields, "grade": "none"})
    assert grades_of(own_library, QUERY) == {}


def test_who_judged_comes_back_to_the_same_search(client):
    signed_in(client)
    given = {"q": QUERY, "filter": ["format:txt", "kind:prose"], "sort": "newest", "page": "1"}
    page = get(client, "/search", **given)
    fields = {found["name"]: found["value"] for found, _ in page.all("input", type="hidden")}
    reply = client.post("/judge/grade", data={**fields, "grade": "3"})
    assert reply.headers["Location"] == (
        f"/search?q=tumor+biopsy&filter=format%3Atxt&filter=kind%3Aprose&sort=newest&page=1#hit-{fields['passage']}"
    )


def test_judgments_that_cannot_be_read_or_kept_are_told_as_such(client, own_library, monkeypatch):
    signed_in(client)
    fields = form_of(client)
    monkeypatch.setattr("indexer.judgments.MOST", 0)
    reply = client.post("/judge/grade", data={**fields, "grade": "3"})
    assert (reply.status_code, "more than 0 judgments are not kept" in reply.text) == (400, True)
    (own_library / "judged" / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nno row\n")
    reply = client.get("/search", query_string={"q": QUERY})
    assert reply.status_code == 503
    assert "qrels.tsv, line 2" in reply.text


def test_a_body_that_no_form_needs_is_refused(client):
    assert client.post("/judge", data={"token": "x" * 70_000}).status_code == 413


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("key", "forged", 403), ("key", "", 403), ("grade", "4", 400), ("passage", "no.such", 404), ("q", " ", 400)],
)
def test_what_is_sent_amiss_changes_nothing(client, own_library, field, value, status):
    signed_in(client)
    sent = {**form_of(client), "grade": "3"} | {field: value}
    assert client.post("/judge/grade", data=sent).status_code == status
    assert grades_of(own_library, QUERY) == {}


def test_after_the_end_nothing_is_judged(client):
    signed_in(client)
    fields = form_of(client)
    assert client.post("/judge/end", data={"key": "forged"}).status_code == 403
    assert "You are judging" in client.get("/judge").text
    assert client.post("/judge/end", data=fields).status_code == 303
    assert client.post("/judge/grade", data={**fields, "grade": "3"}).status_code == 403


def test_without_a_token_nobody_judges(own_library, monkeypatch):
    monkeypatch.delenv("PINCITE_TOKEN", raising=False)
    client = create_app(own_library).test_client()
    client.set_cookie("pincite-judging", "")
    assert client.get("/judge").status_code == 404
    assert client.post("/judge", data={"token": ""}).status_code == 404
    assert client.post("/judge/grade", data={"q": QUERY}).status_code == 404
    assert not get(client, "/search", q=QUERY).all("form", class_="grade")


def test_the_form_for_the_token_is_labelled(client):
    page = get(client, "/judge")
    assert page.one("label", for_="token")[1] == "Token"
    assert page.one("input", id="token", type="password")
