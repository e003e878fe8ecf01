"""What other documents say to a quote: the same, that it is not so, or another number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.affirmed import unaffirmed
from indexer.asked import Asked
from indexer.candidates import Sentence
from indexer.model import Judged
from indexer.records import Dissent

AGREES = 0.5  # of what a quote adds to the question, the share that another must hold to agree, and all its numbers
ABOUT = 0.9  # of what a quote holds of the question, the share that another must hold to be about the same
TELLING = 0.6  # share of the question that both must hold: of less, two sentences may well differ
DENIED = 0.5  # share of the question under a cue from which a sentence denies it
_MOST = 3  # dissenters that are told
_DIGITS = re.compile(r"\d[\d.,]*")
_MEASURED = frozenset({"number", "share", "duration", "when"})


class Elsewhere(NamedTuple):
    """What other documents say to a quote."""

    agreeing: tuple[str, ...]  # ids of those with a sentence about the same that adds the same and does not deny it
    dissenting: tuple[Dissent, ...]  # what is said against it, the best first, one sentence of each


def said_elsewhere(ranking: Sequence[Judged], one: Judged, asked: Asked) -> Elsewhere:
    """What the sentences of other documents say to one of a ranking."""
    ours, share = one.candidate.sentence, asked.rarity.share
    added = ours.traits.texts - asked.all_terms
    numbers = added.intersection(ours.traits.numbers.values())
    least = max(TELLING, ABOUT * share(ours.held))
    agreeing: dict[str, None] = {}
    dissenting: dict[str, Dissent] = {}
    for theirs in [other.candidate.sentence for other in ranking]:
        document = theirs.document_id
        if document == ours.document_id:
            continue
        if share(ours.held & theirs.held) < least:
            continue
        said = theirs.traits.texts
        if reason := _reason(asked, ours, theirs):
            dissenting.setdefault(document, Dissent(document, theirs.text, reason))
        elif added and numbers <= said and len(added & said) >= AGREES * len(added):
            agreeing[document] = None
    return Elsewhere(tuple(agreeing), tuple(dissenting.values())[:_MOST])


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
