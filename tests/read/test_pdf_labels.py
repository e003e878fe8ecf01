from __future__ import annotations

import pytest

from indexer.records import Extract
from tests.read.pdf_writer import Text, bold, column, paragraphs, read
from tests.read.soundness import blocks

PROSE = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment."
)
MORE = "Why the tenth patient was not helped is not known, though age may have had a part in it, or the diet."


def kinds(*page: Text) -> list[tuple[str, str]]:
    """Kind and text of the blocks of a page, each on one line."""
    return [(kind, text.replace("\n", " ")) for kind, text in blocks(read(page))]


def headings(extract: Extract) -> list[tuple[int, str]]:
    """Level and text of the headings."""
    text = extract.text.text
    return [(block.level, block.span.of(text)) for block in extract.blocks if block.kind == "heading"]


TITLE = Text(54, 775, "The title is larger", 18)


def under(*heads: Text) -> list[Text]:
    """A title, and headings, each with a paragraph under it."""
    found: list[Text] = [TITLE, *column(54, 750, PROSE)]
    for head in heads:
        y = found[-1].y - 24
        found += [head._replace(y=y), *column(54, y - 18, PROSE)]
    return found


@pytest.mark.parametrize(
    "head",
    [
        bold(54, 0, "Potential confounders"),
        Text(54, 0, "Potential confounders", 12),
        Text(54, 0, "POTENTIAL CONFOUNDERS"),
        Text(54, 0, "Potential confounders", 10, "Courier-Oblique"),
        bold(54, 0, "2.1 Potential confounders", 9),
        Text(54, 0, "Methods"),
        Text(54, 0, "3. Results and discussion"),
        bold(54, 0, "Was it the drug?"),
        bold(54, 0, "Conclusion."),
    ],
)
def test_headings_differ_in_type_or_are_well_known(head: Text) -> None:
    assert ("heading", head.string) in kinds(*under(head))


def test_what_is_clearly_larger_heads_lists_and_names_in_lower_case_too() -> None:
    below = [Text(54, 732, "at most 0.3 mg of chlorine"), Text(54, 700, "a word in the night")]
    assert kinds(Text(54, 760, "Drinking water", 18), *below)[0] == ("title", "Drinking water")
    assert kinds(Text(54, 760, "Drinking water", 11), *below)[0] == ("prose", "Drinking water")


@pytest.mark.parametrize(
    "line",
    [
        Text(54, 0, "Potential confounders"),
        bold(54, 0, "The patients were seen by us, and they were all treated."),
        Text(54, 0, "The patients were treated by us.", 12),
        bold(54, 0, "of the trial"),
        bold(54, 0, "2010; 12"),
        bold(54, 0, "May 13, 2021"),
        bold(54, 0, "Key words: dementia, stress"),
        bold(54, 0, "x" * 400, 3),
        Text(54, 0, "Potential confounders", 6),
        bold(54, 0, "Dear colleagues,"),
    ],
)
def test_what_is_no_heading(line: Text) -> None:
    assert "heading" not in [kind for kind, _ in kinds(*under(line))]


def test_a_bold_line_at_the_end_heads_nothing() -> None:
    assert "heading" not in [kind for kind, _ in kinds(*column(54, 700, PROSE), bold(54, 600, "The editors"))]


def test_the_largest_type_of_the_first_page_is_the_title() -> None:
    page = [
        bold(54, 760, "Open Access", 12),
        Text(54, 730, "Stressful life events", 20),
        *under(bold(54, 0, "Aims"))[:0],
    ]
    page += [bold(54, 690, "Methods"), *column(54, 670, PROSE)]
    assert kinds(*page) == [
        ("other", "Open Access"),
        ("title", "Stressful life events"),
        ("heading", "Methods"),
        ("prose", PROSE),
    ]


def test_a_title_of_several_lines_is_one() -> None:
    page = [
        Text(54, 740, "Stressful life events are", 20),
        Text(54, 718, "not associated", 20),
        *column(54, 680, PROSE),
    ]
    assert kinds(*page)[0] == ("title", "Stressful life events are not associated")


