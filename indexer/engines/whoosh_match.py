"""Which passages of a segment hold a clause, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.engines.bm25f import FIELDS, WEIGHTS, Collection
from indexer.engines.whoosh_leaf import Leaf
from indexer.records import AnyOf, Clause, Phrase, Word

Weights = dict[int, float]  # document number in its segment -> BM25F weight


def weights(leaf: Leaf, clause: Clause, collection: Collection) -> Weights:
    """The live passages that hold the clause, with the clause's weight in each."""
    found: Weights = {}
    for form in _forms(clause):
        for field in FIELDS:
            _add(found, _counts(leaf, form, field), leaf.lengths[field], collection.pivot(field), WEIGHTS[field])
    for docnum in leaf.deleted.intersection(found):
        del found[docnum]
    return found


def _forms(clause: Clause) -> list[Word | Phrase]:
    """The distinct words and phrases that count as the clause."""
    if isinstance(clause, AnyOf):
        return list(dict.fromkeys(form for part in clause.clauses for form in _forms(part)))
    return [clause]


def _add(
    found: Weights, counts: Iterable[tuple[int, int]], lengths: Sequence[int], pivot: tuple[float, float], weight: float
) -> None:
    """Add a field's part: its counts divided by how long the field is in each passage."""
    base, slope = pivot
    for docnum, count in counts:
        found[docnum] = found.get(docnum, 0.0) + weight * count / (base + slope * lengths[docnum])


def _counts(leaf: Leaf, form: Word | Phrase, field: str) -> Iterable[tuple[int, int]]:
    """(document number, how often its field holds the form), where it does."""
    if isinstance(form, Phrase):
        return _rows(leaf, form.terms, field)
    postings = leaf.postings(field, form.term)
    return zip(postings.docs, postings.frequencies, strict=True) if postings else ()


def _rows(leaf: Leaf, terms: Sequence[str], field: str) -> list[tuple[int, int]]:
    """(document number, how often its field holds the terms one after another), where it does."""
    lists = [leaf.postings(field, term) for term in terms]
    known = [postings for postings in lists if postings]
    if not known or len(known) < len(lists):
        return []
    places = [{docnum: at for at, docnum in enumerate(postings.docs)} for postings in known]
    rows = []
    for docnum in sorted(set(places[0]).intersection(*places[1:])):
        starts = set(known[0].places(places[0][docnum]))
        for step, (postings, place) in enumerate(zip(known, places, strict=True)):
            starts &= {position - step for position in postings.places(place[docnum])}
        if starts:
            rows.append((docnum, len(starts)))
    return rows
