"""What a search or a question finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from indexer.records.documents import Passage, Span, Summary
from indexer.records.queries import Query
from indexer.records.quick import quick


class Match(NamedTuple):
    """A passage that the engine found."""

    document_id: str
    ordinal: int
    score: float


@quick
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


@quick
@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in a ranked result, marked and cited."""

    rank: int  # from 1
    score: float
    passage: Passage
    matches: tuple[Span, ...]  # in passage.text, in order, not overlapping
    document: Summary
    citation: Citation
    also: tuple[str, ...] = ()  # ids of overlapping neighbours and of copies folded into this hit
    flags: tuple[str, ...] = ()  # "negated", "possible", "historical": one of the query's words stands under it only


@dataclass(frozen=True, slots=True)
class Options:
    """How a search is made, besides what is looked for."""

    strict: bool = False  # refuse a query that cannot be obeyed to the letter
    expand: bool = True  # add other spellings, names of quantities, short forms and long forms
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
