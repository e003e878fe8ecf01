"""Hits that say what a better hit from a copy of the same document says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from indexer.analyse import analyse
from indexer.ledger import ALIKE, likeness
from indexer.records import Passage

SAME = 0.7  # shared terms from which two passages of nearly the same documents say the same

Sketches = Callable[[str], Sequence[int]]  # document id -> sketch


def copies(passages: Sequence[Passage], sketch: Sketches) -> dict[int, int]:
    """Place in `passages`, best first -> place of the better one, from nearly the same document, that says the same."""
    folded: dict[int, int] = {}
    kept: list[int] = []
    alike: dict[tuple[str, str], bool] = {}
    for at, passage in enumerate(passages):
        better = next((k for k in kept if _copied(passages[k], passage, sketch, alike)), None)
        if better is None:
            kept.append(at)
        else:
            folded[at] = better
    return folded


def _copied(better: Passage, passage: Passage, sketch: Sketches, alike: dict[tuple[str, str], bool]) -> bool:
    if better.document_id == passage.document_id:
        return False
    pair = (better.document_id, passage.document_id)
    if pair not in alike:
        alike[pair] = likeness(sketch(pair[0]), sketch(pair[1])) >= ALIKE
    return alike[pair] and _overlap(better.text, passage.text) >= SAME


def _overlap(left: str, right: str) -> float:
    """The share of terms that two texts have in common."""
    ours, theirs = ({term.text for term in analyse(text)} for text in (left, right))
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0
