"""The pages of a search, read as a browser would read them."""

import re
import sys
from urllib.parse import urlsplit

import pytest

from indexer import index
from tests.questions import RIVERS
from tests.webui.page import address_of, get
from webui import create_app


def test_home_has_a_labelled_search_box_and_the_size_of_the_library(client):
    page = get(client, "/")
    assert page.one("form", action="/search", method="get")
    assert page.one("label", for_="q")[1] == "Search, or ask a question"
    assert page.one("input", id="q", name="q", type="search")
    assert re.match(r"5 documents, \d+ passages\.", page.one("p", class_="size")[1])


def test_home_offers_searches_from_the_collection_that_find_something(client):
    (list_of_examples,) = (found for found in get(client, "/").all("ul", class_="examples"))
    assert list_of_examples
    links = [found["href"] for found, _ in get(client, "/").all("a") if (found["href"] or "").startswith("/search?")]
    assert 1 <= len(links) <= 6
    for link in links:
        assert get(client, link).all("ol", class_="hits")


def test_home_offers_what_another_collection_holds(own_library):
    page = get(create_app(own_library).test_client(), "/")
    assert page.one("p", class_="size")[1].startswith("1 document, 1 passage.")
    assert [text for _, text in page.all("li")] == ["Tumor biopsy"]


def test_home_counts_what_can_be_searched_a_file_read_in_part_too(own_library):
    notes = own_library.parent / "notes"
    (notes / "cut.jsonl").write_text('{"_id": "j1", "text": "Quinces are red."}\n{"_id": "j2", "te')
    (notes / "empty.txt").write_text("")
    index(own_library, [notes])
    client = create_app(own_library).test_client()
    assert get(client, "/").one("p", class_="size")[1].startswith("2 documents (1 in part), 2 passages.")
    assert get(client, "/documents").one("p", class_="size")[1] == "2 documents (1 in part), 2 passages; 1 failed."


@pytest.mark.parametrize("address", ["/search", "/search?q=", "/?q=++", "/?page=7"])
def test_without_a_query_the_home_page_is_shown(client, address):
    assert get(client, address).all("p", class_="size")


def test_results_say_how_many_in_one_status_region(client):
    page = get(client, "/search", q="drop metastasis")
    _, status = page.one("div", role="status")
    assert re.fullmatch(r"\d+ passages for drop metastasis( ?1 to 10 of \d+)?", status)


def test_a_count_that_is_a_lower_bound_is_told_as_one(client, monkeypatch):
    monkeypatch.setattr(sys.modules["indexer.search"], "MOST", 20)
    (_, text) = get(client, "/search", q="tumor").one("div", role="status")
    assert re.fullmatch(r"At least (\d+) passages for tumor 1 to 10 of at least \1", text)


def test_results_are_an_ordered_list_of_headings_that_link_to_the_passage(client):
    page = get(client, "/search", q="drop metastasis")
    assert page.one("ol", class_="hits", start="1")
    titles = [text for _, text in page.all("h3")]
    assert titles[0].startswith("Intradural Extramedullary Metastasis of Small Cell")
    assert len(page.all("p", class_="citation")) == len(titles)
    address = urlsplit(address_of(page))
    assert (address.path.split("/")[1], address.fragment) == ("documents", "passage")
    assert "q=drop+metastasis" in address.query or "q=drop%20metastasis" in address.query


def test_the_words_of_the_query_are_marked(client):
    marks = {text.lower() for _, text in get(client, "/search", q="drop metastasis").all("mark", class_="word")}
    assert "drop" in marks
    assert all(mark.startswith(("drop", "metasta")) for mark in marks)


def test_the_search_box_keeps_the_query(client):
    assert get(client, "/search", q='"drop metastasis"').one("input", id="q")[0]["value"] == '"drop metastasis"'


def test_pages_of_results_follow_each_other_and_end(client):
    first = get(client, "/search", q="spinal tumors")
    following = first.one("a", rel="next")[0]["href"]
    second = get(client, following)
    assert second.one("ol", class_="hits", start="11")
    assert second.one("a", rel="prev")[0]["href"] == "/search?q=spinal+tumors&page=1"
    assert not second.all("section", aria_labelledby="answer")


@pytest.mark.parametrize("number", ["0", "-3", "x", "", "9" * 40, "1.5", "%00"])
def test_a_page_number_that_is_none_shows_the_first(client, number):
    page = get(client, f"/search?q=spinal+tumors&page={number}")
    assert page.one("ol", class_="hits", start="1")


