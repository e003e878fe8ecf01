"""Why the best sentence may not answer a question: which words or which kind of answer it lacks, or what it says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from indexer.analyse import fold
from indexer.arrays import Array
from indexer.asked import Asked, mask
from indexer.at_odds import at_odds
from indexer.candidates import Candidate
from indexer.commonness import is_plain
from indexer.model import Judgement
from indexer.quantities import QUANTITIES
from indexer.question import KINDS, deed, is_general, names_day, shows
from indexer.scene import Scene
from indexer.token_traits import DATE, NAME, NUMBER
from indexer.traits import Traits

TELLING = 1 / 2  # of the weight of the question's rarest word: a word worth less is not missed
# Nor is one that such a share of all texts hold, even if it tells what was done, as "Who gave ...?". Of answers to the
# questions of two sets with half of the documents removed, one alone lacks a rarer word that tells it, and is wrong.
EVERYWHERE = 0.03
# The signs of a kind of answer: words of these kinds, or what shows one of those.
_SIGNS = {
    "number": (NUMBER, ("number",)),
    "when": (NUMBER | DATE, ("duration", "when")),
    "where": (NAME, ("where",)),
    "who": (NAME, ("who",)),
}


class Doubts(NamedTuple):
    """What the best sentence lacks, or says otherwise."""

    missing: tuple[str, ...]  # words of the question
    nowhere: tuple[str, ...]  # those of them that no passage found holds either
    kind: str  # the kind of answer, as a noun; empty when there is a sign of it
    reason: str  # a sentence
    is_at_odds: bool = False  # whether the sentence says that it is not decided, or is about another day or number


def doubts(found: Judgement) -> Doubts:
    """What is to be said against the first of the candidates."""
    scene = found.scene
    if scene.pool and not found.ranking:
        return Doubts((), (), "", "The passages found only ask this.")
    if not found.ranking:
        words = scene.asked.query.words
        return Doubts(words, words, "", "No passage holds any of the words.")
    best = found.ranking[0].candidate
    lacked = _lacked(scene, best)
    nowhere = _words(scene.asked, lacked & ~_anywhere(scene) if lacked else 0)
    missing = _words(scene.asked, lacked)
    kind = _kind_lacked(scene, best)
    everywhere = bool(kind) and all(_kind_lacked(scene, one) == kind for one in scene.pool)
    odds = at_odds(scene.asked.text, scene.asked.wanted, best.sentence.text, scene.found[best.rank].passage.above)
    reason = odds or _reason(nowhere, missing, kind, everywhere=everywhere)
    return Doubts(missing, nowhere, kind, reason, bool(odds))


def _telling(asked: Asked) -> int:
    """The clauses that are missed when they are not there: rare ones, no words that only ask or that any text holds.

    What was done is missed though many texts hold the word, and however little it is worth.
    """
    least, done = max(asked.specific.values, default=0.0) * TELLING, fold(deed(asked.text))
    told = []
    for value, word, terms in zip(asked.specific.values, asked.query.words, asked.terms, strict=True):
        is_deed = fold(word) == done
        idle = is_general(word) or any(is_plain(term, EVERYWHERE if is_deed else 0.0) for term in terms)
        told.append((is_deed or value >= least) and not idle)
    return mask(told)


def _lacked(scene: Scene, best: Candidate) -> int:
    """The telling clauses that stand in no form in the sentence, around it, or above it."""
    lacked = _telling(scene.asked) & ~scene.above(best) & ~best.sentence.held
    lacked &= ~_any(forms[best.number : best.number + 1] for forms in scene.other_words) & ~_measured(scene, best)
    around = scene.around(best) if lacked else []
    for sentence in around:
        lacked &= ~sentence.held
    if lacked and around:
        lacked &= ~_any(scene.in_other_words(Traits([one.text for one in around])))
    return lacked


def _anywhere(scene: Scene) -> int:
    """The clauses that stand in any of the passages found, in some form, or above it."""
    held = _any((scene.titled, scene.headed, *scene.other_words))
    for found in scene.found:
        held |= found.held
    return held


def _any(held: Iterable[Array]) -> int:
    """The clauses that any row of some arrays holds."""
    return mask(np.logical_or.reduce(np.concatenate(list(held))).tolist())


def _measured(scene: Scene, one: Candidate) -> int:
    """The clauses that name a quantity of which the sentence has a number: "60 °C" stands for "hot"."""
    told = zip(scene.measures[one.number].tolist(), scene.asked.measured.values(), strict=True)
    return sum({clauses for is_told, clauses in told if is_told})


def _kind_lacked(scene: Scene, one: Candidate) -> str:
    """The kind of answer of which the sentence has no sign."""
    is_measured = bool(scene.measures[one.number].any())
    called = [QUANTITIES[name].called for name in scene.asked.measured]
    if any(called) and not is_measured:
        return next(filter(None, called))
    for kind, (words, cues) in _SIGNS.items():
        is_told = kind not in scene.asked.wanted or scene.said.kinds[one.number] & words
        is_told = is_told or (kind == "number" and is_measured) or (kind == "when" and names_day(one.sentence.text))
        if not is_told and not any(shows(cue, one.sentence.text) for cue in cues):
            return KINDS[kind].called
    is_long = "how long" in scene.asked.wanted and not shows("how long", one.sentence.text)
    return KINDS["how long"].called if is_long and not _tells_length(one.sentence.text) else ""


def _tells_length(text: str) -> bool:
    """True for a text with two dates, or with a number that is no year."""
    said = Traits([text])
    numbers, dates = said.of_kind(NUMBER), said.of_kind(DATE)
    return len(dates) > 1 or bool(np.setdiff1d(numbers, dates).size)


def _words(asked: Asked, clauses: int) -> tuple[str, ...]:
    return tuple(word for at, word in enumerate(asked.query.words) if clauses >> at & 1)


def _reason(nowhere: tuple[str, ...], missing: tuple[str, ...], kind: str, *, everywhere: bool) -> str:
    """The doubts as a sentence, the weightiest first."""
    if nowhere:
        return f"No passage that was found mentions {_listed(nowhere)}."
    if missing:
        return f"No sentence about the rest also mentions {_listed(missing)}."
    if kind:
        return f"{'No passage that was found gives' if everywhere else 'What comes closest does not give'} {kind}."
    return "What comes closest may not answer it."


def _listed(words: tuple[str, ...]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
