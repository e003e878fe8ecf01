import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.html_labels import labelled, names_title
from indexer.read.html_page import page
from indexer.records import KINDS

LEAD = "<p>Spinal metastases are found in about five percent of all patients who die of a cancer.</p>"
MORE = "<p>Most of them grow in the vertebral body, where blood vessels carry the cells of the tumour.</p>"
TITLE = "Tumours of the spine"


def labels(html, *titles):
    """Kind and first two words of each stretch."""
    found = labelled(page(html, 10_000).stretches, titles)
    return [(label.kind, " ".join(label.text.text.split()[:2])) for label in found]


def kind_of(part, titles=(TITLE,), around=(f"<article><h1>{TITLE}</h1>{LEAD}", f"{MORE}</article>")):
    """The kind of the one stretch of some markup between two paragraphs of an article."""
    before, after = around
    place = len(page(before, 100).stretches)
    return labelled(page(before + part + after, 10_000).stretches, titles)[place].kind


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<p>The cord is compressed.</p>", "prose"),
        ("<blockquote>The cord is compressed.</blockquote>", "prose"),
        ("<div>The cord is compressed.</div>", "prose"),
        ("<pre>The dose is two.</pre>", "prose"),
        ("<h2>Diagnosis</h2>", "heading"),
        ("<h4>By age</h4>", "heading"),
        ("<p class=ti-art>Article 3</p>", "heading"),
        ("<p>§ 12a</p>", "heading"),
        ("<p>Article 3 was added.</p>", "prose"),
        ("<p><b>2.1 By age</b></p>", "heading"),
        ("<p><b>By age</b></p>", "prose"),
        ("<div role=heading>Diagnosis</div>", "heading"),
        ("<ul><li>Pain at night</ul>", "item"),
        ("<dl><dt>Pain at night</dl>", "item"),
        ("<ol><li><p>Pain at night</p></ol>", "item"),
        ("<table><tr><td>Pain</td><td>7 of 9</td></tr></table>", "row"),
        ("<table><tr><th>Pain</th><td>7 of 9</td></tr></table>", "row"),
        ("<table><tr><th>Sign</th><th>Patients</th></tr></table>", "columns"),
        ("<table><thead><tr><td>Sign</td><td>Patients</td></tr></thead></table>", "columns"),
        ("<figure><figcaption>A scan of the spine</figcaption></figure>", "caption"),
        ("<table><caption>Patients by age</caption></table>", "caption"),
        ("<p class=wp-caption-text>A scan of the spine</p>", "caption"),
        ("<figure><img><div><p>A scan of the spine</p></div></figure>", "caption"),
        (
            f"<figure><p>{3 * 'It was built of slate, and it stood for four hundred years or more on its hill. '}",
            "caption",
        ),
        (
            f"<figure><p>{4 * 'It was built of slate, and it stood for four hundred years or more on its hill. '}",
            "prose",
        ),
        (
            f"<figure><p>Fig. 2. {4 * 'It was built of slate, and stood for four hundred years or more on its hill. '}",
            "caption",
        ),
        ("<figure><blockquote>It was a scan.</blockquote></figure>", "prose"),
        ("<figure><table><tr><td>Pain</td><td>7 of 9</td></tr></table></figure>", "row"),
        ("<figure><ul><li>Pain at night</ul></figure>", "item"),
        ("<figure><h3>Diagnosis</h3></figure>", "heading"),
        ("<figure><a href=/x>Full size image</a></figure>", "other"),
        ("<figcaption><h3>A scan of the spine</h3></figcaption>", "caption"),
        ("<figure><h4>Fig. 1.</h4></figure>", "caption"),
        ("<section><h4>Table IV</h4></section>", "caption"),
        ("<div class=references>Lee A. Spine. 2019.</div>", "references"),
        ("<ol class=reflist><li>Lee A. Spine. 2019.</ol>", "references"),
        ("<section role=doc-bibliography>Lee A. Spine. 2019.</section>", "references"),
        ("<div class=footnotes>1 In the year before.</div>", "footnote"),
        ("<aside>Our clinic is open.</aside>", "other"),
        ("<div class=share-bar>Send this article to a friend.</div>", "other"),
        ("<p><a href=/x>Read how we work at night</a></p>", "other"),
        ("<p>Advertisement</p>", "other"),
        ("<p>Read more</p>", "other"),
        ("<h2>* * *</h2>", "other"),
        ("<p>Read more books.</p>", "prose"),
        ("<div class=byline>By Ann Lee</div>", "author"),
        ("<span itemprop=author>Ann Lee</span>", "prose"),
        ("<a rel=author href=/lee>Ann Lee</a>", "author"),
        ("<div><time>20 November</time></div>", "dates"),
        ("<p class=timestamp>20 November</p>", "dates"),
    ],
)
def test_elements_say_what_a_stretch_is(part, kind):
    assert kind_of(part) == kind


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<ul><li>{}</li><li>Part 4</li></ul>", "item"),
        ("<ul><li><span>{}</span></li><li>Part 4</li></ul>", "item"),
        ("<table><tr><td>{}</td></tr><tr><td>Part 4</td></tr></table>", "prose"),
    ],
)
def test_the_number_of_a_part_is_no_heading_in_a_list_or_a_cell(part, kind):
    assert kind_of(part.format("Part 3")) == kind


