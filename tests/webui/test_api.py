"""The endpoint against its contract, field by field."""

import json

import pytest

from indexer import index
from tests.webui.page import get
from webui import create_app

QUERY = {
    "text": str,
    "parsed": str,
    "terms": list,
    "expanded": list,
    "ignored": list,
    "corrected_from": (str, type(None)),
    "did_you_mean": (str, type(None)),
    "warnings": list,
}
SEARCH = {
    "query": dict,
    "total": int,
    "total_relation": str,
    "took_ms": float,
    "timed_out": bool,
    "generation": int,
    "next": (int, type(None)),
    "facets": dict,
    "hits": list,
}
HIT = {"rank": int, "score": float, "passage": dict, "document": dict, "citation": dict}
PASSAGE = {
    "id": str,
    "text": str,
    "heading": str,
    "columns": str,
    "page": (int, type(None)),
    "start": int,
    "end": int,
    "matches": list,
    "flags": list,
}
DOCUMENT = {"id": str, "title": str, "authors": list, "date": (str, type(None)), "url": (str, type(None))}
CITATION = {
    "text": str,
    "url": str,
    "quote": str,
    "prefix": str,
    "suffix": str,
    "source_start": int,
    "source_end": int,
    "source_spans": list,
}
ANSWER = {
    "question": str,
    "answered": bool,
    "level": str,
    "confidence": float,
    "reason": (str, type(None)),
    "missing": list,
    "answers": list,
    "hits": list,
}
QUOTE = {"quote": str, "confidence": float, "passage": dict, "document": dict, "citation": dict}
LISTED = {
    "id": str,
    "path": str,
    "title": str,
    "status": str,
    "reason": (str, type(None)),
    "pages": int,
    "passages": int,
}


def check(found: dict, shape: dict) -> None:
    """Every field of the contract is there and of its type; others may be added."""
    wrong = {
        name: found.get(name, "absent") for name, kind in shape.items() if not isinstance(found.get(name, ...), kind)
    }
    assert not wrong


def check_hit(hit: dict) -> None:
    check(hit, HIT)
    check(hit["passage"], PASSAGE)
    check(hit["document"], DOCUMENT)
    check(hit["citation"], CITATION)


def search(client, **parameters) -> dict:
    response = client.get("/api/v1/search", query_string=parameters)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return response.get_json()


def test_a_search_has_the_fields_of_the_contract_in_its_order(client):
    reply = search(client, q="drop metastasis")
    check(reply, SEARCH)
    check(reply["query"], QUERY)
    assert list(reply)[: len(SEARCH)] == list(SEARCH)
    assert reply["hits"]
    for hit in reply["hits"]:
        check_hit(hit)


def test_matches_are_the_words_of_the_query_where_they_stand_in_the_passage(client):
    passage = search(client, q="drop metastasis", limit=1)["hits"][0]["passage"]
    marked = {passage["text"][match["start"] : match["end"]].lower() for match in passage["matches"]}
    assert "drop" in marked
    assert all(word.startswith(("drop", "metasta")) for word in marked)


def test_a_passage_stands_in_its_document_where_it_says(client):
    hit = search(client, q="tumor biopsy", limit=1)["hits"][0]
    document = client.get(f"/api/v1/documents/{hit['document']['id']}").get_json()
    assert document["text"][hit["passage"]["start"] : hit["passage"]["end"]] == hit["passage"]["text"]


def test_text_is_plain(hostile_client):
    (hit,) = search(hostile_client, q="spinal tumors")["hits"]
    assert "<b>growths</b>" in hit["passage"]["text"]


def test_limit_and_offset_make_pages_that_follow_each_other(client):
    both = search(client, q="spinal tumors", limit=4)
    first, second = search(client, q="spinal tumors", limit=2), search(client, q="spinal tumors", limit=2, offset=2)
    assert [hit["rank"] for hit in second["hits"]] == [3, 4]
    assert [hit["passage"]["id"] for hit in both["hits"]] == [
        hit["passage"]["id"] for page in (first, second) for hit in page["hits"]
    ]


def test_the_next_page_is_named_and_linked_until_there_is_none(client):
    response = client.get("/api/v1/search?q=spinal+tumors&limit=2")
    assert response.get_json()["next"] == 2
    assert response.headers["Link"] == '</api/v1/search?q=spinal+tumors&limit=2&offset=2>; rel="next"'
    last = client.get("/api/v1/search?q=biopsy&limit=100")
    assert last.get_json()["next"] is None
    assert "Link" not in last.headers


def test_past_the_end_is_an_empty_list(client):
    reply = search(client, q="biopsy", offset=1_000_000)
    assert reply["hits"] == []
    assert reply["total"] > 0


def test_a_search_that_finds_nothing_is_not_an_error(client):
    reply = search(client, q="xylophone")
    assert (reply["total"], reply["hits"], reply["query"]["terms"]) == (0, [], ["xylophone"])


