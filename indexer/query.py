"""The query language: text -> Query, which is also the receipt of how it was read.

Plain words are any-of; "words in quotes" are a phrase that every hit has. Nothing a person types is an error but an
empty query and one over the limit: what cannot be read as syntax is read as words.
"""

from __future__ import annotations

import re

from indexer.analyse import STOP_WORDS, fold, joined, term, words
from indexer.errors import QueryError
from indexer.records import AnyOf, Clause, Phrase, Query, Word

MAX_CHARS = 512
MAX_WORDS = 64
_QUOTED = re.compile(r'"([^"]*)"|“([^“”]*)”')


def parse(text: str) -> Query:
    """How `text` is searched; QueryError when it is empty or longer than MAX_CHARS."""
    if len(text) > MAX_CHARS:
        reason = f"the query has {len(text):,} characters; the limit is {MAX_CHARS}"
        raise QueryError(text, reason, MAX_CHARS, len(text))
    if not text.strip():
        raise QueryError(text, "the query is empty", 0, len(text))
    phrases, rest, warnings = _take_phrases(text)
    kept, ignored = _split_stop_words(rest, keep_all=not phrases)
    if len(kept) > MAX_WORDS:
        warnings.append(f"only the first {MAX_WORDS} words are searched")
        kept = kept[:MAX_WORDS]
    named: dict[Clause, str] = {}
    for parts in kept:  # a word asked twice is not worth twice
        named.setdefault(_clause(parts), "-".join(parts))
    named |= {phrase: f'"{quoted}"' for quoted, phrase in phrases.items()}
    if not named:
        warnings.append("there is no word in the query")
    return Query(
        text=text,
        clauses=tuple(named),
        required=tuple(phrases.values()),
        words=tuple(named.values()),
        ignored=tuple(ignored),
        warnings=tuple(warnings),
    )


def _take_phrases(text: str) -> tuple[dict[str, Phrase], str, list[str]]:
    """The quoted phrases, the text without them, and a warning for a quote that is never closed."""
    phrases: dict[str, Phrase] = {}
    for match in _QUOTED.finditer(text):
        quoted = (match[1] or match[2] or "").strip()
        terms = tuple(term(part.of(quoted)) for chain in words(quoted) for part in chain)
        if terms:
            phrases[quoted] = Phrase(terms)
    rest = _QUOTED.sub(lambda match: " " * len(match[0]), text)
    warnings = ["a quotation mark is never closed: its words are searched one by one"] if '"' in rest else []
    return phrases, rest, warnings


def _split_stop_words(text: str, *, keep_all: bool) -> tuple[list[list[str]], list[str]]:
    """The words to search, each as its parts, and those left out; when all would be left out, none is."""
    chains = [[part.of(text) for part in chain] for chain in words(text)]
    shouting = text.upper() == text
    kept = [parts for parts in chains if not _is_stop_word(parts, shouting=shouting)]
    if not kept and keep_all:
        return chains, []
    return kept, [parts[0] for parts in chains if _is_stop_word(parts, shouting=shouting)]


def _is_stop_word(parts: list[str], *, shouting: bool) -> bool:
    """True for 'it', not for 'IT' in a query that is not all capitals, nor for the A of 'hepatitis A'."""
    if len(parts) > 1 or fold(parts[0]) not in STOP_WORDS:
        return False
    return shouting or not parts[0].isupper() or parts[0] == "I"


def _clause(parts: list[str]) -> Clause:
    """A word, or a compound as its joined form or its parts in a row."""
    if len(parts) == 1:
        return Word(term(parts[0]))
    return AnyOf((Word(joined(parts)), Phrase(tuple(term(part) for part in parts))))


def concepts(query: Query) -> list[frozenset[str]]:
    """The terms of each clause: what counts as a match of it."""
    return [frozenset(_terms(clause)) for clause in query.clauses]


def _terms(clause: Clause) -> list[str]:
    if isinstance(clause, Word):
        return [clause.term]
    if isinstance(clause, Phrase):
        return list(clause.terms)
    return [found for inner in clause.clauses for found in _terms(inner)]
