from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.clean import clean
from indexer.errors import UnreadableSourceError
from indexer.read.pdf import PAGE_BREAK, extracts
from indexer.records import Extract, PageNote
from tests.conftest import shared_data
from tests.read.pdf_writer import Text, across, bold, column, paragraphs, pdf, read
from tests.read.soundness import SOURCE, blocks, check_reading, unlabelled

LEFT = (
    "The drug lowered the pressure of nine patients in ten, and of those none had to be taken back into care "
    "within a year of the treatment."
)
RIGHT = (
    "What the others had in common was age: all of them were older than seventy when the trial began, and most "
    "of them were smokers."
)
SQUARE = "10 10 200 200 re f\n"  # a page that draws something


def refusal(data: bytes) -> tuple[str, str]:
    """Status and reason of a PDF that cannot be read."""
    with pytest.raises(UnreadableSourceError) as caught:
        extracts(data, SOURCE)
    assert caught.value.path == SOURCE.path
    return caught.value.status, caught.value.reason


def exact(extract: Extract) -> None:
    """Each character stands for itself or, white space, for white space or nothing; none is lost or there twice.

    A raised digit stands for the digit.
    """
    seen = [0] * len(extract.original)
    at = 0
    for length, start, end in extract.text.runs:
        said, there = extract.text.text[at : at + length], extract.original[start:end]
        if length == end - start:
            pairs = list(zip(said, there, strict=True))
            assert all(a == b or (a.isspace() and b.isspace()) or normalize("NFKC", a) == b for a, b in pairs)
        else:
            assert said.isspace()
            assert not there.strip()
        seen[start:end] = [count + 1 for count in seen[start:end]]
        at += length
    lost = [
        character
        for character, count in zip(extract.original, seen, strict=True)
        if count != 1 and not character.isspace()
    ]
    assert lost == []
    assert unlabelled(extract) == ""


def test_pages_stand_one_after_another_in_the_original() -> None:
    extract = read(column(54, 700, "One page."), [], column(54, 700, "Another page."))
    assert extract.original == f"One page.{PAGE_BREAK}{PAGE_BREAK}Another page."
    assert [page.of(extract.original) for page in extract.pages] == ["One page.", "", "Another page."]
    assert extract.page_notes == (PageNote(1, "ok", 9), PageNote(2, "ok", 0), PageNote(3, "ok", 13))
    assert extract.notes == ()


def test_an_offset_in_a_page_is_the_index_of_the_character_in_pdfium() -> None:
    data = pdf(column(54, 700, LEFT), column(54, 700, RIGHT))
    (extract,) = extracts(data, SOURCE)
    at = extract.original.index("seventy") - extract.pages[1].start
    with pypdfium2.PdfDocument(data) as document:
        textpage = document[1].get_textpage()
        there = [chr(pdfium.FPDFText_GetUnicode(textpage.raw, at + step)) for step in range(7)]
    assert "".join(there) == "seventy"


def test_line_ends_stay_in_a_paragraph() -> None:
    assert blocks(read(column(54, 700, LEFT, 50)))[0][1].split("\n") == [
        "The drug lowered the pressure of nine patients in",
        "ten, and of those none had to be taken back into",
        "care within a year of the treatment.",
    ]


def test_a_hyphen_at_a_line_end_is_left_for_the_cleaner() -> None:
    extract = read(column(54, 700, "All of the drop metas-|tasis was found in the spinal canal of both."))
    assert blocks(extract) == [("prose", "All of the drop metas\x02tasis was found in the spinal canal of\nboth.")]
    assert clean(extract).text.text == "All of the drop metastasis was found in the spinal canal of both."


def test_every_character_is_exact_and_none_is_lost() -> None:
    left, right = column(54, 600, LEFT), column(318, 600, RIGHT)
    head = [bold(54, 650, "Results of the trial", 14), Text(300, 30, "4")]
    askew = [Text(200, 300, "DRAFT", 40, "Helvetica", (0.7, 0.7, -0.7, 0.7))]
    exact(read([*head, *left, *right, *askew], [*across(left, right), Text(300, 30, "5")]))


