"""EPUB books: chapters in order, what they say of themselves, and what broken books come to."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.epub import extracts
from indexer.records import Extract
from tests.read.soundness import SOURCE, blocks, check_reading, check_sound, unlabelled

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
METADATA = """<dc:title>On bats</dc:title><dc:creator opf:role="aut">Jane Roe</dc:creator>
<dc:creator>Al Poe</dc:creator><dc:creator opf:role="ill">A. Drawer</dc:creator>
<dc:date>2004-05-01T00:00:00+00:00</dc:date><dc:identifier>urn:isbn:1</dc:identifier>
<dc:identifier>doi:10.1234/x</dc:identifier>"""


Parts = dict[str, str | bytes]


def epub(*chapters: str | bytes, metadata: str = METADATA, guide: str = "", parts: Parts | None = None) -> bytes:
    """A book of these chapters, and other parts by their names."""
    items = "".join(
        f'<item id="c{number}" href="text/c%20{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<package xmlns:dc="d" xmlns:opf="o">'
        f"<metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine><guide>{guide}</guide></package>"
    )
    whole: Parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    whole["OEBPS/book.opf"] = package
    whole |= {f"OEBPS/text/c {number}.xhtml": chapter for number, chapter in enumerate(chapters)}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (whole | (parts or {})).items():
            archive.writestr(name, part)
    return file.getvalue()


def chapter(body: str) -> str:
    """A chapter with this body."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>Not shown</title><script src='x'/></head><body>{body}</body></html>"
    )


def read(*chapters: str, **given: str) -> Extract:
    """The book of these chapters."""
    (extract,) = extracts(epub(*map(chapter, chapters), **given), SOURCE)
    check_sound(extract)
    assert not unlabelled(extract)
    assert extract.original == extract.text.text
    return extract


def test_a_whole_book() -> None:
    extract = read(
        "<nav><ol><li><a href='1'>One</a></li></ol></nav><h1>One</h1><p>Bats &amp; birds<br/>fly&nbsp;<i>far</i>.</p>",
        "<h2>Kinds</h2><ul><li>big</li><li><p>small</p></li></ul><table><tr><td>Bat</td><td>cm</td></tr></table>"
        "<figure><img src='x'/><figcaption>A bat.</figcaption></figure>",
    )
    assert blocks(extract) == [
        ("other", "One"),
        ("heading", "One"),
        ("prose", "Bats & birds\nfly\xa0far."),
        ("heading", "Kinds"),
        ("item", "big"),
        ("item", "small"),
        ("row", "Bat\tcm"),
        ("caption", "A bat."),
    ]
    assert (extract.title, extract.authors, extract.date) == ("On bats", ("Jane Roe", "Al Poe"), "2004-05-01")
    assert (extract.doi, extract.url) == ("10.1234/x", "https://doi.org/10.1234/x")
    assert (extract.guessed, extract.notes) == ((), ())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<aside epub:type='footnote'><p>A note.</p></aside>", ("footnote", "A note.")),
        ("<section role='doc-endnotes'><ol><li>A note.</li></ol></section>", ("footnote", "A note.")),
        ("<section epub:type='bibliography'><ul><li>Roe</li></ul></section>", ("references", "Roe")),
        ("<section epub:type='backmatter index'><p>bats 7</p></section>", ("other", "bats 7")),
        ("<section epub:type='titlepage'><h1>On bats</h1></section>", ("other", "On bats")),
        ("<span epub:type='pagebreak'>12</span>", ("running", "12")),
        ("<section epub:type='chapter'><p>text</p></section>", ("prose", "text")),
        ("<p style='display: none'>hidden</p>", ("other", "hidden")),
        ("<div>plain</div>", ("prose", "plain")),
        ("<blockquote><p>quoted</p></blockquote>", ("prose", "quoted")),
        ("<p>never closed <b>here", ("prose", "never closed here")),
    ],
)
def test_kinds_of_blocks(body: str, expected: tuple[str, str]) -> None:
    assert blocks(read(body)) == [expected]


def test_an_abstract_on_a_title_page_is_content() -> None:
    long = "Bats are many. " * 30
    extract = read(f"<section epub:type='titlepage'><h1>On bats</h1><div><p>{long}</p></div></section>")
    assert blocks(extract) == [("other", "On bats"), ("prose", long.strip())]


