from __future__ import annotations

import pytest

from tests.read.pdf_writer import Text, column, read
from tests.read.soundness import blocks

PROSE = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment which they were given by doctor {}."
)


def body(number: int) -> list[Text]:
    """Prose that is not the same on two pages."""
    return column(54, 700 - number, PROSE.format("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]), 50 - number)


def running(*pages: list[Text]) -> list[list[str]]:
    """For each page the running texts."""
    extract = read(*(texts + body(number) for number, texts in enumerate(pages)))
    found: list[list[str]] = [[] for _ in pages]
    for block in extract.blocks:
        start = extract.text.source(block.span.start, block.span.end).start
        page = next(at for at, span in enumerate(extract.pages) if span.start <= start < span.end)
        if block.kind == "running":
            found[page] += block.span.of(extract.text.text).split("\n")
        else:
            assert block.kind == "prose"
    return found


def head(text: str, x: float = 54) -> Text:
    return Text(x, 760, text)


def foot(text: str, x: float = 300) -> Text:
    return Text(x, 30, text)


def test_a_head_that_recurs_is_running_digits_apart() -> None:
    heads = [f"Journal of Tests 2010, {number}:1" for number in (4, 5, 6)]
    assert running(*([head(text)] for text in heads)) == [[text] for text in heads]


def test_two_pages_are_not_enough_for_a_head() -> None:
    extract = read([*body(0), head("Journal of Tests")], [*body(1), head("Journal of Tests")])
    assert "running" not in [kind for kind, _ in blocks(extract)]


@pytest.mark.parametrize("text", ["Kim et al. Spinal metastasis", "Metastasis of the spine | JH Kim, et al."])
def test_a_head_that_names_its_authors_is_running_on_one_page_of_two(text: str) -> None:
    assert running([], [head(text)]) == [[], [text]]


def test_a_first_line_that_goes_on_below_is_no_head() -> None:
    lines = column(54, 712, "In the second of these years Kim et al.|gave the drug to more of them.")
    extract = read(body(0), [*lines, *column(54, 680, PROSE, 50)])
    assert "running" not in [kind for kind, _ in blocks(extract)]


@pytest.mark.parametrize(
    "text", ["2.1 The model of Kim et al.", "Results: Smith et al.", "Brown et al. disagreed with this."]
)
def test_a_heading_or_sentence_that_names_authors_is_no_head(text: str) -> None:
    assert running([], [head(text)]) == [[], []]


def test_a_head_of_two_lines_and_a_foot() -> None:
    page = [head("Journal of Tests"), Text(54, 750, "http://example.org/content"), foot("Printed in Umbria")]
    said = ["Journal of Tests", "http://example.org/content", "Printed in Umbria"]
    assert running(page, page, page) == [said] * 3


def test_page_numbers_are_running() -> None:
    assert running(*([foot(str(number))] for number in (7, 8, 9))) == [["7"], ["8"], ["9"]]


@pytest.mark.parametrize("numbers", [("i", "ii", "iii"), ("- 4 -", "- 5 -", "- 6 -"), ("Page 1", "Page 2", "Page 3")])
def test_ways_to_number_pages(numbers: tuple[str, ...]) -> None:
    assert running(*([foot(number)] for number in numbers)) == [[number] for number in numbers]


def test_numbers_on_two_pages_are_enough_where_there_are_no_more() -> None:
    assert running([foot("1")], [foot("2")]) == [["1"], ["2"]]


def test_numbers_that_do_not_count_pages_stay() -> None:
    pages = [[*body(at), foot(number)] for at, number in enumerate(("7", "11", "2"))]
    assert "running" not in [kind for kind, _ in blocks(read(*pages))]


def test_heads_of_a_short_article_that_alternate_are_told_by_their_numbers() -> None:
    left, right = [head("8"), head("Alam et al.", 480)], [head("Investigations of Phoenix"), head("9", 540)]
    assert running([], left, right, [head("10"), head("Alam et al.", 480)]) == [
        [],
        ["8 Alam et al."],
        ["Investigations of Phoenix 9"],
        ["10 Alam et al."],
    ]


def test_heads_of_chapters_recur_on_a_few_pages_in_a_row() -> None:
    pages = [[head("The first chapter" if at < 4 else f"Chapter {'abcdefghijklmnop'[at]}")] for at in range(16)]
    extract = read(*(body(at) + page for at, page in enumerate(pages)))
    assert [text for kind, text in blocks(extract) if kind == "running"] == ["The first chapter"] * 4


def test_a_page_that_names_itself_is_running_on_its_own() -> None:
    assert running([foot("Page 1 of 3")]) == [["Page 1 of 3"]]


def test_what_recurs_in_the_middle_of_pages_stays() -> None:
    pages = [
        [*body(at), Text(54, 300, "Sign here"), Text(54, 100, "a" * at), Text(54, 80, "b" * at)] for at in range(1, 5)
    ]
    pages = [[*page, Text(54, 60, "c" * at), Text(54, 40, "d" * at)] for at, page in enumerate(pages, 1)]
    assert ("running", "Sign here") not in blocks(read(*pages))


def test_a_form_of_many_copies_keeps_its_text() -> None:
    letter = column(54, 720, PROSE.format("X"), 50)
    extract = read(*([head("House of Tests"), *letter] for _ in range(4)))
    assert [kind for kind, _ in blocks(extract)].count("prose") == 4
    assert {text for kind, text in blocks(extract) if kind == "running"} == {"House of Tests"}


def test_a_foot_is_running_though_a_line_of_this_page_alone_stands_below_it() -> None:
    feet = [foot("The long title of it")] * 4
    own = Text(54, 20, "doi.org/10.47397/tb", 7)
    extract = read([*body(0), feet[0], own], *([*body(at), feet[at]] for at in (1, 2, 3)))
    assert [text for kind, text in blocks(extract) if kind == "running"] == ["The long title of it"] * 4


def test_signs_without_a_word_are_not_heads() -> None:
    extract = read(*([*body(at), head(">= 1.2")] for at in range(4)))
    assert "running" not in [kind for kind, _ in blocks(extract)]


def test_a_head_at_another_height_is_another_text() -> None:
    pages = [[*body(at), Text(54, 770 - 15 * at, "Journal of Tests")] for at in range(4)]
    assert "running" not in [kind for kind, _ in blocks(read(*pages))]


def test_numbers_of_lines_in_the_margin_are_running() -> None:
    lines = column(90, 700, PROSE.format("A") + " " + PROSE.format("B"), 50)
    numbers = [Text(54, line.y, str(number), 7) for number, line in enumerate(lines, 12)]
    found = blocks(read([text for pair in zip(numbers, lines, strict=True) for text in pair]))
    assert [kind for kind, _ in found if kind != "running"] == ["prose"]
    assert " ".join(text for kind, text in found if kind == "running").split() == [
        str(n) for n in range(12, 12 + len(lines))
    ]


def test_numbers_of_items_are_no_numbers_of_lines() -> None:
    lines = [Text(90, 700 - 12 * at, f"The item that has the number {at} in this list") for at in range(8)]
    numbers = [Text(54, line.y, str(number)) for number, line in zip((3, 1, 4, 1, 5, 9, 2, 6), lines, strict=True)]
    found = blocks(read([*numbers, *lines]))
    assert "running" not in [kind for kind, _ in found]
