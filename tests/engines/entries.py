"""Entries for an engine, written as plain words; and what it must answer, worked out the slow way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.engines import Found
from indexer.engines.bm25f import FIELDS, K1, WEIGHTS, B, idf
from indexer.records import AnyOf, Clause, Entry, Match, PassageEntry, Phrase, Term, Word
from tests.libraries import terms


def entry(document_id: str, *texts: str, title: str = "", heading: str = "", fingerprint: str = "f1") -> Entry:
    """A document with a passage for each text."""
    passages = tuple(
        PassageEntry(at, f"{document_id}/{at}: {text}".encode(), terms(title), terms(heading), terms(text))
        for at, text in enumerate(texts)
    )
    return Entry(
        document_id, fingerprint, f"{document_id} {texts}".encode(), passages, f"row of {document_id}".encode()
    )


def brute_force(entries: Iterable[Entry], clauses: Sequence[Clause], required: Sequence[Phrase], limit: int) -> Found:
    """The answer by looking at every passage, see `indexer.engines.bm25f` for the formula."""
    every = [(e.document_id, p.ordinal, {f: getattr(p, f) for f in FIELDS}) for e in entries for p in e.passages]
    average = {f: sum(len(fields[f]) for *_, fields in every) / len(every) for f in FIELDS} if every else {}
    scores: dict[tuple[str, int], float] = {}
    for clause in dict.fromkeys((*clauses, *required)):
        weights: dict[tuple[str, int], float] = {}
        for document_id, ordinal, fields in every:
            counts = {f: sum(count(form, fields[f]) for form in forms(clause)) for f in FIELDS}
            if any(counts.values()):
                norm = {f: 1 - B[f] + B[f] * len(fields[f]) / average[f] for f in FIELDS if counts[f]}
                weights[document_id, ordinal] = sum(WEIGHTS[f] * counts[f] / norm[f] for f in norm)
        for key, weight in weights.items():
            part = idf(len(every), len(weights)) * (K1 + 1) * weight / (K1 + weight)
            scores[key] = scores.get(key, 0.0) + part
    held = [key for *key_, fields in every if (key := tuple(key_)) in scores and all(_has(fields, p) for p in required)]
    best = sorted((-scores[key], *key) for key in held)
    return Found(len(best), tuple(Match(document_id, ordinal, -score) for score, document_id, ordinal in best[:limit]))


def _has(fields: dict[str, tuple[Term, ...]], phrase: Phrase) -> bool:
    return any(count(phrase, fields[field]) for field in FIELDS)


def forms(clause: Clause) -> set[Word | Phrase]:
    """The words and phrases that count as the clause."""
    return set().union(*map(forms, clause.clauses)) if isinstance(clause, AnyOf) else {clause}


def count(form: Word | Phrase, field: Sequence[Term]) -> int:
    """How often a field holds a word or a phrase."""
    wanted = form.terms if isinstance(form, Phrase) else (form.term,)
    at = {(term.text, term.position) for term in field}
    starts = {position - step for step, word in enumerate(wanted) for text, position in at if text == word}
    if isinstance(form, Word):
        return sum(term.text == form.term for term in field)
    return sum(all((word, start + step) in at for step, word in enumerate(wanted)) for start in starts)