def test_past_the_last_page_there_is_a_way_back(client):
    page = get(client, "/search?q=spinal+tumors&page=900")
    assert "none of them is on page 900" in page.one("div", role="status")[1]
    assert ({"href": "/search?q=spinal+tumors"}, "Back to the first page") in page.all("a")


def test_an_answer_is_quoted_word_for_word_and_links_to_its_place(client):
    page = get(client, "/search", q="What is the best way to determine if a spinal tumor is cancerous?")
    answer = page.all("section", aria_labelledby="answer")
    assert len(answer) == 1
    quote = page.all("blockquote")[0][1]
    assert "biopsy" in quote
    place = next(found["href"] for found, _ in page.all("a", class_="place"))
    document = get(client, place)
    assert " ".join(text for _, text in document.all("mark", class_="quote")) == quote


def test_a_quote_stands_between_its_neighbours_beside_what_others_say(tmp_path):
    for name, text in {
        "a": "Apple trees are grafted. Apple trees bear fruit after five years. They need sun.",
        "b": "Apple trees bear fruit after nine years.",
        "c": "An apple tree bears fruit after five years.",
    }.items():
        (tmp_path / f"{name}.txt").write_text(f"Orchard {name}\n\n{text}\n")
    index(tmp_path / ".pincite", [tmp_path])
    page = get(create_app(tmp_path / ".pincite").test_client(), "/search", q="When do apple trees bear fruit?")
    (_, answer), *_ = page.all("section", aria_labelledby="answer")
    assert "Before it: Apple trees are grafted." in answer
    assert "After it: They need sun." in answer
    assert "1 other document says the same." in answer
    assert "Another document has another number: Apple trees bear fruit after nine years." in answer


def test_rows_of_a_table_stand_below_the_heads_of_their_columns(tmp_path):
    (tmp_path / "rivers.md").write_text(RIVERS)
    index(tmp_path / ".pincite", [tmp_path])
    client = create_app(tmp_path / ".pincite").test_client()
    page = get(client, "/search", q="What is the length of the Rhine?")
    heads, rhine = ["River", "Length (km)", "Flows into"], ["Rhine", "1,233", "North Sea"]
    (_, quoted), *_ = page.all("blockquote")
    assert quoted == " ".join([*heads, *rhine])
    (_, hit), *_ = page.all("article")
    assert " ".join([*heads, "Volga", "3,531"]) in hit
    assert [text for _, text in page.all("th")][:3] == heads
    assert [text for _, text in page.all("td")][:3] == rhine
    document = get(client, address_of(page))
    assert [text for _, text in document.all("th")] == heads
    assert [text for _, text in document.all("td")][-3:] == rhine


def test_a_hit_names_its_file_where_the_title_is_a_guess(tmp_path):
    (tmp_path / "stated.html").write_text("<title>Safety sheet</title><h1>Safety sheet</h1><p>Acetone boils at 56 °C.")
    for name in ("ethanol", "toluene"):
        (tmp_path / f"{name}.txt").write_text(f"Safety sheet\n\n{name.title()} boils and burns.\n")
    index(tmp_path / ".pincite", [tmp_path])
    page = get(create_app(tmp_path / ".pincite").test_client(), "/search", q="+boils")
    files = [text for _, text in page.all("p", class_="file")]
    assert {"In ethanol.txt", "In toluene.txt"} == set(files)


def test_the_headings_above_a_hit_do_not_say_its_title_again(tmp_path):
    (tmp_path / "bees.md").write_text("# Bees\n\nThey fly.\n\n## Honey\n\nIt is sweet.\n")
    index(tmp_path / ".pincite", [tmp_path])
    client = create_app(tmp_path / ".pincite").test_client()
    assert get(client, "/search", q="fly").all("p", class_="path") == []
    assert get(client, "/search", q="sweet").one("p", class_="path")[1] == "In section: Honey"


def test_a_single_column_has_its_head_too(tmp_path):
    (tmp_path / "saints.csv").write_text("Name of saint\nSaint Anne\nSaint Bride of Kildare\n")
    index(tmp_path / ".pincite", [tmp_path])
    page = get(create_app(tmp_path / ".pincite").test_client(), "/search", q="Bride")
    assert page.all("blockquote")[0][1] == "Name of saint Saint Bride of Kildare"
    assert [text for _, text in page.all("td")][-2:] == ["Saint Anne", "Saint Bride of Kildare"]


def test_a_question_without_an_answer_gets_an_honest_line_and_the_reason(client):
    page = get(client, "/search", q="Who was the first president of the spinal society?")
    (_, text), *_ = page.all("section", aria_labelledby="answer")
    assert "No passage answers this directly" in text
    assert page.one("p", class_="reason")[1]


