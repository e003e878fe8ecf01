"""What a line's first and last words and characters say about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean import layout
from indexer.clean.layout import (
    ends_open,
    ends_sentence,
    is_caption,
    is_item,
    is_unfinished,
    item_number,
    masked,
    starts_lower,
)

STARTS = st.text(alphabet="aBFTig. 12(-•)[x:“\u00b2\u4e00ß\t", max_size=12)


@given(STARTS)
def test_lines_are_told_by_their_ends_as_by_the_whole_pattern(line: str) -> None:
    """What is looked at first must not change what is found."""
    assert is_item(line) == bool(layout._ITEM.match(line))
    assert is_caption(line) == bool(layout._CAPTION.match(line))
    assert ends_sentence(line) == bool(layout._END_MARK.search(line[-12:]))
    number = layout._NUMBER.match(line)
    assert item_number(line) == (int(number[1]) if number else 0)
    word = layout._FIRST_WORD.match(line)
    assert starts_lower(line) == (word is not None and word[1].islower() and not layout._ADDRESS.match(line))


@pytest.mark.parametrize("line", ["It is.", "Is it?", "He said “yes.”", "(It is.)", "as follows:", "one; ", "so …"])
def test_sentences_end(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["It is", "the first,", "T12-L2", "(see below)", "e.g. this", ""])
def test_other_lines_do_not_end_a_sentence(line: str) -> None:
    assert not ends_sentence(line)


@pytest.mark.parametrize("line", ["the first,", "tumors of the", "as shown in", "apples and", "Smith &", "either/"])
def test_lines_end_open(line: str) -> None:
    assert ends_open(line)


@pytest.mark.parametrize("line", ["the end", "the first.", "Tumor", "in (all)", ""])
def test_other_lines_do_not_end_open(line: str) -> None:
    assert not ends_open(line)


@pytest.mark.parametrize(
    ("line", "unfinished"),
    [("How to sign in", False), ("What to look for", False), ("Leading causes of", True), ("Smith and", True)],
)
def test_a_heading_may_end_with_a_particle(line: str, unfinished: bool) -> None:
    assert is_unfinished(line) is unfinished


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("• Astrocytoma", 0),
        ("- one", 0),
        ("* one", 0),
        ("– one", 0),
        ("1. Wash", 1),
        ("(12) Rinse", 12),
        ("3) Dry", 3),
        ("[4] Smith", 4),
        ("a) first", 0),
        ("  ▪ indented", 0),
    ],
)
def test_items(line: str, number: int) -> None:
    assert is_item(line)
    assert item_number(line) == number


@pytest.mark.parametrize(
    "line",
    [
        "1.5 mg",
        "-3 degrees",
        "2.1 Patients",
        "1995. ",
        "•",
        "— a dash",
        "T12-L2",
        "(IDEM) tumors",
        "a cat",
        "2019) said",
    ],
)
def test_what_is_no_item(line: str) -> None:
    assert not is_item(line)


@pytest.mark.parametrize(
    "line",
    [
        "Fig. 1. Preoperative image",
        "Figure 2: Survival",
        "FIGURE 3. Survival",
        "Table 1. Ages",
        "TABLE IV: Ages",
        "Fig. 2a. Detail",
        "Table S1. More",
        "Supplementary Figure 3. More",
        "Figure 4 Survival of patients",
        "Scheme 1 – Synthesis",
        "Box 2. Key points",
    ],
)
def test_captions(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    ["Figure 4 shows the survival", "Fig. 1", "Tables 1 and 2 list", "Figures are rare.", "Table tennis", "Box office"],
)
def test_what_is_no_caption(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize("before", ["as shown in", "both of", "the tumor (", "Fig. 1 and", "see"])
def test_a_figure_that_the_line_before_points_at_is_no_caption(before: str) -> None:
    assert not is_caption("Fig. 1. The margin", before)


@pytest.mark.parametrize("before", ["", "via laminectomy", "the tumor.", "spreading via"])
def test_a_figure_behind_another_line_is_a_caption(before: str) -> None:
    assert is_caption("Fig. 1. The margin", before)


@pytest.mark.parametrize("line", ["of the", " indented", "älter", "tumor.", "x-ray"])
def test_lines_start_in_lower_case(line: str) -> None:
    assert starts_lower(line)


@pytest.mark.parametrize(
    "line", ["Of", "mRNA is", "p53 is", "https://a.b", "www.a.b", "me@a.b", "1st", "(of", "", "脊髓"]
)
def test_names_and_addresses_do_not_start_in_lower_case(line: str) -> None:
    assert not starts_lower(line)


def test_masked_lines_of_all_pages_are_alike() -> None:
    assert masked(" Page 3 of 12") == masked("Page 11 of 12 ") == "Page # of #"