def test_a_paragraph_over_two_pages_is_one_block_with_sources_on_both() -> None:
    first, second = column(54, 700, LEFT)[:3], column(54, 700, LEFT)[3:]
    extract = read(first, second)
    assert len(second) == 1
    assert blocks(extract) == [
        ("prose", LEFT.replace(" nine p", " nine\np").replace(" had t", " had\nt").replace(" year o", " year\no"))
    ]
    starts = [extract.text.source(at, at + 1).start for at in (0, len(extract.text) - 1)]
    assert [[page.start <= start < page.end for page in extract.pages] for start in starts] == [
        [True, False],
        [False, True],
    ]


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (pdf([]), "empty", "all pages of the PDF are blank"),
        (pdf(), "failed", "the PDF is damaged or cut short"),
        (pdf([], [], drawn=SQUARE), "no text layer", "the pages are images: run text recognition over them first"),
        (
            pdf([Text(9, 9, "   ")], drawn=SQUARE),
            "no text layer",
            "the pages are images: run text recognition over them first",
        ),
        (
            pdf(
                [Text(9, 9, "x")],
                trailer="/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
                + "41" * 32
                + ">/U<"
                + "42" * 32
                + ">>>",
            ),
            "encrypted",
            "the PDF needs a password",
        ),
        (
            pdf([Text(9, 9, "x")], trailer="/Encrypt<</Filter/Unheard.Of/V 4>>"),
            "encrypted",
            "the PDF needs a password",
        ),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, status: str, reason: str) -> None:
    assert refusal(data) == (status, reason)


@pytest.mark.parametrize("data", [b"", b"no PDF"])
def test_what_is_no_pdf_has_failed(data: bytes) -> None:
    assert refusal(data)[0] == "failed"
    assert "give it the suffix of what it is" in refusal(data)[1]


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", pdf(column(54, 700, LEFT))[:300]])
def test_what_is_damaged_has_failed(data: bytes) -> None:
    status, reason = refusal(data)
    assert status == "failed"
    assert "damaged or cut short" in reason or "no page" in reason


def test_a_document_with_pages_of_images_is_read_in_part() -> None:
    data = pdf(column(54, 700, LEFT), [], [], column(54, 700, RIGHT), [], drawn=SQUARE)
    (extract,) = extracts(data, SOURCE)
    assert extract.notes == ("pages 2-3, 5: no text layer, only images",)
    assert [note.status for note in extract.page_notes] == [
        "ok",
        "no text layer",
        "no text layer",
        "ok",
        "no text layer",
    ]


def test_a_page_that_is_no_page_costs_that_page_only() -> None:
    data = pdf(column(54, 700, LEFT), column(54, 700, "lost"), column(54, 700, RIGHT))
    kids = data.index(b"/Kids[") + 6
    second = data[kids:].split(b" 0 R")[1].strip()
    broken = data.replace(b"\n" + second + b" 0 obj\n<</Type/Page/", b"\n" + second + b" 0 obj\n(no page)  %")
    (extract,) = extracts(broken, SOURCE)
    assert "lost" not in extract.original
    assert [note.status for note in extract.page_notes] == ["ok", "failed", "ok"]
    assert extract.notes == ("page 2: could not be read",)


def test_a_cut_file_gives_the_pages_that_are_left_or_fails() -> None:
    data = pdf(*[column(54, 700, f"{LEFT} Page {number}.") for number in range(20)])
    for share in (0.3, 0.6, 0.9):
        for extract in check_reading(extracts, data[: int(share * len(data))]):
            exact(extract)


def test_a_file_without_its_end_mark_is_read_with_a_note() -> None:
    whole = pdf(column(54, 700, LEFT))
    (extract,) = extracts(whole.removesuffix(b"%%EOF\n"), SOURCE)
    assert blocks(extract) == blocks(read(column(54, 700, LEFT)))
    assert extract.notes == ("the file ends before its end mark: pages may be missing",)