def test_a_large_heading_under_the_text_is_no_title() -> None:
    page = [*column(54, 760, PROSE), Text(54, 690, "A section of its own", 14), *column(54, 660, MORE)]
    assert kinds(*page) == [("prose", PROSE), ("heading", "A section of its own"), ("prose", MORE)]


def test_a_section_with_a_number_is_no_title() -> None:
    page = [Text(54, 760, "A note", 9), Text(54, 740, "2 Installation of it", 14), *column(54, 700, PROSE)]
    assert ("heading", "2 Installation of it") in kinds(*page)


def test_a_title_may_start_with_a_small_letter() -> None:
    page = [Text(54, 760, "lni - a class for notes", 16), *column(54, 700, PROSE)]
    assert kinds(*page)[0] == ("title", "lni - a class for notes")


@pytest.mark.parametrize("above", ["Draft version February 26, 2021", "arXiv:2201.00021v3"])
def test_a_note_on_the_version_is_no_title(above: str) -> None:
    page = [bold(54, 770, above, 11), bold(54, 740, "Stressful life events", 11), *column(54, 680, PROSE)]
    assert ("title", "Stressful life events") in kinds(*page)


def test_levels_go_by_type_from_the_largest_down() -> None:
    page = under(Text(54, 0, "Second section", 12), bold(54, 0, "A subsection"), Text(54, 0, "Third section", 12))
    extract = read(page)
    assert headings(extract) == [(1, "Second section"), (2, "A subsection"), (1, "Third section")]


def test_levels_go_by_numbers_where_there_are_any() -> None:
    page = under(
        bold(54, 0, "1 First"), bold(54, 0, "1.1 Inner"), bold(54, 0, "1.1.1 Innermost"), bold(54, 0, "2. Last")
    )
    assert headings(read(page)) == [
        (1, "1 First"),
        (2, "1.1 Inner"),
        (3, "1.1.1 Innermost"),
        (1, "2. Last"),
    ]


def test_sections_that_articles_share_have_one_level() -> None:
    page = under(Text(54, 0, "ABSTRACT", 9), Text(54, 0, "Introduction", 12), bold(54, 0, "Methods"))
    assert headings(read(page)) == [
        (1, "ABSTRACT"),
        (1, "Introduction"),
        (1, "Methods"),
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "Fig. 1. The pressure of the patients over a year.",
        "Figure 2: The pressure of the patients.",
        "FIG. 3 | The pressure of the patients.",
        "Table IV. The pressure of the patients",
        "Table 1",
        "Supplementary Figure 3. The pressure.",
        "Tab. 4.2: The pressure",
        "Abbildung 2: Der Druck der Patienten",
    ],
)
def test_captions_are_told_by_their_labels(caption: str) -> None:
    page = [*column(54, 700, PROSE), Text(54, 600, caption), *column(54, 500, MORE)]
    assert ("caption", caption) in kinds(*page)


@pytest.mark.parametrize(
    "sentence",
    [
        "Table 1 shows the pressure of all of the patients who took part.",
        "Figure 2 and the table after it give the pressure.",
        "Figures of the kind are not rare.",
        "Fig trees were seen by those who went out.",
    ],
)
def test_a_sentence_about_a_figure_is_no_caption(sentence: str) -> None:
    page = [*column(54, 700, PROSE), *column(54, 600, sentence), *column(54, 500, MORE)]
    assert ("prose", sentence) in kinds(*page)


def test_a_label_without_a_mark_is_told_by_its_type() -> None:
    small = column(54, 600, "Table 1 Baseline characteristics of the participants", size=8)
    set_off = [bold(54, 560, "Table 2"), Text(54 + 48, 560, "Outcome of the trial")]
    found = kinds(*column(54, 700, PROSE + " " + MORE), *small, *set_off)
    assert ("caption", "Table 1 Baseline characteristics of the participants") in found
    assert ("caption", "Table 2 Outcome of the trial") in found


def test_small_type_at_the_foot_of_a_column_is_a_footnote() -> None:
    left = [*column(54, 700, PROSE), Text(54, 100, "1 Department of Surgery, Calgary", 7)]
    right = [*column(318, 700, MORE), *column(318, 400, PROSE), *column(318, 300, MORE + " " + PROSE)]
    found = kinds(*left, *right)
    assert ("footnote", "1 Department of Surgery, Calgary") in found
    assert [kind for kind, _ in found].count("footnote") == 1


