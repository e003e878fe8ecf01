"""Hits that say what a better hit from a copy of the same document says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cache
from itertools import combinations

from indexer.analyse import terms_of
from indexer.ledger import ALIKE, KEYS, SHARED, likeness

SAME = 0.7  # shared terms from which two passages of nearly the same documents say the same

Sketches = Callable[[Iterable[str]], dict[str, Sequence[int]]]  # document ids -> the sketch of each
Texts = Callable[[int], str]  # place of a passage -> its text


def copies(documents: Sequence[str], text: Texts, sketches: Sketches) -> dict[int, int]:
    """Place of a passage, best first -> place of the better one, from nearly the same document, that says the same.

    `documents` has the document of each passage; texts are read of those alone that may be copies, each once: of sixty
    passages of two lists that are nearly the same, every pair read and analysed anew took a second.
    """
    alike = _alike(sketches(set(documents)))
    folded: dict[int, int] = {}
    if not alike:
        return folded
    terms = cache(lambda at: terms_of(text(at)))
    kept: list[int] = []
    for at, document in enumerate(documents):
        near = alike.get(document, ())
        better = next((k for k in kept if documents[k] in near and _overlap(terms(k), terms(at)) >= SAME), None)
        if better is None:
            kept.append(at)
        else:
            folded[at] = better
    return folded


def _alike(sketches: dict[str, Sequence[int]]) -> dict[str, set[str]]:
    """Document -> the others that are nearly the same; those without any are left out.

    Only pairs that share some of their smallest hashes are compared: of 100 documents all pairs took 300 ms a search.
    """
    smallest = [value for values in sketches.values() for value in values[:KEYS]]
    if len(set(smallest)) == len(smallest):  # as it is in most searches
        return {}
    holders: dict[int, list[str]] = {}
    for document, values in sketches.items():
        for value in values[:KEYS]:
            holders.setdefault(value, []).append(document)
    shared = Counter(pair for held in holders.values() for pair in combinations(sorted(held), 2))
    alike: dict[str, set[str]] = {}
    for (left, right), count in shared.items():
        if count >= min(SHARED, len(sketches[left])) and likeness(sketches[left], sketches[right]) >= ALIKE:
            alike.setdefault(left, set()).add(right)
            alike.setdefault(right, set()).add(left)
    return alike


def _overlap(ours: Set[str], theirs: Set[str]) -> float:
    """The share of terms that two texts have in common."""
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0
