"""From a source file to what the engine keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from indexer.records.quick import quick
from indexer.vocabulary import NO_TERMS, Terms

if TYPE_CHECKING:
    from indexer.aligned import AlignedText


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of some text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, place: int) -> bool:
        return self.start <= place < self.end

    def of(self, text: str) -> str:
        """The characters of the span in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True when the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """True when the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


FORMATS = ("txt", "md", "html", "pdf", "docx", "epub", "jats", "jsonl", "csv")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as found on disk."""

    path: str  # relative to the folder that holds the library, with forward slashes
    sha256: str  # of the file's bytes, 64 hexadecimal digits
    part: str = ""  # which document of a file that holds several; empty when it holds one
    format: str = ""  # that it was read as, one of FORMATS; empty until it is


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text with a label: what it is, and so whether it is content.

    Content makes passages; a heading names the passages under it. The rest is labelled, shown on the document page,
    and kept out of the passages.
    """

    span: Span
    kind: str  # one of KINDS
    level: int = 0  # of a heading, from 1, and 0 where its depth is not known; of the first row of a table 1; else 0


# What is found and quoted; "columns" are the heads of those of a table, over its rows.
CONTENT = frozenset({"prose", "code", "item", "caption", "columns", "row", "footnote", "references"})
ROWS = frozenset({"columns", "row"})  # have cells: a tab between two, and one for each empty one before the first
LINES = frozenset({"code", "item", "row"})  # stand line by line; a blank line parts all other blocks
KINDS = CONTENT | frozenset(
    {
        "title",
        "heading",
        "author",
        "dates",
        "disclosure",
        "disclaimer",
        "login",
        "action",
        "banner",
        "running",
        "other",
    }
)
# With the prose are items, rows and code.
PASSAGE_KINDS = ("prose", "caption", "footnote", "references", "heading", "title")


@dataclass(frozen=True, slots=True)
class PageNote:
    """How reading one page went."""

    page: int  # from 1
    status: str  # ok, no text layer, failed
    characters: int  # without white space at the page's ends


@dataclass(frozen=True, slots=True)
class Extract:
    """What a reader got out of a source, before any cleaning."""

    source: Source
    original: str  # the source's text as read: what every source offset points into
    text: AlignedText  # raw text, aligned to `original`
    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""  # as the source gives it, ISO 8601 where it can be told
    url: str = ""
    blocks: tuple[Block, ...] = ()  # labels that the format itself knows, spans in `text`
    pages: tuple[Span, ...] = ()  # where each page lies in `original`; empty when there are no pages
    journal: str = ""
    doi: str = ""  # bare: 10.1371/journal.pbio.0020188
    pmid: str = ""
    guessed: tuple[str, ...] = ()  # names of the fields above that the source does not state outright
    notes: tuple[str, ...] = ()  # what could not be read, a sentence each; a file's own stand with its first document
    page_notes: tuple[PageNote, ...] = ()  # one for each page; empty when there are no pages


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document. Only `clean` makes one, so no uncleaned text can be chunked."""

    id: str
    source: Source
    title: str  # never empty: the file's name when the text gives none
    authors: tuple[str, ...]
    date: str
    url: str
    text: AlignedText  # clean text, aligned to the source's text as read
    blocks: tuple[Block, ...]  # in text order, not overlapping; together they hold every character but white space
    pages: tuple[Span, ...]  # in the source's text as read


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document of about 120 words, on sentence boundaries: what is searched and shown."""

    id: str
    document_id: str
    ordinal: int  # from 0, in text order
    kind: str  # one of PASSAGE_KINDS
    heading: tuple[str, ...]  # the path of headings it stands under, outermost first
    text: str
    span: Span  # in the document's clean text
    page: int | None  # of its first character, from 1
    section: str = ""  # abstract, methods, results, case report, references ...; empty when nothing tells
    begins: tuple[int, ...] = field(default=(), compare=False)  # where its units begin, until its layout keeps that
    columns: str = ""  # of rows of a table, the heads of its columns, which no passage's text holds; tabs between them

    @property
    def above(self) -> tuple[str, ...]:
        """What it stands under: headings, outermost first, then the heads of columns."""
        return (*self.heading, self.columns) if self.columns else self.heading


def document_of(passage_id: str) -> str:
    """The id of the document that a passage's id begins with, before its last full stop."""
    return passage_id.rpartition(".")[0]


@quick
@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage with what stands right around it: all that a citation of it is made of, but the document's names."""

    passage: Passage
    start: int  # of `text` in the document's clean text
    text: AlignedText  # the passage, and up to 32 characters on either side


class Term(NamedTuple):
    """An indexed form of a word, and where the word stands."""

    text: str
    span: Span
    position: int  # of the word, from 0; a compound's joined form shares the position of its first part


STATUSES = (
    "partial", "no content", "empty", "not text", "no text layer", "encrypted", "too large", "failed", "unsupported",
    "unreadable", "not followed",
)  # fmt: skip


@quick
@dataclass(frozen=True, slots=True)
class Summary:
    """A document's row in the ledger."""

    id: str
    path: str
    title: str
    authors: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    status: str = "ok"  # ok, or what went wrong: partial, empty, failed, not text, too large ...
    reason: str = ""
    pages: int = 0
    passages: int = 0
    doi: str = ""
    journal: str = ""
    guessed: tuple[str, ...] = ()  # names of the fields above that the source does not state outright
    quality: float = 0.0  # share of real words, from 0 to 1
    left_out: tuple[tuple[str, int], ...] = ()  # label -> characters that it keeps out of the passages
    repairs: tuple[tuple[str, int], ...] = ()  # cleaning rule -> characters that it took away; 0: it replaced some
    page_notes: tuple[PageNote, ...] = ()  # of pages that were not read well
    sketch: tuple[int, ...] = ()  # what near-duplicates are told by, see `ledger.sketch`
    notice: str = ""  # the library's own word about it, such as "retracted"
    original: str = ""  # id of the document that this one is nearly the same as; told by the reader, never stored


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine stores of one document: terms to search, bytes it never looks into."""

    document_id: str
    fingerprint: str
    payload: bytes  # all that is kept of its text and its passages
    passages: tuple[PassageEntry, ...] = ()
    summary: bytes = b""  # what a list of all documents shows of it


class PassageEntry(NamedTuple):
    """What an engine stores of one passage."""

    ordinal: int
    title: Terms = NO_TERMS
    heading: Terms = NO_TERMS
    text: Terms = NO_TERMS
    head: bytes = b""  # what is read of a passage when it is ranked, before its text is
    keys: tuple[str, ...] = ()  # keywords: they filter and are counted, and never score
