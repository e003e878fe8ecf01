"""The learned weights: which candidate is best, and how sure one can be of it. `model.json` holds them, readable.

Sentences are scored by a linear model over `features`; the share of a sentence is its part of the softmax over all
candidates. The confidence is the probability, by a logistic regression, that the first sentence is right.
`tests/evaluation/train.py` makes the file and says in it what was measured.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from indexer.affirmed import unaffirmed
from indexer.asked import masks
from indexer.at_odds import is_of_one, of_another
from indexer.candidates import Candidate, Sentence
from indexer.features import Features, features
from indexer.question import only_asks
from indexer.scene import Scene

# Of a sentence that defines the short form asked for; set by hand, as the question sets hold next to none of the kind.
DEFINED = 0.9
# What a sentence loses whose words of the question all stand under "no evidence of" or the like. By hand, too: with
# weights from the other set 764 of 1,186 covid_qa questions have a right sentence first, without 762, 1,211 of 1,458 of
# squad2, without 1,210. As many have with .5 and .8, which let more answers through than the floors allow.
UNAFFIRMED = 1.1
# And what one loses that is about another day or number than the question names. None of the questions of two sets that
# have such a sentence has its answer in one: the same are right first with .5 to 3.
ANOTHER = 2.0
NEARBY = 600  # characters
TOLD = 3  # candidates that are shown: only what can be among them is looked at for such words


@dataclass(frozen=True)
class Model:
    """Weights by the names of features."""

    sentence: Mapping[str, float]
    confidence: Mapping[str, float]
    intercept: float  # of the confidence


class Judged(NamedTuple):
    """A candidate, its score, and its share of the certainty that some candidate is right."""

    candidate: Candidate
    score: float
    share: float  # from 0 to 1; those of the different texts of a question sum to 1


class Order(NamedTuple):
    """The same in columns: a row for each of the candidates that tell something, the best first."""

    numbers: list[int]
    scores: list[float]
    shares: list[float]

    def of(self, pool: Sequence[Candidate]) -> tuple[Judged, ...]:
        """Those of the candidates."""
        return tuple(map(Judged, map(pool.__getitem__, self.numbers), self.scores, self.shares))


@dataclass(frozen=True, eq=False)
class Judgement:
    """The candidates of a question, best first, and how sure one can be of the first."""

    scene: Scene
    features: Features
    order: Order
    model: Model

    @cached_property
    def ranking(self) -> tuple[Judged, ...]:
        """The candidates, the best first; a search does without them."""
        return self.order.of(self.scene.pool)

    @cached_property
    def confidence(self) -> float:
        """The probability that the first is right."""
        if not self.ranking:
            return 0.0
        found, model = signs(self.scene, self.features, self.ranking), self.model
        odds = model.intercept + sum([weight * found[name] for name, weight in model.confidence.items()])
        least = DEFINED if self.features["expands"][self.ranking[0].candidate.number] else 0.0
        return max(least, 1 / (1 + math.exp(-odds)))


@cache
def shipped() -> Model:
    """The model that Pincite is shipped with."""
    held = json.loads(files("indexer").joinpath("model.json").read_text(encoding="utf-8"))
    return Model(held["sentence"], held["confidence"]["weights"], held["confidence"]["intercept"])


def judged(scene: Scene, model: Model | None = None, known: Features | None = None) -> Judgement:
    """The candidates of a scene, judged; `known` are their features, if they are known already."""
    model = model or shipped()
    known = features(scene) if known is None else known
    return Judgement(scene, known, ordered_by(model.sentence, scene, known), model)


def ranked_by(weights: Mapping[str, float], scene: Scene, known: Features) -> tuple[Judged, ...]:
    """The candidates by score, see `ordered_by`."""
    return ordered_by(weights, scene, known).of(scene.pool)


def ordered_by(weights: Mapping[str, float], scene: Scene, known: Features) -> Order:
    """The candidates that tell something by score, of equal ones that of the better passage first.

    A question that the documents ask, as a list of frequent questions does, is most like the one asked and no answer.
    """
    texts = scene.texts
    told = [number for number, text in enumerate(texts) if not only_asks(text)]
    scores = _with_losses(scene, told, _scores(weights, known))
    told.sort(key=scores.__getitem__, reverse=True)  # equals stay as they stand
    parts = [math.exp(scores[number] - scores[told[0]]) for number in told]
    different: dict[str, float] = {}
    for number, part in zip(told, parts, strict=True):
        different.setdefault(texts[number], part)
    whole = sum(different.values())
    return Order(told, [scores[number] for number in told], [part / whole for part in parts])


def _scores(weights: Mapping[str, float], known: Features) -> list[float]:
    weighed = np.fromiter(weights.values(), float, len(weights))[:, None] * known.rows(weights)
    return list(np.add.reduce(weighed, axis=0).tolist())


def _with_losses(scene: Scene, told: Sequence[int], scores: list[float]) -> list[float]:
    """The scores, less what denials and other days or numbers lose: of those that can be among the best."""
    least = min(sorted([scores[number] for number in told])[-TOLD:], default=0.0) - abs(UNAFFIRMED)
    of_one = is_of_one(scene.asked.text)
    least -= ANOTHER * of_one
    cued = masks(scene.candidates.cued)
    for number in told:
        if scores[number] >= least and (of_one or cued[number]):
            scores[number] -= _lost(scene, number, cued[number])
    return scores


def _lost(scene: Scene, number: int, cued: int) -> float:
    """What a sentence loses that denies what is asked, or is about another one."""
    above = scene.found[int(scene.candidates.ranks[number])].passage.above
    another = ANOTHER * bool(of_another(scene.asked.text, (*above, scene.texts[number])))
    return UNAFFIRMED * unaffirmed(scene.asked, cued) + another


def _different(ranking: Sequence[Judged]) -> list[Judged]:
    """The best of each text: what stands in copies of a document is one answer, not several to choose from."""
    best: dict[str, Judged] = {}
    for one in ranking:
        best.setdefault(one.candidate.sentence.text, one)
    return list(best.values())


def signs(scene: Scene, known: Features, ranking: Sequence[Judged]) -> dict[str, float]:
    """What tells a right first sentence from a wrong one; `ranking` is not empty.

    Chosen for how well a regression learned from one of two question sets foretells the other: log loss .351, without
    the odds .357, before "told around" and "early" were found. Coverage by the sentence alone and the score of its
    passage made it too sure of the one set and not sure enough of the other. How much of the sentence is new tells
    nothing more (.356 with and without).
    """
    asked, first, different = scene.asked, ranking[0].candidate, _different(ranking)
    nearby = min(1.0, sum(one.share for one in different if _is_near(one.candidate.sentence, first.sentence)))
    around = scene.nearby(first)
    return {
        "share": ranking[0].share,
        "share nearby": nearby,
        "odds nearby": math.log((nearby + 1e-3) / (1 - nearby + 1e-3)),
        "entropy": -sum(one.share * math.log(one.share + 1e-12) for one in different) / math.log(len(different) + 1),
        "log clauses": math.log(max(1, len(asked.idf))),  # a query may only exclude or filter
        "best passage / ideal": scene.top / scene.ideal,
        "words": float(known["words"][first.number]),
        "early": float(known["early"][first.number]),
        "covered around": asked.specific.share(around),
        "told around": asked.plain.share(around | scene.otherwise(first)),
        "capitals around": asked.rarity.part(around, asked.capitals),
    }


def _is_near(one: Sentence, other: Sentence) -> bool:
    """True when two sentences begin within a paragraph's length of each other."""
    return one.document_id == other.document_id and abs(one.span.start - other.span.start) < NEARBY
