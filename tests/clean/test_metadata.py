"""Title, authors and date as the text gives them."""

import pytest

from indexer.clean import clean, document_id
from indexer.clean.metadata import EDGE, iso, readable
from indexer.records import Source
from tests.clean.extracts import blocked, plain

BODY = "Spinal cord tumors are rare. Most of them are benign."


def source(path: str, part: str = "") -> Source:
    return Source(path, "0" * 64, part)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("corpus/lumbar-tumors.txt", "Lumbar tumors"),
        ("a_small__file.v2.html", "A small file v2"),
        ("Report 2019.pdf", "Report 2019"),
        ("UPPER.txt", "UPPER"),
        (".hidden", "Hidden"),
        ("---.txt", "---"),
        ("脊髓.txt", "脊髓"),
    ],
)
def test_a_file_name_made_readable(path: str, name: str) -> None:
    assert readable(source(path)) == name


def test_parts_of_a_file_are_told_apart() -> None:
    assert readable(source("abstracts.jsonl", "17")) == "Abstracts 17"


def test_no_title_is_empty() -> None:
    assert readable(source("")) == "Untitled"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Lumbar Tumors\n\n{BODY}", "Lumbar Tumors"),
        (f"{BODY}\n\nTumor Biopsy\n\n{BODY}", "Tumor Biopsy"),
        (f"Abstract\n\n{BODY}\n\nTumor Biopsy\n\n{BODY}", "Tumor Biopsy"),
        (f"Abstract\n\n{BODY}", "A small file"),
        (f"1. Patients\n\n{BODY}", "A small file"),
        (BODY, "A small file"),
        (f"Find a Doctor\n\nLumbar Tumors\n\n{BODY}", "Lumbar Tumors"),
    ],
    ids=["first line", "heading", "no section", "only a section", "only a number", "only prose", "below a button"],
)
def test_titles(text: str, title: str) -> None:
    assert clean(plain(text)).title == title


def test_the_given_title_wins() -> None:
    assert clean(plain(f"Lumbar Tumors\n\n{BODY}", title="Tumors of the Back")).title == "Tumors of the Back"


def test_a_title_block_of_the_format_is_the_title() -> None:
    assert (
        clean(blocked([("running", "Journal"), ("title", "Lumbar\nTumors"), ("prose", BODY)])).title == "Lumbar Tumors"
    )


def test_authors_and_date() -> None:
    text = f"Lumbar Tumors\n\nAda M Winter MD\nKarl Sommer PhD\n\nReleased May 9, 1997; updated August 2019\n\n{BODY}"
    document = clean(plain(text))
    assert document.authors == ("Ada M Winter", "Karl Sommer")
    assert document.date == "2019-08"


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Originally released May 9, 1997; last updated August 24, 2019; expires August 24, 2022", "2019-08-24"),
        ("Released May 9, 1997; expires August 24, 2022", "1997-05-09"),
        ("Received 13 December 2021 / Accepted 30 December 2021", "2021-12-30"),
        ("Date: 2018-02-02", "2018-02-02"),
        ("Published March 2020", "2020-03"),
        ("March 5, 2020", "2020-03-05"),
        ("Expires August 24, 2022", ""),
        ("Reviewed by Ada Winter, MD — Updated on March 3, 2021", "2021-03-03"),
        ("By Ada Winter, 3 May 2021", "2021-05-03"),
        ("By Ada Winter and Karl Sommer | May 3, 2021", "2021-05-03"),
        ("Ada Winter, Karl Sommer (2021-05-03)", "2021-05-03"),
        ("By Ada Winter, expires May 3, 2021", ""),
    ],
)
def test_the_date_that_says_how_old_the_content_is(line: str, date: str) -> None:
    assert clean(plain(f"Lumbar Tumors\n\n{line}\n\n{BODY}")).date == date


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("May 9, 1997", "1997-05-09"),
        ("9 May 1997", "1997-05-09"),
        ("Sept. 3rd, 2001", "2001-09-03"),
        ("December 2001", "2001-12"),
        ("2001-12-24", "2001-12-24"),
        ("24.12.2001", "24.12.2001"),
    ],
)
def test_iso(words: str, expected: str) -> None:
    assert iso(words) == expected


def test_ids_come_from_paths_and_parts() -> None:
    assert document_id(source("corpus/a.txt")) == document_id(source("corpus/a.txt"))
    assert document_id(source("corpus/a.txt")) != document_id(source("corpus/b.txt"))
    assert len(document_id(source("corpus/a.txt"))) == 12
    assert document_id(source("a.jsonl", "17")) == "17"


def test_a_date_in_the_middle_of_the_content_is_an_example() -> None:
    body = [f"Paragraph {n} tells of mail, which is sent from one place to another place." for n in range(2 * EDGE + 2)]
    line = "Date: 21 November 1997"
    assert clean(plain("\n\n".join(["Mail", line, *body]))).date == "1997-11-21"
    assert clean(plain("\n\n".join(["Mail", *body, line]))).date == "1997-11-21"
    assert clean(plain("\n\n".join(["Mail", *body[: EDGE + 1], line, *body[EDGE + 1 :]]))).date == ""
