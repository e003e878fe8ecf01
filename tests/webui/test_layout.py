from dataclasses import replace

import pytest

from indexer.records import KINDS, Document, Span
from tests.documents import document
from webui.layout import NAMES, lay_out
from webui.marking import Layer


def shown(made: Document, *layers: Layer) -> list[tuple[str, list[str]]]:
    return [(part.form, [str(line.html) for line in part.lines]) for part in lay_out(made, layers)]


def test_prose_headings_and_captions_stand_alone():
    made = document(("heading", "Causes"), ("prose", "One."), ("prose", "Two."), ("caption", "Fig. 1."))
    assert shown(made) == [
        ("heading", ["Causes"]),
        ("prose", ["One."]),
        ("prose", ["Two."]),
        ("caption", ["Fig. 1."]),
    ]


def test_neighbouring_items_make_one_list():
    made = document(("item", "Astrocytoma"), ("item", "Ependymoma"), ("prose", "And"), ("item", "Glioma"))
    assert shown(made) == [("list", ["Astrocytoma", "Ependymoma"]), ("prose", ["And"]), ("list", ["Glioma"])]


@pytest.mark.parametrize(
    "text", ["• Glioma", "– Glioma", "* Glioma", "1. Glioma", "(b) Glioma", "iv) Glioma", "12) Glioma"]
)
def test_an_item_that_brings_its_own_sign_is_not_given_another(text):
    (part,) = lay_out(document(("item", text)))
    assert part.lines[0].has_own_sign


@pytest.mark.parametrize(
    "text", ["Glioma", "A glioma", "“Glioma” is one", "1.5 mg daily", "(arrow) Glioma", "C. difficile"]
)
def test_an_item_without_a_sign_is_given_one(text):
    (part,) = lay_out(document(("item", text)))
    assert not part.lines[0].has_own_sign


def test_neighbouring_rows_and_references_make_one_part_each():
    made = document(("row", "A 1"), ("row", "B 2"), ("references", "1. Perrin"), ("references", "2. Okamoto"))
    assert [form for form, _ in shown(made)] == ["table", "references"]


def test_neighbouring_lines_of_code_make_one_part():
    assert shown(document(("code", "x = 1"), ("code", "y = <2>"))) == [("code", ["x = 1", "y = &lt;2&gt;"])]


def test_what_is_not_content_is_folded_and_named():
    made = document(("banner", "No visitors"), ("login", "Log in"), ("banner", "Still none"), ("prose", "Text."))
    aside, prose = lay_out(made)
    assert (aside.form, aside.name, len(aside.lines)) == ("aside", "site banner, log-in prompt", 3)
    assert prose.form == "prose"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_block_is_shown(kind):
    ((form, lines),) = shown(document((kind, "Some text")))
    assert lines == ["Some text"]
    assert form != "aside" or kind in NAMES


def test_a_title_that_repeats_the_documents_is_shown_once():
    made = replace(document(("title", "Spinal  tumors"), ("prose", "Text.")), title="Spinal tumors")
    assert shown(made) == [("prose", ["Text."])]


def test_a_title_that_says_something_else_is_kept():
    made = replace(document(("title", "Spinal tumors: a review")), title="Spinal tumors")
    assert shown(made) == [("aside", ["Spinal tumors: a review"])]


@pytest.mark.parametrize(("level", "on_page"), [(0, 2), (1, 2), (2, 3), (5, 6), (6, 6), (12, 6)])
def test_headings_stand_below_the_title_and_go_no_deeper_than_html(level, on_page):
    (part,) = lay_out(document(("heading", "Causes", level)))
    assert part.level == on_page


def test_the_passage_is_marked_across_blocks_and_its_anchor_stands_once():
    made = document(("prose", "One two."), ("prose", "Three four."))
    passage = Layer("passage", (Span(4, 15),), "passage")
    assert shown(made, passage) == [
        ("prose", ['One <mark class="passage" id="passage" tabindex="-1">two.</mark>']),
        ("prose", ['<mark class="passage">Three</mark> four.']),
    ]


def test_what_is_not_content_stays_folded_unless_the_passage_reaches_into_it():
    made = document(("dates", "Received 2011"), ("dates", "Accepted 2012"))
    (folded,) = lay_out(made, [Layer("word", (Span(0, 8),))])
    (opened,) = lay_out(made, [Layer("passage", (Span(0, 8),))])
    assert (folded.marked, opened.marked) == (False, True)


def test_a_page_begins_at_the_first_block_that_begins_on_it():
    made = document(("prose", "One."), ("prose", "Two."), ("prose", "Three."), pages=(Span(0, 8), Span(8, 19)))
    assert [part.page for part in lay_out(made)] == [1, None, 2]


def test_a_document_without_pages_has_no_page_begin():
    assert [part.page for part in lay_out(document(("prose", "One.")))] == [None]


def test_text_of_a_document_is_escaped():
    assert shown(document(("prose", "<script>alert(1)</script>"))) == [
        ("prose", ["&lt;script&gt;alert(1)&lt;/script&gt;"])
    ]
