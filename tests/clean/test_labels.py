"""What each paragraph is."""

import pytest

from indexer.clean.labels import is_heading, labelled, level, relabelled
from indexer.records import Block, Span

FILLER = "The spine has many bones, and every one of them can be the place of a tumor."


def label(*paragraphs: str, title: str = "") -> list[str]:
    return [block.kind for block in labelled("\n\n".join(paragraphs), title)]


def relabel(*paragraphs: tuple[str, str]) -> list[str]:
    blocks, at = [], 0
    for kind, words in paragraphs:
        blocks.append(Block(Span(at, at + len(words)), kind))
        at += len(words) + 2
    text = "\n\n".join(words for _, words in paragraphs)
    return [block.kind for block in relabelled(text, tuple(blocks))]


@pytest.mark.parametrize(
    "line",
    ["Tumor Biopsy", "INTRODUCTION", "Who is at risk?", "2. Materials and methods", "2.1 Patients", "COVID-19",
     "III. RESULTS", "Historical note and terminology", "Treated patients (n = 21)", "Peer-to-peer", "C++ and C#",
     "2019 in figures", "Chapter 3: The sea", "A history: 1914–1918", "Results: what was found"],
)  # fmt: skip
def test_headings(line: str) -> None:
    assert is_heading(line, FILLER)
    assert is_heading(line, "• An item")


@pytest.mark.parametrize(
    "line",
    ["It is rare.", "the end of it", "There was a difference between the two leading causes of", "One, two,",
     "1. Wash your hands.", "• Astrocytoma", "One 60 T12-L2", "WBC 7.2 Hgb 13.5 Plt 250",
     "See https://example.org", "me@example.org", "12",
     "UTF2 = %xC2-DF UTF0", "Entry ::= SEQUENCE", "Main() returns", "XResolution | 204", "VRID +-----+ one", "Box ┌──┐",
     "Cambridge, MA 02138", "3732 Boelter Hall", "453 Temporary failures",
     "Print date: 12.01.2024", "Vapour pressure: 29 hPa (20 °C)", "Storage class (TRGS 510): 3",
     "DEFVAL { 210 }", "Path C:\\Users",
     "One two three four five six seven eight nine ten eleven twelve thirteen", "It follows:", "A" * 91],
)  # fmt: skip
def test_what_is_no_heading(line: str) -> None:
    assert not is_heading(line, FILLER)


def test_the_foot_of_a_page_is_one_even_alone() -> None:
    assert label("Lumbar tumors", FILLER, "Postel & Reynolds [Page 1]", FILLER)[2] == "running"
    assert not is_heading("Most of them are benign, and of the", "Postel [Page 1]")


def test_of_two_fields_neither_is_one() -> None:
    assert not is_heading("Appearance: clear liquid", "Odour: characteristic")
    assert not is_heading("Apologies: T. Dunn", "1. The minutes were approved.", "Present: A. Webb, R. Singh")
    assert is_heading("Section 9: Properties", "Appearance: clear liquid")
    assert is_heading("Results: what was found", FILLER, "It was done.")


@pytest.mark.parametrize("question", ["Q: How loud is it?", "Q3. How loud is it?", "Frage 2: Wie laut ist es?"])
def test_a_question_above_its_answer_is_a_heading(question):
    assert is_heading(question, "A: 42 dB at three metres.")
    assert is_heading(question, "Antwort 2: Nicht laut.")
    assert not is_heading(question, FILLER)


def test_what_is_said_in_a_play_is_no_heading():
    assert not is_heading("LUCY. Who is there at this hour?", FILLER)
    assert not is_heading("MR. PETTIFER. What is that noise?", FILLER)
    assert is_heading("What is that noise?", FILLER)
    assert is_heading("CHAPTER II. Who is there?", FILLER)


def test_nothing_below_no_heading() -> None:
    assert not is_heading("Tumor Biopsy", "")
    assert not is_heading("Tumor Biopsy", "and so on.")


@pytest.mark.parametrize(
    ("heading", "depth"),
    [("1. Introduction", 1), ("2 Methods", 1), ("2.1 Patients", 2), ("2.1.3. Ages", 3), ("Methods", 0), ("2019", 0)],
)
def test_levels_come_from_numbers(heading: str, depth: int) -> None:
    assert level(heading) == depth


def test_the_first_line_is_the_title() -> None:
    assert label("Lumbar tumors", FILLER) == ["title", "prose"]
    assert label("脊髄腫瘍", "脊髄の腫瘍は稀である。") == ["title", "prose"]


def test_a_sentence_is_no_title() -> None:
    assert label("It is rare.", FILLER) == ["prose", "prose"]
    assert label("脊髄の腫瘍は稀である。", "手術が行われる。") == ["prose", "prose"]


@pytest.mark.parametrize(
    "first",
    ["It is rare.", "Abstract", "tumors of the", "1. Wash", "Fig. 1. A tumor", "word " * 26, "tumors, listed"],
)
def test_what_is_no_title(first: str) -> None:
    assert label(first.strip(), FILLER)[0] != "title"


