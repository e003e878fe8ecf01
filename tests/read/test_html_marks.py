import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.html_page import page


def shown(html):
    return " ".join(" ".join(stretch.text.text.split()) for stretch in page(html, 1000).stretches)


@pytest.mark.parametrize(
    "mark",
    [
        "<sup id=c1 class=reference><a href='/w#n'>&#91;12&#93;</a></sup>",
        "<sup class=reference><a href=#n><span>[</span>note 1<span>]</span></a></sup>",
        "<sup class=reference><a href=#n>[lower-alpha 1]</a></sup>",
        "<sup class='reference nowrap'>: p. 123\u2013145</sup>",
        "<sup class=reference><a href=#n>[注1]</a></sup>",
        "<sup>[<a href='#r'>b</a>]</sup>",
        "<sup><a href='#r1'>1</a>, <a href='#r2'>2</a></sup>",
        "<a href='#n'><sup>*</sup></a>",
        "<a href='#n'>\n<sup>[<b>iv</b>]</sup></a >",
        "<a role=doc-noteref href='#n'>2</a>",
        "<a epub:type=noteref href='n.html#1'><sup>1</sup></a>",
        "<a epub:type=noteref href='n.html#1'><img src=n.png></a>",
    ],
)
def test_a_mark_that_leads_to_a_note_is_not_shown(mark):
    assert shown(f"<p>lit{mark}. It") == "lit. It"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<a href='#terms'><sup>*</sup>Terms apply to all orders</a>", "*Terms apply to all orders"),
        ("<p><a href='#f1'><sup>1</sup> Rivers are measured.</a></p>", "1 Rivers are measured."),
        ("<p>It is long.<sup><a href='#n1'>1</a> as of May</sup>", "It is long.1 as of May"),
        ("<div>Hills.<a href='#n1'><sup>1</sup><p>One.</p><p>Two.</p></div>", "Hills.1 One. Two."),
        ("<div>Hills.<sup><a href='#n1'>1<p>One.</p><p>Two.</p></div>", "Hills.1 One. Two."),
        ("<div>Hills.<sup><a href='#n1'>1</a><p>One.</sup></p>Two.</div>", "Hills.1 One. Two."),
        ("<sup><a href='#n1'>1</a><!-- </sup> --> Hills.", "1 Hills."),
        ("<sup><a href='#n1'><b title='</sup>'>1</a> Hills.", "1 Hills."),
        ("<p>Hills.<sup class=reference>[1] They rise.", "Hills.[1] They rise."),
        ("<p>The <a epub:type=noteref href='#n'>hippocampus</a> lies", "The hippocampus lies"),
        ("<p>Hills.<a role=doc-noteref href='#n'>1 They <p>rise.", "Hills.1 They rise."),
        ("<p>Hills.<sup class=Inline-Template>[who?]<p>They rise.", "Hills. They rise."),
    ],
)
def test_what_is_more_than_a_mark_or_never_closed_is_text(html, expected):
    assert shown(html) == expected


OPENING = [
    "<a href='#n'>",
    "<a role=doc-noteref href='#n'>",
    "<sup>",
    "<sup class=reference>",
    "<span role=doc-noteref>",
]
OTHER = ["</a>", "</sup>", "</span>", "1", " * ", "[", "]", "<p>", "</p>", "<b>", "</b>", "<br>", "<!-- </sup> -->"]


@given(st.lists(st.sampled_from([*OPENING, *OTHER, " river "]), max_size=30).map("".join))
def test_every_word_that_is_no_mark_is_kept(html):
    assert shown(html).count("river") == html.count("river")


@pytest.mark.parametrize(
    "sign", ["\u2020" * 59 + "word", "1 " * 29 + "word", "a-" * 29 + "word", "]" * 59 + "word", "i" * 60]
)
def test_no_sign_is_looked_at_again_and_again(sign):
    html = f"<sup class=reference><a href='#n'>{sign}</a></sup><sup><a href='#n'>{sign}</a></sup>"
    assert shown(html * 200) == sign * 400


def test_raised_numbers_behind_a_sentence_are_sources_and_those_of_a_price_are_not() -> None:
    assert (
        shown("<p>It is rare.<sup>1</sup> It costs $19.<sup>99</sup> in all.") == "It is rare. It costs $19.99 in all."
    )
