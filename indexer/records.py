"""The frozen records, in order of appearance.

Offsets are Unicode code points, half-open, from 0. Pages count from 1. A higher score is better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from indexer.vocabulary import NO_TERMS, Terms

if TYPE_CHECKING:
    from indexer.aligned import AlignedText


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


FORMATS = ("txt", "md", "html", "pdf", "docx", "epub", "jats", "jsonl")


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
    level: int = 0  # of a heading, from 1; 0 for all other blocks and for headings whose depth is not known


CONTENT = frozenset({"prose", "item", "caption", "row", "footnote", "references"})
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


PASSAGE_KINDS = ("prose", "caption", "footnote", "references", "heading", "title")  # items and rows are with the prose


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


@dataclass(frozen=True, slots=True)
class Word:
    """Matches passages that hold the term in any field; a term that begins with "=" is a word as typed."""

    term: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches passages that hold the terms one after another in one field."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Matches passages that hold all the terms in one field, in any order, close together."""

    terms: tuple[str, ...]
    gap: int  # most other words that may stand between the first of them and the last


@dataclass(frozen=True, slots=True)
class Prefix:
    """Matches passages that hold a word with this beginning, in lower case. Engines do not know it: see `expand`."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Matches passages that hold a word spelled much like this one, in lower case. Engines do not know it."""

    text: str


@dataclass(frozen=True, slots=True)
class Key:
    """Matches passages that have the keyword, such as "section=results"; it says nothing about rank."""

    term: str


@dataclass(frozen=True, slots=True)
class KeyRange:
    """Matches passages with a keyword of the name from `low` to `high`, both included. Engines do not know it."""

    name: str
    low: str  # empty: no bound
    high: str


@dataclass(frozen=True, slots=True)
class Within:
    """Matches passages that match the clause in one field: "title", "heading" or "text"."""

    field: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Lesser:
    """Matches what the clause matches, for a part of its score."""

    clause: Clause
    weight: float  # from 0 to 1
    unless: Clause | None = None  # passages that match this one do not match


@dataclass(frozen=True, slots=True)
class Flagged:
    """Matches passages whose text holds one of the clauses only where the flag stands: "negated", "possible" ..."""

    flag: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Matches passages that match at least one clause."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Matches passages that match every clause."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Matches passages that do not match the clause."""

    clause: Clause


Clause = Word | Phrase | Near | Prefix | Fuzzy | Key | KeyRange | Within | Lesser | Flagged | AnyOf | AllOf | Not


@dataclass(frozen=True, slots=True)
class Expansion:
    """Something that is searched besides what was typed."""

    word: str  # as typed
    to: str
    kind: str  # "beginning", "alike", "spelling", "compound", "unit", "short form", "long form"


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it was read: what to match, and the receipt."""

    text: str  # as given
    clauses: tuple[Clause, ...]  # what scores: the more of them the better; empty when nothing is left to score
    required: tuple[Clause, ...] = ()  # every hit matches all of these; without any, every hit matches a clause
    words: tuple[str, ...] = ()  # what was typed for each clause, a phrase in its quotes
    parsed: str = ""  # the query as a line: words, phrases in quotes, operators
    is_plain: bool = True  # words and phrases side by side, without operators, signs or fields
    ignored: tuple[str, ...] = ()  # stop words left out
    warnings: tuple[str, ...] = ()
    expanded: tuple[Expansion, ...] = ()
    did_you_mean: str = ""  # another query that may be meant; never searched by itself
    is_cut: bool = False  # time ran out before all that it stands for was found


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that the engine found."""

    document_id: str
    ordinal: int
    score: float


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact place that supports a quote."""

    text: str  # the citation as a line: authors, title, date, heading, page
    page: int | None
    span: Span  # in the document's clean text
    source_span: Span  # the smallest span of the source's text as read that holds the quote
    source_spans: tuple[Span, ...]  # its exact pieces, in text order
    quote: str
    prefix: str  # up to 32 characters before the quote in the clean text
    suffix: str  # up to 32 characters after it
    link: str = ""  # the place in the source itself, in the form its format has; empty when it has no address


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in a ranked result, marked and cited."""

    rank: int  # from 1
    score: float
    passage: Passage
    matches: tuple[Span, ...]  # in passage.text, in order, not overlapping
    document: Summary
    citation: Citation
    also: tuple[str, ...] = ()  # ids of overlapping neighbours folded into this hit
    flags: tuple[str, ...] = ()  # "negated", "possible", "historical": one of the query's words stands under it only


STATUSES = (
    "partial", "no content", "empty", "not text", "no text layer", "encrypted", "too large", "failed", "unsupported",
    "unreadable", "not followed", "duplicate id",
)  # fmt: skip


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
class Options:
    """How a search is made, besides what is looked for."""

    strict: bool = False  # refuse a query that cannot be obeyed to the letter
    expand: bool = True  # add other spellings, short forms and long forms
    dropped: tuple[str, ...] = ()  # of what would be added, what is left out
    filters: tuple[str, ...] = ()  # queries that narrow the hits down and leave their order alone
    sort: str = "relevance"  # one of SORTS
    facets: tuple[str, ...] = ()  # which of FACETS are counted
    seconds: float = 2.0  # after which what has been found so far is given


DEFAULTS = Options()
SORTS = ("relevance", "newest", "oldest", "title")
FACETS = ("document", "year", "author", "section", "format", "kind", "flag")


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that hits have, and how many of them."""

    name: str  # one of FACETS
    value: str
    label: str  # the value for people
    hits: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A way to go on with what is being typed."""

    text: str  # the whole query
    kind: str  # "word", "heading" or "title"
    passages: int


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search."""

    query: Query
    total: int
    exact: bool  # False when more passages matched than are counted
    hits: tuple[Hit, ...]
    generation: int
    facets: tuple[Facet, ...] = ()  # by name, the most frequent values first
    timed_out: bool = False  # there was no time to look at all of it


