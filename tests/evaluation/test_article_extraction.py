import json

import pytest

from indexer.aligned import AlignedText
from indexer.read import html
from indexer.records import Block, Extract, Source, Span
from tests.conftest import shared_data
from tests.evaluation.article_extraction import anchor_faults, average, body, measured, score, shingles
from tests.evaluation.precision import Score

GOLD = "one two three four five six"


def test_shingles_are_the_multiset_of_four_tokens():
    assert shingles("One, two: three four.  five") == {
        ("One", "two", "three", "four"): 1,
        ("two", "three", "four", "five"): 1,
    }
    assert shingles("a a a a a") == {("a", "a", "a", "a"): 2}
    assert shingles("one two") == {("one", "two"): 1}
    assert shingles("...") == {}


@pytest.mark.parametrize(
    ("predicted", "gold", "expected"),
    [
        (GOLD, GOLD, Score(1.0, 1.0)),
        (f"{GOLD} seven", GOLD, Score(3 / 4, 1.0)),
        ("one two three four five", GOLD, Score(1.0, 2 / 3)),
        (f"{GOLD} {GOLD}", GOLD, Score(3 / 9, 1.0)),  # what is said twice counts once
        ("six five four three", GOLD, Score(0.0, 0.0)),
        ("", GOLD, Score(0.0, 0.0)),
        (GOLD, "", Score(0.0, 1.0)),
        ("", "", Score(1.0, 1.0)),
    ],
)
def test_a_page_is_scored_by_its_shingles(predicted, gold, expected):
    assert score(predicted, gold) == expected


def test_f1_is_taken_of_the_averages():
    total = average([Score(1.0, 0.5), Score(0.5, 0.5)])
    assert total == (0.75, 0.5)
    assert total.f1 == pytest.approx(0.6)
    assert Score(0.0, 0.0).f1 == 0.0


def page(text):
    (extract,) = html.extracts(text.encode(), Source("a.html", "0" * 64))
    return extract


def test_the_body_is_what_readers_read_on_after_the_title():
    extract = page(
        "<nav><a href=/>Home</a></nav><article><h1>Tumours of the spine</h1>"
        "<p>Pain at night is the sign that most often leads to the diagnosis.</p>"
        "<h2>Treatment</h2><ul><li>Surgery</ul><figure><figcaption>A scan</figcaption></figure></article>"
    )
    assert body(extract).split("\n") == [
        "Pain at night is the sign that most often leads to the diagnosis.",
        "Treatment",
        "Surgery",
    ]


def test_references_and_white_space_stand_for_what_is_shown():
    assert anchor_faults(page("<p>R&amp;D\n of&nbsp;spines &NotEqualTilde; <b>pain</b><br>at  night")) == []


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("pain", [(4, 0, 4)]),  # other letters stand there
        ("p", [(1, 3, 8)]),
        ("pain", [(4, 4, 8)]),  # one place to the right
        ("x", [(1, 0, 0)]),  # a letter that stands for nothing
        (" ", [(1, 3, 4)]),  # a space that stands for a letter
    ],
)
def test_a_character_that_does_not_stand_where_it_says_is_a_fault(text, runs):
    aligned = AlignedText.build(text, runs)
    extract = Extract(Source("a.html", "0" * 64), "<p>pain</p>", aligned, blocks=(Block(Span(0, len(text)), "prose"),))
    assert len(anchor_faults(extract)) == 1


def test_measures_are_averaged_over_the_pages_of_a_folder(tmp_path):
    (tmp_path / "html").mkdir()
    pages = {"a": "Pain at night is a sign of it.", "b": "Loss of strength is a sign of it."}
    for name, text in pages.items():
        (tmp_path / "html" / f"{name}.html").write_text(f"<p>{text}</p>")
    gold = {"a": {"articleBody": pages["a"]}, "b": {"articleBody": "Nothing of that kind, and more of it."}}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    outcome = measured(tmp_path)
    assert outcome.values == {"precision": 0.5, "recall": 0.5, "F1": 0.5, "anchored": 1.0}
    assert "MB of HTML per CPU-second" in outcome.remarks[0]
    assert outcome.remarks[1] == "b: precision 0.000, recall 0.000"


@pytest.mark.collection
def test_the_main_text_of_real_pages_is_found():
    values = measured(shared_data("article_extraction")).values
    assert values["F1"] >= 0.985
    assert values["anchored"] == 1.0
