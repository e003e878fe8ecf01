import pytest

from indexer.records import Passage, Span, Summary
from indexer.sections import section
from webui.examples import examples, is_searchable


class Headings:
    """A reader of which only the headings matter."""

    def __init__(self, **headings: list[str]) -> None:
        self.headings = headings

    def passages(self, document_id):
        rows = enumerate(self.headings[document_id])
        return tuple(
            Passage(
                f"{document_id}.{n}", document_id, n, "prose", (name,), "text", Span(0, 4), None, section("", (name,))
            )
            for n, name in rows
        )


def summary(document_id: str, title: str, passages: int = 1) -> Summary:
    return Summary(document_id, f"{document_id}.txt", title, passages=passages)


@pytest.mark.parametrize(
    "text", ["Lumbar Tumors", "Small cell lung cancer", "Crohn’s disease", "Heat transfer in slip flow"]
)
def test_a_few_plain_words_are_a_search(text):
    assert is_searchable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Discussion",
        "tumors-of-the-spine.txt",
        "Fig. 2. Axial view",
        "3.1 Study population",
        "one two three four five six seven eight nine ten",
        "Pneumonoultramicroscopicsilicovolcanoconiosis electroencephalographically",
        "a=1 b",
    ],
)
def test_labels_numbers_file_names_and_sentences_are_not(text):
    assert not is_searchable(text)


def test_documents_offer_titles_and_headings_in_turn():
    reader = Headings(a=["Tumor biopsy", "After surgery"], b=["Wing flutter"])
    documents = [summary("a", "Lumbar tumors"), summary("b", "Slender wings: a review")]
    assert examples(reader, documents) == (
        "Lumbar tumors",
        "Wing flutter",
        "Tumor biopsy",
        "Slender wings",
        "After surgery",
    )


def test_headings_that_say_what_the_document_is_about_come_first():
    reader = Headings(a=["Before surgery", "About this condition", "Biopsy of tumors"])
    assert examples(reader, [summary("a", "Tumor care")]) == (
        "Tumor care",
        "Biopsy of tumors",
        "Before surgery",
        "About this condition",
    )


def test_headings_that_stand_in_any_article_are_not_offered():
    reader = Headings(a=["Case report", "Wing flutter", "Materials and methods"])
    assert examples(reader, [summary("a", "Lumbar tumors")]) == ("Lumbar tumors", "Wing flutter")


def test_a_document_whose_title_is_a_sentence_offers_its_headings():
    reader = Headings(a=["Viral load"])
    assert examples(reader, [summary("a", "One two three four five six seven eight nine ten")]) == ("Viral load",)


def test_no_search_is_offered_twice():
    reader = Headings(a=["Wing flutter"], b=["WING FLUTTER"])
    documents = [summary("a", "Wing Flutter"), summary("b", "Other things")]
    assert [text.casefold() for text in examples(reader, documents)] == ["wing flutter", "other things"]


def test_no_more_documents_are_read_than_needed():
    reader = Headings()  # a reader that knows of no headings at all fails when it is asked for them
    assert examples(reader, [summary("a", "Lumbar tumors"), summary("b", "Wing flutter")], limit=1) == (
        "Lumbar tumors",
    )


def test_documents_without_passages_offer_nothing():
    assert examples(Headings(), [summary("a", "An unreadable scan", passages=0)]) == ()


def test_an_empty_library_offers_nothing():
    assert examples(Headings(), []) == ()


def test_examples_are_few_and_come_from_all_over_the_collection():
    names = [f"d{number:03}" for number in range(600)]
    reader = Headings(**{name: [] for name in names})
    documents = [summary(name, f"Title of {chr(97 + at // 26)}{chr(97 + at % 26)}") for at, name in enumerate(names)]
    offered = examples(reader, documents, limit=4)
    assert len(offered) == 4
    assert "Title of aa" in offered
    assert any(text > "Title of m" for text in offered)
