"""The words of a query in the other ways to write them that a collection has: spellings, compounds, quantities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from indexer.analyse import fold, joined, term, words
from indexer.clauses import terms
from indexer.compounds import Form, forms, pair
from indexer.dialects import spellings
from indexer.engines import Found
from indexer.lexicon import Lexicon
from indexer.quantities import told
from indexer.records import AnyOf, Clause, Expansion, Phrase, Prefix, Query, Word
from indexer.spelling import Vocabulary
from indexer.typed import MARK

_SHORTEST = 3  # letters of a word that may be joined to its neighbour
_MOST_PHRASES = 16  # that are looked for, of one query
_MOST_ENDINGS = 50  # of a spelling that only its words as typed can tell


class Collection(Vocabulary, Protocol):
    """What is asked of a collection."""

    def search(self, clauses: Sequence[Clause], required: Sequence[Clause], limit: int) -> Found:
        """The passages that match."""


class Variant(NamedTuple):
    """Another way to write one word of a query, or two."""

    typed: str
    places: tuple[int, ...]  # of the clauses that it is as good as
    form: Form


def varied(
    query: Query, collection: Collection, dropped: Sequence[str]
) -> tuple[dict[Clause, Clause], list[Expansion]]:
    """Clause -> the same with its other ways to write it, for those that have any; and the receipt."""
    offered = [variant for variant in _variants(query, collection) if variant.form.text not in dropped]
    found = list(_held(offered, collection))
    changes: dict[Clause, Clause] = {}
    for at, clause in enumerate(query.clauses):
        others = [variant.form.clause for variant in found if at in variant.places]
        if others:
            changes[clause] = _with(clause, others)
    return changes, [Expansion(variant.typed, variant.form.text, variant.form.kind) for variant in found]


def _held(asked: Sequence[Variant], collection: Collection) -> Iterator[Variant]:
    """Those that the collection has: all their terms, and two words only where they stand in a row.

    Else "prostate" would be said to be searched as "pro state" wherever both words stand somewhere.
    """
    counts = collection.frequencies({text for variant in asked for text in terms(variant.form.clause)})
    phrases = 0
    for variant in asked:
        clause = variant.form.clause
        if isinstance(clause, Prefix):
            found = collection.vocabulary(MARK + clause.text, _MOST_ENDINGS)
            typed = AnyOf(tuple(Word(spelled) for spelled, _ in found))
            if found:
                yield variant._replace(form=variant.form._replace(clause=typed))
        elif all(counts[text] for text in terms(clause)):
            phrases += isinstance(clause, Phrase)
            if not isinstance(clause, Phrase) or (
                phrases <= _MOST_PHRASES and collection.search((clause,), (), 0).total
            ):
                yield variant


def _variants(query: Query, collection: Collection) -> Iterator[Variant]:
    """What the rules offer for each word, and for neighbours."""
    line = " ".join(query.text.split())
    seen: set[tuple[tuple[int, ...], Clause]] = set()
    for variant in _offered(query, line, collection):
        key = (variant.places, variant.form.clause)
        own = {part for at in variant.places for part in _own_forms(query.clauses[at])}
        if key not in seen and variant.form.clause not in own:
            seen.add(key)
            yield variant


def _offered(query: Query, line: str, collection: Collection) -> Iterator[Variant]:
    labels = [label if _is_plain(clause) else "" for clause, label in zip(query.clauses, query.words, strict=True)]
    named = told(query.text)
    for at, label in enumerate(labels):
        for other in named.get(fold(label), ()):
            yield Variant(label, (at,), Form(other, Word(term(other)), "quantity"))
        for form in _WAYS[label] if label else ():
            yield Variant(label, (at,), form)
    for at, (left, right) in enumerate(pairwise(labels)):
        if left and right and f"{left} {right}" in line:
            yield from _together(left, right, (at, at + 1), collection)


def _ways(label: str) -> tuple[Form, ...]:
    """The other ways to write a word or a compound."""
    parts = _parts(label)
    if not parts:
        return ()
    word = fold(parts[0])
    others = [Form(other, _spelled(word, other), "spelling") for other in spellings(word)] if len(parts) == 1 else []
    return (*others, *(_respelled(parts) if len(parts) > 1 else ()), *forms(parts))


_WAYS = Lexicon(_ways)  # most words come again


def _respelled(parts: Sequence[str]) -> Iterator[Form]:
    """A compound with one of its parts in another spelling: 'tumour-like' -> 'tumor-like'."""
    folded = [fold(part) for part in parts]
    for at, part in enumerate(folded):
        for other in spellings(part):
            row = [*folded[:at], other, *folded[at + 1 :]]
            yield Form("-".join(row), Phrase(tuple(map(term, row))), "spelling")


def _spelled(word: str, other: str) -> Clause:
    """What finds another spelling of a word: its stem, or its words as typed when the stem tells nothing of it.

    "Colonized" has the stem of "colon", and "improvize", which nobody writes, that of "improve".
    """
    changed = next((at for at, (ours, theirs) in enumerate(zip(word, other, strict=False), 1) if ours != theirs), 0)
    is_lost = other[:changed].endswith("z") and len(term(other)) < changed
    return Prefix(other[:changed]) if is_lost else Word(term(other))


def _together(left: str, right: str, places: tuple[int, ...], collection: Collection) -> Iterator[Variant]:
    """Two neighbours as one word, by rule or because the collection joins them with a hyphen."""
    form = pair(left, right)
    if not form and left.isalpha() and right.isalpha() and min(len(left), len(right)) >= _SHORTEST:
        ours, theirs = fold(left), fold(right)
        proof = f"{MARK}{ours}-{theirs}"
        if collection.frequencies([proof])[proof]:
            form = Form(f"{ours}-{theirs}", Word(joined([ours, theirs])), "compound")
    if form:
        yield Variant(f"{left} {right}", places, form)


def _is_plain(clause: Clause) -> bool:
    """True for a word or a compound that is to be found in all its forms; not for =this, "this" or this*."""
    if isinstance(clause, Word):
        return not clause.term.startswith(MARK)
    return isinstance(clause, AnyOf)


def _parts(label: str) -> list[str]:
    """The parts of the one word that is typed."""
    chains = words(label)
    return [part.of(label) for part in chains[0]] if len(chains) == 1 else []


def _own_forms(clause: Clause) -> tuple[Clause, ...]:
    return clause.clauses if isinstance(clause, AnyOf) else (clause,)


def _with(clause: Clause, others: Sequence[Clause]) -> Clause:
    return AnyOf(tuple(dict.fromkeys(form for one in (clause, *others) for form in _own_forms(one))))
