import pytest

from indexer.read.html_content import content, elements_of, inherited
from indexer.read.html_page import page

LEAD = "<p>Spinal metastases are found in about five percent of all patients who die of a cancer.</p>"
MORE = "<p>Most of them grow in the vertebral body, where blood vessels carry the cells of the tumour.</p>"
LAST = "<p>Surgery relieves the cord and <a href=/x>radiation</a> slows the growth of what remains of it.</p>"
ARTICLE = LEAD + MORE + LAST
OTHER = "<p>Nothing on this page is medical advice, and no doctor has looked at what is written here.</p>"


def chosen(html, headlines=()):
    """The first words of each stretch of the main text."""
    stretches = page(html, 10_000).stretches
    found = content(elements_of(stretches), stretches, set(headlines))
    picked = [stretch.text.text for stretch, is_main in zip(stretches, found.chosen, strict=True) if is_main]
    return [" ".join(text.split()[:2]) for text in picked]


BODY = ["Spinal metastases", "Most of", "Surgery relieves"]


@pytest.mark.parametrize(
    "html",
    [
        ARTICLE,
        f"<div>{ARTICLE}</div>",
        f"<article>{ARTICLE}</article><aside>{OTHER}</aside>",
        f"<nav><p>{OTHER}</p></nav><div>{ARTICLE}</div>",
        f"<div>{ARTICLE}</div><div class=related>{OTHER}</div>",
        f"<div>{ARTICLE}</div><div id=comments>{OTHER * 9}</div>",
        f"<div>{ARTICLE}<div style='display:none'>{ARTICLE}</div></div>",
        f"<div>{ARTICLE}</div><div>{OTHER}</div>",
        f"<div>{OTHER}<main>{ARTICLE}</main></div>",
        f"<body><header><p>{OTHER}</p></header><div>{ARTICLE}</div><footer>{OTHER}</footer>",
        f"<table><tr><td>menu<td>{ARTICLE}</table>",
        f"<div>{ARTICLE}</div><template>{OTHER}</template><noscript>{OTHER}</noscript>",
    ],
)
def test_the_main_text_is_told_from_what_stands_around_it(html):
    assert chosen(html) == BODY


@pytest.mark.parametrize(
    "wrapper",
    [
        "<div class='page no-sidebar'>",
        "<form id=aspnetForm>",
        "<div class=widget><div class=ad-free>",
        "<div class='hentry status-publish category-advertising'>",
        "<div class=modal>",
        "<div hidden>",
    ],
)
def test_what_holds_all_there_is_to_read_wraps_the_page(wrapper):
    assert chosen(f"<body>{wrapper}{ARTICLE}") == BODY


def test_many_comments_are_no_main_text():
    assert chosen(f"<div>{LEAD}{MORE}</div><div class=comments>{OTHER * 50}</div>") == BODY[:2]


def test_a_box_that_is_likely_to_stand_apart_is_the_main_text_when_it_bears_the_title():
    box = "<div class='article-body social-wrap'>"
    assert (
        chosen(f"{box}<h1>Spinal tumours</h1>{ARTICLE}{LEAD}</div><div>{OTHER * 3}</div>", headlines={0})[1:-1] == BODY
    )
    assert chosen(f"{box}{ARTICLE}</div><div>{OTHER * 3}</div>") == ["Nothing on"] * 3


def test_lists_of_links_are_no_main_text_and_lists_of_words_are():
    links = "".join(f"<li><a href=/{n}>Another article of ours, number {n}</a>" for n in range(3))
    items = "<li>The cord is compressed.<li>The patient is able to walk.<li>See the <a href=/x>guideline</a>."
    assert chosen(f"<div>{ARTICLE}<ul>{links}</ul></div>") == BODY
    assert chosen(f"<div>{ARTICLE}<ul>{items}</ul></div>") == [*BODY, "The cord", "The patient", "See the"]


def test_a_list_is_judged_as_a_whole():
    items = "<li>Loss of strength in both legs<li><a href=/pain>Pain</a><li>Loss of feeling below the tumour"
    assert chosen(f"<div>{ARTICLE}<ul>{items}</ul></div>") == [*BODY, "Loss of", "Pain", "Loss of"]


def test_a_post_quoted_in_a_social_box_is_main_text_but_not_one_in_a_sidebar():
    quoted = f"<blockquote>{OTHER}</blockquote>"
    assert chosen(f"<div>{LEAD}{MORE}<div class=social-embed>{quoted}</div>{LAST}</div>")[2] == "Nothing on"
    assert chosen(f"<div>{ARTICLE}<aside>{quoted}</aside></div>") == BODY


