import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import layout as module
from indexer.analyse import STOP_WORDS, analyse, fold
from indexer.layout import REFERENCES, layouts
from indexer.native import KERNEL
from indexer.terms import terms_and_words
from tests.passages import flags_by_position, layouts_of, layouts_read, passage, units_of


def layout(text):
    """The layout of a passage of this text."""
    return layouts([passage("a", text)], terms_and_words([text])[1])[0]


TEXTS = st.lists(
    st.sampled_from(["the", "spine", "non-neurogenic", "of", "T12-L2", "It", "hurts.", "Why?", "\n\n", "β", "1.4×1.3"]),
    max_size=40,
).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_steps_count_the_words_that_are_no_stop_words(texts):
    held = layouts_of([passage(str(at), text) for at, text in enumerate(texts)])
    for at, text in enumerate(texts):
        words = {term.position: term for term in reversed(analyse(text)) if term.position is not None}
        counts = [fold(words[position].span.of(text)) not in STOP_WORDS for position in sorted(words)]
        assert held.words[at] == len(counts)
        steps = held.steps(np.full(len(counts) + 1, at), np.arange(len(counts) + 1))
        assert steps.tolist() == [sum(counts[:position]) for position in range(len(counts) + 1)]


LISTS = st.lists(
    st.sampled_from(
        ["Symptoms:", "It hurts.", "\n", "\n\n", "• Numbness", "(a) Pain", "e.g. this", "Dr. A. Eve says:"]
    ),
    max_size=12,
).map(" ".join)


@given(st.lists(TEXTS | LISTS, min_size=1, max_size=4))
def test_units_are_told_and_begin_at_their_first_words(texts):
    held = layouts_of([passage(str(at), text) for at, text in enumerate(texts)])
    expected = [units_of(text) for text in texts]
    told = zip(held.chars.tolist(), held.stops.tolist(), strict=True)
    assert held.units.tolist() == [len(row) for row in expected]
    assert list(told) == [unit for row in expected for unit in row]
    assert held.takes.tolist() == [
        sum(start <= other < end for other, _ in row) for row in expected for start, end in row
    ]
    places = [(at, start) for at, row in enumerate(expected) for start, _ in row]
    for (at, start), first in zip(places, held.firsts.tolist(), strict=True):
        assert first == sum(term.position is not None and term.span.start < start for term in _parts(texts[at]))


def _parts(text):
    """One term for each position."""
    return list({term.position: term for term in reversed(analyse(text))}.values())


def test_a_layout_says_where_the_passage_stands_and_what_it_is():
    held = layouts_of([passage("a", "One. Two.", start=70_000), passage("b", "x", section="references")])
    assert (held.starts.tolist(), held.ends.tolist()) == ([70_000, 0], [70_009, 1])
    assert (held.flags & REFERENCES).tolist() == [0, REFERENCES]


def test_a_position_past_the_end_counts_as_the_end():
    held = layouts_of([passage("a", "red apples"), passage("b", "pears")])
    assert held.steps(np.array([0]), np.array([99])).tolist() == [2]


def test_a_passage_without_words_and_one_of_a_hundred_thousand_have_layouts():
    held = layouts_of([passage("a", "…"), passage("b", "word. " * 100_000), passage("c", "end")])
    assert held.words[0] == 0
    assert held.words[1] > 60_000
    assert held.steps(np.array([2]), np.array([1])).tolist() == [1]


def test_no_passages_have_no_layouts():
    assert len(layouts_read([]).starts) == 0


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\xff\xff" + bytes(40), bytes(17)])
def test_what_begins_with_no_layout_is_told(payload):
    with pytest.raises(ValueError, match="layout"):
        layouts_read([layout("text"), payload])


def flags(text):
    """The flags of a passage of this text."""
    return layouts_of([passage("a", text)]).flags_of(np.array([0]))[0]


CUED = st.lists(st.sampled_from(["no", "cyst", "T-cell", "possible", "history of", ";", "but"]), max_size=12)


@given(CUED.map(" ".join))
def test_what_stands_under_a_cue_is_told_at_its_positions(text):
    assert flags(text) == flags_by_position(text)


def test_a_long_text_under_cues_is_cut_off_and_read_all_the_same():
    text = "no cyst; possible cyst; " * 40_000
    held = layout(text)
    assert len(layouts_read([held]).flags_of(np.array([0]))[0]) == 5_000
    assert layouts_read([held]).words.tolist() == [65_527]


@pytest.mark.parametrize("size", [0, 8, 17])
def test_what_is_cut_short_is_told(size):
    text = "No cyst. No cyst. A possible cyst."
    with pytest.raises(ValueError, match="layout"):
        layouts_read([layout(text)[:size]])


def test_a_flag_that_there_is_not_is_told():
    held = bytearray(layout("No cyst"))
    held[-3] |= 3  # of the size of the only stretch, before a byte for the words
    with pytest.raises(ValueError, match="flag"):
        layouts_read([bytes(held)])


@given(st.lists(CUED.map(" ".join), min_size=1, max_size=4))
def test_of_some_passages_each_has_the_flags_that_it_has_by_itself(texts):
    held = layouts_of([passage(str(at), text) for at, text in enumerate(texts)])
    alone = [flags(text) for text in texts]
    assert held.flags_of(np.arange(len(texts))[::-1]) == alone[::-1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "KERNEL", None)
        assert held.flags_of(np.arange(len(texts))[::-1]) == alone[::-1]
    places = [(at, position) for at in range(len(texts)) for position in range(30)]
    cued = held.cued(*np.array(places).T)
    assert cued.tolist() == [position in alone[at] for at, position in places]


IN_C = pytest.mark.skipif(KERNEL is None, reason="it is not built")


@IN_C
@pytest.mark.parametrize(
    ("cues", "stretch", "which"),
    [
        ([1], [0, 4], [1]),
        ([1], [0, 4], [-1]),
        ([2], [0, 4], [0]),
        ([-1], [0, 4], [0]),
        ([1, (1 << 63) - 1], [0, 4], [1]),
        ([1], [0, 1 << 40], [0]),
    ],
)
def test_stretches_and_passages_that_are_not_there_are_told(cues, stretch, which):
    columns = {"cues": np.array(cues, np.int64), "stretches": np.array([stretch], np.int64)}
    with pytest.raises(ValueError, match="there is no"):
        layouts_read([])._replace(**columns).flags_of(np.array(which))


@IN_C
@given(st.lists(TEXTS | LISTS | CUED.map(" ".join), max_size=4))
def test_layouts_are_read_alike_in_c_and_in_numpy(texts):
    passages = [passage(str(at), text, start=70_000 * at) for at, text in enumerate(texts)]
    found = layouts_of(passages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "KERNEL", None)
        expected = layouts_of(passages)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("payload", [b"", b"\x00", b"\xff\xff" + bytes(40), bytes(17)])
def test_what_begins_with_no_layout_is_told_without_c_too(payload, monkeypatch):
    monkeypatch.setattr(module, "KERNEL", None)
    with pytest.raises(ValueError, match="layout"):
        layouts_read([layout("text"), payload])
