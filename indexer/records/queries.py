"""What a query asks of a passage: clauses, and the query as it was read."""

from __future__ import annotations

from dataclasses import dataclass


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
    kind: str  # "beginning", "alike", "spelling", "compound", "unit", "quantity", "short form", "long form"


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