def test_the_number_of_a_part_is_no_heading_where_other_text_stands_in_its_element():
    shown = labels(f"<article><h1>{TITLE}</h1>{LEAD}{MORE}Article 3<br><br>The cord is compressed.</article>", TITLE)
    assert shown[3:] == [("prose", "Article 3"), ("prose", "The cord")]


@pytest.mark.parametrize(
    "around",
    [
        "<pre><code>{}</code></pre>",
        "<pre><code class=a></code><code class=b>{}</code></pre>",
        "<div class=highlight><pre><span></span>{}</pre></div>",
        "<pre class=example-2>{}</pre>",
    ],
)
def test_code_stands_line_by_line(around):
    html = f"<article><h1>{TITLE}</h1>{LEAD}{MORE}{around.format('if a:' + chr(10) * 2 + '    b()')}</article>"
    found = labelled(page(html, 100).stretches, (TITLE,))
    assert [(one.kind, one.text.text) for one in found[3:]] == [("code", "if a:"), ("code", "    b()")]


def test_the_answer_that_a_button_opens_is_main_text_under_its_question():
    button, answer = "<button aria-expanded=false>Can I bring it?</button>", f"<div hidden>{LEAD}</div>"
    shown = labels(f"<article><h1>{TITLE}</h1>{LEAD}{MORE}{button}{answer}</article>", TITLE)
    assert shown[3:] == [("heading", "Can I"), ("prose", "Spinal metastases")]
    shown = labels(f"<article><h1>{TITLE}</h1>{LEAD}{MORE}<h2>{button}</h2>{answer}{button}</article>", TITLE)
    assert shown[3:] == [("heading", "Can I"), ("prose", "Spinal metastases"), ("other", "Can I")]
    menu = "<ul hidden><li>English<li>Deutsch</ul>"
    shown = labels(f"<article><h1>{TITLE}</h1>{LEAD}{MORE}{button}{menu}</article>", TITLE)
    assert [kind for kind, _ in shown[3:]] == ["other"] * 3


def test_what_is_opened_tells_nothing_of_where_the_main_text_stands():
    button, answer = "<button aria-expanded=false>Can I bring it?</button>", f"<div hidden>{LEAD}{MORE}</div>"
    page = f"<div><h1>{TITLE}</h1><p>Adult 7, child 5.</p><div>{button}{answer}{button}{answer}</div></div>"
    assert labels(page, TITLE)[1] == ("prose", "Adult 7,")


def test_a_long_author_line_is_no_author_line():
    biography = "Ann Lee has worked at the spine centre for twenty years. " * 4
    assert kind_of(f"<div class=author>{biography}</div>") == "other"


def test_a_paragraph_as_long_as_a_text_is_no_heading():
    assert kind_of(f"<h2>{'The cord is compressed. ' * 20}</h2>") == "prose"


