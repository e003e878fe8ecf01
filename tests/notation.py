"""Queries as short lines, so that a table of them can be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indexer.records import (
    AllOf,
    AnyOf,
    Clause,
    Flagged,
    Fuzzy,
    Key,
    KeyRange,
    Lesser,
    Near,
    Not,
    Phrase,
    Prefix,
    Query,
    Within,
    Word,
)


def noted(query: Query) -> str:
    """What scores; and, after a slash, what every hit must match."""
    scoring = " ".join(map(note, query.clauses))
    required = " & ".join(map(note, query.required))
    return f"{scoring} / {required}".strip() if required else scoring


def note(clause: Clause) -> str:
    return str(NOTES[type(clause)](clause))


def _joined(operator: str) -> Callable[[Any], str]:
    return lambda clause: f"({operator.join(map(note, clause.clauses))})"


NOTES: dict[type, Callable[[Any], str]] = {
    Word: lambda clause: clause.term,
    Phrase: lambda clause: f"'{' '.join(clause.terms)}'",
    Near: lambda clause: f"'{' '.join(clause.terms)}'~{clause.gap}",
    Prefix: lambda clause: f"{clause.text}*",
    Fuzzy: lambda clause: f"{clause.text}~",
    Key: lambda clause: f"<{clause.term}>",
    KeyRange: lambda clause: f"<{clause.name}={clause.low}..{clause.high}>",
    Within: lambda clause: f"{clause.field}:{note(clause.clause)}",
    Lesser: lambda clause: (
        f"{note(clause.clause)}^{clause.weight}" + (f"!{note(clause.unless)}" if clause.unless else "")
    ),
    Flagged: lambda clause: f"{clause.flag}({' '.join(map(note, clause.clauses))})",
    AnyOf: _joined(" | "),
    AllOf: _joined(" & "),
    Not: lambda clause: f"!{note(clause.clause)}",
}