def test_a_page_on_its_side_is_read_as_it_is_held() -> None:
    on_side = [Text(text.y, text.x, text.string, turned=(0, 1, -1, 0)) for text in column(54, -100, LEFT)]
    turned = [text._replace(x=-text.x) for text in on_side]
    extract = read(turned, page="/Rotate 90")
    assert blocks(extract) == blocks(read(column(54, 700, LEFT)))


def test_text_across_the_page_is_no_content() -> None:
    stamp = Text(200, 400, "DRAFT COPY", 60, "Helvetica", (0.7, 0.7, -0.7, 0.7))
    side = Text(20, 200, "arXiv:2201.00021v3 [astro-ph.GA]", 16, "Times-Roman", (0, 1, -1, 0))
    found = blocks(read([side, *column(54, 700, LEFT), stamp]))
    assert [kind for kind, _ in found] == ["prose", "other"]
    assert found[1][1] == "arXiv:2201.00021v3 [astro-ph.GA]\nDRAFT\nCOPY"


def test_reading_is_the_same_each_time_and_sound() -> None:
    assert check_reading(extracts, pdf(column(54, 700, LEFT), column(54, 700, RIGHT)))


SMALL = pdf([bold(54, 740, "Results"), *column(54, 700, LEFT), *column(318, 700, RIGHT)], info={"Title": "A b c"})


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SMALL)), st.integers(0, len(SMALL) - 1), st.binary(max_size=6))
def test_damaged_files_are_read_or_refused(cut: int, at: int, new: bytes) -> None:
    for data in (SMALL[:cut], SMALL[:at] + new + SMALL[at + len(new) :]):
        for extract in check_reading(extracts, data):
            exact(extract)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.floats(-50, 700), st.floats(-50, 850), st.sampled_from(["a", "Words here.", "1.", "Table 1.", "x" * 40])
        ),
        max_size=25,
    )
)
def test_text_strewn_over_a_page_is_read_whole(strewn: list[tuple[float, float, str]]) -> None:
    for extract in check_reading(extracts, pdf([Text(*text) for text in strewn], drawn=SQUARE)):
        exact(extract)


@pytest.mark.parametrize("size", [0, 1e-9, 1e9, -12])
def test_type_of_an_impossible_size_does_no_harm(size: float) -> None:
    texts = [text._replace(size=size) for text in column(54, 700, LEFT)]
    for extract in check_reading(extracts, pdf(texts, column(54, 700, RIGHT))):
        assert "seventy" in extract.text.text


@pytest.mark.collection
def test_real_files_are_exact() -> None:
    for path in sorted(shared_data("pdf").glob("*.pdf")):
        for extract in check_reading(extracts, path.read_bytes()):
            exact(extract)
            assert "\x02" not in clean(extract).text.text


@pytest.mark.collection
def test_columns_and_running_heads_of_a_real_article() -> None:
    path: Path = shared_data("pdf") / "CERMINE__examples_example1.pdf"
    (extract,) = extracts(path.read_bytes(), SOURCE)
    prose = [text for kind, text in blocks(extract) if kind == "prose"]
    assert any("increased cortisol levels" in text and "Furthermore, in\nanimal models" in text for text in prose)
    assert not any("Life events do not increase risk" in text or "Sundström et al.\n" in text for text in prose)
    assert [text for kind, text in blocks(extract) if kind == "caption"] == [
        "Table 1. Baseline characteristics of participants who remained or did not remain dementia-free at follow-up",
        "Figure 1. Flow chart detailing the derivation of the study sample.",
        "Table 2. Cox regression analyses of the risk of dementia with respect to the number and emotional impact of\n"
        "life events",
    ]


def test_paragraphs_told_by_their_indents() -> None:
    assert [kind for kind, _ in blocks(read(paragraphs(54, 700, LEFT, RIGHT, LEFT)))] == ["prose"] * 3