def test_small_type_above_the_text_is_no_footnote() -> None:
    page = [*column(54, 700, "Background: " + PROSE, 70, 8), *column(54, 640, MORE), *column(54, 580, PROSE)]
    assert [kind for kind, _ in kinds(*page)] == ["prose"] * 3


ENTRIES = (
    "1. Kudsk KA, Fabian TC: Silent deep vein thrombosis in trauma patients. Am J Surg 1989, 158:515-9.",
    "2. Geerts WH, Code KI: A prospective study of venous thromboembolism. N Engl J Med 1994, 331:1601.",
    "3. Geerts WH, Heit JA: Prevention of venous thromboembolism. Chest 2001, 119:132.",
)


def references(name: str = "References") -> list[Text]:
    """A page of prose and a list of references in smaller type."""
    page = [*paragraphs(54, 780, PROSE + " " + MORE, PROSE), bold(54, 600, name)]
    for entry in ENTRIES:
        lines = column(54, page[-1].y - 14, entry, size=8, leading=10)
        page += [lines[0], *(line._replace(x=68) for line in lines[1:])]
    return page


@pytest.mark.parametrize(
    "name", ["References", "REFERENCES", "6. References", "Literature cited", "Bibliography", "Literatur"]
)
def test_entries_under_a_heading_for_references(name: str) -> None:
    assert kinds(*references(name))[-4:] == [("heading", name), *(("references", entry) for entry in ENTRIES)]


def test_references_end_with_the_next_heading() -> None:
    last = [bold(54, 200, "Appendix A"), *column(54, 180, MORE)]
    assert kinds(*references(), *last)[-2:] == [("heading", "Appendix A"), ("prose", MORE)]


def test_a_section_about_references_is_prose() -> None:
    page = [*column(54, 780, PROSE), bold(54, 600, "References"), *column(54, 580, MORE), *column(54, 500, PROSE)]
    assert kinds(*page)[1:] == [("heading", "References"), ("prose", MORE), ("prose", PROSE)]


def test_letters_of_a_figure_are_no_text() -> None:
    page = [*column(54, 700, PROSE), Text(300, 500, "HO", 8), Text(320, 470, "3", 8), Text(340, 440, "0.8", 8)]
    page += [Text(200, 400, "Final sample", 7), *column(54, 300, MORE)]
    found = kinds(*page)
    assert {text for kind, text in found if kind == "other"} == {"HO", "3", "0.8", "Final sample"}
    assert [text for kind, text in found if kind == "prose"] == [PROSE, MORE]


def test_a_table_of_contents_is_no_text() -> None:
    rows = ["1 Introduction .......................... 1", "1.1 Aims of the trial .................. ii"]
    page = [Text(54, 600 - 20 * at, row) for at, row in enumerate(rows)]
    assert kinds(*column(54, 700, PROSE), *page)[1:] == [("other", row) for row in rows]


def test_the_body_is_not_the_list_of_references() -> None:
    many = [line for at in range(12) for line in column(54, 760 - 60 * at, " ".join(ENTRIES), 80, 8, 9)]
    extract = read([*column(54, 700, PROSE + " " + MORE + " " + PROSE, 60), Text(54, 60, "1 A note", 7)], many)
    assert ("footnote", "1 A note") in blocks(extract) or ("other", "1 A note") in blocks(extract)
    assert "heading" not in [kind for kind, _ in blocks(extract)]


def test_what_a_table_stands_for_is_no_heading() -> None:
    rows = [Text(x, 600 - 12 * at, cell) for at in range(3) for x, cell in ((54, f"Lee {at}"), (200, f"6{at}"))]
    legend = Text(54, 564, "M : male, F : female", 9, "Helvetica")
    found = kinds(*column(54, 700, PROSE), *rows, legend, *column(54, 540, PROSE))
    assert ("heading", legend.string) not in found
    assert legend.string in [text for _, text in found]
