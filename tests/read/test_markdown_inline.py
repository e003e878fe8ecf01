"""Marks inside paragraphs: which go, and which are no marks but text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.read.markdown_inline import label, unmarked

LABELS = {"id", "^1", "text"}


def plain(text: str) -> str:
    """The paragraph without its marks."""
    return unmarked(AlignedText.of(text), LABELS).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*a* **b** ***c*** _d_ __e__ ~~f~~", "a b c d e f"),
        ("*a **b** c* and **a *b* c**", "a b c and a b c"),
        ("**bold**text and 这是**粗体**文字", "boldtext and 这是粗体文字"),
        ("(*a*), “*b*”", "(a), “b”"),
        ("[text](http://x.example/(y) 'title') after", "text after"),
        ("[**bold** [in] it](<a b>)", "bold [in] it"),
        ("![alt](image.png) [![in](i)](l)", "alt in"),
        ("[words][id] [id] [text][] [Id]", "words id text Id"),
        ("claim[^1].", "claim."),
        ("`*a*` and ``b`c`` ", "*a* and b`c "),
        (r"\*a\* \[b\] \\", r"*a* [b] \\"[:-1]),
        ("<https://x.example/a_b_c> <a@b.example>", "https://x.example/a_b_c a@b.example"),
        ("a<br/>b <span class='x'>c</span><!-- d -->", "ab c"),
        ("10<sup>5</sup>, **10**<SUP class='x'>-7</SUP>, m<sup>2</sup>", "10⁵, 10⁻⁷, m2"),
        ("2019<sup>1</sup>,<sup>2</sup> and 10<sup>5", "2019¹,² and 105"),
        ("&amp; &lt;x&gt; &#x3b2; &eacute;", "& <x> β é"),
    ],
)
def test_marks_go(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "snake_case_name and _leading",
        "2*3*4 and 2 * 3 * 4 and a*b",
        "f(*args, **kwargs)",
        "5 stars: * * *",
        "#1 and C# and # alone",
        "x ~ y ~ z, ~5 to ~6",
        "[not a link] and [neither][nor this]",
        "a [citation needed] (by whom)",
        "array[0](1",
        "1 < 2 and 3 > 2, a<b and c>d",
        "git checkout <BRANCH> or <your name here>",
        "AT&T &nosuch; &#0; &#x1b;",
        "C:\\path\\to and a \\ b",
        "`unclosed and *unclosed and **unclosed",
        "x[^2] where no note is",
        "<!-- not closed",
    ],
)
def test_what_is_no_mark_stays(text: str) -> None:
    assert plain(text) == text


def test_words_keep_their_exact_places() -> None:
    source = "See **the [report](http://x.example)** of &eacute;t&eacute;."
    text = unmarked(AlignedText.of(source), ())
    assert text.text == "See the report of été."
    assert text.source(8, 14).of(source) == "report"
    assert [span.of(source) for span in text.sources(0, 14)] == ["See ", "the ", "report"]
    assert text.source(18, 19).of(source) == "&eacute;"


def test_labels_are_compared_without_case_and_spacing() -> None:
    assert label(" Some\n  Label ") == "some label"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "]" * 100_000,
        "*a " * 50_000,
        "a*" * 50_000,
        "**a " * 50_000 + "b** " * 50_000,
        "`" * 100_000,
        "".join("`" * size + " " for size in range(400)),
        "[](" * 30_000,
        "[a](<" * 20_000,
        "[a](" + "(a" * 30_000,
        '[x](a "' * 20_000,
        "![" * 50_000 + "](u)" * 50_000,
        "[^" * 50_000,
        "<!--" * 30_000,
        "<a " * 30_000,
        "<a@" * 30_000,
        "<a b=" * 20_000,
        "<a b='" * 20_000,
        "&a" * 50_000,
        "\\" * 100_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    started = time.process_time()
    plain(text)
    assert time.process_time() - started < 5  # well under one second each; quadratic rules take minutes


@given(st.text('*_`[]()<>!&~\\ ab1\n^:#;-"', max_size=80))
def test_any_text_loses_only_signs(text: str) -> None:
    found = unmarked(AlignedText.of(text), LABELS)
    place = 0
    for at, character in enumerate(found.text):
        span = found.source(at, at + 1)
        assert place <= span.start < span.end <= len(text)
        assert span.of(text) == character or span.of(text)[0] == "&"
        place = span.end
