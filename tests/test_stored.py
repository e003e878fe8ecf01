from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from indexer.records import PageNote, Summary
from indexer.stored import read_summary, summary_payload

TEXT = st.text(max_size=20) | st.sampled_from(["", "\ud800 half a pair", '"\\\n\0', "ﬁ β 𝔸"])
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
NUMBERS = st.integers(0, 10**9)
SUMMARIES = st.builds(
    Summary,
    TEXT,
    TEXT,
    TEXT,
    TEXTS,
    *[TEXT] * 4,
    NUMBERS,
    NUMBERS,
    doi=TEXT,
    guessed=TEXTS,
    quality=st.floats(0, 1),
    left_out=st.lists(st.tuples(TEXT, NUMBERS), max_size=2).map(tuple),
    repairs=st.lists(st.tuples(TEXT, NUMBERS), max_size=2).map(tuple),
    page_notes=st.lists(st.builds(PageNote, NUMBERS, TEXT, NUMBERS), max_size=2).map(tuple),
    sketch=st.lists(NUMBERS, max_size=3).map(tuple),
)


@given(SUMMARIES)
def test_a_ledger_row_comes_back_as_it_was(summary: Summary) -> None:
    assert read_summary(summary_payload(summary)) == summary


def test_rows_are_plain_json() -> None:
    summary = Summary("d1", "é.txt", "A title", ("A. Author",), passages=2)
    assert json.loads(summary_payload(summary))[:10] == [
        "d1",
        "é.txt",
        "A title",
        ["A. Author"],
        "",
        "",
        "ok",
        "",
        0,
        2,
    ]
