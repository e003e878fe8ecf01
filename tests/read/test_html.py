import time
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.html import decode, extracts
from tests.conftest import shared_data
from tests.evaluation.article_extraction import anchor_faults, extracted
from tests.read.soundness import SOURCE, blocks, check_reading, check_sound, unlabelled

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<title>Tumours of the spine | The Spine Centre</title>
<meta property="og:site_name" content="The Spine Centre">
<meta name="author" content="Ann Lee and Jan Roe">
<meta property="article:published_time" content="2019-11-20T08:00:00Z">
<link rel="canonical" href="https://example.org/spine">
<script>document.write("<p>never shown</p>")</script></head>
<body><nav><ul><li><a href="/">Home</a><li><a href="/clinics">Our clinics</a></ul></nav>
<article><h1>Tumours of the spine</h1><p class="byline">By Ann Lee and Jan Roe</p>
<p>Spinal metastases are found in about 5&nbsp;% of all patients who die of a&#32;cancer&mdash;most
   of them <b>over</b> sixty.</p>
<h2>Signs</h2>
<p>Pain at night is the sign that most often leads to the diagnosis.</p>
<ul><li>Pain at night<li>Loss of strength</ul>
<table><tr><th>Part</th><th>Share</th></tr><tr><td>Thoracic</td><td>70 %</td></tr></table>
<figure><img src="scan.png" alt=""><figcaption>A scan of the spine</figcaption></figure>
<aside><p>Book an appointment with one of our friendly specialists today.</p></aside></article>
<footer>© The Spine Centre</footer></body></html>
"""


def read(html):
    (extract,) = extracts(html if isinstance(html, bytes) else html.encode(), SOURCE)
    return extract


def test_a_page_is_read_whole_and_labelled():
    assert blocks(read(PAGE)) == [
        ("other", "Home"),
        ("other", "Our clinics"),
        ("title", "Tumours of the spine"),
        ("author", "By Ann Lee and Jan Roe"),
        (
            "prose",
            "Spinal metastases are found in about 5\xa0% of all patients who die of a cancer—most of them over sixty.",
        ),
        ("heading", "Signs"),
        ("prose", "Pain at night is the sign that most often leads to the diagnosis."),
        ("item", "Pain at night"),
        ("item", "Loss of strength"),
        ("columns", "Part\tShare"),
        ("row", "Thoracic\t70 %"),
        ("caption", "A scan of the spine"),
        ("other", "Book an appointment with one of our friendly specialists today."),
        ("other", "© The Spine Centre"),
    ]


def test_a_page_says_who_wrote_it_and_when_and_where_it_is():
    found = read(PAGE)
    assert (found.title, found.authors) == ("Tumours of the spine", ("Ann Lee", "Jan Roe"))
    assert (found.date, found.url, found.guessed) == ("2019-11-20", "https://example.org/spine", ())


def test_a_title_that_only_the_text_gives_is_a_guess():
    found = read("<h1>Tumours of the spine</h1><p>Pain at night is the sign that leads to the diagnosis.")
    assert (found.title, found.guessed) == ("Tumours of the spine", ("title",))


def test_the_title_is_the_one_that_is_shown_when_the_head_says_it_too():
    found = read("<title>TUMOURS OF THE SPINE - 20 tips</title><h1>Tumours of the Spine</h1><p>Pain at night.")
    assert found.title == "Tumours of the Spine"


def test_a_title_that_the_head_alone_says_is_the_title():
    assert read("<title>Tumours &amp; more</title><p>Pain at night.").title == "Tumours & more"
    assert read("<p>Pain at night.").title == ""


def test_every_character_of_the_text_stands_in_the_page():
    found = read(PAGE)
    assert found.original == PAGE
    assert anchor_faults(found) == []
    assert unlabelled(found) == ""
    check_sound(found)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<p>naïve".encode(), "naïve"),
        ("<p>naïve".encode("utf-8-sig"), "naïve"),
        ("<p>naïve".encode("utf-16"), "naïve"),
        ("<meta charset=iso-8859-1><p>naïve".encode("latin-1"), "naïve"),
        ("<meta charset=iso-8859-1><p>“naïve”".encode("cp1252"), "“naïve”"),  # browsers read latin-1 as cp1252
        ("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>спина".encode("cp1251"), "спина"),
        ("<meta charset='shift_jis'><p>脊椎".encode("cp932"), "脊椎"),
        ("<meta charset=gb2312><p>脊椎".encode("gb18030"), "脊椎"),
        ("<?xml version='1.0' encoding='euc-kr'?><p>척추</p>".encode("euc-kr"), "척추"),
        ("<meta charset=latin1><p>naïve".encode(), "naïve"),  # says another encoding than it has
        ("<meta charset=utf-16><p>naïve".encode(), "naïve"),  # what names itself so can be no UTF-16
        ("<meta charset=no-such-thing><p>naïve".encode(), "naïve"),
        (b"<meta charset=utf-7><p>1 +AD4- 2", "1 +AD4- 2"),
        (b"<meta charset=unicode_escape><p>\\u0041", "\\u0041"),
        ("<meta charset=rot13><p>naïve".encode(), "naïve"),
    ],
)
def test_pages_are_decoded_as_browsers_decode_them(data, expected):
    assert blocks(read(data)) == [("prose", expected)]


def test_a_page_in_another_encoding_than_utf_8_that_says_it_is_utf_8():
    data = ("<meta charset=utf-8><p>" + "Les métastases de la colonne vertébrale sont fréquentes. " * 9).encode(
        "cp1252"
    )
    assert "métastases" in decode(data, "a.html")


def test_one_broken_character_does_not_change_the_encoding_of_a_page():
    data = ("<meta charset=utf-8><p>" + "Les métastases fréquentes. " * 9).encode() + b"\xe9 fin"
    assert decode(data, "a.html").endswith("fréquentes. \ufffd fin")


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n ",
        "<html></html>",
        "<script>var a = 1;</script>",
        "<!-- nothing -->",
        "<frameset><frame src=a></frameset><noframes>no</noframes>",
        "<img src=a alt=b>",
        "<p>\0\0",
    ],
)
def test_a_page_that_shows_no_text_is_empty(html):
    with pytest.raises(UnreadableSourceError) as caught:
        read(html)
    assert caught.value.status in {"empty", "not text"}


def test_what_is_no_text_is_not_read():
    with pytest.raises(UnreadableSourceError) as caught:
        read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0" * 50)
    assert caught.value.status == "not text"


def test_a_few_nuls_do_no_harm():
    assert blocks(read("<p>one" + " and more" * 20 + "\0 two")) == [("prose", "one" + " and more" * 20 + " two")]


def test_a_stray_nul_in_a_page_of_another_encoding_does_no_harm():
    data = b"<p>" + b"Les m\xe9tastases sont fr\xe9quentes. " * 40 + b"\0 fin"
    assert decode(data, "a.html").startswith("<p>Les métastases sont fréquentes.")


def test_a_page_of_pieces_without_end_is_too_large(monkeypatch):
    monkeypatch.setattr("indexer.read.html._MOST_STRETCHES", 1_000)
    assert len(blocks(read("<p>x" * 1_000))) == 1_000
    with pytest.raises(UnreadableSourceError, match="1000 pieces") as caught:
        read("<p>x" * 1_001)
    assert caught.value.status == "too large"


def test_xhtml_is_read():
    html = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="a"/></head>
        <body><p>Pain &#8212; at night</p><p><![CDATA[1 < 2]]></p></body></html>"""
    assert blocks(read(html)) == [("prose", "Pain — at night"), ("prose", "1 < 2")]


