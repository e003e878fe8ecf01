"""Quotes re-read from the original are the quotes shown: for every format, through the whole library."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import Library, LibraryReader, answer, index, search
from indexer.read import read
from indexer.records import Citation, Document, Options, Span
from tests.conftest import shared_data
from tests.evaluation.anchors import source_fault, span_fault
from tests.formats import ARTICLES, WORDS

_REFERENCES = (".html", ".xml", ".nxml", ".md")  # formats in which "&amp;" stands for "&"


def originals(path: Path) -> dict[str, str]:
    """The source's text as read, by the part of the file."""
    return {extract.source.part: extract.original for extract in read(path, path.name)}


def fault(document: Document, original: str, span: Span, quote: str) -> str:
    """What is wrong with the place of a quote, empty when nothing is; where a format has them, references resolved."""
    pieces = document.text.sources(span.start, span.end)
    wrong = span_fault(document, span, quote) or source_fault(original, pieces, quote)
    if wrong and document.source.path.endswith(_REFERENCES):
        resolved = html.unescape("".join(piece.of(original) for piece in pieces))
        return span_fault(document, span, quote) or source_fault(resolved, (Span(0, len(resolved)),), quote)
    return wrong


def faults(reader: LibraryReader, top: Path) -> Iterator[str]:
    """For each passage of a library what is wrong with its place, empty when nothing is."""
    texts: dict[str, dict[str, str]] = {}
    for row in reader.documents():
        if not row.passages:
            continue
        if row.path not in texts:
            texts = {row.path: originals(top / row.path)}
        document = reader.document(row.id)
        original = texts[row.path][document.source.part]
        yield from (fault(document, original, passage.span, passage.text) for passage in reader.passages(row.id))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LibraryReader, Path]]:
    """A library of an article in every format."""
    top = tmp_path_factory.mktemp("formats")
    (top / "docs").mkdir()
    for name, data in ARTICLES.items():
        (top / "docs" / name).write_bytes(data)
    report = index(top / ".pincite", [top / "docs"])
    assert not report.failed
    with Library.open(top / ".pincite").reader() as reader:
        yield reader, top


@pytest.mark.parametrize("name", ARTICLES)
def test_every_passage_stands_in_the_original(library: tuple[LibraryReader, Path], name: str) -> None:
    reader, top = library
    texts = originals(top / "docs" / name)
    rows = [row for row in reader.documents() if row.path == f"docs/{name}"]
    assert len(rows) == len(texts)
    for row in rows:
        document = reader.document(row.id)
        passages = reader.passages(row.id)
        assert passages
        assert [fault(document, texts[document.source.part], p.span, p.text) for p in passages] == [""] * len(passages)


def citation_fault(reader: LibraryReader, top: Path, citation: Citation, document_id: str) -> str:
    """What is wrong with a citation, empty when nothing is."""
    document = reader.document(document_id)
    if document.text.sources(citation.span.start, citation.span.end) != citation.source_spans:
        return f"{citation.quote!r} has other pieces than its span"
    original = originals(top / document.source.path)[document.source.part]
    return fault(document, original, citation.span, citation.quote)


@pytest.mark.parametrize("kind", ["txt", "md", "html", "pdf", "docx", "epub", "jats", "jsonl"])
def test_hits_stand_in_the_original(library: tuple[LibraryReader, Path], kind: str) -> None:
    hits = search(library[0], "drop metastasis", options=Options(filters=(f"format:{kind}",))).hits
    assert [hit.citation.quote for hit in hits if WORDS in hit.citation.quote]
    assert [citation_fault(*library, hit.citation, hit.document.id) for hit in hits] == [""] * len(hits)


def test_answers_stand_in_the_original(library: tuple[LibraryReader, Path]) -> None:
    quotes = answer(library[0], "What grew by 5 mm a year?").quotes
    assert quotes
    assert quotes[0].text == WORDS
    assert [citation_fault(*library, quote.citation, quote.hit.document.id) for quote in quotes] == [""] * len(quotes)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_words_of_any_passage_stand_in_the_original(
    library: tuple[LibraryReader, Path], data: st.DataObject
) -> None:
    reader, top = library
    row = data.draw(st.sampled_from(reader.documents()))
    passage = data.draw(st.sampled_from(reader.passages(row.id)))
    words = [found.span() for found in re.finditer(r"\S+", passage.text)]
    first = data.draw(st.integers(0, len(words) - 1))
    start, end = words[first][0], words[data.draw(st.integers(first, len(words) - 1))][1]
    document = reader.document(row.id)
    span = Span(passage.span.start + start, passage.span.start + end)
    original = originals(top / row.path)[document.source.part]
    assert fault(document, original, span, passage.text[start:end]) == ""


@pytest.mark.collection
@pytest.mark.parametrize("kind", ["pdf", "jats/xml", "article_extraction/html"])
def test_every_passage_of_real_files_stands_in_the_original(tmp_path: Path, kind: str) -> None:
    folder = shared_data(kind)
    files = sorted(folder.iterdir())[:: 1 if kind == "pdf" else 5]
    shutil.copytree(folder, tmp_path / "docs", ignore=lambda _, names: {*names} - {path.name for path in files})
    index(tmp_path / ".pincite", [tmp_path / "docs"])
    with Library.open(tmp_path / ".pincite").reader() as reader:
        found = [*faults(reader, tmp_path)]
    assert len(found) > 50
    assert [wrong for wrong in found if wrong] == []