def test_a_plain_search_is_not_told_that_nothing_answers_it(client):
    for q in ("spinal president", "society", "tumors cord region"):
        assert "No passage answers" not in client.get("/search", query_string={"q": q}).text


def test_nothing_found_says_what_was_searched_what_was_left_out_and_how_to_go_on(client):
    page = get(client, "/search", q="the xylophone of zanzibar")
    assert page.one("div", role="status")[1] == "No passage for the xylophone of zanzibar"
    assert page.one("p", class_="receipt ignored")[1] == "Left out as too common: the, of"
    assert page.all("a", href="/documents")
    assert not page.all("ol")


def test_a_phrase_that_is_nowhere_offers_its_words_without_the_quotation_marks(client):
    page = get(client, "/search", q='"metastasis drop spinal"')
    assert page.one("a", href="/search?q=metastasis+drop+spinal")
    assert "Words in quotation marks must stand together" in page.one("section", class_="nothing")[1]
    assert get(client, "/search?q=metastasis+drop+spinal").all("ol", class_="hits")


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("xylophone AND spine", "xylophone+spine"),
        ('title:"spinal xylophone"~5 OR (=US AND T-cell AND xylo*)', "spinal+xylophone+US+T-cell+xylo"),
    ],
)
def test_a_boolean_query_without_hits_offers_any_of_its_words(client, q, words):
    page = get(client, "/search", q=q)
    assert "No passage matches all that is asked for" in page.one("section", class_="nothing")[1]
    assert page.one("a", href=f"/search?q={words}")


def test_without_hits_under_a_filter_the_whole_library_is_offered(client):
    page = get(client, "/search", q="spine", filter=["format:pdf", "year:1900"])
    told = page.one("section", class_="nothing")[1]
    assert "No hit is left when narrowed down so." in told
    assert "None of these" not in told
    assert page.one("a", href="/search?q=spine")[1] == "Search the whole library"


def test_a_query_of_punctuation_finds_nothing_and_says_so(client):
    page = get(client, "/search", q="?!...")
    assert page.one("div", role="status")[1].startswith("No passage")


def test_of_a_query_over_the_limit_the_beginning_is_searched_and_that_is_said(client):
    q = "tumor " * 1667
    page = get(client, "/search", q=q)
    assert page.all("ol", class_="hits")
    assert "only the first 509 are read" in page.all("p", class_="warning")[0][1]
    assert page.one("input", id="q")[0]["value"] == q.strip()


def test_a_strict_query_that_cannot_be_obeyed_is_explained_and_stays_in_the_box(client):
    page = get(client, "/search", 400, q="(tumor", mode="strict")
    assert page.one("h1")[1] == "This query cannot be searched"
    assert "a parenthesis is never closed" in page.one("div", class_="problem")[1].lower()
    assert page.one("mark")[1] == "("
    assert page.one("p", class_="fault")[1] == "(tumor"
    assert page.one("a", href="/search?q=%28tumor")[1] == "Search it as well as it can be read"
    assert page.one("input", id="q")[0]["value"] == "(tumor"


def test_a_filter_that_cannot_be_obeyed_is_explained_with_its_place(client):
    page = get(client, "/search", 400, q="tumor", filter="section:results year:abc")
    assert page.one("h1")[1] == "This filter cannot be searched"
    assert page.one("mark")[1] == "abc"
    assert page.one("p", class_="fault")[1] == "section:results year:abc"


@pytest.mark.parametrize("address", ["/documents/nope", "/nope", "/documents/", "/static/nope.css"])
def test_what_is_not_there_gets_a_page_with_a_way_on(client, address):
    page = get(client, address, 404)
    assert page.all("a", href="/documents")
    assert page.one("input", id="q")


def test_without_a_library_the_page_says_what_to_do(tmp_path):
    page = get(create_app(tmp_path / ".pincite").test_client(), "/", 503)
    assert "pincite index" in page.one("div", class_="problem")[1]


def test_an_empty_library_says_how_to_add_documents(tmp_path):
    (tmp_path / "documents").mkdir()
    index(tmp_path / ".pincite", [tmp_path / "documents"])
    page = get(create_app(tmp_path / ".pincite").test_client(), "/")
    assert "pincite index FOLDER" in page.one("p", class_="size")[1]


def test_every_page_has_one_main_heading_a_skip_link_and_a_language(client):
    passage = address_of(get(client, "/search", q="biopsy"))
    for address in ("/", "/search?q=biopsy", "/search?q=xylophone", "/documents", passage):
        page = get(client, address)
        assert len(page.all("h1")) == 1
        assert page.one("a", class_="skip", href="#content")
        assert page.one("main", id="content")
        assert page.one("html", lang="en")
        ids = [found["id"] for _, found, _ in page.elements if "id" in found]
        assert len(ids) == len(set(ids))


