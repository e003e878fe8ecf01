"""The pages of documents, read as a browser would read them."""

import json
import re
from urllib.parse import quote

import pytest

from indexer import index
from tests.webui.page import address_of, get
from webui import create_app


def test_documents_are_listed_with_their_files(client):
    page = get(client, "/documents")
    assert len(page.all("h2")) == 5
    assert page.one("a", aria_current="page")[1] == "Documents"
    assert "corpus/lumbar-tumors.txt" in [text for _, text in page.all("code")]


@pytest.mark.parametrize("name", ["/wiki/Widget", "../../etc", "a//b", "http://example.org/a?b=1#c", "a b%2F"])
def test_a_document_of_any_id_has_a_page_and_a_place_in_the_endpoint(tmp_path, name):
    (tmp_path / "a.jsonl").write_text(json.dumps({"_id": name, "title": "Widgets", "text": "A widget is a thing."}))
    index(tmp_path / ".pincite", [tmp_path / "a.jsonl"])
    client = create_app(tmp_path / ".pincite").test_client()
    address = address_of(get(client, "/search", q="widget"))
    assert "/../" not in address.partition("?")[0]
    assert get(client, address).one("mark", id="passage")[1] == "A widget is a thing."
    assert client.get(f"/api/v1/documents/{quote(name, safe='')}").get_json()["id"] == name


def test_a_page_beyond_the_last_is_the_last(client):
    titles = get(client, "/documents").all("h2")
    assert get(client, "/documents", page="99").all("h2") == titles != []


def test_a_file_that_could_not_be_read_is_listed_with_the_reason(own_library):
    notes = own_library.parent / "notes"
    (notes / "blank.txt").write_text("  \n")
    (notes / "metadata.csv").write_text("file,title\nblank.txt,Blank\nx.txt,X\n")
    index(own_library, [notes])
    page = get(create_app(own_library).test_client(), "/documents")
    assert page.one("p", class_="size")[1] == "1 document, 1 passage; 1 failed."
    _, unused = page.one("section", aria_labelledby="unused")
    assert "notes/metadata.csv line 3: there is no file x.txt in the folder" in unused
    _, failed = page.one("section", aria_labelledby="failed")
    assert "notes/blank.txt" in failed
    assert "empty" in failed


def test_a_document_is_laid_out_with_its_title_headings_and_lists(client):
    page = get(client, "/documents")
    link = next(found["href"] for found, text in page.all("a") if text == "Lumbar Tumors")
    document = get(client, link)
    assert document.one("h1")[1] == "Lumbar Tumors"
    assert "About this Condition" in [text for _, text in document.all("h2") + document.all("h3")]
    items = {text for _, text in document.all("li")}
    assert any("Astrocytoma" in item for item in items)


def test_what_is_not_content_is_folded_with_its_label(client):
    page = get(client, "/documents")
    folded = []
    for found, _ in page.all("a"):
        if (found["href"] or "").startswith("/documents/"):
            folded += [text for _, text in get(client, found["href"]).all("summary")]
    assert any("disclaimer" in label for label in folded)


def test_the_cited_passage_is_marked_in_its_place_verified_and_cited(client):
    results = get(client, "/search", q="drop metastasis")
    page = get(client, address_of(results))
    marked, _ = page.one("mark", id="passage")
    assert marked["class"] == "passage"
    whole = " ".join(text for _, text in page.all("mark", class_="passage"))
    found = results.all("div", class_="passage")[0][1]
    assert whole.split() == found.split()
    assert "Verified" in page.one("p", class_="standing exact")[1]
    assert page.one("p", id="citation")[1] == results.all("p", class_="citation")[0][1]
    assert page.all("a", href="/search?q=drop+metastasis")


@pytest.mark.parametrize(
    ("change", "standing"),
    [
        (lambda path: path.write_text("Something new.\n\n" + path.read_text()), "moved"),
        (lambda path: path.write_text(path.read_text().replace("best", "worst")), "changed"),
        (lambda path: path.unlink(), "missing"),
    ],
)
def test_a_passage_whose_source_changed_says_so_in_words(own_library, change, standing):
    client = create_app(own_library).test_client()
    link = address_of(get(client, "/search", q="biopsy"))
    change(own_library.parent / "notes" / "biopsy.txt")
    page = get(client, link)
    sentence = page.one("p", class_=f"standing {standing}")[1]
    assert {"moved": "Moved", "changed": "Source changed", "missing": "Source missing"}[standing] in sentence


