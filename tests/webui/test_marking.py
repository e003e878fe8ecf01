from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import Span
from webui.marking import Layer, cells, cut, mark, mark_paragraphs, mark_words

SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)).map(lambda ends: Span(*ends)), max_size=6)
KINDS = st.sampled_from(["word", "quote", "passage"])
LAYERS = st.lists(st.builds(Layer, KINDS, SPANS.map(tuple)), max_size=3)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.text("<>&\"'a ", max_size=60)


class Reader(HTMLParser):
    """Reads marked text back: its characters, its tags, and whether they are closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.depth = 0
        self.covered: list[bool] = []

    def handle_starttag(self, tag, _attrs):
        self.tags.add(tag)
        self.depth += 1

    def handle_endtag(self, _tag):
        self.depth -= 1
        assert self.depth >= 0

    def handle_data(self, data):
        self.text += data
        self.covered += [self.depth > 0] * len(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(str(html))
    reader.close()
    return reader


@given(TEXTS, LAYERS)
def test_removing_the_marks_gives_the_text(text, layers):
    assert read(mark(text, layers)).text == text


@given(TEXTS, LAYERS)
def test_marks_close_in_order_and_nothing_but_marks_is_written(text, layers):
    reader = read(mark(text, layers))
    assert reader.depth == 0
    assert reader.tags <= {"mark"}


@given(TEXTS, SPANS)
def test_exactly_the_characters_of_the_spans_are_marked(text, spans):
    wanted = [any(span.start <= at < span.end for span in spans) for at in range(len(text))]
    assert read(mark_words(text, spans)).covered == wanted


@given(TEXTS, LAYERS, st.integers(0, 60))
def test_a_text_marked_in_two_parts_covers_the_same_characters(text, layers, cut):
    whole = read(mark(text, layers)).covered
    assert read(mark(text[:cut], layers)).covered + read(mark(text[cut:], layers, cut)).covered == whole


def test_a_word_is_marked():
    assert mark_words("drop metastasis", [Span(5, 15)]) == 'drop <mark class="word">metastasis</mark>'


def test_text_is_escaped_on_both_sides_of_a_mark_and_in_it():
    marked = mark_words("<b>&<i>", [Span(3, 4)])
    assert marked == '&lt;b&gt;<mark class="word">&amp;</mark>&lt;i&gt;'


def test_text_that_is_already_escaped_is_escaped_again():
    assert mark_words("&lt;script&gt;", []) == "&amp;lt;script&amp;gt;"


def test_spans_out_of_order_overlapping_or_empty_make_one_mark():
    spans = [Span(4, 6), Span(0, 5), Span(3, 3), Span(9, 8)]
    assert mark_words("abcdefgh", spans) == '<mark class="word">abcdef</mark>gh'


def test_a_word_that_crosses_the_end_of_the_passage_is_cut_in_two():
    layers = [Layer("passage", (Span(0, 3),)), Layer("word", (Span(1, 5),))]
    assert mark("abcdefg", layers) == (
        '<mark class="passage">a<mark class="word">bc</mark></mark><mark class="word">de</mark>fg'
    )


def test_only_the_first_mark_of_a_layer_carries_its_anchor():
    layer = Layer("passage", (Span(0, 1), Span(3, 4)), "passage")
    assert mark("a, b", [layer]) == (
        '<mark class="passage" id="passage" tabindex="-1">a</mark>, <mark class="passage">b</mark>'
    )


def test_an_anchor_cannot_break_out_of_its_attribute():
    assert "<i>" not in mark("a", [Layer("word", (Span(0, 1),), '"><i>')])


def test_the_anchored_mark_may_come_after_text_and_start_far_into_a_document():
    layer = Layer("passage", (Span(102, 104),), "passage")
    assert mark("abcdef", [layer], 100) == 'ab<mark class="passage" id="passage" tabindex="-1">cd</mark>ef'


def test_paragraphs_are_marked_each_on_its_own():
    text = "One two.\n\nThree four.\n• five"
    assert mark_paragraphs(text, [Span(4, 15), Span(24, 28)]) == [
        'One <mark class="word">two.</mark>',
        '<mark class="word">Three</mark> four.\n• <mark class="word">five</mark>',
    ]


@given(st.text("ab \n", max_size=40))
def test_paragraphs_hold_every_word(text):
    assert " ".join(mark_paragraphs(text, [])).split() == text.split()
    assert not any("\n\n" in paragraph for paragraph in mark_paragraphs(text, []))


@given(st.text("<&a\t\n", max_size=30), LAYERS, st.sampled_from("\t\n"))
def test_a_marked_text_is_cut_without_a_loss(text, layers, sign):
    whole = mark(text, layers)
    found = [read(piece) for piece in cut(whole, sign)]
    assert [piece.text for piece in found] == text.split(sign)
    assert all(piece.depth == 0 for piece in found)
    unparted = [is_marked for is_marked, char in zip(read(whole).covered, text, strict=True) if char != sign]
    assert [is_marked for piece in found for is_marked in piece.covered] == unparted


def test_a_mark_goes_on_in_the_next_cell_and_its_anchor_does_not():
    row = mark("one\ttwo\t\tthree", [Layer("passage", (Span(2, 9),), "passage"), Layer("word", (Span(4, 7),))])
    assert [str(cell) for cell in cells(row)] == [
        'on<mark class="passage" id="passage" tabindex="-1">e</mark>',
        '<mark class="passage"><mark class="word">two</mark></mark>',
        "",
        "three",
    ]
