"""The laws of AlignedText, and what its map looks like."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText, Edit
from indexer.native import WORDS
from indexer.records import Span

SOURCE = "The ﬁrst of the metasta- \nses was rare3,10)."


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Edits of a text, in order, not overlapping."""
    places = sorted(draw(st.lists(st.integers(0, length), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    return [(start, end, draw(st.text(alphabet="abﬁ \n", max_size=4))) for start, end in pairs]


@st.composite
def aligned(draw: st.DrawFn) -> tuple[str, AlignedText]:
    """A source, and a text made of it by edits, slices and moves."""
    source = draw(st.text(alphabet="abcdé ﬁ-\n", max_size=30))
    text = AlignedText.of(source)
    for _ in range(draw(st.integers(0, 3))):
        text = text.edit(draw(edits(len(text))))
        cut = draw(st.integers(0, len(text)))
        text = draw(st.sampled_from([text, text[cut:] + text[:cut], text[:cut], text[cut:]]))
    return source, text


def test_a_whole_source_stands_for_itself() -> None:
    text = AlignedText.of(SOURCE)
    assert text.text == SOURCE
    assert text.runs == ((len(SOURCE), 0, len(SOURCE)),)
    assert text.source(4, 8) == Span(4, 8)


def test_an_empty_source_is_an_empty_text() -> None:
    text = AlignedText.of("")
    assert (text.text, text.runs, len(text)) == ("", (), 0)
    assert text.source(0, 0) == Span(0, 0)
    assert text.sources(0, 0) == ()


def test_white_space_put_behind_a_text_stands_for_nothing() -> None:
    parted = AlignedText.of("abcdef")[1:3].gap("\n\n")
    assert (parted.text, parted.sources(0, 2), parted.source(0, 1)) == ("\n\n", (), Span(3, 3))
    assert AlignedText.of("").gap(" ") == AlignedText.inserted(" ", 0)


def test_a_word_put_together_has_two_pieces() -> None:
    text = AlignedText.of("metasta- \nses").edit([(7, 10, "")])
    assert text.text == "metastases"
    assert text.sources(0, 10) == (Span(0, 7), Span(10, 13))
    assert text.source(0, 10) == Span(0, 13)


def test_both_letters_of_a_ligature_stand_for_it() -> None:
    text = AlignedText.of("a ﬁeld").edit([(2, 3, "fi")])
    assert text.text == "a field"
    assert [text.source(at, at + 1) for at in (2, 3, 4)] == [Span(2, 3), Span(2, 3), Span(3, 4)]
    assert text.sources(2, 4) == (Span(2, 3),)


def test_a_line_end_made_a_space_adds_no_run() -> None:
    text = AlignedText.of("one\ntwo").edit([(3, 4, " ")])
    assert text.runs == ((7, 0, 7),)


def test_some_spaces_made_one_stand_for_all() -> None:
    text = AlignedText.of("one   two").edit([(3, 6, " ")])
    assert text.source(3, 4) == Span(3, 6)
    assert text.runs == ((3, 0, 3), (1, 3, 6), (3, 6, 9))


def test_a_moved_part_keeps_its_source() -> None:
    text = AlignedText.of("before caption after")
    moved = AlignedText.join([text[:7], text[15:], text[6:14]])
    assert moved.text == "before after caption"
    assert moved.sources(0, len(moved)) == (Span(0, 7), Span(15, 20), Span(6, 14))
    assert moved.source(0, len(moved)) == Span(0, 20)


def test_a_replacement_over_pieces_that_were_moved_stands_for_the_first() -> None:
    text = AlignedText.of("one\n caption\n\ntwo")
    moved = AlignedText.join([text[:3], text[12:13], text[14:], text[3:12]])
    assert moved.text == "one\n" + "two" + "\n caption"
    spaced = moved.edit([(7, 9, " ")])
    assert spaced.sources(7, 8) == (Span(3, 5),)
    back = AlignedText.join([text[9:12], text[3:5]]).edit([(0, 5, "x")])
    assert back.sources(0, 1) == (Span(9, 12),)


def test_the_letters_of_a_ligature_are_one_piece() -> None:
    text = AlignedText.of("ﬁbre").edit([(0, 1, "fi")])
    assert text.sources(0, 5) == (Span(0, 4),)
    assert text.sources(1, 3) == (Span(0, 2),)


def test_a_place_between_characters_has_a_place_in_the_source() -> None:
    text = AlignedText.of("metasta- \nses").edit([(7, 10, "")])
    assert text.source(7, 7) == Span(10, 10)
    assert text.source(10, 10) == Span(13, 13)


def test_a_run_of_several_characters_for_an_uneven_stretch_is_taken_apart() -> None:
    text = AlignedText.build("fi!", [(2, 0, 5), (1, 5, 6)])
    assert text.runs == ((1, 0, 5), (1, 0, 5), (1, 5, 6))
    assert text[1:2].source(0, 1) == Span(0, 5)


def test_no_edits_give_the_text_itself() -> None:
    text = AlignedText.of(SOURCE)
    assert text.edit([]) is text


@pytest.mark.parametrize(
    "wrong",
    [[(5, 3, "")], [(0, 4, ""), (3, 6, "")], [(0, 99, "")], [(-1, 2, "")]],
    ids=["end before start", "overlap", "beyond the end", "before the start"],
)
@pytest.mark.parametrize("edit", [AlignedText.edit, AlignedText._edited])
def test_edits_that_do_not_fit_are_refused(edit: Callable[..., AlignedText], wrong: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        edit(AlignedText.of("abcdefgh"), tuple(wrong))


@pytest.mark.skipif(WORDS is None, reason="it is not built")
@given(aligned(), st.data())
def test_edits_in_c_are_those_in_python(made: tuple[str, AlignedText], data: st.DataObject) -> None:
    _, text = made
    chosen = tuple(data.draw(edits(len(text))))
    assert AlignedText(*WORDS.edit(text.text, text.packed, chosen)) == text._edited(chosen)


def test_runs_must_cover_the_text() -> None:
    with pytest.raises(ValueError, match="runs cover 2 characters of 3"):
        AlignedText.build("abc", [(2, 0, 2)])


@pytest.mark.parametrize(("start", "end"), [(0, 4), (-1, 2), (2, 1), (4, 4)])
def test_places_outside_the_text_have_no_source(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="outside a text of 3 characters"):
        AlignedText.of("abc").sources(start, end)


def test_a_slice_with_a_step_is_refused() -> None:
    with pytest.raises(ValueError, match="step"):
        AlignedText.of("abc")[::2]


@given(aligned(), st.data())
def test_edit_is_the_plain_edit_of_the_text(made: tuple[str, AlignedText], data: st.DataObject) -> None:
    _, text = made
    chosen = data.draw(edits(len(text)))
    expected = text.text
    for start, end, new in reversed(chosen):
        expected = expected[:start] + new + expected[end:]
    assert text.edit(chosen).text == expected


@given(aligned(), st.data())
def test_edits_at_once_are_the_edits_one_by_one_from_the_right(
    made: tuple[str, AlignedText], data: st.DataObject
) -> None:
    _, text = made
    chosen = data.draw(edits(len(text)))
    one_by_one = text
    for edit in reversed(chosen):
        one_by_one = one_by_one.edit([edit])
    if all(end > start for start, end, _ in chosen):  # an insertion takes its place from what stands behind it
        assert text.edit(chosen) == one_by_one
    assert text.edit(chosen).text == one_by_one.text


@given(aligned())
def test_an_empty_edit_is_the_identity(made: tuple[str, AlignedText]) -> None:
    _, text = made
    assert text.edit([]) == text
    assert text.edit([(at, at, "") for at in range(len(text))]) == text


@given(aligned(), st.integers(0, 40), st.integers(0, 40))
def test_a_slice_is_the_slice_of_the_text(made: tuple[str, AlignedText], start: int, end: int) -> None:
    _, text = made
    assert text[start:end].text == text.text[start:end]
    if start <= end:
        assert text[Span(start, end)] == text[start:end]
        start, end = min(start, len(text)), min(end, len(text))
        assert text[start:end].sources(0, end - start) == text.sources(start, end)


@given(aligned(), st.lists(st.integers(0, 40), max_size=4))
def test_slices_put_together_are_the_text(made: tuple[str, AlignedText], cuts: list[int]) -> None:
    _, text = made
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert AlignedText.join(pieces) == text
    total = pieces[0]
    for piece in pieces[1:]:
        total = total + piece
    assert total == text


@given(aligned(), st.data())
def test_a_text_rearranged_is_its_parts_joined(made: tuple[str, AlignedText], data: st.DataObject) -> None:
    _, text = made
    places = st.tuples(*[st.integers(0, len(text))] * 2).map(sorted)
    spans = [Span(*pair) for pair in data.draw(st.lists(places, max_size=6))]
    assert text.rearranged(spans) == AlignedText.join(text[span] for span in spans)


@pytest.mark.parametrize("wrong", [Span(-1, 1), Span(0, 4)])
def test_what_lies_outside_a_text_cannot_be_rearranged(wrong: Span) -> None:
    with pytest.raises(ValueError, match="outside"):
        AlignedText.of("abc").rearranged([wrong])


@given(aligned())
def test_every_source_span_lies_in_the_source(made: tuple[str, AlignedText]) -> None:
    source, text = made
    for at in range(len(text)):
        span = text.source(at, at + 1)
        assert 0 <= span.start <= span.end <= len(source)


@given(aligned())
def test_the_source_of_a_stretch_holds_the_source_of_its_parts(made: tuple[str, AlignedText]) -> None:
    _, text = made
    whole = text.source(0, len(text))
    for at in range(len(text)):
        assert whole.holds(text.source(at, at + 1))
        assert all(whole.holds(span) for span in text.sources(at, len(text)))


@given(st.text(alphabet="abcdé ﬁ-\n", max_size=30), st.data())
def test_a_character_that_no_edit_touched_is_its_source(source: str, data: st.DataObject) -> None:
    chosen = data.draw(edits(len(source)))
    text = AlignedText.of(source).edit(chosen)
    done = 0
    for start, end, _ in [*chosen, (len(source), len(source), "")]:
        for at in range(done, start):
            span = text.source(at + _shift(chosen, at), at + _shift(chosen, at) + 1)
            assert span == Span(at, at + 1)
        done = end


def _shift(chosen: list[Edit], at: int) -> int:
    """How far the edits before a place move it."""
    return sum(len(new) - (end - start) for start, end, new in chosen if end <= at)


@given(aligned())
def test_equal_maps_have_equal_runs(made: tuple[str, AlignedText]) -> None:
    _, text = made
    spelled = AlignedText.build(text.text, [(1, *_ends(text.source(at, at + 1))) for at in range(len(text))])
    assert spelled == text


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@given(aligned())
def test_runs_are_one_to_one_or_one_character(made: tuple[str, AlignedText]) -> None:
    _, text = made
    assert text.starts[-1] == len(text.text)
    assert all(length == 1 or length == end - start for length, start, end in text.runs)
    assert all(length > 0 for length, _, _ in text.runs)


def test_two_spaces_made_one_do_not_stand_for_the_tag_between_them():
    text = AlignedText.build("a  b", [(2, 0, 2), (2, 6, 8)])  # of "a </i> b"
    one = text.edit([(1, 3, " ")])
    assert one.text == "a b"
    assert one.sources(0, 3) == (Span(0, 2), Span(7, 8))
    assert text.edit([(1, 3, "-")]).sources(0, 3) == (Span(0, 8),)
