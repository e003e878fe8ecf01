from __future__ import annotations

import pytest

from tests.read.pdf_writer import Text, bold, column, paragraphs, read
from tests.read.soundness import blocks

FIRST = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment."
)
SECOND = "Why the tenth patient was not helped is not known, though age may have had a part in it, or the diet."


def texts(*page: Text) -> list[str]:
    """The blocks of a page, each on one line."""
    return [text.replace("\n", " ") for _, text in blocks(read(page))]


def below(lines: list[Text], gap: float = 12) -> float:
    """Where the next line is, so many points under the last."""
    return lines[-1].y - gap


def test_a_gap_parts_paragraphs() -> None:
    first = column(54, 700, FIRST)
    assert texts(*first, *column(54, below(first, 20), SECOND)) == [FIRST, SECOND]


def test_lines_set_far_apart_all_through_are_one_paragraph() -> None:
    assert texts(*column(54, 700, FIRST, leading=24)) == [FIRST]


def test_an_indented_line_after_a_sentence_starts_a_paragraph() -> None:
    assert texts(*paragraphs(54, 700, FIRST, SECOND)) == [FIRST, SECOND]


def test_a_line_that_hangs_does_not() -> None:
    entry = column(54, 700, FIRST)
    hung = [entry[0], *(text._replace(x=78) for text in entry[1:])]
    assert texts(*hung) == [FIRST]


def test_entries_whose_lines_hang_are_apart() -> None:
    page: list[Text] = []
    for entry in (FIRST, SECOND, FIRST):
        lines = column(54, below(page) if page else 700, entry)
        page += [lines[0], *(text._replace(x=78) for text in lines[1:])]
    assert texts(*page) == [FIRST, SECOND, FIRST]


def test_a_line_that_ends_early_after_a_sentence_ends_the_paragraph() -> None:
    first = column(54, 700, FIRST)
    assert len(first[-1].string) < 20
    assert texts(*first, *column(54, below(first), SECOND)) == [FIRST, SECOND]


def test_a_line_that_is_short_because_a_long_word_follows_does_not() -> None:
    long = "The patient was given the drug. Hydroxychloroquinephosphate is its name, and it has others."
    assert texts(*column(54, 700, FIRST + " " + long)) == [FIRST + " " + long]


def test_a_sentence_that_ends_at_a_full_line_goes_on_below() -> None:
    lines = [
        "The drug lowered the pressure of nine.",
        "Those of the rest who could be reached",
        "were asked how they were by their nurses.",
    ]
    assert texts(*column(54, 700, "|".join(lines), 42)) == [" ".join(lines)]


@pytest.mark.parametrize("size", [8, 14])
def test_another_size_starts_a_block(size: float) -> None:
    first = column(54, 700, FIRST)
    assert texts(*first, *column(54, below(first), SECOND, size=size, leading=12)) == [FIRST, SECOND]


def test_a_word_in_small_type_does_not() -> None:
    lines = column(54, 700, FIRST)
    small = Text(54, lines[1].y, lines[1].string[:20], 7)
    rest = Text(54 + 20 * 4.2, lines[1].y, lines[1].string[20:])
    assert texts(lines[0], small, rest, *lines[2:]) == [FIRST]


def test_raised_and_lowered_marks_stay_on_their_line() -> None:
    page = [Text(54, 700, "The H"), Text(84, 698, "2", 6), Text(87.6, 700, "O of Datta"), Text(147.6, 704, "1,2", 6)]
    page += [Text(160, 700, "was pure.")]
    assert texts(*page) == ["The H2O of Datta¹,² was pure."]


def test_a_mark_half_a_line_up_or_down_stays_on_its_line_and_a_power_is_told() -> None:
    page = [Text(54, 700, "The H", 11), Text(87, 694.5, "2", 9), Text(92.4, 700, "O held 10", 11)]
    page += [Text(151.8, 705.5, "5", 9), Text(163.8, 700, "cells.", 11)]
    assert texts(*page) == ["The H2O held 10⁵ cells."]


def test_a_raised_number_of_two_fonts_is_one() -> None:
    page = [Text(54, 700, "It held 10"), Text(114, 704, "-", 6), Text(117.6, 704, "5", 6, "Courier-Oblique")]
    assert texts(*page, Text(127, 700, "cells.")) == ["It held 10⁻⁵ cells."]


def test_a_bold_line_is_apart_from_the_text_under_it() -> None:
    page = [bold(54, 700, "Methods"), *column(54, 688, FIRST)]
    assert texts(*page) == ["Methods", FIRST]


def test_a_bold_run_in_a_paragraph_stays_in_it() -> None:
    lines = column(54, 700, FIRST)
    run_in = [bold(54, 700, lines[0].string[:8]), Text(54 + 48, 700, lines[0].string[8:])]
    whole = [*run_in, bold(54, lines[1].y, lines[1].string), *lines[2:]]
    assert texts(*whole) == [FIRST]


def test_bullets_start_items() -> None:
    items = ["\u2022 The first of the things that were found in all of the patients", "\u2022 The second"]
    page = [*column(54, 700, items[0]), *column(54, 676, items[1])]
    assert [kind for kind, _ in blocks(read(page))] == ["item", "item"]
    assert texts(*page) == items