def test_a_page_without_markup_is_one_paragraph():
    assert blocks(read("Pain at night & loss of\nstrength < before")) == [
        ("prose", "Pain at night & loss of strength < before")
    ]


def test_a_page_that_was_cut_is_read_as_far_as_it_goes():
    assert blocks(read(PAGE[: PAGE.index("over</b>")]))[-1][1].endswith("most of them")


HOSTILE = {
    "nested": "<div>" * 100_000 + "found" + "</div>" * 100_000,
    "nested in line": "<b>" * 100_000 + "found",
    "nested with classes": "<span class='a b'>" * 20_000 + "found",
    "nested lists": "<ul><li>" * 20_000 + "found",
    "nested tables": "<table><tr><td>" * 10_000 + "found",
    "nested quotes": "<blockquote><a href=x>" * 10_000 + "found",
    "stray closing tags": "<div>" * 600 + "</p></b></td>" * 10_000 + "found",
    "misnested": "<b><p></b></p>" * 10_000 + "found",
    "closing through cells": "<div>" + "<table><td>" * 200 + "</div>" * 50_000 + "found",
    "less-than signs": "found" + "<" * 200_000,
    "ampersands": "found" + "&" * 200_000,
    "references": "found" + "&amp;" * 20_000,
    "references without end": "found" + "&#1" * 50_000,
    "comments without end": "found" + "<!--" * 50_000,
    "tags without end": "found" + "<a " * 50_000,
    "quotes without end": "found" + "<a b='" * 20_000,
    "quotes in quotes": "found" + "<a b='\"" * 20_000,
    "equal signs": "<a " + "=" * 200_000 + ">found",
    "a large attribute": f"<p class='{'ad-' * 50_000}' title='{'x' * 200_000}'>found",
    "many attributes": "<p " + "a=b " * 50_000 + ">found",
    "many classes": f"<p class='{'a-b ' * 50_000}'>found",
    "scripts": "found" + "<script>" * 20_000,
    "titles": "found" + "<title>x</title>" * 10_000,
    "a long title": f"<title>{'word ' * 50_000}</title><h1>word word word</h1><p>found",
    "data nested": "<script type='application/ld+json'>" + '{"a":' * 50_000 + "</script>found",
    "white space": "found" + "\n\t " * 50_000,
    "line breaks": "found" + "<br>x" * 20_000,
    "rows": "<table>" + "<tr><td>found<td>y" * 4_000,
    "cells": "<table><tr>" + "<td>found" * 5_000,
    "siblings": f"<p>{'found and long enough to count as prose, ' * 3}</p>" * 5_000,
    "siblings of classes": "".join(f"<div class='a-{n} related'>found</div>" for n in range(5_000)),
    "headings": "<h1>found and found and found</h1>" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_cost_no_more_than_their_length(name):
    started = time.process_time()
    found = read(HOSTILE[name])
    assert time.process_time() - started < 8  # at most 1 second where nothing else runs
    assert found.text.text.lstrip().startswith("found") or name == "a long title"
    check_sound(found)


TAGS = (
    "<p> </p> <h1> <h2> <ul><li> <table> <tr> <td> </table> <article> </article> <nav> <br> <pre> <title> </title> </a>"
)
OTHERS = "<script> </script> <!-- --> < > & &amp; &#0; &bogus &#x110000; <![CDATA[ ]]> <?xml ' \" = \0 text Ünïcödé"
TEXTS = ["脊椎", "\u00ad", "<a href=x>", "<meta charset=utf-16>", "words, and more.", "\ufeff", "\ud7ff", " ", "\n"]
PARTS = st.sampled_from([*TAGS.split(), *OTHERS.split(" "), *TEXTS])


@given(st.lists(PARTS, max_size=40).map("".join))
def test_whatever_the_markup_the_reading_is_sound_and_every_character_is_anchored(html):
    for extract in check_reading(extracts, html.encode("utf-8", "replace")):
        assert anchor_faults(extract) == []
        assert unlabelled(extract) == ""


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda noise: noise + PAGE.encode()))
def test_whatever_the_bytes_the_reading_is_sound(data):
    for extract in check_reading(extracts, data):
        assert anchor_faults(extract) == []


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_text_is_found_as_it_was_written(text):
    written = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = [found for _, found in blocks(read(f"<p>start {written} end</p>"))]
    assert " ".join("".join(shown).split()) == " ".join(f"start {unescape(written)} end".split())


@pytest.mark.collection
def test_every_character_of_real_pages_is_anchored():
    for path in sorted(shared_data("article_extraction").glob("html/*.html"))[:12]:
        found = extracted(path)
        check_sound(found)
        assert anchor_faults(found) == []
        assert unlabelled(found) == ""
        assert found.title
