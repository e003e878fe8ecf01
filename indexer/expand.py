"""A query -> the same with all that it stands for in a collection; the receipt tells each thing that is added.

What the query itself asks for (a beginning, a likeness, a range of years, an author) is always put in.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from indexer.analyse import term
from indexer.clauses import changed
from indexer.engines import Found
from indexer.keywords import name_words
from indexer.records import (
    DEFAULTS,
    AllOf,
    AnyOf,
    Clause,
    Expansion,
    Fuzzy,
    Key,
    KeyRange,
    Not,
    Options,
    Prefix,
    Query,
    Summary,
    Word,
)
from indexer.short_forms import short_forms
from indexer.spelling import Vocabulary, alike
from indexer.typed import MARK, written
from indexer.variants import varied

MOST_WORDS = 200  # that a beginning stands for, the most frequent first
MOST_IN_ALL = 1_000  # that the beginnings of a query stand for together; 8,000 took a second to count
MOST_ALIKE = 20  # that a likeness stands for


class Collection(Vocabulary, Protocol):
    """What an expansion asks of a library."""

    def keywords(self, prefix: str) -> dict[str, int]:
        """Keywords that start with `prefix`, each with its number of passages."""

    def documents(self) -> list[Summary]:
        """All documents."""

    def search(self, clauses: Sequence[Clause], required: Sequence[Clause], limit: int) -> Found:
        """The passages that match."""


@dataclass(slots=True)
class Receipt:
    """What is added, and what there is to say about it."""

    expanded: list[Expansion] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    words: int = 0  # that beginnings stand for
    deadline: float = math.inf
    is_cut: bool = False

    def is_late(self, asked: str) -> bool:
        """True when there is no time left to find what `asked` stands for."""
        if time.monotonic() < self.deadline:
            return False
        self.is_cut = True
        self.warnings.append(f"time ran out before the words for {asked} were found")
        return True


def expanded(query: Query, collection: Collection, options: Options = DEFAULTS, deadline: float = math.inf) -> Query:
    """The query with what it stands for in the collection; read strictly, with that alone which it asks for.

    Beginnings and likenesses that are not found by the deadline, of `time.monotonic`, are left out and named.
    """
    receipt = Receipt(deadline=deadline)
    variants: dict[Clause, Clause] = {}
    if options.expand and not options.strict:
        variants, receipt.expanded = varied(query, collection, options.dropped)

    def resolved(clause: Clause) -> Clause | None:
        match clause:
            case Prefix():
                return _beginning(clause, collection, receipt)
            case Fuzzy():
                return _likeness(clause, collection, receipt)
            case Key() | KeyRange():
                return _keyed(clause, collection)
        return None

    def required(clause: Clause) -> Clause | None:
        return changed(clause, resolved) if isinstance(clause, Not) else made.get(clause) or resolved(clause)

    made = {
        clause: variants.get(clause) or (clause if isinstance(clause, Word) else changed(clause, resolved))
        for clause in query.clauses
    }
    if options.expand and not options.strict and query.is_plain:
        made = _with_short_forms(query, made, collection, options, receipt)
    return replace(
        query,
        clauses=tuple(made.values()),
        required=tuple(changed(clause, required) for clause in query.required),
        expanded=tuple(dict.fromkeys(receipt.expanded)),
        warnings=(*query.warnings, *dict.fromkeys(receipt.warnings)),
        is_cut=receipt.is_cut,
    )


def _with_short_forms(
    query: Query, made: dict[Clause, Clause], collection: Collection, options: Options, receipt: Receipt
) -> dict[Clause, Clause]:
    """The clauses with their short and long forms; only words side by side have them, an exact query has none."""
    for added in short_forms(query, collection, options.dropped):
        receipt.expanded.append(added.note)
        for at in added.places:
            clause = query.clauses[at]
            held = made[clause]
            made[clause] = AnyOf((*(held.clauses if isinstance(held, AnyOf) else (held,)), added.clause))
    return made


def _beginning(clause: Prefix, collection: Collection, receipt: Receipt) -> Clause:
    """Any of the words that begin so, as typed."""
    asked = f"{clause.text}*"
    if receipt.is_late(asked):
        return AnyOf(())
    most = min(MOST_WORDS, MOST_IN_ALL - receipt.words)
    found = collection.vocabulary(MARK + clause.text, most + 1) if most else []
    if not most:
        receipt.warnings.append(f"{asked} is left out: the query stands for {MOST_IN_ALL:,} words without it")
    elif len(found) > most:
        receipt.warnings.append(f"{asked} stands for the {most} most frequent of the words that begin so")
    elif not found:
        receipt.warnings.append(f"no word begins with {asked}")
    kept = [spelled for spelled, _ in found[:most]]
    receipt.words += len(kept)
    lower = dict.fromkeys(written(spelled)[0] for spelled in kept)
    receipt.expanded += [Expansion(asked, word, "beginning") for word in lower]
    return AnyOf(tuple(Word(spelled) for spelled in kept))


def _likeness(clause: Fuzzy, collection: Collection, receipt: Receipt) -> Clause:
    """Any of the words spelled much like this one, in all their endings."""
    if receipt.is_late(f"{clause.text}~"):
        return Word(term(clause.text))
    words = [clause.text, *(found.word for found in alike(clause.text, collection, MOST_ALIKE))]
    receipt.expanded += [Expansion(f"{clause.text}~", word, "alike") for word in words[1:]]
    return AnyOf(tuple(Word(stem) for stem in dict.fromkeys(map(term, words))))


def _keyed(clause: Key | KeyRange, collection: Collection) -> Clause:
    """The keywords of the collection that are meant."""
    if isinstance(clause, KeyRange):
        low, high = clause.low, clause.high or "9999"
        values = [key.partition("=")[2] for key in collection.keywords(f"{clause.name}=")]
        return AnyOf(tuple(Key(f"{clause.name}={value}") for value in sorted(values) if low <= value <= high))
    name, _, value = clause.term.partition("=")
    if name == "author" and clause.term not in collection.keywords(clause.term):
        return AllOf(tuple(Key(f"by={word}") for word in name_words(value)))
    if name == "document" and clause.term not in collection.keywords(clause.term):
        return AnyOf(tuple(Key(f"document={row.id}") for row in collection.documents() if _is_called(row, value)))
    return clause


def _is_called(row: Summary, name: str) -> bool:
    """True when a document has the name as its file's, with or without folder and suffix, or in its title."""
    file = row.path.rpartition("/")[2]
    wanted = name.casefold()
    if wanted in (row.path.casefold(), file.casefold(), file.rpartition(".")[0].casefold()):
        return True
    return _within(wanted.split(), row.title.casefold().split())


def _within(words: list[str], others: Iterable[str]) -> bool:
    held = set(others)
    return bool(words) and all(word in held for word in words)
