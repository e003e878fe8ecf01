"""Records of articles as PubMed and reference managers save them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read import format_of
from indexer.read.nbib import extracts
from tests.read.soundness import SOURCE, blocks, check_reading

PUBMED = b"""PMID- 31452104
OWN - NLM
DP  - 2020 Mar-Apr
TI  - Drop metastases below the conus: a review of forty cases with
      long follow-up.
LID - 10.1000/spine.2020.7 [doi]
AB  - BACKGROUND: Drop metastases are rare. METHODS: We looked at forty
      patients.
FAU - Lee, Ann B
AU  - Lee AB
FAU - Roy, Bo
JT  - The journal of spines
TA  - J Spines

"""
SHORT = b"PMID- 7\nOWN - NLM\nTI  - Second.\nDP  - 2019 Feb 3\n"
RIS = (
    b"TY  - JOUR\r\nA1  - Lee, Ann\r\nT1  - Of conus\r\nN2  - It lies high.\r\nIn men lower.\r\nY1  - 2019/03/05/\r\n"
    b"JO  - J Spines\r\nDO  - 10.1000/x1\r\nUR  - https://journal.example/x1\r\nER  - \r\n"
)


def test_a_record_of_pubmed() -> None:
    found, second = check_reading(extracts, PUBMED + SHORT)
    assert found.title == "Drop metastases below the conus: a review of forty cases with long follow-up"
    assert (found.authors, found.date, found.journal) == (("Ann B Lee", "Bo Roy"), "2020-03", "The journal of spines")
    assert (found.source.part, found.pmid, found.doi) == ("31452104", "31452104", "10.1000/spine.2020.7")
    assert found.url == "https://doi.org/10.1000/spine.2020.7"
    assert blocks(found)[3:6] == [
        ("title", "Drop metastases below the conus: a review of forty cases with long follow-up."),
        ("other", "LID - 10.1000/spine.2020.7 [doi]"),
        ("prose", "BACKGROUND: Drop metastases are rare. METHODS: We looked at forty patients."),
    ]
    assert (second.source.part, second.title, second.date) == ("7", "Second", "2019-02-03")


def test_a_record_of_a_reference_manager() -> None:
    (found,) = check_reading(extracts, RIS)
    assert (found.title, found.authors, found.date) == ("Of conus", ("Ann Lee",), "2019-03-05")
    assert (found.journal, found.doi, found.url) == ("J Spines", "10.1000/x1", "https://journal.example/x1")
    assert ("prose", "It lies high. In men lower.") in blocks(found)
    assert found.source.part == ""


def test_a_chapter_has_its_own_title_not_that_of_its_book() -> None:
    (found,) = extracts(b"PMID- 7\nBTI - Of spines\nTI  - Of conus\n", SOURCE)
    assert found.title == "Of conus"


def test_a_value_goes_on_over_blank_lines() -> None:
    data = b"TY  - JOUR\nAB  - The yurt is round.\n\nWe measured 41 yurts.\n\n\nAU  -\nPY  - 2001\nER  - \n\n"
    (found,) = check_reading(extracts, data)
    assert blocks(found)[1] == ("prose", "The yurt is round. We measured 41 yurts.")
    assert [text for _, text in blocks(found)][2:] == ["PY  - 2001", "ER  -"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<i>E. coli</i> &amp; 10<sup>5</sup> cells in H<sub>2</sub>O", "E. coli & 10⁵ cells in H2O"),
        ("m<SUP>2</SUP> &lt; 3 &#x3b2; &nosuch;", "m2 < 3 β &nosuch;"),
        ("<jats:title>Aims</jats:title><jats:p>To see.</jats:p>", "Aims To see."),
        ("p < 3 and q > 5 <0.01>", "p < 3 and q > 5 <0.01>"),
    ],
)
def test_titles_and_abstracts_are_read_as_a_page_shows_them(written: str, shown: str) -> None:
    (found,) = check_reading(extracts, f"TY  - JOUR\nTI  - {written}\nAB  - {written}\n".encode())
    assert " ".join(found.title.split()) == shown.removesuffix(".")
    assert [(kind, " ".join(text.split())) for kind, text in blocks(found)][1:] == [("title", shown), ("prose", shown)]


@pytest.mark.parametrize(
    ("written", "author"),
    [
        ("Smith, John Jr", "John Smith Jr"),
        ("Smith, John, Jr.", "John Smith Jr."),
        ("Lee, Ann B", "Ann B Lee"),
        ("WHO", "WHO"),
        ("MÃ¼ller, J.", "J. Müller"),
    ],
)
def test_authors_are_named_as_they_are_spoken_of(written: str, author: str) -> None:
    (found,) = extracts(f"TY  - JOUR\nTI  - Of conus\nAU  - {written}\n".encode(), SOURCE)
    assert found.authors == (author,)


def test_records_without_title_and_abstract_are_counted_and_one_that_is_there_twice_is_kept() -> None:
    found = extracts(2 * SHORT.replace(b"PMID- 7\n", b"TY  - JOUR\n"), SOURCE)
    assert [extract.notes for extract in found] == [()]
    found = extracts(SHORT + b"PMID- 8\nOWN - NLM\n" + SHORT.replace(b"Second", b"Third"), SOURCE)
    assert [extract.title for extract in found] == ["Second", "Third"]
    assert found[0].notes == ("1 of 3 records have no title and no abstract",)
    assert found[0].source.part == "7" != found[1].source.part


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2019 Mar 5", "2019-03-05"),
        ("2019 Spring", "2019"),
        ("2019///", "2019"),
        ("2019-12-01", "2019-12-01"),
        ("2019/13/01", "2019"),
        ("soon", ""),
    ],
)
def test_dates_are_told_as_far_as_they_are_given(written: str, date: str) -> None:
    (found,) = extracts(f"TY  - JOUR\nTI  - Of conus\nDA  - {written}\n".encode(), SOURCE)
    assert found.date == date


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PUBMED, "pubmed-conus-set.txt", "nbib"),
        (RIS, "export.txt", "nbib"),
        (b"PMID- 7 is the number.", "a.txt", "text"),
        (b"", "a.nbib", "nbib"),
    ],
)
def test_exports_are_told_by_how_they_begin(data: bytes, name: str, expected: str) -> None:
    assert format_of(data, name) == expected


PARTS = [PUBMED, SHORT, RIS, b"TI  - ", b"AB  -", b"ER  - ", b"\n", b"\r\n", b"\r", b"      on", b"\x00", b"\xff"]


@given(st.lists(st.sampled_from(PARTS) | st.binary(max_size=20)).map(b"".join))
def test_whatever_the_bytes_are_they_are_read_or_refused(data: bytes) -> None:
    check_reading(extracts, data)
