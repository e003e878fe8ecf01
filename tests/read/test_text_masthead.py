"""Mastheads above typewritten text, and what only looks like one."""

import pytest

from indexer.read import text
from indexer.read.text_masthead import masthead
from indexer.records import Source

HEAD = """
Network Working Group                                          A. Winter
Request for Comments: 27                             Summer Technologies
Category: Informational                                    November 1999
"""
BODY = """
Abstract

   This document defines the process by which new names are registered.
"""


def titled(*lines: str) -> str:
    return HEAD + "\n\n" + "\n".join(line.center(72).rstrip() for line in lines) + "\n" + BODY


def test_the_centred_title_and_the_date_in_the_right_column() -> None:
    found = masthead(titled("Registration Procedures for Scheme Names"))
    assert found == ("Registration Procedures for Scheme Names", "1999-11")


def test_a_title_of_some_lines_and_one_as_wide_as_the_page() -> None:
    wide = "Encapsulation of a Transmission Protocol for Streams (TPS) in Datagrams"
    assert masthead(titled(wide, "for End-Host to End-Host Use")).title == (f"{wide} for End-Host to End-Host Use")


def test_a_day_in_front_of_the_month() -> None:
    assert masthead(HEAD.replace("   November 1999", "3 November 1999") + BODY).date == "1999-11-03"
    assert masthead(HEAD.replace("November 1999", " A. Sommer, BA") + BODY).date == ""


def test_an_indented_page_and_names_with_blank_lines_between_them() -> None:
    words = (
        HEAD.replace("November 1999", "    B. Winter")
        + "\n"
        + "November 1999".rjust(72)
        + "\n"
        + titled("Names")[len(HEAD) :]
    )
    assert masthead(words) == ("Names", "1999-11")
    assert masthead("".join(f"          {line}\n" for line in titled("Names").splitlines())) == ("Names", "1999-11")


def test_a_text_that_has_no_title_below_its_masthead() -> None:
    assert masthead(HEAD + "\nThis memo tells of names.\n" + BODY).title == ""
    assert masthead(HEAD).title == ""


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Tumors of the Spine\n\nSpinal tumors are rare.\n",
        "Name            Size\n\n         a table of two columns\n",
        "One line.\n\nTwo.\n\nThree.\n" + HEAD + "\n            Too Far Below\n",
        "def f():\n    return 1\n\n\n                  x = 3\n",
        "a" * 1_000_000,  # a search for line ends would look at each of its ends anew
    ],
)
def test_other_texts_have_none(words: str) -> None:
    assert masthead(words) == ("", "")


def test_what_a_masthead_says_is_a_guess() -> None:
    (extract,) = text.extracts(titled("The Names of Schemes").encode(), Source("a.txt", "0" * 64))
    assert (extract.title, extract.date, extract.guessed) == ("The Names of Schemes", "1999-11", ("date", "title"))
    (plain,) = text.extracts(b"Tumors\n\nThey are rare.\n", Source("a.txt", "0" * 64))
    assert (plain.title, plain.date, plain.guessed) == ("", "", ())
