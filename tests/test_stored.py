from __future__ import annotations

import json
import zlib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.cite import CONTEXT
from indexer.records import KINDS, Block, Document, Excerpt, PageNote, Passage, Source, Span, Summary
from indexer.stored import payloads, read_document, read_excerpt, read_passage, read_summary, summary_payload

TEXT = st.text(max_size=20) | st.sampled_from(["", "\ud800 half a pair", '"\\\n\0', "ﬁ β 𝔸"])
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SPANS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda ends: Span(min(ends), max(ends)))
NUMBERS = st.integers(0, 10**9)


@st.composite
def aligned_texts(draw: st.DrawFn) -> AlignedText:
    """A text edited a few times, so that it has runs of all kinds."""
    text = AlignedText.of(draw(TEXT))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 3)))
        text = text.edit([(start, end, draw(st.text(max_size=3)))])
    if draw(st.booleans()):
        text = AlignedText.join([text, AlignedText.of(draw(TEXT))])  # which starts again at source offset 0
    return text


DOCUMENTS = st.builds(
    Document,
    id=TEXT,
    source=st.builds(Source, TEXT, TEXT, TEXT, TEXT),
    title=TEXT,
    authors=TEXTS,
    date=TEXT,
    url=TEXT,
    text=aligned_texts(),
    blocks=st.lists(st.builds(Block, SPANS, st.sampled_from(sorted(KINDS)), NUMBERS), max_size=3).map(tuple),
    pages=st.lists(SPANS, max_size=3).map(tuple),
)
PASSAGES = st.builds(Passage, TEXT, TEXT, NUMBERS, TEXT, TEXTS, TEXT, SPANS, st.none() | NUMBERS, TEXT, columns=TEXT)
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


@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    assert read_document(payloads(document, ())[0]) == document


@given(DOCUMENTS, st.lists(st.tuples(PASSAGES, NUMBERS, NUMBERS), max_size=3))
def test_a_passage_comes_back_as_it_was_with_what_stands_around_it(document, drawn) -> None:
    """Wherever it stands in its document, whose runs may be of any kind and as short as a character."""
    size = len(document.text)
    spans = [Span(*sorted((start % (size + 1), end % (size + 1)))) for _, start, end in drawn]
    passages = [
        replace(passage, text=span.of(document.text.text), span=span)
        for (passage, _, _), span in zip(drawn, spans, strict=True)
    ]
    _, parts = payloads(document, passages)
    for passage, payload in zip(passages, parts, strict=True):
        start, end = max(0, passage.span.start - CONTEXT), passage.span.end + CONTEXT
        assert read_passage(payload) == passage
        assert read_excerpt(payload) == Excerpt(passage, start, document.text[start:end])


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


def test_a_map_of_many_short_runs_is_stored_in_little_space() -> None:
    """Text in which every second line break is a space: 400 runs in 40,000 characters."""
    source = "a line of about this length, which the next follows\r\n" * 800
    text = AlignedText.of(source)
    breaks = [(at, at + 2, " ") for at in range(51, len(source), 53)]
    document = Document("d", Source("d", "0"), "t", (), "", "", text.edit(breaks), (), ())
    assert len(zlib.compress(payloads(document, ())[0])) < 2_000