def test_headings_of_documentation_that_link_to_themselves_are_headings():
    assert kind_of("<h2 id=setup><a href='#setup'>Setup</a></h2>") == "heading"
    assert kind_of("<h2><a href='/other'>Our other articles</a></h2>") == "other"


def test_headings_know_their_level():
    html = f"<h1>{TITLE}</h1>{LEAD}<h2>Signs</h2>{MORE}<h3>Pain</h3>{MORE}<p role=heading aria-level=5>Night</p>{MORE}"
    found = labelled(page(html, 99).stretches, [TITLE])
    assert [label.level for label in found if label.kind == "heading"] == [2, 3, 5]
    assert {label.level for label in found if label.kind != "heading"} == {0}


def test_a_heading_with_nothing_under_it_is_left_out():
    html = (
        f"<article><h1>{TITLE}</h1>{LEAD}<h2>Signs</h2>{MORE}<h2>You may also like</h2><ul><li><a href=x>This</a></ul>"
    )
    assert labels(html, TITLE) == [
        ("title", "Tumours of"),
        ("prose", "Spinal metastases"),
        ("heading", "Signs"),
        ("prose", "Most of"),
        ("other", "You may"),
        ("other", "This"),
    ]


def test_the_heading_of_a_box_that_was_set_aside_heads_nothing_below():
    links = "<a href=/a>Book of the spine, fifth edition</a> <a href=/b>All of our other books</a>"
    box = f"<div><h3>Products</h3><p>{links}</p></div>"
    assert labels(f"<article><h1>{TITLE}</h1>{LEAD}{box}{MORE}</article>", TITLE)[2:] == [
        ("other", "Products"),
        ("other", "Book of"),
        ("prose", "Most of"),
    ]
    shared = "<div><h3>Signs</h3><a href=/a>Share this</a></div>"
    assert labels(f"<article><h1>{TITLE}</h1>{LEAD}{shared}{MORE}</article>", TITLE)[2] == ("heading", "Signs")
    inside = f"<div><h3>Signs</h3><p>{links}</p>{MORE}</div>"
    assert labels(f"<article><h1>{TITLE}</h1>{LEAD}{inside}</article>", TITLE)[2] == ("heading", "Signs")


def test_the_abstract_of_an_author_is_main_text():
    abstract = f"<div class='abstract author'><h2>Abstract</h2>{LEAD}</div>"
    assert labels(f"<article><h1>{TITLE}</h1>{abstract}<div>{MORE}</div></article>", TITLE)[1:3] == [
        ("heading", "Abstract"),
        ("prose", "Spinal metastases"),
    ]


def test_the_title_is_told_from_the_first_heading_of_the_site():
    html = f"<header><h1>The Spine Centre</h1></header><article><h2>{TITLE}</h2>{LEAD}{MORE}</article>"
    assert [kind for kind, _ in labels(html, f"{TITLE} - The Spine Centre")] == ["other", "title", "prose", "prose"]


def test_a_heading_of_a_word_is_the_title_where_the_head_says_it_before_the_name_of_the_site():
    html = f"<div><h1>Meningioma</h1><div>{LEAD}{MORE}</div></div>"
    assert labels(html, "Meningioma - Spines")[0][0] == "title"
    assert labels(html, "Spines - Meningioma")[0][0] == "other"


def test_the_first_heading_in_the_main_text_is_the_title_whatever_the_head_says():
    html = f"<h1>Logo</h1><article><h1>When the back hurts</h1>{LEAD}<h1>Signs</h1>{MORE}</article>"
    assert [kind for kind, _ in labels(html, TITLE)] == ["other", "title", "prose", "heading", "prose"]


def test_what_stands_above_the_title_is_no_main_text():
    html = f"<article><p>Medicine</p><h1>{TITLE}</h1>{LEAD}{MORE}</article>"
    assert labels(html, TITLE)[0] == ("other", "Medicine")


def test_a_title_below_much_of_the_main_text_does_not_begin_it():
    html = f"<article>{LEAD}<h1>{TITLE}</h1>{MORE}</article>"
    assert [kind for kind, _ in labels(html, TITLE)] == ["prose", "title", "prose"]