def test_a_parameter_that_has_no_effect_is_a_warning(client):
    reply = search(client, q="biopsy", fuzzy="yes")
    assert reply["query"]["warnings"] == ["the parameter 'fuzzy' is not known and was ignored"]


def test_bytes_of_a_query_that_are_no_text_are_told(client):
    query = client.get("/api/v1/search?q=%ff%fe+drop").get_json()["query"]
    assert (query["text"], query["terms"]) == ("\ufffd\ufffd drop", ["drop"])
    assert query["warnings"] == ["the query holds bytes that are no UTF-8: they part words"]


@pytest.mark.parametrize("address", ["documents", "documents/{}", "passages/{}", "suggest"])
def test_a_parameter_that_a_path_does_not_know_is_named(client, address):
    hit = client.get("/api/v1/search?q=drop").get_json()["hits"][0]
    known = hit[address.split("/")[0].removesuffix("s")]["id"] if "{}" in address else ""
    reply = client.get(f"/api/v1/{address.format(known)}?page=1000").get_json()
    assert reply["warnings"] == ["the parameter 'page' is not known and was ignored"]


def test_an_answer_has_the_fields_of_the_contract(client):
    reply = client.get("/api/v1/answer?q=What+is+a+tumor+biopsy?").get_json()
    check(reply, ANSWER)
    assert reply["answered"] is (reply["level"] == "answer")
    assert reply["answers"]
    for quote in reply["answers"]:
        check(quote, QUOTE)
        check(quote["passage"], PASSAGE)
        check(quote["citation"], CITATION)
        assert quote["quote"] in quote["passage"]["text"]
    for hit in reply["hits"]:
        check_hit(hit)


def test_a_question_that_nothing_answers_gets_a_reason(client):
    reply = client.get("/api/v1/answer?q=Who+won+the+world+cup+in+1998?").get_json()
    check(reply, ANSWER)
    assert (reply["answered"], reply["answers"]) == (False, [])
    assert reply["reason"]


def test_an_answer_says_what_of_the_question_was_not_read(client):
    cut, *_, unknown = client.get(f"/api/v1/answer?q={'spine+' * 300}&page=2").get_json()["warnings"]
    assert "characters, more than 512" in cut
    assert unknown == "the parameter 'page' is not known and was ignored"


def test_documents_are_listed(client):
    reply = client.get("/api/v1/documents").get_json()
    check(reply, {"generation": int, "counts": dict, "documents": list, "total": int})
    assert (len(reply["documents"]), reply["total"], reply["next"]) == (5, 5, None)
    assert reply["unused_metadata"] == []
    for document in reply["documents"]:
        check(document, LISTED)
        assert document["status"] == "ok"


def test_documents_are_listed_a_part_at_a_time(client):
    whole = client.get("/api/v1/documents").get_json()["documents"]
    address, parts = "/api/v1/documents?limit=2", []
    while address:
        response = client.get(address)
        parts.append(response.get_json())
        address = response.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert [len(part["documents"]) for part in parts] == [2, 2, 1]
    assert [part["next"] for part in parts] == [2, 4, None]
    assert [document for part in parts for document in part["documents"]] == whole
    assert client.get("/api/v1/documents?offset=9").get_json()["documents"] == []
    assert client.get("/api/v1/documents?limit=0").status_code == 400


def test_the_page_the_endpoint_and_readiness_count_alike(own_library):
    notes = own_library.parent / "notes"
    (notes / "blank.txt").write_text("  \n")
    index(own_library, [notes])
    client = create_app(own_library).test_client()
    counts = {"documents": 1, "partial": 0, "failed": 1, "passages": 1}
    assert client.get("/api/v1/documents").get_json()["counts"] == counts
    assert client.get("/readyz").get_json() == {"status": "ready", "generation": 1, **counts}
    for address in ("/", "/documents"):
        assert "1 document, 1 passage" in get(client, address).one("p", class_="size")[1]


def test_a_document_has_its_text_its_blocks_and_its_passages(client):
    (listed, *_) = client.get("/api/v1/documents").get_json()["documents"]
    document = client.get(f"/api/v1/documents/{listed['id']}").get_json()
    check(document, LISTED | {"text": str, "blocks": list, "items": list})
    assert len(document["items"]) == listed["passages"]
    covered = " ".join(document["text"][block["start"] : block["end"]] for block in document["blocks"])
    assert covered.split() == document["text"].split()


def test_a_passage_is_verified_each_time_it_is_asked_for(own_library):
    client = create_app(own_library).test_client()
    source = own_library.parent / "notes" / "biopsy.txt"
    passage_id = search(client, q="biopsy")["hits"][0]["passage"]["id"]

    def standing() -> str:
        response = client.get(f"/api/v1/passages/{passage_id}")
        reply = response.get_json()
        check(reply, {"passage": dict, "document": dict, "citation": dict, "anchor": str})
        assert response.headers["Cache-Control"] == "no-store"
        return reply["anchor"]

    text = source.read_text()
    assert standing() == "exact"
    source.write_text("A new first paragraph, about something else.\n\n" + text)
    assert standing() == "moved"
    source.write_text(text.replace("best", "worst"))
    assert standing() == "changed"
    source.unlink()
    assert standing() == "missing"


