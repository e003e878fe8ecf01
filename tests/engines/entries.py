"""Entries for an engine, written as plain words; and what it must answer, worked out the slow way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement
from typing import NamedTuple

from indexer.engines import Found
from indexer.engines.bm25f import FIELDS, K1, WEIGHTS, B, idf
from indexer.records import (
    AllOf,
    AnyOf,
    Clause,
    Entry,
    Flagged,
    Key,
    Lesser,
    Match,
    Near,
    Not,
    PassageEntry,
    Phrase,
    Within,
    Word,
)
from indexer.vocabulary import Terms
from tests.libraries import terms


class Fields(NamedTuple):
    """A passage as the engine sees it."""

    document_id: str
    ordinal: int
    title: Terms
    heading: Terms
    text: Terms
    keys: Sequence[str]


def entry(
    document_id: str,
    *texts: str,
    title: str = "",
    heading: str = "",
    fingerprint: str = "f1",
    keys: Sequence[str] = (),
) -> Entry:
    """A document with a passage for each text; its keywords, one a passage, begin again when they are used up."""
    passages = tuple(
        PassageEntry(
            ordinal=at,
            title=terms(title),
            heading=terms(heading),
            text=terms(text),
            head=f"head {at} of {document_id}".encode(),
            keys=(keys[at % len(keys)],) if keys else (),
        )
        for at, text in enumerate(texts)
    )
    return Entry(
        document_id, fingerprint, f"{document_id} {texts}".encode(), passages, f"row of {document_id}".encode()
    )


def brute_force(entries: Iterable[Entry], clauses: Sequence[Clause], required: Sequence[Clause], limit: int) -> Found:
    """The answer by looking at every passage, see `indexer.engines.bm25f` for the formula."""
    every = [Fields(e.document_id, p.ordinal, p.title, p.heading, p.text, p.keys) for e in entries for p in e.passages]
    scores: dict[tuple[str, int], float] = {}
    for clause, share, unless in [part for whole in dict.fromkeys(clauses) for part in parts(whole)]:
        weights = {
            (fields.document_id, fields.ordinal): weight
            for fields in every
            if (weight := weight_of(clause, fields, every)) and not (unless and matches(unless, fields))
        }
        for key, weight in weights.items():
            part = share * idf(len(every), len(weights)) * (K1 + 1) * weight / (K1 + weight)
            scores[key] = scores.get(key, 0.0) + part
    held = [
        key
        for fields in every
        if (key := (fields.document_id, fields.ordinal)) in scores or required
        if all(matches(clause, fields) for clause in required)
    ]
    best = sorted((-scores.get(key, 0.0), *key) for key in held)
    return Found(len(best), tuple(Match(document_id, ordinal, -score) for score, document_id, ordinal in best[:limit]))


def weight_of(clause: Clause, fields: Fields, every: Sequence[Fields]) -> float:
    """The BM25F weight of a clause in a passage."""
    total = 0.0
    for name in FIELDS:
        held = sum(count(form, getattr(fields, name)) for form, names in forms(clause, FIELDS) if name in names)
        if held:
            average = sum(len(getattr(other, name)) for other in every) / len(every)
            total += WEIGHTS[name] * held / (1 - B[name] + B[name] * len(getattr(fields, name)) / average)
    return total


def matches(clause: Clause, fields: Fields, names: Sequence[str] = FIELDS) -> bool:
    """True when the passage matches the clause in one of the fields."""
    match clause:
        case AnyOf():
            return any(matches(part, fields, names) for part in clause.clauses)
        case AllOf():
            return all(matches(part, fields, names) for part in clause.clauses)
        case Not():
            return not matches(clause.clause, fields, names)
        case Within():
            return clause.field in names and matches(clause.clause, fields, [clause.field])
        case Lesser():
            return matches(clause.clause, fields, names) and not (clause.unless and matches(clause.unless, fields))
        case Key():
            return clause.term in fields.keys
        case Flagged():
            return any(is_flagged(clause.flag, part, fields) for part in clause.clauses)
        case Word() | Phrase() | Near():
            return any(count(clause, getattr(fields, name)) for name in names)
    raise AssertionError(clause)


def is_flagged(flag: str, clause: Clause, fields: Fields) -> bool:
    """True when the text holds the clause, and only where the flag stands."""
    marked = set(starts(Word(f"!{flag}"), fields.text))
    held = {at for form, names in forms(clause, FIELDS) if "text" in names for at in starts(form, fields.text)}
    return bool(held) and held <= marked


def parts(clause: Clause) -> list[tuple[Clause, float, Clause | None]]:
    """What scores apart: a clause without what is Lesser in it, then that."""
    if isinstance(clause, Lesser):
        return [(clause.clause, clause.weight, clause.unless)]
    inner = clause.clauses if isinstance(clause, AnyOf) else ()
    return [(clause, 1.0, None)] + [found for part in inner if isinstance(part, Lesser) for found in parts(part)]


def forms(clause: Clause, names: Sequence[str]) -> set[tuple[Word | Phrase | Near, tuple[str, ...]]]:
    """The words and phrases that count as the clause, each with its fields."""
    match clause:
        case AnyOf():
            return set().union(*(forms(part, names) for part in clause.clauses))
        case Within():
            return forms(clause.clause, [clause.field]) if clause.field in names else set()
        case Word() | Phrase() | Near():
            return {(clause, tuple(names))}
    return set()


def count(form: Word | Phrase | Near, field: Terms) -> int:
    """How often a field holds a word or a phrase."""
    if isinstance(form, Word):
        return field.texts.count(form.term)
    return len(starts(form, field))


def starts(form: Word | Phrase | Near, field: Terms) -> list[int]:
    """Where in a field a word or a phrase begins."""
    at = set(zip(field.texts, field.positions.tolist(), strict=True))
    if isinstance(form, Near):
        return near_starts(form, at)
    wanted = form.terms if isinstance(form, Phrase) else (form.term,)
    first = sorted({position for text, position in at if wanted and text == wanted[0]})
    return [start for start in first if all((word, start + step) in at for step, word in enumerate(wanted))]


def near_starts(near: Near, at: set[tuple[str, int]]) -> list[int]:
    """From the left: the shortest stretch that ends first, then the same in what comes after it."""
    ends = sorted({position for text, position in at if text in near.terms})
    after, found = -1, []
    for begin, end in sorted(combinations_with_replacement(ends, 2), key=lambda pair: (pair[1], -pair[0])):
        held = [text for text, position in at if text in near.terms and begin <= position <= end]
        if begin > after and end - begin < len(near.terms) + near.gap and holds(held, near.terms):
            found.append(begin)
            after = end
    return found


def holds(held: Sequence[str], wanted: Sequence[str]) -> bool:
    return bool(wanted) and all(held.count(text) >= wanted.count(text) for text in wanted)
