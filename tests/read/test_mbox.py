"""Electronic mail as programs keep it: each letter is a document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read import format_of
from indexer.read.mbox import extracts
from indexer.records import Source
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


def test_letters_without_text_are_counted_unless_they_have_a_subject() -> None:
    found = extracts(FIRST + b"From x@example.org Wed Sep 13 10:00:00 2023\nTo: x\n\n\n", SOURCE)
    assert [extract.notes for extract in found] == [("1 of 2 letters hold no text",)]


@pytest.mark.parametrize(
    "rest",
    [
        b"\n",
        b"Content-Type: image/png\n\nxx",
        b"Content-Type: text/html\n\n<img src=a.png>",
        b"Content-Type: text/plain\n\n\0\1\2\3",
    ],
)
def test_a_letter_that_says_nothing_says_its_subject(rest: bytes) -> None:
    (found,) = check_reading(extracts, b"From: a@example.org\nSubject: The okapis\n" + rest)
    assert (found.title, found.text.text.rpartition("\n")[2]) == ("The okapis", "The okapis")


def test_a_file_of_one_letter_is_never_split() -> None:
    pasted = b"Subject: Two\nFrom: cy@example.org\n\nI paste it below.\n\n" + FIRST
    (found,) = extracts(pasted, Source("a.EML", "0" * 64))
    assert "I paste it below." in found.text.text
    assert "all fourteen hundred" in found.text.text


def test_what_stands_before_the_first_letter_is_a_letter() -> None:
    before, ann = check_reading(extracts, b"Subject: Two\nFrom: cy@example.org\n\nBefore them all.\n\n" + FIRST)
    assert (before.title, ann.title) == ("Two", "Slates for the chapel")
    (note,) = check_reading(extracts, b"A note on sealing wax.\n\nFrom 10:15 on it was soft.\n")
    assert note.text.text.strip() == "A note on sealing wax.\n\nFrom 10:15 on it was soft."


@pytest.mark.parametrize("end", [b"\r", b"\r\n"])
def test_lines_may_end_as_on_other_systems(end: bytes) -> None:
    data = b"\xef\xbb\xbf" + (FIRST + SECOND).replace(b"\n", end)
    assert [found.title for found in check_reading(extracts, data)] == ["Slates for the chapel", "Pièces"]
    assert format_of(data, "a.txt") == "mbox"


def _parted(kind: str, *parts: str) -> bytes:
    """A letter of several parts, each with its head."""
    inner = "".join(f"--xx\nContent-Type: {part}\n" for part in parts)
    return f'From: a@b.org\nSubject: x\nContent-Type: multipart/{kind}; boundary="xx"\n\n{inner}--xx--\n'.encode()


PLAIN = "text/plain\n\nIt has 167 arches."
HTML = "text/html\n\n<p>The lens was replaced in 1889.</p>"
FOOT = "text/plain\nContent-Disposition: inline\n\nA <list> of lenses"
LETTER = "message/rfc822\n\nSubject: y\nContent-Type: text/plain\n\nIt sank in 1944."
NAMED = "text/plain; name=list.txt\n\nNot read."


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (_parted("mixed", PLAIN, "image/png; name=a.png\n\nxx", FOOT), "It has 167 arches.\n\nA <list> of lenses"),
        (_parted("mixed", PLAIN, LETTER, NAMED), "It has 167 arches."),
        (_parted("alternative", HTML, PLAIN), "It has 167 arches."),
        (_parted("mixed", HTML, LETTER), "The lens was replaced in 1889."),
        (_parted("mixed", HTML, FOOT), "The lens was replaced in 1889.\nA <list> of lenses"),
        (
            _parted("mixed", PLAIN).replace(b"; boundary", b"; bound"),
            "--xx\nContent-Type: text/plain\n\nIt has 167 arches.\n--xx--",
        ),
    ],
)
def test_all_parts_are_read_but_one_of_several_versions_and_no_attachment(data: bytes, expected: str) -> None:
    (found,) = check_reading(extracts, data)
    text = "\n".join(text for _, text in blocks(found)) or found.text.text.partition("Subject: x\n\n")[2].strip()
    assert text == expected


def test_lines_that_flow_are_joined() -> None:
    head = b"From: a@b.org\nSubject: x\nContent-Type: text/plain; format=flowed"
    body = b"\n\nFor a com \npany.\n From \nhere\n-- \nAnn \n> quoted"
    (kept,) = check_reading(extracts, head + body)
    (deleted,) = check_reading(extracts, head + b"; delsp=yes" + body)
    assert kept.original.endswith("\n\nFor a com pany.\nFrom here\n-- \nAnn \n> quoted")
    assert deleted.original.endswith("\n\nFor a company.\nFromhere\n-- \nAnn \n> quoted")


def test_letters_of_eight_bits_in_the_head_are_those_of_the_text() -> None:
    head = "From: Jürgen <j@b.org>\nSubject: Kuća\nContent-Type: text/plain; charset=iso-8859-2\n\nA."
    (found,) = check_reading(extracts, head.encode("iso-8859-2"))
    assert (found.title, found.authors) == ("Kuća", ("Jürgen",))
    (found,) = check_reading(extracts, head.partition("\nContent")[0].encode() + b"\n\nA.")
    assert (found.title, found.authors) == ("Kuća", ("Jürgen",))


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


def test_parts_in_parts_are_read_to_a_depth_of_hundreds() -> None:
    inner = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500))
    (found,) = extracts(inner + b"Content-Type: text/plain\n\nDeep tapir.", SOURCE)
    assert found.text.text.strip() == "Deep tapir."


def test_letters_in_letters_without_end_are_refused() -> None:
    inner = b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000))
    check_reading(extracts, inner + b"\ntext")
