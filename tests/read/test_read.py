"""Which format a file has: what its bytes say, then what its suffix says."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read import SUFFIXES, extracts, format_of, misnamed, read, readable
from indexer.records import FORMATS, Source
from tests.read.pdf_writer import Text, pdf
from tests.read.test_docx import docx, p
from tests.read.test_epub import chapter, epub

PAGE = b"<!DOCTYPE html>\n<html><head><title>Apples</title></head><body><p>Apples grow on trees.</p></body></html>"
JATS = b"<article article-type='research-article'><body><p>Apples grow on trees.</p></body></article>"
PDF = pdf([Text(72, 700, "Apples grow on trees.")])
DOCX = docx(p("Apples grow on trees."))
EPUB = epub(chapter("<p>Apples grow on trees.</p>"))
LINE = b'{"_id": "1", "title": "Apples", "text": "They grow on trees."}\n'


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", PDF, "pdf"),
        ("a", b"\xef\xbb\xbf\n" + PDF, "pdf"),
        ("a.txt", DOCX, "docx"),
        ("a.zip", DOCX, "docx"),
        ("a.zip", EPUB, "epub"),
        ("a.docx", EPUB, "epub"),
        ("a.txt", PAGE, "html"),
        ("a.pdf", PAGE, "html"),
        ("a.xml", b"<?xml version='1.0'?>\n<!-- saved -->\n" + PAGE, "html"),
        ("a.php", b"\xef\xbb\xbf \r\n" + PAGE.lower(), "html"),
        ("a.txt", PAGE.decode().encode("utf-16"), "html"),
        ("a.txt", b"<html lang=en>\n<!-- x --><head></head><body>x</body></html>", "html"),
        ("a.html", b"<?xml version='1.0'?>" + JATS, "jats"),
        ("a", b"<!DOCTYPE article SYSTEM 'x'>" + JATS, "jats"),
        ("a.pdf", b"Apples grow on trees.", "text"),
        ("a.docx", "\ufeff\n Äpfel wachsen auf Bäumen.".encode("utf-16"), "text"),
        ("a.epub", "Äpfel wachsen auf Bäumen.".encode("cp1252"), "text"),
        ("README", b"Apples grow on trees.", "text"),
    ],
)
def test_the_bytes_say_what_a_file_is_before_its_name_does(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert readable(path)
    assert format_of(data, name) == kind
    assert read(path, name)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", LINE, "text"),
        ("a.txt", b'{"json": "that is no line of documents"}', "text"),
        ("a.txt", b"%PDF-1.4 is how such a file begins.", "text"),
        ("a.txt", b"<html> is the first tag of a page, and <body> the next.", "text"),
        ("a.txt", b"<!DOCTYPE html> stands above it.", "text"),
        ("a.txt", b"<p>A paragraph.</p>", "text"),
        ("a.txt", b"<article> is a tag.", "text"),
        ("a.md", b"<!-- draft -->\n# Apples", "markdown"),
        ("a.html", b"<article class='x'><p>Apples</p></article>", "html"),
        ("a.TXT", b"x", "text"),
        ("a.pdf", PDF[9:], "pdf"),
        ("a.pdf", b"begins with something else\n" + PDF, "pdf"),
        ("a.pdf", b"<Error><Code>AccessDenied</Code></Error>", "pdf"),
        ("a.docx", b"{\\rtf1 Apples grow on trees.}", "docx"),
        ("a.docx", DOCX[30:], "docx"),
        ("a.docx", b"PK\x03\x04 and what is left of it", "docx"),
        ("a.epub", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "epub"),
        ("a.xlsx", b"PK\x03\x04" + bytes(100) + b"xl/workbook.xml", None),
        ("a.jpg", b"\xff\xd8\xff\xe0", None),
    ],
)
def test_what_does_not_say_goes_by_its_name(tmp_path: Path, name: str, data: bytes, kind: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert format_of(data, name) == kind
    assert readable(path) == (kind is not None)


@pytest.mark.parametrize(
    ("name", "data", "kind", "note"),
    [
        ("a.pdf", b"Apples grow on trees.", "txt", "read as txt, which its bytes are, though it is named .pdf"),
        ("a.TXT", PAGE, "html", "read as html, which its bytes are, though it is named .txt"),
        ("a.markdown", b"# Apples", "md", ""),
        ("a.nxml", JATS, "jats", ""),
        ("a.bin", DOCX, "docx", ""),
        ("a", PAGE, "html", ""),
        ("a.jsonl", LINE, "jsonl", ""),
    ],
)
def test_what_a_file_was_read_as_is_known_and_told_when_its_name_says_otherwise(
    name: str, data: bytes, kind: str, note: str
) -> None:
    (made,) = extracts(data, Source(name, "0" * 64))
    assert (made.source.format, misnamed(made.source)) == (kind, note)
    assert kind in FORMATS


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_each_suffix_is_readable_whatever_it_holds(suffix: str) -> None:
    assert readable(Path(f"nowhere{suffix}"))


def test_a_long_archive_says_what_it_is_at_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(docx(p("Apples grow on trees."), **{f"part{n}_xml": "x" * 99 for n in range(900)}))
    assert path.stat().st_size > 64 * 1024
    assert readable(path)
    assert format_of(path.read_bytes(), "a.bin") == "docx"


def test_what_is_no_file_is_not_readable(tmp_path: Path) -> None:
    assert not readable(tmp_path / "nowhere.bin")
    (tmp_path / "folder.bin").mkdir()
    assert not readable(tmp_path / "folder.bin")


@pytest.mark.parametrize("piece", [b"<!-- -->", b"<!--", b"<html>", b" ", b"<?xml>", b"<!doctype html>"])
def test_telling_takes_no_time_whatever_the_bytes(piece: bytes) -> None:
    started = time.process_time()
    format_of(piece * 4000, "a.txt")
    assert time.process_time() - started < 0.5


@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a", "a.pdf"]))
def test_any_bytes_have_a_format_or_none(data: bytes, name: str) -> None:
    assert format_of(data, name) in {*SUFFIXES.values(), None}
