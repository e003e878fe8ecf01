import json

import pytest

from indexer.errors import QueryError
from indexer.facets import MAX_FILTERS, counted, date_of
from indexer.index import index
from indexer.library import Library
from indexer.query import parse
from indexer.records import FACETS, Facet, Options
from indexer.replies import filter_for
from indexer.search import search

DOCUMENTS = [
    {"_id": "old", "title": "Alpha", "text": "Drop metastasis.", "authors": ["Jane Smith"], "date": "1999-03-01"},
    {"_id": "new", "title": "Beta", "text": "Drop. " * 90, "authors": ["Jane Smith", "Bo Li"], "date": "2019"},
    {"_id": "mid", "title": "Gamma", "text": "The drop.", "authors": ["Jane Q. Smith"], "date": "2004-05"},
    {"_id": "bare", "title": "Beta", "text": "A drop here."},
    {"_id": "other", "title": "Delta", "text": "Nothing of it.", "date": "2019"},
]


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("facets")
    (folder / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in DOCUMENTS))
    index(folder / ".pincite", [folder])
    with Library.open(folder / ".pincite").reader() as reader:
        yield reader


def found(reader, query="drop", *filters, sort="relevance"):
    """The ids of the documents, each once, in order."""
    hits = search(reader, query, 100, 0, Options(filters=filters, sort=sort)).hits
    return list(dict.fromkeys(hit.document.id for hit in hits))


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("year:2019", {"new"}),
        ("year:..2004", {"old", "mid"}),
        ("year:2000..", {"new", "mid"}),
        ("-year:2019", {"old", "mid", "bare"}),
        ("year:1999 OR year:2019", {"old", "new"}),
        ('author:"Jane Smith"', {"old", "new"}),
        ("author:smith", {"old", "new", "mid"}),
        ("author:li year:2019", {"new"}),
        ("document:mid", {"mid"}),
        ("format:jsonl", {"old", "new", "mid", "bare"}),
        ("format:pdf", set()),
        ("title:beta", {"new", "bare"}),
        ("metastasis", {"old"}),
        ('"the drop"', {"mid"}),
        ("  ", {"old", "new", "mid", "bare"}),
    ],
)
def test_a_filter_narrows_down(reader, given, left):
    assert set(found(reader, "drop", given)) == left


def test_filters_add_up(reader):
    assert found(reader, "drop", "year:2019", "author:smith", "-author:nobody") == ["new"]
    assert found(reader, "drop", "year:2019", "year:1999") == []


def test_a_filter_leaves_order_and_scores_alone(reader):
    everything = [(hit.passage.id, hit.score) for hit in search(reader, "drop metastasis", 100).hits]
    for given in ("author:smith", "-year:2019", "title:beta"):
        results = search(reader, "drop metastasis", 100, 0, Options(filters=(given,)))
        kept = [(hit.passage.id, hit.score) for hit in results.hits]
        assert kept == [pair for pair in everything if pair in kept]
        assert results.total == len(kept)


def test_more_filters_than_are_obeyed_are_refused(reader):
    with pytest.raises(QueryError, match="more than 16 filters"):
        found(reader, "drop", *["year:2019"] * (MAX_FILTERS + 1))


@pytest.mark.parametrize("given", ["year:x", "(year:2019", "colour:red", "flag:odd", "colour:", "spine Note: x"])
def test_a_filter_that_cannot_be_obeyed_is_refused(reader, given):
    with pytest.raises(QueryError) as caught:
        found(reader, "drop", given)
    assert (caught.value.parameter, caught.value.text) == ("filter", given)


def test_a_filter_for_a_field_without_a_value_says_which_fields_there_are(reader):
    with pytest.raises(QueryError, match=r'nothing stands right behind "colour:"; .* title, heading, author') as caught:
        found(reader, "drop", "drop colour:")
    assert (caught.value.start, caught.value.end) == (5, 12)
    assert found(reader, "drop", '"drop metastasis:"') == found(reader, "drop", '"drop metastasis"') != []


@pytest.mark.parametrize("query", ["drop", "drop metastasis", "drop AND NOT metastasis", "nothing", "year:2019", "xyz"])
def test_a_count_is_what_filtering_then_leaves(reader, query):
    results = search(reader, query, 100, 0, Options(facets=FACETS))
    assert {facet.name for facet in results.facets} >= ({"document", "format", "kind"} if results.hits else set())
    for facet in results.facets:
        narrowed = search(reader, query, 100, 0, Options(filters=(filter_for(facet),)))
        assert (facet, narrowed.total) == (facet, facet.hits)


