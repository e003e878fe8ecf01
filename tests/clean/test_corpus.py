"""The five documents in `corpus`, read rule by rule."""

import re
from functools import cache
from pathlib import Path

import pytest

from indexer.clean import clean
from indexer.records import CONTENT, Document
from tests.clean.extracts import again, paragraphs, plain
from tests.clean.messy import unbacked

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
IDEM = "idem-metastasis-of-small-cell-lung-cancer"
INTRAMEDULLARY = "intramedullary-spinal-cord-metastatic-tumors"
LUMBAR = "lumbar-tumors"
SPINE = "tumors-of-the-spine"
UNDERSTANDING = "understanding-intradural-extramedullary-spinal-tumors"
NAMES = [IDEM, INTRAMEDULLARY, LUMBAR, SPINE, UNDERSTANDING]


def source(name: str) -> str:
    return (CORPUS / f"{name}.txt").read_text("utf-8")


@cache
def document(name: str) -> Document:
    return clean(plain(source(name), f"corpus/{name}.txt"))


def content(name: str) -> str:
    """The text that passages are made of."""
    return "\n".join(text for kind, text in paragraphs(document(name)) if kind in CONTENT)


def of_kind(name: str, kind: str) -> list[str]:
    return [text for found, text in paragraphs(document(name)) if found == kind]


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_backed_by_the_source(name: str) -> None:
    assert unbacked(document(name).text, source(name)) == []


@pytest.mark.parametrize("name", NAMES)
def test_cleaning_again_changes_nothing(name: str) -> None:
    once_more = clean(again(document(name)))
    assert once_more.text.text == document(name).text.text
    assert once_more.blocks == document(name).blocks


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (IDEM, "Intradural Extramedullary Metastasis of Small Cell Lung Cancer: A Case Report"),
        (INTRAMEDULLARY, "Intramedullary spinal cord metastatic tumors"),
        (LUMBAR, "Lumbar Tumors"),
        (SPINE, "Tumors of the Spine"),
        (UNDERSTANDING, "The Understanding Intradural Extramedullary Spinal Tumors"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert document(name).title == title
    assert of_kind(name, "title") == [title]


def test_every_line_end_hyphen_of_the_case_report() -> None:
    broken = re.findall(r"([\w-]+)- *\n *([^\W\d]+)", source(IDEM))
    assert len(broken) == 44
    words = [f"{left}-{right}" if right in ("shaped", "weighed") else left + right for left, right in broken]
    missing = [word for word in words if not re.search(rf"\b{word}\b", document(IDEM).text.text)]
    assert missing == []
    assert "spindle-shaped" in words
    assert "18-fluoro-2-deoxyglucose" in words


@pytest.mark.parametrize(
    "word",
    ["non-neurogenic", "well-enhanced", "small-sized", "para-anesthesia", "iso-signal intensity", "T12-L2", "TTF-1",
     "T2-weighed", "18-fluoro-2-deoxyglucose", "multi-systemic", "60-year-old", "mass-like", "thyroid transcription"],
)  # fmt: skip
def test_words_of_the_case_report(word: str) -> None:
    assert word in content(IDEM)


def test_sentences_of_the_case_report_go_over_blank_lines_and_captions() -> None:
    text = content(IDEM)
    assert "The only one case of IDEM metastasis originated from SCLC was reported." in text
    assert "whole body positron emission tomography (PET) revealed multiple metastases" in text
    assert "some patients went to the hospital several weeks or months after the onset" in text
    assert "via laminoplastic laminotomy of T12, L1, and L2 was performed" in text
    assert "(4) spreading via subarachnoid space; and (5) hematogenous" in text


def test_captions_of_the_case_report_are_whole() -> None:
    found = of_kind(IDEM, "caption")
    assert [caption[:7] for caption in found] == ["Fig. 1.", "Fig. 2.", "Fig. 3.", "Fig. 4.", "Fig. 5."]
    assert found[2].endswith("(Hematoxylin and eosin stain, ×400).")
    assert found[4].endswith("lesions (arrow heads) (C).")


def test_citations_of_the_case_report_are_off_their_words() -> None:
    glued = re.findall(r"[a-z]{3}[\d,]+\)", source(IDEM))
    assert len(glued) == 13
    assert re.findall(r"[a-z]{3}[\d,]+\)", document(IDEM).text.text) == []
    for kept in ("(Fig. 1)", "(1) the rich venous plexus; (2)", "T12, L1, and L2", "1.4×1.3×1.7 cm", "1,215 cases"):
        assert kept in content(IDEM)


def test_headings_of_the_case_report() -> None:
    assert of_kind(IDEM, "heading") == ["INTRODUCTION", "CASE REPORT", "DISCUSSION", "CONCLUSION"]


def test_the_case_report_is_in_paragraphs() -> None:
    assert len(of_kind(IDEM, "prose")) == 10
    assert {kind for kind, _ in paragraphs(document(IDEM))} == {"title", "heading", "prose", "caption"}


def test_the_encyclopedia_entry_without_its_front_matter_and_log_in_wall() -> None:
    assert document(INTRAMEDULLARY).authors == ("Marc D Winkelman", "Rimas V Lukas")
    assert document(INTRAMEDULLARY).date == "2019-08-24"
    assert len(of_kind(INTRAMEDULLARY, "login")) == 4
    assert len(of_kind(INTRAMEDULLARY, "author")) == 2
    assert len(of_kind(INTRAMEDULLARY, "disclosure")) == 1
    assert len(of_kind(INTRAMEDULLARY, "item")) == 4
    assert of_kind(INTRAMEDULLARY, "heading") == ["Key points", "Historical note and terminology"]
    assert not re.search(r"log in|subscriber|honorari|expires", content(INTRAMEDULLARY))


def test_the_patient_page_without_its_disclaimers() -> None:
    assert len(of_kind(LUMBAR, "disclaimer")) == 3
    assert "Complications, such as infection, blood loss," in content(LUMBAR)
    assert len(of_kind(LUMBAR, "item")) == 5
    assert of_kind(LUMBAR, "heading") == [
        "About this Condition",
        "Intramedullary Tumors",
        "Intradural Extramedullary Tumors",
        "Epidural Tumors",
        "Conservative Treatments",
        "Tumor Biopsy",
        "METRx Tumor Removal",
    ]
    assert "You can expect recovery and improvement" in content(LUMBAR)


def test_the_hospital_page_without_banners_and_buttons() -> None:
    assert of_kind(SPINE, "action")[-3:] == ["Find a Doctor", "Find a Doctor", "Schedule an Appointment"]
    assert len(of_kind(SPINE, "banner")) == 3
    assert len(of_kind(SPINE, "action")) == 6
    assert not re.search(r"WakeMed is|Doctor|COVID|visits|Pixel|Learn more|community", content(SPINE))
    for kept in ("At WakeMed, two procedures", "en bloc resection", "• Paralysis", "Extradural – Normally"):
        assert kept in content(SPINE)


def test_the_page_with_its_title_in_every_paragraph_has_it_once() -> None:
    title = document(UNDERSTANDING).title
    assert source(UNDERSTANDING).count(title) == 7
    assert document(UNDERSTANDING).text.text.count(title) == 1
    assert len(of_kind(UNDERSTANDING, "prose")) == 7
    assert content(UNDERSTANDING).startswith("Intradural extramedullary spinal tumors are a specific category")


@pytest.mark.parametrize("name", [LUMBAR, SPINE, INTRAMEDULLARY])
def test_nothing_but_white_space_changes_in_texts_that_are_not_broken(name: str) -> None:
    assert "".join(document(name).text.text.split()) == "".join(source(name).split())
