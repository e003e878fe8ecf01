"""Cleaning over public collections: what it wrongly takes away or labels, and how often it is right about hyphens."""

import json
from collections import Counter

import pytest

from indexer.clean import clean
from indexer.records import CONTENT, Document
from tests.clean.breaks import Decision, found_breaks, made_breaks
from tests.clean.extracts import plain
from tests.conftest import shared_data

pytestmark = pytest.mark.collection
CONTENTFUL = CONTENT | {"title", "heading"}


def documents(collection: str) -> list[tuple[str, Document]]:
    """The texts of a collection, cleaned."""
    lines = (shared_data(collection) / "corpus.jsonl").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    return [(record["text"], clean(plain(record["text"], title=record["title"]))) for record in records]


def taken_away(text: str, document: Document) -> int:
    """Characters of a text, white space and invisible ones aside, that its document does not stand for."""
    kept = bytearray(len(text))
    for span in document.text.sources(0, len(document.text)):
        kept[span.start : span.end] = b"\1" * len(span)
    return sum(1 for at, character in enumerate(text) if character.isprintable() and character != " " and not kept[at])


@pytest.mark.parametrize(
    ("collection", "share", "noise"),
    [
        ("pubmedqa_retrieval", 0, 0),
        ("cranfield", 0.00001, 0),
        ("squad2", 0, 0),
        ("medline1033", 0.0015, 0),  # 1,201 hyphens of words torn apart ("pa- tients"), all rightly
        ("covid_qa", 0.0001, 0.02),  # hyphens at line ends; lines of identifiers, dates and authors at the top
    ],
)
def test_little_is_taken_away_or_labelled_as_no_content(collection: str, share: float, noise: float) -> None:
    found = documents(collection)
    characters = sum(len("".join(text.split())) for text, _ in found)
    labels = Counter(
        {
            kind: count
            for _, document in found
            for kind, count in _characters(document).items()
            if kind not in CONTENTFUL
        }
    )
    assert sum(taken_away(text, document) for text, document in found) <= share * characters
    assert sum(labels.values()) <= noise * characters, labels
    assert not set(labels) & {"login", "action", "banner", "disclaimer", "running"}


def test_the_main_text_of_news_pages_stays_content() -> None:
    """Two lines of 91 pages are labelled, both of them calls to action."""
    pages = json.loads((shared_data("article_extraction") / "gold.json").read_text("utf-8")).values()
    cleaned = [clean(plain(page["articleBody"])) for page in pages]
    wrong = [block for document in cleaned for block in document.blocks if block.kind not in CONTENTFUL]
    assert len(cleaned) == 91
    assert sum(len(block.span) for block in wrong) <= 0.0002 * sum(len(document.text) for document in cleaned)


def _characters(document: Document) -> Counter[str]:
    """How many characters have each kind."""
    counts: Counter[str] = Counter()
    for block in document.blocks:
        counts[block.kind] += len(block.span)
    return counts


def accuracy(decisions: list[Decision]) -> float:
    return sum(decision.joined != decision.own for decision in decisions) / len(decisions)


@pytest.mark.parametrize(("extractor", "floor"), [("pdfminer", 0.955), ("pdfium", 0.95)])
def test_hyphens_at_the_line_ends_of_pdf_text(extractor: str, floor: float) -> None:
    """About 3 % are errors of the corrected text or no words at all: "D-53121", "Karl-Liebknecht", "loca-MNRAS"."""
    decisions = list(found_breaks(shared_data("pdf_text"), extractor))
    assert len(decisions) > 190
    assert accuracy(decisions) >= floor, [decision for decision in decisions if decision.joined == decision.own]


def test_hyphens_at_made_line_ends_of_articles() -> None:
    decisions = list(made_breaks(shared_data("jats") / "gold.json"))
    assert len(decisions) > 2000
    assert sum(decision.own for decision in decisions) > 100
    assert accuracy(decisions) >= 0.985, [decision for decision in decisions if decision.joined == decision.own]
