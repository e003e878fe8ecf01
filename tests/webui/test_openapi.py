"""What the description promises is what the endpoint gives: no field more, no field less."""

import pytest

from webui.api import SEARCH_PARAMETERS
from webui.openapi import REPLIES, description, parameters, schema


def faults(value, wanted, at="reply"):
    """Where a value is not what a schema says, fields that it does not name included."""
    kinds = wanted["type"] if isinstance(wanted["type"], list) else [wanted["type"]]
    names = {str: "string", bool: "boolean", dict: "object", list: "array", type(None): "null"}
    kind = names.get(type(value), "integer" if isinstance(value, int) else "number")
    if kind not in kinds and not (kind == "integer" and "number" in kinds):
        return [f"{at} is {kind}, not {kinds}"]
    if kind == "array":
        return [fault for n, item in enumerate(value) for fault in faults(item, wanted["items"], f"{at}[{n}]")]
    if kind == "object" and "properties" in wanted:
        known = wanted["properties"]
        told = [f"{at} has {name}" for name in value if name not in known]
        told += [f"{at} lacks {name}" for name in wanted["required"] if name not in value]
        return told + [f for n, v in value.items() if n in known for f in faults(v, known[n], f"{at}.{n}")]
    return []


@pytest.fixture(scope="module")
def addresses(client):
    hit = client.get("/api/v1/search?q=drop+metastasis").get_json()["hits"][0]
    return {
        "/search": "/search?q=the+drop+metastasis+tumour&facets=year,flag&limit=3",
        "/answer": "/answer?q=How+many+patients+were+in+the+largest+series?",
        "/suggest": "/suggest?q=metas",
        "/documents": "/documents",
        "/documents/{id}": f"/documents/{hit['document']['id']}",
        "/passages/{id}": f"/passages/{hit['passage']['id']}",
    }


@pytest.mark.parametrize("path", REPLIES)
def test_a_reply_is_what_is_described(client, addresses, path):
    reply = client.get("/api/v1" + addresses[path])
    assert reply.status_code == 200
    assert faults(reply.get_json(), schema(REPLIES[path])) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search", 400),
        ("/search?q=(a&mode=strict", 400),
        ("/search?q=a&filter=year:x", 400),
        ("/documents/nowhere", 404),
        ("/nowhere", 404),
    ],
)
def test_a_problem_is_what_is_described(client, address, status):
    reply = client.get("/api/v1" + address)
    assert reply.status_code == status
    assert faults(reply.get_json(), description()["components"]["schemas"]["Problem"]) == []


def test_faults_are_found():
    wanted = schema({"a": int, "b": [(str, None)], "c": {"d": float}})
    assert faults({"a": 1, "b": ["x", None], "c": {"d": 1}}, wanted) == []
    assert faults({"a": "1", "b": [2], "c": {}, "e": 0}, wanted) == [
        "reply has e",
        "reply.a is string, not ['integer']",
        "reply.b[0] is integer, not ['string', 'null']",
        "reply.c lacks d",
    ]


def test_every_path_is_described(client):
    rules = {rule.rule for rule in client.application.url_map.iter_rules() if rule.rule.startswith("/api/v1")}
    paths = {rule.removeprefix("/api/v1").replace("<id:document_id>", "{id}").replace("<id:passage_id>", "{id}")
             for rule in rules}  # fmt: skip
    assert paths == {*REPLIES, "/openapi.json"}


def test_every_parameter_is_described_and_works(client):
    assert tuple(parameters("/search")) == SEARCH_PARAMETERS
    for name, value in parameters("/search").items():
        for given in value.get("enum", value.get("items", {}).get("enum", [])):
            assert client.get("/api/v1/search", query_string={"q": "spine", name: given}).status_code == 200
        for given in (value[bound] for bound in ("minimum", "maximum") if bound in value):
            assert client.get("/api/v1/search", query_string={"q": "spine", name: given}).status_code == 200
            beyond = {"q": "spine", name: given + (1 if given == value["maximum"] else -1)}
            assert client.get("/api/v1/search", query_string=beyond).status_code == 400


def test_the_description_is_served_and_may_be_kept(client):
    reply = client.get("/api/v1/openapi.json")
    assert reply.mimetype == "application/json"
    assert reply.get_json()["openapi"] == "3.1.0"
    assert {one["name"] for one in reply.get_json()["paths"]["/search"]["get"]["parameters"]} == set(SEARCH_PARAMETERS)
    assert client.get("/api/v1/openapi.json", headers={"If-None-Match": reply.headers["ETag"]}).status_code == 304
