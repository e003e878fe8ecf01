from __future__ import annotations

import contextlib
from dataclasses import replace
from itertools import accumulate
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import stored_document
from indexer.aligned import AlignedText
from indexer.cite import CONTEXT
from indexer.records import KINDS, Block, Document, Excerpt, Passage, Source, Span
from indexer.stored_document import DAMAGED, StoredDocument, stored

TEXT = st.text(max_size=20) | st.sampled_from(["", "\ud800 half a pair", '"\\\n\0', "ﬁ β 𝔸"])
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
SPANS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(lambda ends: Span(min(ends), max(ends)))
NUMBERS = st.integers(0, 10**9)
SIZES = st.sampled_from([1, 3, 2_048])  # characters of a tile


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
SOURCE = "a line of about this length, which the next follows\r\n" * 800
BREAKS = [(at, at + 2, " ") for at in range(51, len(SOURCE), 53)]
DOCUMENT = Document("d", Source("d", "0"), "t", (), "", "", AlignedText.of(SOURCE).edit(BREAKS), (), ())
PASSAGE = Passage("d.1", "d", 0, "prose", (), DOCUMENT.text.text[4_000:4_800], Span(4_000, 4_800), None)


@given(DOCUMENTS, SIZES)
def test_a_document_comes_back_as_it_was(document: Document, size: int) -> None:
    with patch.object(stored_document, "_TILE", size):
        assert StoredDocument(document.id, stored(document, ())).document() == document


@given(DOCUMENTS, st.lists(st.tuples(PASSAGES, NUMBERS, NUMBERS, st.integers(1, 3)), max_size=5), SIZES)
def test_a_passage_comes_back_as_it_was_with_what_stands_around_it(document, drawn, tile) -> None:
    """Wherever it stands in its document, whose runs may be of any kind and as short as a character."""
    size = len(document.text)
    spans = sorted(tuple(sorted((start % (size + 1), end % (size + 1)))) for _, start, end, _ in drawn)
    ordinals = [at - 1 for at in accumulate(step for *_, step in drawn)]
    passages = [
        replace(
            passage,
            document_id=document.id,
            ordinal=ordinal,
            text=document.text.text[start:end],
            span=Span(start, end),
        )
        for (passage, *_), (start, end), ordinal in zip(drawn, spans, ordinals, strict=True)
    ]
    with patch.object(stored_document, "_TILE", tile):
        held = StoredDocument(document.id, memoryview(stored(document, passages)))
        assert held.passages() == passages
        for passage in passages:
            start, end = max(0, passage.span.start - CONTEXT), passage.span.end + CONTEXT
            assert held.passage(passage.ordinal) == passage
            assert held.passage_id(passage.ordinal) == passage.id
            assert held.excerpt(passage.ordinal) == Excerpt(passage, start, document.text[start:end])
        with pytest.raises(ValueError, match="no passage 99"):
            held.passage(99)


@given(st.data())
def test_no_damage_ends_in_anything_but_a_record_or_what_is_told(data: st.DataObject) -> None:
    payload = bytearray(stored(DOCUMENT, [PASSAGE]))
    for at in data.draw(st.lists(st.integers(0, len(payload) - 1), min_size=1, max_size=4)):
        payload[at] ^= data.draw(st.integers(1, 255))
    cut = bytes(payload[: data.draw(st.integers(0, len(payload)))])
    for damaged in (bytes(payload), cut):
        for read in (StoredDocument.document, StoredDocument.passages, lambda held: held.excerpt(0)):
            with contextlib.suppress(*DAMAGED):
                read(StoredDocument("d", damaged))


def test_a_part_that_would_fill_memory_is_not_read() -> None:
    with patch.object(stored_document, "_MOST", 1_000), pytest.raises(ValueError, match="larger than any"):
        StoredDocument("d", stored(DOCUMENT, ())).document()


def test_a_passage_is_read_once_and_kept_while_few_others_are() -> None:
    passages = [replace(PASSAGE, id=f"d.{at}", ordinal=at) for at in range(stored_document._READ + 1)]
    held = StoredDocument("d", stored(DOCUMENT, passages))
    first = held.passage(0)
    assert held.excerpt(0).passage is held.passage(0) is first
    assert [held.passage(passage.ordinal) for passage in passages] == passages
    assert len(held._known) <= stored_document._READ


def test_a_map_of_many_short_runs_is_stored_in_little_space() -> None:
    """Text in which every line break is a space: 1,600 runs in 42,000 characters."""
    assert len(stored(DOCUMENT, ())) < 4_000


def test_a_passage_that_does_not_lie_in_its_document_is_told() -> None:
    payload = stored(DOCUMENT, [replace(PASSAGE, span=Span(41_000, 43_000))])
    with pytest.raises(ValueError, match="does not lie in its document"):
        StoredDocument("d", payload).passage(0)
