"""PDF -> Extract: the characters that pdfium gives, in reading order, with what each block is.

`original` is the text of all pages, one after another, with a form feed between two; within a page an offset is
pdfium's own character index. A page that cannot be read is empty there, and the notes name it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import count, groupby
from statistics import median

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read.pdf_blocks import Part, Place, parts
from indexer.read.pdf_columns import regions
from indexer.read.pdf_flow import flowing, spans
from indexer.read.pdf_labels import labelled
from indexer.read.pdf_lines import Line, pieces, whole_lines
from indexer.read.pdf_running import running
from indexer.read.pdf_title import stated
from indexer.read.pdf_words import PageText, page_text
from indexer.records import Block, Extract, PageNote, Source, Span

PAGE_BREAK = "\f"
_ENCRYPTED = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
_BEGINNING = 1024  # bytes in which readers look for the header
_END = 4096  # bytes in which the end mark stands; some writers put more after it
_NOTHING = PageText("", (), ())


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The document of a PDF file; UnreadableSourceError when it is encrypted, damaged, or has no text."""
    with _opened(data, source.path) as document:
        texts, notes = _pages(document)
        info = {key: _information(document, key) for key in ("Title", "Author", "CreationDate", "Creator")}
    _check(notes, source.path)
    original = PAGE_BREAK.join(text.text for text in texts)
    found = flowing(labelled(_parts(texts), original), original)
    said = stated(info, found, original)
    blocks = tuple(Block(span, part.kind, part.level) for span, part in zip(spans(found), found, strict=True))
    return (
        Extract(
            source=source,
            original=original,
            text=_text(found),
            title=said.title,
            authors=said.authors,
            date=said.date,
            blocks=blocks,
            pages=tuple(_page_spans(texts)),
            doi=said.doi,
            guessed=said.guessed,
            notes=_notes(notes) + _cut(data),
            page_notes=notes,
        ),
    )


def _opened(data: bytes, path: str) -> pypdfium2.PdfDocument:
    """The document, unlocked where it needs no password."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in _ENCRYPTED:
            raise UnreadableSourceError(path, "the PDF needs a password", "encrypted") from error
        raise UnreadableSourceError(path, _why_not(data)) from error


def _why_not(data: bytes) -> str:
    """Why bytes that pdfium refuses are no PDF."""
    if b"%PDF-" in data[:_BEGINNING]:
        return "the PDF is damaged or cut short"
    return "it is named .pdf, but its bytes are none: give it the suffix of what it is, or get it anew"


def _pages(document: pypdfium2.PdfDocument) -> tuple[list[PageText], tuple[PageNote, ...]]:
    """The text of each page, and how reading it went."""
    texts: list[PageText] = []
    notes: list[PageNote] = []
    for number in range(1, len(document) + 1):
        text, status = _page(document, number)
        texts.append(text)
        notes.append(PageNote(number, status, len(text.text.strip())))
    return texts, tuple(notes)


def _page(document: pypdfium2.PdfDocument, number: int) -> tuple[PageText, str]:
    """A page's text and status; a page that draws something but has no text is an image."""
    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return _NOTHING, "failed"
    try:
        text = page_text(page)
        blank = not text.text.strip()
        return text, "no text layer" if blank and pdfium.FPDFPage_CountObjects(page.raw) else "ok"
    except pypdfium2.PdfiumError:
        return _NOTHING, "failed"
    finally:
        page.close()


def _information(document: pypdfium2.PdfDocument, key: str) -> str:
    """An entry of the information dictionary; what is no text in it is left out.

    Not pypdfium2's own function, which stumbles over half a character.
    """
    size = pdfium.FPDF_GetMetaText(document.raw, key.encode(), None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document.raw, key.encode(), buffer, size)
    text = buffer.raw.decode("utf-16-le", "replace").replace("\ufffd", "")
    return "".join(character if character.isprintable() else " " for character in text).strip()


def _check(notes: tuple[PageNote, ...], path: str) -> None:
    """UnreadableSourceError when no page has text."""
    if any(note.characters for note in notes):
        return
    if not notes or any(note.status == "failed" for note in notes):
        raise UnreadableSourceError(path, "no page of the PDF can be read")
    if all(note.status == "ok" for note in notes):
        raise UnreadableSourceError(path, "all pages of the PDF are blank", "empty")
    raise UnreadableSourceError(path, "the pages are images: run text recognition over them first", "no text layer")


def _notes(pages: tuple[PageNote, ...]) -> tuple[str, ...]:
    """The pages that were not read, a sentence for each status."""
    found = []
    for status, said in (("no text layer", "no text layer, only images"), ("failed", "could not be read")):
        numbers = [note.page for note in pages if note.status == status]
        if numbers:
            found.append(f"{'page' if len(numbers) == 1 else 'pages'} {_ranges(numbers)}: {said}")
    return tuple(found)


def _cut(data: bytes) -> tuple[str, ...]:
    """A note when the file lacks its end: pdfium then gives the pages that it can find."""
    return () if b"%%EOF" in data[-_END:] else ("the file ends before its end mark: pages may be missing",)


def _ranges(numbers: list[int]) -> str:
    """Numbers as a list of ranges: 1, 3-5."""
    groups = [
        [number for _, number in group] for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])
    ]
    return ", ".join(str(group[0]) if len(group) == 1 else f"{group[0]}-{group[-1]}" for group in groups)


def _page_spans(texts: list[PageText]) -> Iterator[Span]:
    """Where each page lies in the source's text."""
    start = 0
    for text in texts:
        yield Span(start, start + len(text.text))
        start += len(text.text) + len(PAGE_BREAK)


def _parts(texts: list[PageText]) -> list[Part]:
    """The blocks of all pages, in reading order, before anything is known of them but what runs."""
    all_pieces = [pieces(text.words) for text in texts]
    heads = running(all_pieces, [text.text for text in texts])
    number = count()
    found: list[Part] = []
    for page, (text, span) in enumerate(zip(texts, _page_spans(texts), strict=True)):
        kept = [piece for piece in all_pieces[page] if piece not in heads[page]]
        for kind, lines in _groups(kept, heads[page], pieces(text.aside)):
            found += parts(lines, Place(page, text.text, span.start, next(number)), kind)
    return found


def _groups(kept: list[Line], heads: set[Line], aside: list[Line]) -> Iterator[tuple[str, list[Line]]]:
    """The regions of a page in order, line by line, with the kind of those whose kind is known."""
    middle = median(piece.base for piece in kept) if kept else 0.0
    yield "running", whole_lines(head for head in heads if head.base < middle)
    yield from (("", whole_lines(region)) for region in regions(kept))
    yield "other", aside
    yield "running", whole_lines(head for head in heads if head.base >= middle)


def _text(found: list[Part]) -> AlignedText:
    """The texts of the parts, blank lines between them."""
    texts: list[AlignedText] = []
    for part in found:
        if texts:
            texts.append(texts[-1].gap("\n\n"))
        texts.append(part.text)
    return AlignedText.join(texts)
