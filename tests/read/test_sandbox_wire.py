from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read.sandbox_wire import LISTS, OTHERS, STRINGS, BadReplyError, decoded, encoded, encoded_error
from indexer.records import Block, Extract, PageNote, Source, Span
from tests.read.sandbox_readers import GOOD

words = st.text(st.characters(codec="utf-8"), max_size=8)
numbers = st.integers(0, 99)


@st.composite
def extracts(draw: st.DrawFn) -> Extract:
    original = draw(st.text(st.characters(codec="utf-8"), max_size=30))
    strings = {name: draw(words) for name in STRINGS if name != "original"}
    lists = {name: tuple(draw(st.lists(words, max_size=2))) for name in LISTS}
    at = draw(st.integers(0, len(original)))
    return Extract(
        source=Source(draw(words), draw(words), draw(words), draw(words)),
        original=original,
        text=AlignedText.of(original).edit([(at, len(original), draw(words))]),
        blocks=tuple(Block(Span(a, a + 3), "prose", level) for a, level in draw(st.lists(st.tuples(numbers, numbers)))),
        pages=tuple(Span(a, a + 1) for a in draw(st.lists(numbers, max_size=3))),
        page_notes=tuple(PageNote(n, "ok", n) for n in draw(st.lists(numbers, max_size=3))),
        **strings,
        **lists,
    )


@given(st.lists(extracts(), max_size=3))
def test_what_is_decoded_is_what_was_encoded(given_extracts: list[Extract]) -> None:
    line = encoded(tuple(given_extracts))
    assert decoded(line) == tuple(given_extracts)
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")


def test_no_field_is_left_out() -> None:
    assert {field.name for field in fields(Extract)} == {*STRINGS, *LISTS, *OTHERS}
    assert all(getattr(GOOD, field.name) for field in fields(Extract)), "the example has a value in every field"
    assert decoded(encoded((GOOD,))) == (GOOD,)


def test_half_a_character_in_a_path_comes_through() -> None:
    error = UnreadableSourceError("caf\udce9.pdf", "no", "failed")
    with pytest.raises(UnreadableSourceError) as caught:
        decoded(encoded_error(error))
    assert (caught.value.path, caught.value.reason, caught.value.status) == ("caf\udce9.pdf", "no", "failed")


def test_memory_that_ran_out_is_said() -> None:
    with pytest.raises(MemoryError):
        decoded(encoded(None))


GOOD_LINE = encoded((GOOD,)).decode()


@pytest.mark.parametrize(
    "line",
    [
        "",
        "7",
        "[]",
        "{}",
        '{"extracts": 3}',
        '{"error": ["a"]}',
        '{"error": ["a", 2, "b"]}',
        "[" * 100_000,
        GOOD_LINE.replace('"Ein Titel"', "null"),
        GOOD_LINE.replace('["title"]', '"title"').replace('"guessed": "title"', '"guessed": [1]'),
        GOOD_LINE.replace('"runs"', '"x"').replace("[[5, 0, 5]", "[[6, 0, 5]"),
        GOOD_LINE.replace("[0, 5, ", "[-1, 5, "),
        GOOD_LINE.replace('[1, "ok", 12]', '[1, "ok"]'),
        GOOD_LINE.replace('[1, "ok", 12]', '[true, "ok", 12]'),
        GOOD_LINE.replace('"pmid"', '"dimp"'),
    ],
)
def test_a_line_that_is_no_reply_is_refused(line: str) -> None:
    assert line != GOOD_LINE
    with pytest.raises(BadReplyError):
        decoded(line.encode())
