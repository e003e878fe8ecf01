"""Word documents (.docx): headings, paragraphs, lists, tables, text boxes, footnotes; as if all changes were accepted.

A place inside a zip archive is no use to a reader, so the source's text as read is what this module puts together,
block after block, the notes at the end. Reading the same file again gives the same text. Page heads and feet, comments
and deleted text are not read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read.archive import Archive
from indexer.read.blocks import DEEPEST, Written, heads, written
from indexer.read.docx_styles import Styles
from indexer.read.docx_text import goes_on, in_bold, is_on, paragraph
from indexer.read.tables import LONGEST_CELL, Cell, Grid, Rows
from indexer.read.xml_tree import Element, decode, parse
from indexer.records import Extract, Source

_MAIN = "word/document.xml"
_OFFICE_DOCUMENT = "/relationships/officeDocument"
_OUTER = frozenset({"AlternateContent", "Choice", "customXml", "ins", "moveTo", "sdt", "sdtContent", "smartTag"})
_SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NO_TITLE = re.compile(r"(?i)microsoft word\b.*|word document|document ?\d*|untitled|.*\.(docx?|dotx?|rtf|odt)")
_SHORT = re.compile(r"[A-ZÀ-Ý][^\W\d_]*(?:[ -][^\W\d_]+){0,4}:?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of the file."""
    package = _Package(data, source.path)
    body = package.part(package.main).first("body")
    styles = Styles(package.optional("styles.xml"))
    blocks = [*_blocks(body, styles)] if body else []
    for name in ("footnotes.xml", "endnotes.xml"):
        blocks += _notes(package.optional(name), styles)
    original, placed = written(blocks)
    if not original:
        raise UnreadableSourceError(source.path, "the document holds no text", "empty")
    shown = next((" ".join(block.text.split()) for block in blocks if block.kind == "title" and block.text.strip()), "")
    title, authors, date = package.properties()
    found = {"title": "" if shown else title, "authors": authors, "date": date}
    return (
        Extract(
            source,
            original,
            AlignedText.of(original),
            title=shown or title,
            authors=authors,
            date=date,
            blocks=placed,
            guessed=tuple(name for name, value in found.items() if value),
            notes=tuple(package.notes),
        ),
    )


class _Package:
    """The parts of a document."""

    def __init__(self, data: bytes, path: str) -> None:
        self._archive = Archive(data, path)
        self._path = path
        self.notes: list[str] = []  # which parts could not be read, and why
        self.main = self._main()
        if self.main not in self._archive:
            raise UnreadableSourceError(path, "the archive holds no Word document")

    def part(self, name: str) -> Element:
        """The root of a part."""
        return parse(decode(self._archive.read(name), self._path), self._path)

    def optional(self, name: str, folder: str | None = None) -> Element | None:
        """The root of a part that documents need not have, beside the main one or in a folder; None without it."""
        whole = posixpath.join(posixpath.dirname(self.main) if folder is None else folder, name)
        if whole not in self._archive:
            return None
        try:
            return self.part(whole)
        except UnreadableSourceError as error:
            if error.status == "too large":
                raise
            self.notes.append(f"{whole} could not be read: {error.reason}")
            return None

    def properties(self) -> tuple[str, tuple[str, ...], str]:
        """Title, authors and date of creation as the file's properties have them."""
        root = self.optional("core.xml", "docProps")
        said = {element.name: element.words() for element in root.elements()} if root else {}
        title, date = said.get("title", ""), _DATE.match(said.get("created", ""))
        names = [" ".join(name.split()) for name in said.get("creator", "").split(";")]
        return (
            "" if _NO_TITLE.fullmatch(title) else title,
            tuple(name for name in names if name),
            date[0] if date else "",
        )

    def _main(self) -> str:
        """The name of the main part, which is not always the usual one."""
        self.main = ""
        links = self.optional(".rels", "_rels")
        for link in links.elements() if links else ():
            if link.attributes.get("Type", "").endswith(_OFFICE_DOCUMENT):
                return posixpath.normpath(link.attributes.get("Target", _MAIN)).lstrip("/")
        return _MAIN


def _blocks(element: Element, styles: Styles) -> Iterator[Written]:
    """The blocks in the body, a cell, a note or a text box."""
    cut = ""  # the text of paragraphs whose end was deleted
    for child in element.elements():
        if child.name == "p":
            found = paragraph(child)
            cut += found.text
            if not goes_on(child):
                kind = styles.kind(child.first("pPr"))
                is_head = kind.kind in ("item", "prose") and _heads(cut.strip()) and in_bold(child)
                yield Written("heading", cut, DEEPEST) if is_head else Written(kind.kind, cut, kind.level)
                cut = ""
            for box in found.boxes:
                yield from _blocks(box, styles)
        elif child.name == "tbl":
            yield from _table(child, styles)
        elif child.name in _OUTER:
            yield from _blocks(child, styles)
    yield Written("prose", cut)


def _heads(text: str) -> bool:
    """True for a paragraph that, all in bold letters, heads what stands below: a few plain words do as well."""
    return heads(text) or _SHORT.fullmatch(text) is not None


def _table(table: Element, styles: Styles) -> Iterator[Written]:
    """The rows of a table; of one that lays out a page, the blocks in its cells."""
    rows = [row for row in _inside(table, "tr") if not row.first("trPr", "del")]
    held = [[list(_blocks(cell, styles)) for cell in _inside(row, "tc")] for row in rows]
    wide = any(len(row) > 1 for row in held)
    grid, made = Grid(), Rows()
    for at, (row, blocks) in enumerate(zip(rows, held, strict=True)):
        texts = [" ".join(word for block in cell for word in block.text.split()) for cell in blocks]
        cells = _cells(row, texts, grid, made)
        if wide and all(len(text) <= LONGEST_CELL for text in texts):
            are_heads = is_on(row.first("trPr", "tblHeader")) or (not at and len(texts) > 1 and in_bold(row))
            text = made.text(cells, at, are_heads=are_heads).text
            yield Written("columns" if are_heads else "row", text, int(not at))
        else:
            yield from (block for cell in blocks for block in cell)


def _cells(row: Element, texts: list[str], grid: Grid, made: Rows) -> list[Cell]:
    """The cells of a row in their places; of those that go on from above the first says so in each row."""
    grid.begin_row()
    if before := row.first("trPr", "gridBefore"):
        grid.place(before.attributes.get("val", ""))
    cells: list[Cell] = []
    for cell, text in zip(_inside(row, "tc"), texts, strict=True):
        span = cell.first("tcPr", "gridSpan")
        place = grid.place(span.attributes.get("val", "") if span else "")
        merged = cell.first("tcPr", "vMerge")
        if merged and merged.attributes.get("val") != "restart":
            made.go_on(place)
        cells.append(Cell(place, AlignedText.of(text)))
    return cells


def _inside(element: Element, name: str) -> Iterator[Element]:
    """The elements of a name in an element, or in what only wraps them."""
    for child in element.elements():
        if child.name == name:
            yield child
        elif child.name in _OUTER:
            yield from _inside(child, name)


def _notes(root: Element | None, styles: Styles) -> Iterator[Written]:
    """The footnotes or endnotes, but for the lines that part them from the text."""
    for note in root.elements() if root else ():
        if note.attributes.get("type") not in _SEPARATORS:
            blocks = (" ".join(block.text.split()) for block in _blocks(note, styles))
            yield Written("footnote", " ".join(filter(None, blocks)))
