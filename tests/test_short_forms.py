import json

import pytest

from indexer.expand import expanded
from indexer.index import index
from indexer.library import Library
from indexer.query import parse
from indexer.records import Expansion, Options
from indexer.search import search
from indexer.short_forms import WEIGHT, Meaning, meanings, short_forms
from tests.notation import noted

DOCUMENTS = {
    "one": "Intradural extramedullary (IDEM) tumors are rare.",
    "two": "An intradural extramedullary mass was seen.",
    "three": "The IDEM score was high.",
    "other": "Intrinsic demyelination (IDEM) is a disease. IDEM was seen.",
    "us": "Ultrasound (US) was done for us.",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    folder = tmp_path_factory.mktemp("short")
    lines = [{"_id": key, "title": key, "text": text} for key, text in DOCUMENTS.items()]
    (folder / "documents.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    index(folder / ".pincite", [folder / "documents.jsonl"])
    with Library.open(folder / ".pincite").reader() as reader:
        yield reader


def found(reader, query, **options):
    return {hit.document.id for hit in search(reader, query, 100, 0, Options(**options)).hits}


def test_what_short_forms_stand_for(reader):
    assert meanings(reader, "US") == [Meaning("US", ("ultrasound",), "ultrasound", 1)]
    assert {(one.short, one.long) for one in meanings(reader)} == {
        ("IDEM", "intradural extramedullary"),
        ("IDEM", "intrinsic demyelination"),
        ("US", "ultrasound"),
    }
    assert meanings(reader, "XYZ") == []


def test_a_short_form_finds_its_long_form_and_the_receipt_says_so(reader):
    assert "two" in found(reader, "IDEM")
    assert "two" in found(reader, "idem")
    notes = search(reader, "IDEM").query.expanded
    assert Expansion("IDEM", "intradural extramedullary", "long form") in notes


def test_a_long_form_finds_its_short_form_but_not_where_it_means_something_else(reader):
    assert found(reader, "intradural extramedullary") == {"one", "two", "three"}
    notes = search(reader, "intradural extramedullary").query.expanded
    assert notes == (Expansion("intradural extramedullary", "IDEM", "short form"),)


def test_a_long_form_typed_with_a_hyphen_finds_its_short_form_too(reader):
    assert found(reader, "intradural-extramedullary") == {"one", "two", "three"}
    notes = search(reader, "rare intradural-extramedullary mass").query.expanded
    assert notes == (Expansion("intradural-extramedullary", "IDEM", "short form"),)


def test_what_is_added_counts_for_little(reader):
    def scores(query):
        found = reader.search(query.clauses, query.required, 100).matches
        return {match.document_id: match.score for match in found}

    added = scores(expanded(parse("IDEM"), reader))
    assert added["two"] < min(added[name] for name in ("one", "three", "other"))
    assert added["two"] == pytest.approx(WEIGHT * scores(parse('"intradural extramedullary"'))["two"])


@pytest.mark.parametrize(
    "query",
    [
        "=IDEM",
        '"intradural extramedullary"',
        "IDEM AND score",
        "+IDEM",
        "us",
        "extramedullary intradural",
        "intradural mass",
    ],
)
def test_where_no_form_is_added(reader, query):
    assert search(reader, query).query.expanded == ()


def test_a_form_can_be_dropped(reader):
    assert found(reader, "intradural extramedullary", dropped=("IDEM",)) == {"one", "two"}
    assert found(reader, "intradural extramedullary", expand=False) == {"one", "two"}
    assert found(reader, "intradural extramedullary", strict=True) == {"one", "two"}


def test_words_stay_in_step_with_clauses(reader):
    query = expanded(parse("rare intradural extramedullary tumors"), reader)
    assert len(query.words) == len(query.clauses) == 4
    assert "=idem=IDEM^0.075" in noted(query)


def test_where_the_short_form_stands_is_marked(reader):
    (hit,) = (hit for hit in search(reader, "intradural extramedullary").hits if hit.document.id == "three")
    assert [span.of(hit.passage.text) for span in hit.matches] == ["IDEM"]


class Counting:
    """A library that counts what it is asked."""

    def __init__(self, reader):
        self.reader, self.prefixes, self.searches = reader, [], 0

    def keywords(self, prefix):
        self.prefixes.append(prefix)
        return self.reader.keywords(prefix)

    def search(self, *asked):
        self.searches += 1
        return self.reader.search(*asked)


def test_what_a_short_form_does_not_mean_is_asked_once_of_a_library(reader):
    library = Counting(reader)
    found = short_forms(parse("IDEM"), library, ())
    assert library.searches == len(found) == 2
    assert short_forms(parse("IDEM tumors"), library, ()) == found
    assert library.searches == 2
    assert short_forms(parse("IDEM"), Counting(reader), ()) == found


def test_only_what_may_be_a_short_form_is_looked_up(reader):
    library = Counting(reader)
    assert short_forms(parse("Extramedullary tumors of us"), library, ()) == []
    assert [prefix for prefix in library.prefixes if prefix.startswith("short")] == ["short=TUMORS="]
