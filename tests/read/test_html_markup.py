from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.html_markup import attributes, pieces, tokens


def read(html):
    """Kind, and the name or the characters, of each token."""
    return [(token.kind, token.name or html[token.start : token.end]) for token in tokens(html)]


def shown(html, preformatted=False):
    return "".join(piece[0] for piece in pieces(html, 0, len(html), preformatted))


def test_tags_and_text_come_in_order_with_their_places():
    html = "<p class=a>one <B>two</b></p>"
    assert read(html) == [
        ("open", "p"),
        ("text", "one "),
        ("open", "b"),
        ("text", "two"),
        ("close", "b"),
        ("close", "p"),
    ]
    first = next(tokens(html))
    assert (first.start, first.end, first.attributes) == (0, 11, " class=a")


@pytest.mark.parametrize(
    "html",
    [
        "a<!-- <p>hidden</p> -->b",
        "a<!-- never > so -- > --!>b",
        "a<!-->b",
        "a<!doctype html>b",
        "a<?php echo 1 ?>b",
        "a</>b",
        "a</ 3>b",
    ],
)
def test_comments_declarations_and_instructions_are_left_out(html):
    assert read(html) == [("text", "a"), ("text", "b")]


def test_a_comment_that_is_never_closed_swallows_the_rest_as_in_a_browser():
    assert read("a<!-- b <p>c") == [("text", "a")]


def test_a_tag_that_is_never_closed_swallows_the_rest():
    assert read("a<p class=") == [("text", "a")]


@pytest.mark.parametrize("html", ["1 < 2", "a <3 b", "x<", "<<>>", "a << b"])
def test_a_less_than_sign_before_no_letter_is_text(html):
    assert "".join(text for kind, text in read(html) if kind == "text") == html


def test_a_greater_than_sign_in_a_quoted_value_ends_no_tag():
    assert read('<a title="a > b" href=x>c</a>') == [("open", "a"), ("text", "c"), ("close", "a")]


def test_an_apostrophe_outside_a_value_is_no_quote():
    assert read("<p it's>one</p><p it's>two</p>") == [
        ("open", "p"),
        ("text", "one"),
        ("close", "p"),
        ("open", "p"),
        ("text", "two"),
        ("close", "p"),
    ]


def test_a_quote_that_is_never_closed_costs_its_own_tag_only():
    assert read('<p>one</p><a href="x>two</a>')[-2:] == [("text", "two"), ("close", "a")]


@pytest.mark.parametrize("name", ["script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp"])
def test_the_text_of_raw_elements_is_no_markup(name):
    html = f"<{name} a=b>if (1 <b> 2) </p></{name.upper()} >after"
    (raw, closing, after) = tokens(html)
    assert (raw.kind, raw.name, html[raw.start : raw.end]) == ("raw", name, "if (1 <b> 2) </p>")
    assert (raw.attributes, closing.kind, html[after.start :]) == (" a=b", "close", "after")


def test_a_raw_element_ends_at_its_own_closing_tag_only():
    assert read("<script>a</scripted>b</script>c")[-1] == ("text", "c")


def test_a_script_that_is_never_closed_swallows_the_rest():
    assert [kind for kind, _ in read("a<script>b<p>c")] == ["text", "raw"]


def test_xhtml_has_cdata_and_elements_that_close_themselves():
    declaration = '<?xml version="1.0"?>'
    assert read(declaration + "<p><![CDATA[a < b]]></p>") == [("open", "p"), ("text", "a < b"), ("close", "p")]
    assert read(declaration + "<script src='x'/><p>a") == [("open", "script"), ("open", "p"), ("text", "a")]
    assert read(declaration + "a<![CDATA[b <p>c") == [("text", "a"), ("text", "b <p>c")]


def test_html_has_neither():
    assert read("<![CDATA[a]]>b") == [("text", "b")]
    assert [kind for kind, _ in read("<script src='x'/><p>a")] == ["raw"]


def test_a_picture_s_empty_title_does_not_swallow_the_page():
    assert read("<svg><title/></svg>a")[-1] == ("text", "a")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (' class="a b" id=c', {"class": "a b", "id": "c"}),
        (" HIDDEN", {"hidden": ""}),
        (" a = 'it is' b", {"a": "it is", "b": ""}),
        (' title="Q&amp;A"', {"title": "Q&A"}),
        (" a=1 a=2", {"a": "1"}),
        (" href=/x/?a=b&c=d", {"href": "/x/?a=b&c=d"}),
        (' a="" b=c /', {"a": "", "b": "c"}),
        ("", {}),
    ],
)
def test_attributes_are_read_as_browsers_read_them(written, expected):
    assert attributes(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Q&amp;A", "Q&A"),
        ("&#8217;&#x2019;", "’’"),
        ("&copy;2020 &copy2020", "©2020 ©2020"),
        ("&notit;", "¬it;"),
        ("&unknown; &; &# &", "&unknown; &; &# &"),
        ("&#128;", "€"),
        ("&#0;", "\ufffd"),
        ("&#xD800;", "\ufffd"),
        ("&NotEqualTilde;", "≂̸"),
        ("a\0b", "ab"),
        ("a \n\t b", "a b"),
        ("a\xa0\xa0b", "a\xa0\xa0b"),
        ("a&nbsp; b", "a\xa0 b"),
    ],
)
def test_text_is_shown_with_references_decoded_and_white_space_folded(written, expected):
    assert shown(written) == expected


def test_preformatted_text_keeps_its_white_space():
    assert shown("a\n    b &lt; c\0", preformatted=True) == "a\n    b < c"


def test_each_piece_knows_its_place():
    assert list(pieces("xx Q&amp;A\n\nb", 3, 13)) == [
        ("Q", 3, 4),
        ("&", 4, 9),
        ("A", 9, 10),
        (" ", 10, 12),
        ("b", 12, 13),
    ]


HTML = st.text(alphabet="<>/!-?='\"&;#x pabscript\n\0]é[CDATA", max_size=60)


@given(HTML)
def test_tokens_follow_one_another_whatever_the_page(html):
    done = 0
    for token in tokens(html):
        assert done <= token.start <= token.end <= len(html)
        done = token.end


@given(HTML, st.booleans())
def test_pieces_cover_a_text_but_for_nuls_and_unprintable_references(html, preformatted):
    done, covered = 0, ""
    for characters, start, end in pieces(html, 0, len(html), preformatted):
        assert start >= done or covered.endswith(html[start:end])  # two characters of one reference share their place
        assert len(characters) == end - start or len(characters) == 1
        covered += html[start:end] if start >= done else ""
        done = end
    assert "&" in html or covered == html.replace("\0", "")


@given(st.text(max_size=40))
def test_text_without_white_space_runs_is_shown_as_the_standard_library_decodes_it(text):
    plain = " ".join(text.replace("\0", "").split())
    assert shown(plain) == unescape(plain)
