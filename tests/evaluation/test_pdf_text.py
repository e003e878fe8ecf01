from __future__ import annotations

from pathlib import Path

import pytest

from indexer.clean import clean
from indexer.read.pdf import extracts
from indexer.read.text import extracts as text_extracts
from indexer.records import Source
from tests.conftest import shared_data
from tests.evaluation.pdf_text import (
    Choice,
    Score,
    choices,
    measured,
    paragraph_starts,
    readings,
    repeated,
    score,
    words,
)
from tests.read.pdf_writer import column, pdf
from tests.read.soundness import SOURCE


def test_words_keep_what_is_inside_them() -> None:
    assert words("The star-forming “region” (Fig. 2), isn’t it? —") == [
        "The",
        "star-forming",
        "region",
        "Fig",
        "2",
        "isn’t",
        "it",
    ]


@pytest.mark.parametrize(
    ("said", "right", "expected"),
    [
        (["a", "b"], ["a", "b"], Score(1, 1)),
        (["a", "a", "b"], ["a", "c"], Score(1 / 3, 1 / 2)),
        ([], ["a"], Score(0, 0)),
    ],
)
def test_score_compares_multisets(said: list[str], right: list[str], expected: Score) -> None:
    assert score(said, right) == pytest.approx(expected)


def test_f1_is_the_harmonic_mean() -> None:
    assert Score(0.5, 1).f1 == pytest.approx(2 / 3)
    assert Score(0, 0).f1 == 0


def test_paragraphs_are_named_by_their_first_words_and_labels_left_out() -> None:
    assert paragraph_starts(["Deep venous thrombosis is essential to the management.", "x 12", "(a) b c d"]) == [
        "Deep venous thrombosis is"
    ]


def test_choices_are_those_that_gold_decides() -> None:
    raw = "metas-\ntasis of a star-\nforming and un-\nknown; high\ufffefield"
    gold = "metastasis of a star-forming; high-field"
    (extract,) = text_extracts(raw.encode(), Source("a.txt", ""))
    found = list(choices(extract, clean(extract), gold))
    assert [(choice.left, choice.right, choice.keep) for choice in found] == [
        ("metas", "tasis", False),
        ("star", "forming", True),
        ("high", "field", True),
    ]
    assert found[0] == Choice("metas", "tasis", keep=False, kept=False)


def test_pages_are_repeated_until_there_are_enough(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "b.pdf")]
    for path in paths:
        path.write_bytes(pdf(column(54, 700, f"This is the file {path.name}."), column(54, 700, "Second page.")))
    (extract,) = extracts(repeated(paths, 5), SOURCE)
    assert [page.of(extract.original) for page in extract.pages] == [
        "This is the file a.pdf.",
        "Second page.",
        "This is the file b.pdf.",
        "Second page.",
        "This is the file a.pdf.",
    ]


@pytest.mark.collection
def test_line_end_hyphens_are_decided_as_in_gold() -> None:
    folder = shared_data("pdf_text")
    found = [choice for one in readings(folder, "pdfium") for choice in choices(*one)]
    assert len(found) > 200
    assert sum(choice.keep == choice.kept for choice in found) >= 0.985 * len(found)


@pytest.mark.collection
def test_cleaning_does_not_lose_words() -> None:
    outcome = measured(shared_data("pdf_text"))
    assert outcome.values["pdfium words F1"] >= 0.97
    assert outcome.values["pdfminer words F1"] >= 0.97