@pytest.mark.parametrize("passage", ["nope", "", "%00"])
def test_a_link_to_a_passage_that_is_gone_shows_the_document_and_says_so(client, passage):
    link = address_of(get(client, "/search", q="biopsy")).partition("?")[0]
    page = get(client, f"{link}?passage={passage}")
    assert "not in the document" in page.one("p", role="status")[1]
    assert not page.all("mark", class_="passage")


def test_a_passage_of_another_document_is_not_marked(client):
    here = address_of(get(client, "/search", q="METRx")).partition("?")[0]
    there = address_of(get(client, "/search", q="lung adenocarcinoma"))
    other = re.search(r"passage=([\w.-]+)", there)[1]
    assert not get(client, f"{here}?passage={other}").all("mark", id="passage")


@pytest.mark.parametrize("quote", ["", "5", "5-", "9-5", "0-999999", "-1-5", "0-0", "a-b", "0-9999999999"])
def test_a_quote_that_lies_outside_the_passage_is_not_marked(client, quote):
    link = address_of(get(client, "/search", q="biopsy")).replace("#", f"&quote={quote}#")
    page = get(client, link)
    assert page.all("mark", id="passage")
    assert not page.all("mark", class_="quote")


def test_a_document_with_a_query_that_cannot_be_read_is_shown_unmarked(client):
    link = address_of(get(client, "/search", q="biopsy")).partition("?")[0]
    assert not get(client, link, q="  ").all("mark")


def test_the_file_as_it_is_is_served_as_text_that_cannot_run(own_library):
    (own_library.parent / "notes" / "page.html").write_text(
        "<h1>Scan</h1><p>A scan shows <b>it</b> all.<script>x()</script>"
    )
    index(own_library, [own_library.parent / "notes"])
    client = create_app(own_library).test_client()
    rows = {d["path"]: d["id"] for d in client.get("/api/v1/documents").get_json()["documents"]}
    reply = client.get(f"/documents/{rows['notes/page.html']}/source")
    assert reply.mimetype == "text/plain"
    assert b"<script>x()</script>" in reply.data
    assert "script-src" not in reply.headers["Content-Security-Policy"]
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    reply.close()
    (own_library.parent / "notes" / "page.html").unlink()
    assert client.get(f"/documents/{rows['notes/page.html']}/source").status_code == 404
    assert client.get("/documents/nowhere/source").status_code == 404


def test_a_source_that_has_become_a_link_to_something_else_is_not_served(own_library):
    source = own_library.parent / "notes" / "biopsy.txt"
    before = source.read_bytes()
    client = create_app(own_library).test_client()
    (row,) = client.get("/api/v1/documents").get_json()["documents"]
    source.unlink()
    for name, content, status in (("same", before, 200), ("secret", b"The vault's secret.", 404)):
        (own_library.parent / name).write_bytes(content)
        source.unlink(missing_ok=True)
        source.symlink_to(own_library.parent / name)
        assert client.get(f"/documents/{row['id']}/source").status_code == status


def test_copies_and_files_misnamed_or_read_in_part_are_told_in_the_list(own_library):
    words = " ".join(f"word{n} grows" for n in range(200))
    for name in ("one.txt", "two.txt"):
        (own_library.parent / "notes" / name).write_text(f"Title of {name}\n\n{words} in this copy.")
    (own_library.parent / "notes" / "text.pdf").write_text("Quinces are ripe.")
    (own_library.parent / "notes" / "cut.jsonl").write_text(
        '{"_id": "j1", "text": "Quinces are red."}\n{"_id": "j2", "te'
    )
    index(own_library, [own_library.parent / "notes"])
    page = get(create_app(own_library).test_client(), "/documents")
    copy, partial, misnamed = sorted(text for _, text in page.all("span", class_="note"))
    assert copy == "nearly the same as Title of one.txt"
    assert partial.startswith("partial line 2 is not JSON")
    assert misnamed == "read as txt, which its bytes are, though it is named .pdf"


def test_what_was_guessed_and_what_the_library_says_of_a_document_is_shown(own_library):
    notes = own_library.parent / "notes"
    (notes / "metadata.csv").write_text("file,authors,status\nbiopsy.txt,A. Eve,retracted\n")
    index(own_library, [notes])
    client = create_app(own_library).test_client()
    results = get(client, "/search", q="what determines if a tumor is cancerous")
    told = "Retracted, says the library."
    assert {text for _, text in results.all("p", class_="warning notice")} == {told}
    for page in (get(client, address_of(results)), get(client, "/documents")):
        assert page.one("p", class_="warning notice")[1] == told
        assert page.one("p", class_="byline")[1] == "A. Eve"
        assert page.one("p", class_="guessed")[1] == "Guessed from the text: title."
