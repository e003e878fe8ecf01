"""What other documents say to a quote: the same, that it is not so, or another number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.affirmed import unaffirmed
from indexer.asked import Asked
from indexer.candidates import Sentence
from indexer.model import Judged
from indexer.records import Dissent

AGREES = 0.5  # of what a quote adds to the question, the share that a quote from elsewhere must hold to agree with it
ABOUT = 0.9  # of what a quote holds of the question, the share that another must hold to be about the same
TELLING = 0.6  # share of the question that both must hold: of less, two sentences may well differ
DENIED = 0.5  # share of the question under a cue from which a sentence denies it
_MOST = 3  # dissenters that are told
_DIGITS = re.compile(r"\d[\d.,]*")
_MEASURED = frozenset({"number", "share", "duration", "when"})


def agreeing(ranking: Sequence[Judged], one: Judged, asked: Asked) -> tuple[str, ...]:
    """Ids of other documents with a sentence that adds the same to the question, and does not deny it."""
    ours = one.candidate.sentence
    added = ours.traits.texts - asked.all_terms
    found: dict[str, None] = {}
    for other in ranking:
        theirs = other.candidate.sentence
        if not added or theirs.document_id == ours.document_id or theirs.document_id in found:
            continue
        if len(added & theirs.traits.texts) >= AGREES * len(added) and not _reason(asked, ours, theirs):
            found[theirs.document_id] = None
    return tuple(found)


def dissenting(ranking: Sequence[Judged], one: Judged, asked: Asked) -> tuple[Dissent, ...]:
    """What other documents say against a quote, the best first, one sentence of each."""
    ours = one.candidate.sentence
    found: dict[str, Dissent] = {}
    for other in ranking:
        theirs = other.candidate.sentence
        if theirs.document_id != ours.document_id and theirs.document_id not in found and _about(asked, ours, theirs):
            reason = _reason(asked, ours, theirs)
            if reason:
                found[theirs.document_id] = Dissent(theirs.document_id, theirs.text, reason)
    return tuple(found.values())[:_MOST]


def _about(asked: Asked, ours: Sentence, theirs: Sentence) -> bool:
    """True when two sentences hold the same of the question, and most of it."""
    both = asked.rarity.share(ours.held & theirs.held)
    return both >= TELLING and both >= ABOUT * asked.rarity.share(ours.held)


def _reason(asked: Asked, ours: Sentence, theirs: Sentence) -> str:
    """How one sentence differs from the other; empty when it does not."""
    here, there = (unaffirmed(asked, one) >= DENIED for one in (ours, theirs))
    if here != there:
        return "denies it or doubts it" if there else "says that it is so"
    if asked.kinds & _MEASURED:
        mine, others = (_numbers(asked, one) for one in (ours, theirs))
        same = mine.keys() & others.keys()
        if same and all(mine[what].isdisjoint(others[what]) for what in same):
            return "has another number"
    return ""


def _numbers(asked: Asked, one: Sentence) -> dict[str, set[str]]:
    """The numbers of a sentence that the question does not hold, by the word behind each, and its dates."""
    said = one.traits
    behind = {position - 1: term for term, positions in said.places.items() for position in positions}
    found = [("", term) for term in said.dates.values()]
    found += [(behind.get(at, ""), term) for at, term in said.numbers.items() if at not in said.dates]
    numbers: dict[str, set[str]] = {}
    for what, term in found:
        if term not in asked.all_terms:
            digits = _DIGITS.match(term)  # of "128-bit" as of "128 bits"
            numbers.setdefault(what, set()).add(digits[0] if digits else term)
    return numbers
