from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.chunk import OVERLAP, WORDS, passages
from indexer.records import Span
from tests.documents import document
from tests.passages import begins_of


def sentences(count, words=10, name="w"):
    return " ".join(" ".join([f"{name.upper()}{n}", *["word"] * (words - 1)]) + "." for n in range(count))


def test_a_short_document_is_one_passage():
    (only,) = passages(document(("prose", "One sentence."), ("prose", "Another one.")))
    assert only.text == "One sentence.\n\nAnother one."
    assert (only.ordinal, only.heading, only.page) == (0, (), None)


def test_windows_have_about_120_words_and_share_about_40():
    made = passages(document(("prose", sentences(30))))
    assert [len(p.text.split()) for p in made] == [120, 120, 140]
    for left, right in pairwise(made):
        assert left.span.end - right.span.start > 0
        assert len(left.text[right.span.start - left.span.start :].split()) == OVERLAP
        assert right.ordinal == left.ordinal + 1


def test_a_rest_of_fewer_words_than_the_overlap_joins_the_last_window():
    assert [len(p.text.split()) for p in passages(document(("prose", sentences(15))))] == [150]


def test_a_sentence_that_is_far_too_long_is_cut_between_words():
    made = passages(document(("prose", "word " * 1000 + "end.")))
    assert max(len(p.text.split()) for p in made) <= WORDS + OVERLAP
    assert made[-1].text.endswith("end.")


def test_two_letters_of_chinese_or_japanese_count_as_a_word():
    made = passages(document(("prose", "脊髄の腫瘍は稀なものである。" * 40)))
    assert [len(p.text) for p in made] == [17 * 14, 17 * 14, 16 * 14]
    assert all(p.text.endswith("。") and p.text.startswith("脊髄") for p in made)


def test_a_chinese_sentence_that_is_far_too_long_is_cut_between_letters():
    made = passages(document(("prose", "脊髓" * 1000)))
    assert {len(p.text) for p in made[:-1]} == {2 * WORDS}


def test_no_passage_runs_across_a_heading_and_each_knows_its_path():
    made = passages(
        document(
            ("prose", "Before."),
            ("heading", "Treatment", 1),
            ("heading", "Surgery", 2),
            ("prose", "Cut."),
            ("heading", "Drugs", 2),
            ("prose", "Take."),
            ("heading", "Outlook", 1),
            ("prose", "Good."),
        )
    )
    assert [(p.text, p.heading) for p in made] == [
        ("Before.", ()),
        ("Cut.", ("Treatment", "Surgery")),
        ("Take.", ("Treatment", "Drugs")),
        ("Good.", ("Outlook",)),
    ]


def test_of_two_headings_without_levels_the_first_holds_the_second():
    made = passages(
        document(
            ("heading", "Treatments"),
            ("heading", "Biopsy"),
            ("prose", "A."),
            ("heading", "Radiation"),
            ("prose", "B."),
        )
    )
    assert [p.heading for p in made] == [("Treatments", "Biopsy"), ("Radiation",)]


def test_headings_that_count_the_same_stand_beside_each_other():
    names = ["PART I", "CHAPTER I", "CHAPTER II. Bees", "PART II", "CHAPTER III", "Art. 1 Scope", "Art. 2 Terms"]
    paragraphs = [(kind, text) for name in names[1:] for kind, text in (("heading", name), ("prose", f"On {name}."))]
    made = passages(document(("heading", names[0]), *paragraphs))
    assert [p.heading for p in made] == [
        ("PART I", "CHAPTER I"),
        ("PART I", "CHAPTER II. Bees"),
        ("PART II",),
        ("CHAPTER III",),
        ("Art. 1 Scope",),
        ("Art. 2 Terms",),
    ]


def test_passages_that_do_not_overlap_leave_a_number_out():
    made = passages(document(("prose", "A."), ("heading", "H"), ("prose", "B.")))
    assert [p.ordinal for p in made] == [0, 2]


def test_what_is_not_content_is_in_no_passage_and_none_runs_across_it():
    made = passages(document(("prose", "Real."), ("banner", "Cookies!"), ("prose", "Also real.")))
    assert [p.text for p in made] == ["Real.", "Also real."]


def test_captions_are_passages_of_their_own():
    made = passages(document(("prose", "Text."), ("caption", "Fig. 1. A scan."), ("item", "• One"), ("item", "• Two")))
    assert [(p.kind, p.text) for p in made] == [
        ("prose", "Text."),
        ("caption", "Fig. 1. A scan."),
        ("prose", "• One\n\n• Two"),
    ]


TABLE = [("columns", "Drug\tDose"), ("row", "aspirin\t75 mg"), ("row", "warfarin\t5 mg")]


def test_rows_are_passages_of_their_own_under_the_heads_of_their_columns():
    made = passages(document(("heading", "Doses"), ("prose", "Before."), *TABLE, ("prose", "After.")))
    assert [(p.text, p.heading, p.columns) for p in made] == [
        ("Before.", ("Doses",), ""),
        ("aspirin\t75 mg\n\nwarfarin\t5 mg", ("Doses",), "Drug\tDose"),
        ("After.", ("Doses",), ""),
    ]
    assert [p.above for p in made] == [("Doses",), ("Doses", "Drug\tDose"), ("Doses",)]