@pytest.mark.parametrize(
    "marks", [("1.", "2.", "3."), ("(a)", "(b)", "(c)"), ("[1]", "[2]", "[3]"), ("i)", "ii)", "iii)")]
)
def test_numbers_at_one_edge_start_items(marks: tuple[str, str, str]) -> None:
    items = [f"{mark} Here is what the list says." for mark in marks]
    page = [Text(54, 700 - 12 * at, item) for at, item in enumerate(items)]
    assert blocks(read(page)) == [("item", item) for item in items]


def test_a_number_that_starts_a_line_is_no_item() -> None:
    text = "Of all the patients who were in the trial 12. of the second arm were lost and others were not seen."
    lines = column(54, 700, text, 41)
    assert lines[1].string.startswith("12.")
    assert blocks(read(lines)) == [("prose", "\n".join(line.string for line in lines))]


def test_centred_lines_are_one_block() -> None:
    lines = ["A long line of a title on its axis", "and a shorter one", "of three"]
    page = [Text(306 - 3 * len(line), 700 - 12 * at, line) for at, line in enumerate(lines)]
    assert texts(*page, *column(54, 600, FIRST)) == [" ".join(lines), FIRST]


def test_rows_of_a_table_are_apart() -> None:
    rows = [("Age: mean, SD", "67.7", "72.8"), ("Women", "53.1", "64.1"), ("Smokers (%)", "47.0", "41.8")]
    cells = [
        Text(x, 600 - 12 * at, cell) for at, row in enumerate(rows) for x, cell in zip((54, 200, 300), row, strict=True)
    ]
    assert blocks(read([*column(54, 700, FIRST), *cells]))[1:] == [("row", "\t".join(row)) for row in rows]


def test_a_row_whose_columns_are_close_is_told_by_its_neighbours() -> None:
    rows = [("Events", "0.99"), ("Negative and very negative events", "0.97"), ("Positive", "0.99"), ("Others", "0.9")]
    cells = [
        Text(x, 600 - 12 * at, cell) for at, row in enumerate(rows) for x, cell in zip((54, 258), row, strict=True)
    ]
    assert blocks(read([*column(54, 700, FIRST), *cells]))[1:] == [
        ("row", (" " if row[0][:1] == "N" else "\t").join(row)) for row in rows
    ]


def test_cells_stand_below_the_heads_of_their_columns() -> None:
    heads = ("Vessel", "Length", "Dues per night")
    rows = [("Yacht", "", "18.00"), ("Rowing boat", "under 5", "4.50"), ("Trawler", "over 12", "41.00")]
    lefts = (54, 128, 180)  # the columns are less than two letters apart
    page = [
        *(bold(x, 600, head) for x, head in zip(lefts, heads, strict=True)),
        *(
            Text(x, 588 - 12 * at, cell)
            for at, row in enumerate(rows)
            for x, cell in zip(lefts, row, strict=True)
            if cell
        ),
    ]
    table = [("columns", "\t".join(heads)), *(("row", "\t".join(row)) for row in rows)]
    assert blocks(read([*column(54, 700, FIRST), *page]))[1:] == table


def table(*rows: tuple[str, ...], lefts: tuple[int, ...] = (54, 180, 300)) -> list[tuple[str, str]]:
    """Kind and text of each line of a table below a paragraph."""
    cells = [
        Text(x, 600 - 12 * at, cell) for at, row in enumerate(rows) for x, cell in zip(lefts, row, strict=True) if cell
    ]
    return blocks(read([*column(54, 700, FIRST), *cells]))[1:]


def test_words_over_numbers_are_heads_on_two_lines_too() -> None:
    numbers = ("Lee", "61/F", "Breast"), ("Kim", "63/M", "Kidney")
    assert [kind for kind, _ in table(("Author", "Age", "Tumor"), *numbers)] == ["columns", "row", "row"]
    two = table(("Author", "Age/", "Primary"), ("(name)", "sex", "tumor"), *numbers)
    assert [kind for kind, _ in two] == ["columns", "columns", "row", "row"]
    assert [kind for kind, _ in table(("Author", "10-year rate", "Tumor"), *numbers)] == ["columns", "row", "row"]


def test_words_over_words_and_numbers_over_numbers_are_no_heads() -> None:
    assert {kind for kind, _ in table(("Lee", "Ulm", "Breast"), ("Kim", "Bonn", "Lung"), ("Ray", "Bern", "Skin"))} == {
        "row"
    }
    assert {kind for kind, _ in table(("Lee", "61", "Breast"), ("Kim", "63", "Lung"))} == {"row"}
    assert {kind for kind, _ in table(("Lee", "none", "Skin"), ("Kim", "63", "Lung"))} == {"row"}


def test_heads_whose_words_are_close_stand_over_their_columns() -> None:
    close = table(("A grade", "Shares", "Years"), ("I", "80", "10"), ("II", "18", "9"), lefts=(54, 105, 150))
    assert close == [("columns", "A grade\tShares\tYears"), ("row", "I\t80\t10"), ("row", "II\t18\t9")]


def test_a_line_with_a_wide_gap_but_no_neighbour_is_no_row() -> None:
    page = [
        Text(54, 700, "To the"),
        Text(200, 700, "director of the"),
        Text(400, 700, "house"),
        *column(54, 600, FIRST),
    ]
    assert ("row", "To the director of the house") not in blocks(read(page))