def test_parts_that_the_book_sets_apart() -> None:
    guide = '<reference type="{}" href="text/c%200.xhtml{}"/>'
    links = "<p><a href='1'>One</a></p><p>Text.</p>"
    assert [kind for kind, _ in blocks(read(links, guide=guide.format("toc", "")))] == ["other", "prose"]
    assert [kind for kind, _ in blocks(read(links, guide=guide.format("cover", "")))] == ["other", "other"]
    assert [kind for kind, _ in blocks(read(links, guide=guide.format("cover", "#top")))] == ["prose", "prose"]
    assert [kind for kind, _ in blocks(read(links, guide=guide.format("text", "")))] == ["prose", "prose"]
    assert blocks(read("<p>" + "long " * 2000 + "</p>", guide=guide.format("cover", "")))[0][0] == "prose"


@pytest.mark.parametrize(
    ("metadata", "title", "date"),
    [
        ("", "", ""),
        ("<dc:title>Unknown</dc:title><dc:date>0101-01-01T00:00:00+00:00</dc:date>", "", ""),
        ("<dc:title/><dc:title>Second</dc:title><dc:date>1999</dc:date>", "Second", "1999"),
        ("<dc-metadata><dc:Title>x</dc:Title><dc:title>Old form</dc:title></dc-metadata>", "Old form", ""),
    ],
)
def test_what_books_say_of_themselves(metadata: str, title: str, date: str) -> None:
    extract = read("<p>x</p>", metadata=metadata)
    assert (extract.title, extract.authors, extract.date) == (title, (), date)


def test_a_chapter_that_cannot_be_read_costs_that_chapter_only() -> None:
    broken = b"\x00\x01\x02\x03" * 100
    locked = '<e><CipherReference URI="OEBPS/text/c%202.xhtml"/></e>'
    data = epub(chapter("<p>x</p>"), broken, chapter("y"), parts={"META-INF/encryption.xml": locked})
    (extract,) = extracts(data, SOURCE)
    assert extract.original == "x"
    assert extract.notes == (
        "OEBPS/text/c 1.xhtml could not be read: the file is binary, not text",
        "OEBPS/text/c 2.xhtml could not be read: it is encrypted",
    )


def test_chapters_come_once_and_only_from_the_archive() -> None:
    package = """<package><manifest><item id="a" href="text/c%200.xhtml#i"/><item id="b" href="../../etc/passwd"/>
    <item id="c" href="x.svg" media-type="image/svg+xml"/></manifest><spine><itemref idref="a"/><itemref idref="a"/>
    <itemref idref="b"/><itemref idref="c"/><itemref idref="absent"/></spine></package>"""
    (extract,) = extracts(epub(chapter("<p>x</p>"), parts={"OEBPS/book.opf": package}), SOURCE)
    assert extract.original == "x"
    assert extract.notes == ("../etc/passwd could not be read: the archive has no part ../etc/passwd",)


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"A text renamed to .epub", "failed", "no zip archive"),
        (epub(chapter("<p>x</p>"))[:-40], "failed", "no zip archive"),
        (epub(chapter("")), "empty", "no text"),
        (epub(), "empty", "no text"),
        (epub(chapter("<p>x</p>")).replace(b"container.xml", b"contaiXer.xml"), "failed", "no book"),
        (
            epub(chapter("<p>x</p>")).replace(b"OEBPS/book.opf", b"OEBPS/booX.opf"),
            "failed",
            "list of contents is missing",
        ),
        (epub(" " * 11_000_000), "too large", "11,000,000"),
        (epub(b"\x00\x01\x02\x03" * 100), "not text", "binary"),
    ],
)
def test_what_cannot_be_read(data: bytes, status: str, reason: str) -> None:
    with pytest.raises(UnreadableSourceError) as error:
        extracts(data, SOURCE)
    assert (error.value.status, reason in error.value.reason) == (status, True), error.value


def test_a_book_of_too_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.read.epub._MOST_STRETCHES", 10)
    with pytest.raises(UnreadableSourceError, match="over 10 pieces"):
        read("<p>x</p>" * 8, "<p>x</p>" * 8)


@pytest.mark.parametrize("name", ["div", "li", "section", "table", "span", "blockquote"])
def test_chapters_nested_without_end_are_read(name: str) -> None:
    assert check_reading(extracts, epub(chapter(f"<{name}>" * 50_000 + "x")))


@given(st.lists(st.sampled_from(["<p>", "</p>", "<li>", "<tr>", "<td>", "<nav/>", "<h1>", "x", "&", "<!--", "]]>"])))
def test_any_chapter_is_read(tags: list[str]) -> None:
    for extract in check_reading(extracts, epub(chapter("".join(tags)))):
        assert not unlabelled(extract)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_files_are_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(epub(chapter("<p>One.</p>"), chapter("<p>Two.</p>")))
    for place, byte in damage:
        data[place % len(data)] = byte
    check_reading(extracts, bytes(data))