def test_every_passage_of_a_long_table_knows_the_heads_of_its_columns():
    made = passages(document(("columns", "Mass"), ("columns", "kg"), *[("row", f"{n}\tone") for n in range(200)]))
    assert {p.columns for p in made} == {"Mass\nkg"}
    assert len(made) > 3


def test_two_tables_share_no_passage():
    made = passages(document(*TABLE, ("columns", "Route\tDrug"), ("row", "oral\taspirin")))
    assert [p.columns for p in made] == ["Drug\tDose", "Route\tDrug"]


def test_heads_end_with_their_table():
    source = document(*TABLE, ("row", "gauze\t10 cm"), ("row", "plaster\t2 cm"))
    blocks = [
        replace(block, level=int(source.text.text.startswith("gauze", block.span.start))) for block in source.blocks
    ]
    made = passages(replace(source, blocks=tuple(blocks)))
    assert [(p.text.split()[0], p.columns) for p in made] == [("aspirin", "Drug\tDose"), ("gauze", "")]


def test_empty_cells_before_the_first_stay_with_heads_and_rows():
    (made,) = passages(document(("columns", "\tDose"), ("row", "\t2 mg"), ("row", "Mice\t4 mg")))
    assert (made.columns, made.text, made.begins) == ("\tDose", "\t2 mg\n\nMice\t4 mg", (0, 7))


def test_code_stands_with_the_prose_around_it():
    (made,) = passages(document(("prose", "Set x."), ("code", "x = 1"), ("prose", "Then run.")))
    assert (made.kind, made.text) == ("prose", "Set x.\n\nx = 1\n\nThen run.")


def test_heads_with_no_row_under_them_are_not_lost():
    bare = [("columns", f"Head {n}") for n in range(4)]
    assert [p.text for p in passages(document(*bare[:1]))] == ["Head 0"]
    assert [p.text for p in passages(document(*bare[:1], ("caption", "Fig. 1.")))] == ["Head 0", "Fig. 1."]
    (made,) = passages(document(*bare, ("row", "A row")))
    assert (made.text, made.columns) == ("Head 0\n\nHead 1\n\nHead 2\n\nHead 3\n\nA row", "")


def test_rows_without_heads_stand_with_the_prose_around_them():
    assert [p.text for p in passages(document(("prose", "Here."), *TABLE[1:2]))] == ["Here.\n\naspirin\t75 mg"]


@pytest.mark.parametrize(
    ("paragraphs", "texts"),
    [
        ([("title", "Only a title")], ["Only a title"]),
        ([("heading", "Only"), ("heading", "Headings")], ["Only\n\nHeadings"]),
        ([("prose", "Text."), ("heading", "Last words")], ["Text.", "Last words"]),
        ([("banner", "Cookies!")], []),
        ([], []),
    ],
)
def test_headings_with_nothing_under_them_are_not_lost(paragraphs, texts):
    assert [p.text for p in passages(document(*paragraphs))] == texts


def test_a_passage_knows_the_page_of_its_first_character():
    made = passages(
        document(("prose", "One."), ("caption", "Two."), ("prose", "Three."), pages=(Span(0, 6), Span(6, 18)))
    )
    assert [p.page for p in made] == [1, 2, 2]


def test_ids_come_from_the_text_and_repeats_are_told_apart():
    first = passages(document(("prose", "Same."), ("heading", "H"), ("prose", "Same.")))
    later = passages(document(("prose", "New."), ("heading", "G"), ("prose", "Same.")))
    assert first[1].id == first[0].id + "-2"
    assert later[1].id == first[0].id


SENTENCES = st.sampled_from(
    ["It hurts.", "Why?", "See Fig. 3 of it.", "and so on.", "word " * 50, "end. ", "word " * 300, "中文。" * 50]
)


@given(st.lists(st.lists(SENTENCES, min_size=1, max_size=20).map(" ".join), max_size=4))
def test_a_passage_knows_where_its_units_begin(texts):
    made = passages(document(*(("prose", text) for text in texts)))
    assert [p.begins for p in made] == [begins_of(p.text) for p in made]


KIND = st.sampled_from(["prose", "item", "caption", "heading", "banner", "title", "columns", "row", "references"])
PROSE = st.text(st.sampled_from("abc. A!?\t"), min_size=1, max_size=600).filter(str.strip)


@given(st.lists(st.tuples(KIND, PROSE), max_size=8))
def test_laws_of_passages(paragraphs):
    source = document(*paragraphs)
    made = passages(source)
    assert all(source.text[p.span].text == p.text for p in made)
    assert len({p.id for p in made}) == len(made)
    assert [p.ordinal for p in made] == sorted({p.ordinal for p in made})
    for left, right in pairwise(made):
        assert left.span.overlaps(right.span) <= (right.ordinal == left.ordinal + 1)


@given(st.lists(st.tuples(KIND, PROSE), max_size=8))
def test_every_word_of_content_is_in_a_passage(paragraphs):
    source = document(*paragraphs)
    held = set()
    for p in passages(source):
        held.update(range(p.span.start, p.span.end))
    content = {"prose", "item", "caption", "columns", "row", "references"}
    heads = "\n".join(p.columns for p in passages(source))
    for block in source.blocks:
        text = source.text.text
        if block.kind in content and not (block.kind == "columns" and block.span.of(text) in heads):
            assert all(at in held for at in range(block.span.start, block.span.end) if not text[at].isspace())