def test_a_value_of_any_characters_can_be_filtered_by(tmp_path):
    odd = ['a"b', "x y", "-neg", "a:b", "ü€", "(p)", "“c”", "AND", "*", "a\\b", "=x", "+x", "x~", "NOT"]
    rows = [{"_id": name, "title": f"T{at}", "text": "A drop.", "authors": [name]} for at, name in enumerate(odd)]
    (tmp_path / "documents.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    index(tmp_path / ".pincite", [tmp_path / "documents.jsonl"])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        facets = search(reader, "drop", 1, 0, Options(facets=("document", "author"))).facets
        assert {facet.value for facet in facets if facet.name == "document"} == set(odd)
        for facet in facets:
            (hit,) = search(reader, "drop", 100, 0, Options(filters=(filter_for(facet),))).hits
            assert facet.value.replace('"', "'") in (hit.document.id.replace('"', "'"), *hit.document.authors)


def test_facets_come_by_name_and_then_by_count(reader):
    facets = search(reader, "drop", 1, 0, Options(facets=("year", "author", "document"))).facets
    names = [facet.name for facet in facets]
    assert names == sorted(names, key=("year", "author", "document").index)
    for name in set(names):
        counts = [facet.hits for facet in facets if facet.name == name]
        assert counts == sorted(counts, reverse=True)
    assert Facet("document", "mid", "Gamma", 1) in facets


def test_without_hits_there_is_nothing_to_count(reader):
    assert counted(reader, parse("xyz"), [], FACETS) == ()


@pytest.mark.parametrize(
    ("sort", "order"), [("newest", ["new", "mid", "old", "bare"]), ("oldest", ["old", "mid", "new", "bare"])]
)
def test_hits_by_date_those_without_one_last(reader, sort, order):
    assert found(reader, sort=sort) == order


def test_hits_by_title(reader):
    hits = search(reader, "drop", 100, 0, Options(sort="title")).hits
    assert [hit.document.title for hit in hits] == ["Alpha", "Beta", "Beta", "Gamma"]


def test_pages_of_a_sorted_list_follow_each_other(reader):
    options = Options(sort="newest")
    whole = [hit.passage.id for hit in search(reader, "drop", 100, 0, options).hits]
    pages = [hit.passage.id for at in range(len(whole)) for hit in search(reader, "drop", 1, at, options).hits]
    assert pages == whole
    assert search(reader, "drop", 10, len(whole), options).hits == ()


@pytest.mark.parametrize(
    ("date", "numbers"),
    [
        ("2019-08-24", (2019, 8, 24)),
        ("2019-08", (2019, 8)),
        ("2019", (2019,)),
        ("May 2004", (2004,)),
        ("", ()),
        ("x", ()),
    ],
)
def test_a_date_as_numbers(date, numbers):
    assert date_of(date) == numbers


def test_flags_are_filtered_and_counted(reader_of_flags):
    def told(*filters):
        results = search(reader_of_flags, "metastasis", 10, 0, Options(filters=filters, facets=("flag",)))
        return {hit.document.id: hit.flags for hit in results.hits}, {f.value: f.hits for f in results.facets}

    held, counts = told()
    assert held == {"no": ("negated",), "may": ("possible",), "yes": (), "had": ("historical",)}
    assert counts == {"negated": 1, "possible": 1, "historical": 1}
    assert set(told("flag:negated")[0]) == {"no"}
    assert set(told("-flag:negated", "-flag:possible")[0]) == {"yes", "had"}
    assert [hit.document.id for hit in search(reader_of_flags, "metastasis flag:possible").hits] == ["may"]


def test_without_the_time_no_flag_is_counted(reader_of_flags):
    query = parse("metastasis")
    found = reader_of_flags.search(query.clauses, (), 9).matches
    assert counted(reader_of_flags, query, found, ["flag"], deadline=0) == ()
    assert counted(reader_of_flags, query, found, ["flag"])


@pytest.fixture
def reader_of_flags(tmp_path):
    texts = {
        "no": "The scan showed no metastasis.",
        "may": "The scan showed a possible metastasis.",
        "yes": "The scan showed a metastasis.",
        "had": "She has a history of metastasis.",
    }
    lines = [{"_id": key, "title": key, "text": text} for key, text in texts.items()]
    (tmp_path / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    index(tmp_path / ".pincite", [tmp_path / "documents.jsonl"])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        yield reader