def test_opensearch_tells_browsers_how_to_search(client):
    response = client.get("/opensearch.xml", headers={"Host": "library.example:8000"})
    assert response.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://library.example:8000/search?q={searchTerms}"' in response.text
    assert "http://library.example:8000/api/v1/search?q={searchTerms}" in response.text
    name = re.search("<ShortName>(.*)</ShortName>", response.text)[1]
    assert len(name) <= 16
    assert get(client, "/").one("link", rel="search")[0]["href"] == "/opensearch.xml"


def links(page, name):
    """Text -> address of the links with a parameter of that name."""
    return {text: found["href"] for found, text in page.all("a") if f"{name}=" in (found.get("href") or "")}


def test_what_was_added_is_shown_and_can_be_dropped(client):
    page = get(client, "/search", q="tumour")
    assert "tumor" in page.one("p", class_="receipt added")[1]
    dropped = get(client, links(page, "drop")["×Search without tumor"])
    assert not dropped.all("p", class_="receipt added")
    assert dropped.one("input", id="q")[0]["value"] == "tumour"
    assert not get(client, links(page, "expand")["Only what was typed"]).all("p", class_="receipt added")


def test_what_was_dropped_is_shown_and_can_be_searched_again(client):
    dropped = get(client, "/search", q="tumour", drop="tumor")
    assert "tumor" in dropped.one("p", class_="receipt dropped")[1]
    again = get(client, links(dropped, "q")["+Search tumor again"])
    assert "tumor" in again.one("p", class_="receipt added")[1]
    off = get(client, "/search", q="tumour", expand="off")
    whole = get(client, links(off, "q")["Search other forms too"])
    assert "tumor" in whole.one("p", class_="receipt added")[1]


def test_a_beginning_is_what_was_asked_for_and_cannot_be_dropped(client):
    page = get(client, "/search", q="metast*")
    assert "metastasis" in page.one("p", class_="receipt added")[1]
    assert not links(page, "drop")
    assert not links(page, "expand")


@pytest.mark.parametrize(
    ("q", "read", "ignored"),
    [
        ("drop metastasis", [], []),
        ("spine AND cord", ["Read as spine AND cord"], []),
        ("(spine cord", ["Read as spine cord"], []),
        ("signs of the spine -pain", ["Read as signs spine NOT pain"], ["Left out as too common: of, the"]),
        ("what is IDEM?", [], ["Left out as too common: what, is"]),
    ],
)
def test_how_a_query_was_read_stands_above_the_results_where_it_is_not_plain(client, q, read, ignored):
    page = get(client, "/search", q=q)
    assert [text for _, text in page.all("p", class_="receipt read")] == read
    assert [text for _, text in page.all("p", class_="receipt ignored")] == ignored


def test_what_may_have_been_meant_is_a_link(client):
    _, text = get(client, "/search", q="metastsis").one("p", class_="meant")
    assert text == "Did you mean metastasis?"


def test_hits_are_narrowed_down_by_a_link_and_its_count_is_the_total(client):
    page = get(client, "/search", q="spinal tumors")
    narrowed = [found["href"] for found, _ in page.all("a") if "filter=" in (found.get("href") or "")]
    counts = [int(text) for _, text in page.all("span", class_="hits-count")]
    assert narrowed
    for address, expected in zip(narrowed, counts, strict=True):
        _, status = get(client, address).one("div", role="status")
        assert status.split(" ")[0] == str(expected)


def test_a_filter_is_shown_and_can_be_removed(client):
    page = get(client, "/search", q="spinal tumors", filter="kind:caption")
    assert "kind:caption" in page.one("p", class_="filters")[1]
    assert not get(client, links(page, "q")["×Remove kind:caption"]).all("p", class_="filters")


def test_pages_keep_what_was_asked_for(client):
    page = get(client, "/search", q="spinal tumors", filter="kind:prose", sort="newest")
    following = get(client, page.one("a", rel="next")[0]["href"])
    assert following.one("p", class_="filters")
    assert following.one("ol", class_="hits", start="11")


def test_a_passage_that_denies_a_word_says_so(own_library):
    (own_library.parent / "notes" / "scan.txt").write_text("The scan\n\nThe scan showed no metastasis in the liver.\n")
    index(own_library, [own_library.parent / "notes"])
    page = get(create_app(own_library).test_client(), "/search", q="metastasis")
    assert page.one("span", class_="flag negated")[1] == "says it is not so"