@dataclass(frozen=True, slots=True)
class Dissent:
    """A sentence of another document that is about the same as a quote and says otherwise."""

    document_id: str
    text: str
    reason: str  # "denies it or doubts it", "says that it is so" or "has another number"


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence offered as an answer."""

    text: str
    confidence: float  # from 0 to 1
    matches: tuple[Span, ...]  # in text
    hit: Hit  # the passage it stands in
    citation: Citation
    before: str = ""  # the sentence before it, if there is one
    after: str = ""  # the sentence after it
    agreeing: tuple[str, ...] = ()  # ids of other documents that say the same
    dissenting: tuple[Dissent, ...] = ()  # what other documents say against it


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a question, or the reason why there is none."""

    question: str
    level: str  # "answer", "possible" or "none"
    confidence: float  # from 0 to 1
    reason: str  # why not, in a sentence; empty when answered
    missing: tuple[str, ...]  # words of the question that no candidate holds
    quotes: tuple[Quote, ...]
    results: Results


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not indexed."""

    path: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a rebuild changed in the first hits of a saved query; passages by id."""

    query: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    first_changed: bool  # another passage is first now


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of `index` did; the four lists hold paths."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    documents: int = 0  # in the library afterwards
    passages: int = 0
    generation: int = 0
    seconds: float = 0.0
    moved: tuple[Moved, ...] = ()  # after a switch to a new generation


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the library's health."""

    name: str
    sound: bool
    detail: str  # what was looked at, or what is wrong
    advice: str = ""  # what to do; empty when there is nothing to do


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds, or what a restore put back."""

    sources: tuple[str, ...]  # paths
    failed: tuple[Failure, ...]  # sources that could not be saved, or that gave way to another file
    size: int  # of the file, in bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine stores of one document: terms to search, payloads it never looks into."""

    document_id: str
    fingerprint: str
    payload: bytes
    passages: tuple[PassageEntry, ...] = ()
    summary: bytes = b""  # what a list of all documents shows of it


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """What an engine stores of one passage."""

    ordinal: int
    payload: bytes
    title: Terms = NO_TERMS
    heading: Terms = NO_TERMS
    text: Terms = NO_TERMS
    head: bytes = b""  # what is read of a passage when it is ranked, before its payload is
    keys: tuple[str, ...] = ()  # keywords: they filter and are counted, and never score
