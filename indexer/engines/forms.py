"""The words and phrases that a clause looks for, and where words stand near each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.engines.bm25f import FIELDS
from indexer.records import AnyOf, Clause, Near, Phrase, Within, Word

Form = Word | Phrase | Near
MARK = "!"  # a term that begins so says what the words at its position stand under: "!negated"


def forms(clause: Clause, fields: Sequence[str] = FIELDS) -> list[tuple[Form, tuple[str, ...]]]:
    """The distinct words and phrases that score for the clause, each with the fields that it is looked for in."""
    match clause:
        case Word() | Phrase() | Near():
            return [(clause, tuple(fields))]
        case AnyOf():
            return list(dict.fromkeys(found for part in clause.clauses for found in forms(part, fields)))
        case Within():
            return forms(clause.clause, [clause.field] if clause.field in fields else [])
    return []


def stretches(terms: Sequence[str], held: Mapping[str, Sequence[int]], gap: int) -> list[int]:
    """The beginnings of the shortest stretches that hold all terms with at most `gap` other words, disjoint."""
    needed = {term: terms.count(term) for term in held}
    found: list[int] = []
    window: list[tuple[int, str]] = []
    for position, term in sorted((position, term) for term, positions in held.items() for position in set(positions)):
        window = [(at, other) for at, other in window if position - at < len(terms) + gap]
        window.append((position, term))
        if _hold(window, needed):
            while _hold(window[1:], needed):
                window = window[1:]
            found.append(window[0][0])
            window = []
    return found


def _hold(window: Sequence[tuple[int, str]], needed: Mapping[str, int]) -> bool:
    """True when each term is there as often as it is needed."""
    return all(sum(other == term for _, other in window) >= count for term, count in needed.items())
