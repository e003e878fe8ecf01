"""Whoosh's own queries over our arrays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query
from whoosh.index import FileIndex
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from indexer.engines.array_file import ALIGNED, MAGIC
from indexer.engines.whoosh_codec import TermsCodec, TermsField, TermsSegment
from indexer.engines.whoosh_engine import SCHEMA, WhooshEngine
from indexer.engines.whoosh_storage import DurableStorage
from tests.engines.entries import entry

TEXTS = ["the cat sat", "the dog sat on the cat", "catalogue of dogs", "a dog"]


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    engine = WhooshEngine.create(tmp_path)
    held = [entry(f"d{number}", text, title="title words") for number, text in enumerate([*TEXTS, "the cat is gone"])]
    engine.write(held[:2], ())
    engine.write(held[2:], ())
    engine.write((), ["d4"])

    with FileIndex(DurableStorage(tmp_path), SCHEMA, "MAIN").searcher() as opened:
        yield opened


def found(searcher: Searcher, asked: Any) -> list[str]:
    """The texts of the passages that a query of Whoosh's matches."""
    reader = searcher.reader()
    heads = reader.column_reader("head", translate=False)
    numbers = [int(heads[docnum].rpartition(b"d")[2]) for docnum in searcher.docs_for_query(asked)]
    return sorted(TEXTS[number] for number in numbers)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (query.Term("text", "cat"), TEXTS[:2]),
        (query.Term("text", "bird"), []),
        (query.Term("title", "words"), TEXTS),
        (query.And([query.Term("text", "cat"), query.Term("text", "dog")]), TEXTS[1:2]),
        (query.Or([query.Term("text", "cat"), query.Term("text", "dog")]), [*TEXTS[:2], TEXTS[3]]),
        (query.AndNot(query.Term("text", "cat"), query.Term("text", "dog")), TEXTS[:1]),
        (query.Phrase("text", ["the", "cat"]), TEXTS[:2]),
        (query.Phrase("text", ["cat", "the"]), []),
        (query.Phrase("text", ["dog", "on"], slop=2), TEXTS[1:2]),
        (query.Prefix("text", "cat"), TEXTS[:3]),
        (query.Wildcard("text", "d?g*"), TEXTS[1:]),
        (query.TermRange("text", "cat", "catz"), TEXTS[:3]),
    ],
)
def test_queries_of_whoosh_find_what_they_should(searcher: Searcher, asked: Any, expected: list[str]) -> None:
    assert found(searcher, asked) == sorted(expected)


def segment(searcher: Searcher) -> Any:
    """The reader of the segment that holds the first two texts."""
    return next(leaf for leaf, _ in searcher.reader().leaf_readers() if ("text", "sat") in leaf)


def test_whoosh_is_told_how_often_a_term_stands(searcher: Searcher) -> None:
    reader = segment(searcher)
    assert (reader.doc_frequency("text", "the"), reader.frequency("text", "the")) == (2, 3.0)
    assert (reader.doc_frequency("text", "bird"), reader.frequency("text", "bird")) == (0, 0)
    info = reader.term_info("text", "the")
    assert (info.weight(), info.max_weight(), info.max_id() - info.min_id()) == (3.0, 2.0, 2)
    with pytest.raises(TermNotFound):
        reader.term_info("text", "bird")
    assert "text" in reader.indexed_field_names()
    assert [text for _, text in reader.terms_from("text", "sat") if text < b"u"][:2] == [b"sat", b"the"]


def test_a_cursor_goes_through_the_terms(searcher: Searcher) -> None:
    cursor = segment(searcher).cursor("text")
    assert (cursor.first(), cursor.next(), cursor.next(), cursor.find("s")) == ("cat", "dog", "on", "sat")
    assert (cursor.next(), cursor.next()) == ("the", None)
    assert not cursor.is_valid()


def test_a_matcher_skips_and_copies(searcher: Searcher) -> None:
    matcher = segment(searcher).postings("text", "the")
    copy = matcher.copy()
    assert [span.start for span in copy.spans()] == copy.value_as("positions") == [0]
    copy.next()
    assert [span.start for span in copy.spans()] == copy.value_as("positions") == [0, 4]
    matcher.skip_to(10_000)
    assert (matcher.is_active(), copy.is_active(), copy.weight()) == (False, True, 2.0)


def test_the_arrays_of_a_segment_begin_where_they_may(tmp_path: Path) -> None:
    WhooshEngine.create(tmp_path).write([entry("a", "text")], ())
    (segment,) = tmp_path.glob("*.seg")
    assert segment.read_bytes().index(MAGIC) % ALIGNED == 0


@given(st.text())
def test_any_term_can_be_spelled(term: str) -> None:
    field = TermsField()
    assert field.from_bytes(field.to_bytes(term)) == term


@pytest.mark.parametrize("kind", [TermsCodec, TermsSegment, TermsField])
def test_the_names_that_an_index_holds_are_these(kind: type) -> None:
    """Whoosh's table of contents names these classes: a library is lost to a version that moves one."""
    assert kind.__module__ == "indexer.engines.whoosh_codec"