def test_a_reply_is_revalidated_by_its_tag(client):
    first = client.get("/api/v1/search?q=biopsy")
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get("/api/v1/search?q=biopsy", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_another_query_has_another_tag(client):
    tags = {
        client.get(f"/api/v1/search?q=spine{more}").headers["ETag"] for more in ("", "&limit=2", "&offset=1", "+tumor")
    }
    assert len(tags) == 4


def test_a_new_commit_shows_without_a_restart_and_has_a_new_tag(own_library):
    client = create_app(own_library).test_client()
    before = client.get("/api/v1/search?q=meningioma")
    assert before.get_json()["total"] == 0
    notes = own_library.parent / "notes"
    (notes / "second.txt").write_text("Meningioma\n\nA meningioma grows within the spinal canal, outside the cord.\n")
    index(own_library, [notes])
    after = client.get("/api/v1/search?q=meningioma", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert after.get_json()["total"] == 1


@pytest.mark.parametrize("endpoint", ["search", "answer"])
def test_of_a_query_over_the_limit_the_beginning_is_read(client, endpoint):
    body = client.get(f"/api/v1/{endpoint}", query_string={"q": "tumor " * 1667}).get_json()
    assert body["hits"]


def test_head_gives_the_headers_alone(client):
    response = client.head("/api/v1/search?q=biopsy")
    assert (response.status_code, response.data) == (200, b"")


def test_a_library_that_is_made_later_is_found_without_a_restart(tmp_path):
    client = create_app(tmp_path / ".pincite").test_client()
    assert client.get("/readyz").status_code == 503
    (tmp_path / "a.txt").write_text("Spinal tumors are abnormal growths within the cord.\n")
    index(tmp_path / ".pincite", [tmp_path / "a.txt"])
    ready = client.get("/readyz").get_json()
    assert (ready["status"], ready["documents"]) == ("ready", 1)
    assert ready["passages"] > 0


def test_ids_of_json_lines_may_hold_any_character(hostile_client):
    (listed,) = hostile_client.get("/api/v1/documents").get_json()["documents"]
    (hit,) = search(hostile_client, q="growths")["hits"]
    assert hostile_client.get(hit["citation"]["url"]).status_code == 200
    assert listed["id"] == hit["document"]["id"]


def test_json_is_plain_ascii_so_that_any_reader_can_decode_it(client):
    raw = client.get("/api/v1/search?q=%E2%80%9Cdrop").data
    assert json.loads(raw.decode("ascii"))["query"]["text"] == "“drop"


def test_suggestions_are_words_headings_and_titles_with_counts(client):
    body = client.get("/api/v1/suggest?q=metast").get_json()
    assert body["q"] == "metast"
    assert {"text", "kind", "passages"} == set(body["suggestions"][0])
    assert "metastasis" in [found["text"] for found in body["suggestions"]]
    assert client.get("/api/v1/suggest").get_json()["suggestions"] == []


def test_suggestions_as_browsers_take_them(client):
    response = client.get("/api/v1/suggest?q=metast&format=opensearch")
    assert response.mimetype == "application/x-suggestions+json"
    typed, offered = json.loads(response.data)
    assert (typed, "metastasis" in offered) == ("metast", True)


def test_facets_filters_and_sorting(client):
    body = search(client, q="spinal tumors", facets="year,kind,flag", sort="newest")
    assert set(body["facets"]) <= {"year", "kind", "flag"}
    for value in body["facets"]["kind"]:
        assert search(client, q="spinal tumors", filter=value["filter"])["total"] == value["count"]


def test_the_next_page_keeps_filters_and_sorting(client):
    address = "/api/v1/search?q=spinal+tumors&limit=1&filter=kind:prose&sort=newest&expand=off"
    link = client.get(address).headers["Link"]
    assert all(part in link for part in ("filter=kind%3Aprose", "sort=newest", "expand=off", "offset=1"))
    following = client.get(link[1 : link.index(">")]).get_json()
    assert following["hits"][0]["rank"] == 2


def test_the_receipt_says_what_was_added_and_what_may_be_meant(client):
    added = search(client, q="tumour")["query"]["expanded"]
    assert {"from": "tumour", "to": "tumor", "kind": "spelling"} in added
    assert search(client, q="tumour", expand="off")["query"]["expanded"] == []
    assert search(client, q="tumour", drop="tumor")["query"]["expanded"] == []
    assert search(client, q="metastsis")["query"]["did_you_mean"] == "metastasis"


@pytest.mark.parametrize("q", ["-spine", "NOT spine", "kind:prose", "flag:negated", "zz*", "?!"])
@pytest.mark.parametrize("endpoint", ["search", "answer"])
def test_a_query_without_a_word_to_score_by_is_answered(client, endpoint, q):
    assert client.get(f"/api/v1/{endpoint}", query_string={"q": q}).status_code == 200