def test_a_text_of_one_line_has_no_title() -> None:
    assert label("Lumbar tumors") == ["prose"]


def test_the_given_title_is_found_in_the_text() -> None:
    assert label("LUMBAR TUMORS.", FILLER, title="Lumbar Tumors") == ["title", "prose"]
    assert label("Another thing", FILLER, title="Lumbar Tumors") == ["heading", "prose"]


def test_a_line_without_letters_is_no_title() -> None:
    assert label("12", "Lumbar tumors", FILLER) == ["prose", "title", "prose"]


def test_a_title_at_the_head_of_every_page_is_running() -> None:
    found = label("Lumbar Tumors", FILLER, "Lumbar Tumors", FILLER, "Lumbar Tumors", FILLER)
    assert found == ["title", "prose", "running", "prose", "running", "prose"]


def test_a_title_that_comes_again_once_is_a_heading() -> None:
    assert label("Lumbar Tumors", FILLER, "Lumbar Tumors", FILLER)[2] == "heading"


def test_captions_and_items() -> None:
    assert label(FILLER, "Fig. 1. A tumor.", "• One", "2. Two.", FILLER) == [
        "prose",
        "caption",
        "item",
        "item",
        "prose",
    ]


def test_a_figure_pointed_at_is_no_caption() -> None:
    assert label("It can be seen in", "Fig. 1. A tumor.", FILLER)[1] == "prose"


def test_numbered_headings_and_numbered_items() -> None:
    assert label(FILLER, "1. Patients", FILLER, "2. Results", FILLER).count("heading") == 2
    assert label(FILLER, "1. Patients", "2. Doctors", "3. Nurses", FILLER) == [
        "prose", "item", "item", "heading", "prose",
    ]  # fmt: skip


def test_a_row_of_headings_is_a_list() -> None:
    found = label(FILLER, "Herbs", "Onion", "Tomato", "Thyme", "Cooking", FILLER)
    assert found == ["prose", "heading", "item", "item", "item", "heading", "prose"]


def test_a_row_of_headings_below_the_title_is_a_list_from_the_start() -> None:
    assert label("Herbs", "Onion", "Tomato", "Thyme", "Cooking", FILLER)[1:] == [
        "item",
        "item",
        "item",
        "heading",
        "prose",
    ]


def test_capitals_with_a_colon_head_what_stands_below_unless_they_name_who_speaks() -> None:
    assert (
        label(FILLER, "PAST MEDICAL HISTORY:", FILLER, "LABS:", "Na 138 and K 4.1 were found.")[1:4:2]
        == ["heading"] * 2
    )
    assert label(FILLER, "NOTE:", FILLER, "Past history:", FILLER).count("heading") == 0
    speech = ["INTERVIEWER:", "Tell me more.", "PATIENT:", "It hurt.", "INTERVIEWER:", "Go on.", "PATIENT:", FILLER]
    assert "heading" not in label(FILLER, *speech)


def test_three_headings_in_a_row_are_headings() -> None:
    assert label(FILLER, "Part one", "Chapter one", "Section one", FILLER).count("heading") == 3


def test_page_numbers_count() -> None:
    assert label(FILLER, "4", FILLER, "5", FILLER, "6", FILLER)[1::2] == ["running"] * 3
    assert "running" not in label(FILLER, "60", FILLER, "47", FILLER, "51", FILLER)
    assert "running" not in label(FILLER, "4", FILLER, "5", FILLER)


def test_page_lines_run() -> None:
    assert label(FILLER, "Page 4 of 9", FILLER, "Page 7 of 9", FILLER, "Page 9 of 9", FILLER)[1::2] == ["running"] * 3


def test_numbered_headings_do_not_run() -> None:
    assert "running" not in label(FILLER, "Case 1", FILLER, "Case 2", FILLER, "Case 3", FILLER, "Case 4", FILLER)


def test_a_line_that_stands_on_every_page_runs() -> None:
    pages = [
        FILLER,
        "Journal of Spines",
        "4",
        FILLER,
        "Journal of Spines",
        "5",
        FILLER,
        "Journal of Spines",
        "6",
        FILLER,
    ]
    assert label(*pages).count("running") == 6


def test_without_pages_lines_may_stand_again_and_again() -> None:
    assert label(FILLER, *["Eat every three hours", FILLER] * 9).count("running") == 0


def test_kinds_of_the_format_stay() -> None:
    given = [("heading", "It is rare."), ("item", "Find a Doctor"), ("row", "1 2 3"), ("prose", "Tumor Biopsy"),
             ("caption", "A tumor."), ("running", "Page 3"), ("prose", FILLER)]  # fmt: skip
    assert relabel(*given) == [kind for kind, _ in given]


def test_prose_of_the_format_may_be_no_content() -> None:
    assert relabel(("prose", "Find a Doctor"), ("prose", FILLER))[0] == "action"
    assert relabel(("prose", FILLER), ("prose", "Please log in, or create an account."))[1] == "login"