def test_parts_of_one_kind_are_one_text():
    long = f"<div class=part>{ARTICLE}</div>"
    assert chosen(f"<div>{long}<div class=part>{OTHER}</div></div><p>Menu</p>") == [*BODY, "Nothing on"]
    assert chosen(f"<div>{long}<div class=promo-box>{OTHER}</div></div><p>Menu</p>") == BODY
    assert chosen(f"<div>{long}<div class=disclaimer>{OTHER}</div></div><p>Menu</p>") == BODY


def test_the_sections_of_an_article_are_one_text():
    html = f"<div><section class=a>{ARTICLE}</section><section class=b>{OTHER}</section></div>"
    assert chosen(html) == [*BODY, "Nothing on"]


@pytest.mark.parametrize(
    "part",
    [
        "<p>Forty patients came.</p><table><tr><td>Ulm</td><td>12</td></tr><tr><td>Bo</td><td>28</td></tr></table>",
        "<ul><li>Forty patients</li><li>nine years</li></ul>",
    ],
)
def test_a_section_of_little_prose_is_one_of_the_text_where_it_is_headed_as_the_others_are(part):
    few = f"<section><h2>The patients</h2>{part}</section>"
    html = f"<div>{few}<section><h2>A lead</h2>{ARTICLE * 3}</section><section><h2>An end</h2>{LEAD}</section></div>"
    assert {"The patients", "Forty patients", "A lead", "An end"} <= set(chosen(html))


def test_what_says_that_it_is_the_main_text_and_has_sections_is_it_whole():
    alarm = "<div class=care-card><h2>Call now if</h2><ul><li>legs are numb</ul></div>"
    parts = f"<section><h2>A lead</h2>{ARTICLE * 3}</section><section><h2>An end</h2>{LEAD}</section>"
    assert "legs are" in chosen(f"<main>{alarm}{parts}</main>")
    assert "legs are" not in chosen(f"<div>{alarm}{parts}</div>")


def test_an_abstract_above_the_main_element_is_main_text_however_short():
    authors = (
        "<ul><li>Ann Lee, Ulm</li><li>Bo Ray, Bonn</li><li>Department of Surgery of the university of Ulm</li></ul>"
    )
    html = f"<div><div class=JournalAbstract>{authors}{LEAD}</div><div>{MORE}{LAST}{ARTICLE * 9}</div></div>"
    assert chosen(html)[3] == "Spinal metastases"


def test_a_section_that_is_headed_otherwise_is_none_of_the_text():
    few = "<section><h3>The patients</h3><ul><li>Forty patients</li></ul></section>"
    html = f"<div>{few}<section><h2>A lead</h2>{ARTICLE * 3}</section><section><h2>An end</h2>{LEAD}</section></div>"
    assert "Forty patients" not in chosen(html)


def test_an_article_that_begins_above_its_main_element_is_read_from_its_beginning():
    long = f"<div class=rest>{MORE}{LAST}{MORE}{LAST}</div>"
    assert chosen(f"<div><div class=first>{LEAD}</div>{long}</div>")[0] == "Spinal metastases"


def test_a_summary_above_the_main_element_is_no_part_of_it():
    long = f"<div class=rest>{ARTICLE * 4}</div>"
    assert chosen(f"<div><div class=summary>{OTHER}</div>{long}</div>")[0] == "Spinal metastases"
    assert chosen(f"<main><div class=summary>{OTHER}</div>{long}</main>")[0] == "Nothing on"


def test_pages_of_many_equal_texts_are_main_text_throughout():
    posts = "".join(f"<div class=post>{text}</div>" for text in (LEAD, MORE, LAST, OTHER))
    assert chosen(f"<div>{posts}</div>") == [*BODY, "Nothing on"]


def test_scripts_without_spaces_count_as_prose():
    chinese = "<p>脊髓转移瘤在所有癌症死亡患者中约占百分之五，大多数生长在椎体内。</p>"
    assert len(chosen(f"<div><a href=/x>首页</a></div><div>{chinese * 3}</div>")) == 3


@pytest.mark.parametrize("html", ["<p>Hello", "<div class=ad>Hello</div>", "<a href=/x>Hello</a>", "<nav>Hello</nav>"])
def test_a_page_without_prose_is_main_text_as_far_as_it_shows_any(html):
    assert chosen(html) == ["Hello"]


def test_on_a_page_without_prose_what_stands_apart_is_left_out():
    assert chosen("<nav>Home</nav><p>Hello</p><footer>Imprint</footer>") == ["Hello"]


def test_a_page_without_text_has_no_main_text():
    assert chosen("<p></p>") == []


def test_values_are_inherited_from_the_innermost_element_that_has_one():
    (stretch,) = page("<div id=a><div><p id=c><i>x</i></p></div></div>", 9).stretches
    elements = elements_of([stretch])
    found = inherited(elements, lambda element: element.attributes.get("id"))
    assert [found[element] for element in elements] == [None, "a", "a", "c"]
