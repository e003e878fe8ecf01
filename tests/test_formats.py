"""What holds through the whole library: both spellings of a broken word, sections, references apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import Library, index, search
from indexer.records import Options, Results
from tests.formats import ARTICLES, WORDS, written

BROKEN = """About joints

The patient had a drop metas-
tasis of the cord, and the design shows power-
performance trade-offs, as the zorbin-
quaxel process and the signal-to-
noise ratio do in all of the cases that were seen.
"""


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of an article in every format, and one with broken words."""
    top = tmp_path_factory.mktemp("formats")
    docs = written(top)
    (docs / "broken.txt").write_text(BROKEN)
    index(top / ".pincite", [docs])
    return top


def found(top: Path, query: str, *filters: str) -> Results:
    with Library.open(top / ".pincite").reader() as reader:
        return search(reader, query, 50, options=Options(filters=filters))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("metastasis", "metastasis"),
        ("metastases", "metastasis"),
        ("power-performance", "power-performance"),
        ("performance", "performance"),
        ('"shows power performance"', "shows power-performance"),
        ("zorbinquaxel", "zorbinquaxel"),  # nothing decides: both forms
        ("zorbin-quaxel", "zorbinquaxel"),
        ("signal-to-noise", "signal-to-noise"),
    ],
)
def test_a_word_broken_at_a_line_end_is_found_in_its_right_form(top: Path, query: str, marked: str) -> None:
    (hit,) = (hit for hit in found(top, query).hits if hit.document.path == "docs/broken.txt")
    assert marked in {span.of(hit.passage.text) for span in hit.matches}


def test_a_hyphen_of_the_words_own_stays(top: Path) -> None:
    (hit,) = found(top, "trade-offs").hits
    assert "drop metastasis of" in hit.passage.text
    assert "power-performance trade-offs" in hit.passage.text


def test_references_are_labelled_ranked_down_and_filtered(top: Path) -> None:
    asked = ("drop metastasis conus", "format:jats")
    prose, references = found(top, *asked).hits
    assert (prose.passage.section, references.passage.section) == ("results", "references")
    assert prose.score > references.score
    assert [hit.passage.id for hit in found(top, *asked, "section:references").hits] == [references.passage.id]
    assert [hit.passage.id for hit in found(top, *asked, "-section:references").hits] == [prose.passage.id]


def test_sections_are_recognised_in_every_format(top: Path) -> None:
    hits = found(top, "drop metastasis", "section:results").hits
    texts = {hit.document.path for hit in hits if WORDS in hit.passage.text}
    assert texts == {f"docs/{name}" for name in ARTICLES if name != "articles.jsonl"}


def test_pages_of_a_pdf_stay_with_its_passages(top: Path) -> None:
    hit, *_ = found(top, "drop metastasis", "format:pdf").hits
    assert (hit.passage.page, hit.citation.page) == (2, 2)
