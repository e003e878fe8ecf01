from dataclasses import replace

import pytest

from indexer.keywords import definition_keywords, document_keywords, name_words, passage_keywords, year_of
from indexer.records import Passage, Source, Span
from tests.documents import document


@pytest.mark.parametrize(
    ("date", "year"),
    [("2019", "2019"), ("2019-08-24", "2019"), ("March 2004", "2004"), ("1066", ""), ("", ""), ("120199", "")],
)
def test_the_year_of_a_date(date, year):
    assert year_of(date) == year


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Marc D Winkelman", ["marc", "d", "winkelman"]),
        ("O'Brien, J.-P.", ["obrien", "j", "p"]),
        ("José Núñez", ["jose", "nunez"]),
        ("", []),
    ],
)
def test_the_words_of_a_name(name, words):
    assert name_words(name) == words


def test_what_the_passages_of_a_document_share():
    made = replace(
        document(("prose", "text")),
        authors=("Jane Q.  Smith", 'Bo "B" Li', " "),
        date="May 2019",
        source=Source("a/b.HTM", "0", format="html"),
    )
    assert document_keywords(made) == (
        "document=d1",
        "year=2019",
        "author=Jane Q. Smith",
        "author=Bo 'B' Li",
        *("by=jane", "by=q", "by=smith", "by=bo", 'by="b"', "by=li"),
        "format=html",
        "offer=a title=title=A title",
        "offer=title=title=A title",
    )


def test_the_format_is_what_the_file_was_read_as_whatever_its_name():
    made = replace(document(("prose", "text")), source=Source("a.pdf", "0", format="txt"))
    assert "format=txt" in document_keywords(made)
    assert not [key for key in document_keywords(document(("prose", "text"))) if key.startswith("format=")]


def test_what_a_passage_has_for_itself():
    passage = Passage("d1.1", "d1", 0, "caption", (), "text", Span(0, 4), None)
    assert passage_keywords(passage)[0] == "kind=caption"


def test_the_short_forms_of_a_document_are_found_from_either_side():
    keys = definition_keywords(document(("prose", "It was magnetic resonance imaging (MRI).")))
    assert keys == ("short=MRI=magnet reson imag=magnetic resonance imaging", "long=magnet reson imag=MRI")