def test_a_title_that_is_said_again_is_no_main_text():
    html = f"<article><h1>{TITLE}</h1>{LEAD}<p>{TITLE}</p>{MORE}</article>"
    assert [kind for kind, _ in labels(html, TITLE)] == ["title", "prose", "other", "prose"]


def test_a_link_to_the_page_in_a_menu_is_not_its_title():
    html = f"<ul><li><a href=/>{TITLE}</a></ul><article><p>{TITLE}</p>{LEAD}{MORE}</article>"
    assert [kind for kind, _ in labels(html, TITLE)] == ["other", "title", "prose", "prose"]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (TITLE, TITLE, True),
        ("TUMOURS OF THE SPINE!", TITLE, True),
        (TITLE, f"{TITLE} | The Spine Centre", True),
        (TITLE, f"{TITLE} and what the best doctors of the city do for them", False),
        ("Tumours of", TITLE, False),
        ("Home", "Home", False),
        ("The Spine Centre", f"{TITLE} | The Spine Centre", False),
        (TITLE * 20, TITLE * 20, False),
        (TITLE, "word " * 1000, False),
        ("", "", False),
    ],
)
def test_a_text_is_a_title_when_it_is_most_of_it(text, title, expected):
    assert names_title(text, title) is expected


def test_comments_are_no_authors_and_no_captions():
    comments = "<div id=comments><b class=author>Ann</b><p class=caption>True!"
    html = f"<article><h1>{TITLE}</h1>{LEAD}{MORE}</article>{comments}"
    assert [kind for kind, _ in labels(html, TITLE)][-2:] == ["other", "other"]


TAGS = "<p> <h1> <h2> <li> <td> <table><tr> </table> <nav> </nav> <article> </article> <div> </div> <br>".split()
PARTS = st.sampled_from(
    [*TAGS, "<div class=comments>", "<a href=x>", "</a>", "words and more words, here.", "Title", TITLE, LEAD]
)


@given(st.lists(PARTS, max_size=30).map("".join), st.sampled_from(["", "Title", TITLE]))
def test_every_stretch_of_every_page_gets_one_label(html, title):
    stretches = page(html, 1000).stretches
    found = labelled(stretches, [title] if title else [])
    assert [label.text for label in found] == [stretch.text for stretch in stretches]
    assert {label.kind for label in found} <= KINDS
    assert [label.kind for label in found].count("title") <= 1
    for label, stretch in zip(found, stretches, strict=True):
        assert 1 <= label.level <= 6 if label.kind == "heading" else label.level == stretch.is_first


def test_what_is_shown_of_a_closed_detail_heads_it():
    first = "<details><summary>When is it open?</summary><p>On Tuesdays.</details>"
    last = "<details><summary>Are dogs allowed?</summary>Yes, always.</details>"
    begins = f"<article><h1>{TITLE}</h1>{LEAD}{MORE}"
    kinds = [kind for kind, _ in labels(f"{begins}{first}{last}</article><footer>All rights reserved.</footer>")]
    assert kinds == ["title", "prose", "prose", "heading", "prose", "heading", "prose", "other"]
    kinds = [kind for kind, _ in labels(f"{begins}{first}{last}{MORE}</article>")]
    assert kinds == ["title", "prose", "prose", "heading", "prose", "prose", "prose", "prose"]
    kinds = [kind for kind, _ in labels(f"{begins}{last}<h2>Diagnosis</h2>{MORE}</article>")]
    assert kinds == ["title", "prose", "prose", "heading", "prose", "heading", "prose"]


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("<p><strong>Can it be removed?</strong></p>", "heading"),
        ("<p> <b>Can it be removed? </b></p>", "heading"),
        ("<p><b>It can be removed.</b></p>", "prose"),
        ("<p>Can it be <b>removed?</b></p>", "prose"),
        ("<ul><li><b>Can it be removed?</b></ul>", "item"),
    ],
)
def test_a_question_in_bold_letters_heads_its_answer(part, kind):
    assert kind_of(part) == kind
