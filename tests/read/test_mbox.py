"""Electronic mail as programs keep it: each letter is a document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read import format_of
from indexer.read.mbox import extracts
from tests.read.soundness import SOURCE, blocks, check_reading

FIRST = b"""From ann at example.org  Tue Sep 12 09:14:03 2023
From: =?utf-8?q?Ann_L=C3=A9e?= <ann@example.org>
To: Bo Ray <bo@example.org>
Date: Tue, 12 Sep 2023 09:14:03 +0200
Subject: Slates for the chapel
Message-ID: <1@example.org>

They have come, all fourteen hundred of them, and can lie here until
Monday if you like.

>From Tuesday on we need the room.

"""
SECOND = b"""From bo@example.org Wed Sep 13 10:00:00 2023
From: Bo Ray <bo@example.org>
Date: Wed, 13 Sep 2023 10:00:00 +0200
Subject: =?iso-8859-1?q?Pi=E8ces?=
Content-Type: multipart/mixed; boundary="xx"

--xx
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

Nobody may touch the north slope, says the =E9cologist.
--xx
Content-Type: text/plain
Content-Disposition: attachment; filename=list.txt

Not read.
--xx--
"""
PAGE = b"""Subject: Only a page
From: cy@example.org
Content-Type: text/html; charset=utf-8

<p>The roof of the chapel was covered with slates by the end of the month.</p><p>Bye.</p>
"""


def test_each_letter_is_a_document() -> None:
    ann, bo = check_reading(extracts, FIRST + SECOND)
    assert (ann.title, ann.authors, ann.date) == ("Slates for the chapel", ("Ann Lée",), "2023-09-12")
    assert ann.text.text.endswith("can lie here until Monday if you like.\n\nFrom Tuesday on we need the room.\n\n")
    assert (bo.title, bo.authors, bo.date) == ("Pièces", ("Bo Ray",), "2023-09-13")
    assert bo.text.text.endswith("Subject: Pièces\n\nNobody may touch the north slope, says the écologist.")


def test_a_letter_has_the_same_name_wherever_it_stands_and_a_single_one_none() -> None:
    ann, bo = extracts(FIRST + SECOND, SOURCE)
    assert [found.source.part for found in extracts(SECOND + b"\n" + FIRST, SOURCE)] == [
        bo.source.part,
        ann.source.part,
    ]
    twice = extracts(FIRST + FIRST.replace(b"Monday", b"Friday"), SOURCE)
    assert len({found.source.part for found in twice}) == 2
    assert extracts(FIRST, SOURCE)[0].source.part == ""


def test_a_letter_that_is_a_page_alone_is_read_as_one() -> None:
    (found,) = check_reading(extracts, PAGE)
    assert (found.title, found.authors, found.guessed) == ("Only a page", ("cy@example.org",), ())
    assert next(text for _, text in blocks(found)).startswith("The roof of the chapel")


def test_letters_without_text_are_counted() -> None:
    found = extracts(FIRST + b"From x@example.org Wed Sep 13 10:00:00 2023\nSubject: x\n\n\n", SOURCE)
    assert [extract.notes for extract in found] == [("1 of 2 letters hold no text",)]


def test_a_line_that_only_begins_like_another_letter_parts_none() -> None:
    text = FIRST.replace(b">From Tuesday on", b"From Tuesday on") + b"From 10:15 on we are here.\nYours"
    assert len(extracts(text.replace(b"\n\nFrom 10", b"\nFrom 10"), SOURCE)) == 1


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        (b"iso-8859-2", "Kuća je žuta".encode("iso-8859-2"), "Kuća je žuta"),
        (b"iso-2022-jp", "腫瘍".encode("iso-2022-jp"), "腫瘍"),
        (b"us-ascii", "naïve".encode(), "naïve"),
        (b"unicode_escape", b"\\ud800", "\\ud800"),
        (b"no such", ("so naïve that " * 9).encode("latin-1"), "so naïve that"),
    ],
)
def test_encodings_are_those_that_the_letter_names(charset: bytes, body: bytes, text: str) -> None:
    head = b"From: a@b.org\nSubject: x\nContent-Type: text/plain; charset=" + charset
    (found,) = check_reading(extracts, head + b"\nContent-Transfer-Encoding: 8bit\n\n" + body)
    assert found.text.text.rstrip().endswith(text)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (FIRST, "2023-September.txt", "mbox"),
        (PAGE, "a.eml", "mbox"),
        (b"From Tue Sep 12 on we were there.", "a.txt", "text"),
        (FIRST.partition(b"\n")[2], "a.txt", "text"),
    ],
)
def test_archives_of_lists_are_told_by_their_first_line(data: bytes, name: str, expected: str) -> None:
    assert format_of(data, name) == expected


PARTS = [
    FIRST,
    SECOND,
    PAGE,
    b"--xx\n",
    b"Content-Type: multipart/x; boundary=a\n\n--a\n",
    b"=?x?b?",
    b"\n",
    b"\x00",
    b"\xff",
]


@given(st.lists(st.sampled_from(PARTS) | st.binary(max_size=20)).map(b"".join))
def test_whatever_the_bytes_are_they_are_read_or_refused(data: bytes) -> None:
    check_reading(extracts, data)


def test_letters_in_letters_without_end_are_refused() -> None:
    inner = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000))
    check_reading(extracts, inner + b"\ntext")
