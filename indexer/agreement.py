"""What other documents say to a quote: the same, that it is not so, or another number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from indexer.affirmed import unaffirmed
from indexer.arrays import indices
from indexer.candidates import Candidate
from indexer.model import Judgement
from indexer.records import Dissent
from indexer.scene import Scene
from indexer.token_traits import DATE, NUMBER

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


def said_elsewhere(found: Judgement, one: Candidate) -> Elsewhere:
    """What the sentences of other documents say to one of the candidates."""
    scene, others = found.scene, _about_the_same(found, one)
    if not others:
        return Elsewhere((), ())
    added = scene.said.terms(one.number) - scene.asked.all_terms
    numbers = added.intersection(_of_kind(scene.said.placed(one.number), NUMBER).values())
    mine = _numbers(scene, one)
    agreeing: dict[str, None] = {}
    dissenting: dict[str, Dissent] = {}
    for other in others:
        document = other.sentence.document_id
        if reason := _reason(scene, one, other, mine):
            dissenting.setdefault(document, Dissent(document, other.sentence.text, reason))
        elif added and numbers <= (said := scene.said.terms(other.number)) and len(added & said) >= AGREES * len(added):
            agreeing[document] = None
    return Elsewhere(tuple(agreeing), tuple(dissenting.values())[:_MOST])


def _about_the_same(found: Judgement, one: Candidate) -> list[Candidate]:
    """The candidates in other documents that hold what one of the question holds, the best first."""
    scene, shares, documents = found.scene, found.scene.asked.rarity.shares, found.scene.candidates.documents
    both = shares(scene.own & scene.own[one.number])
    least = max(TELLING, ABOUT * both[one.number])
    about = set(indices((both >= least) & (documents != documents[one.number])).tolist())
    return [other.candidate for other in found.ranking if other.candidate.number in about] if about else []


def _reason(scene: Scene, ours: Candidate, theirs: Candidate, mine: Mapping[str, set[str]]) -> str:
    """How one sentence, with these numbers, differs from the other; empty when it does not."""
    here, there = (unaffirmed(scene.asked, one.sentence.cued) >= DENIED for one in (ours, theirs))
    if here != there:
        return "denies it or doubts it" if there else "says that it is so"
    if mine:
        others = _numbers(scene, theirs)
        same = mine.keys() & others.keys()
        if same and all(mine[what].isdisjoint(others[what]) for what in same):
            return "has another number"
    return ""


def _numbers(scene: Scene, one: Candidate) -> dict[str, set[str]]:
    """The numbers of a sentence that the question does not hold, by the word behind each, and its dates.

    None where the question asks for no such thing.
    """
    if not scene.asked.kinds & _MEASURED:
        return {}
    placed = scene.said.placed(one.number)
    behind = {at - 1: term for at, term, _ in placed}
    told = {at: (behind.get(at, ""), term) for at, term in _of_kind(placed, NUMBER).items()}
    told |= {at: ("", term) for at, term in _of_kind(placed, DATE).items()}
    numbers: dict[str, set[str]] = {}
    for what, term in told.values():
        if term not in scene.asked.all_terms:
            digits = _DIGITS.match(term)  # of "128-bit" as of "128 bits"
            numbers.setdefault(what, set()).add(digits[0] if digits else term)
    return numbers


def _of_kind(placed: Iterable[tuple[int, str, int]], kind: int) -> dict[int, str]:
    """Position -> term, of the numbers or the dates of what stands in a sentence."""
    return {at: term for at, term, kinds in placed if kinds & kind}
