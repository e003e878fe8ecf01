"""The learned weights: which candidate is best, and how sure one can be of it. `model.json` holds them, readable.

Sentences are scored by a linear model over `features`; the share of a sentence is its part of the softmax over all
candidates. The confidence is the probability, by a logistic regression, that the first sentence is right.
`tests/evaluation/train.py` makes the file and says in it what was measured.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from indexer.affirmed import unaffirmed
from indexer.asked import Asked
from indexer.candidates import Candidate
from indexer.features import Features, features
from indexer.question import KINDS, shows
from indexer.scene import Scene

# Of a sentence that defines the short form asked for; set by hand, as the question sets hold next to none of the kind.
DEFINED = 0.9
# What a sentence loses whose words of the question all stand under "no evidence of" or the like. By hand, too: right
# first are .6121 instead of .6105 of 593 covid_qa questions, .8356 instead of .8329 of 365 of squad2; 1 gains less.
UNAFFIRMED = 0.5
TOLD = 3  # candidates that are shown: only what can be among them is looked at for such words


Known = tuple[Candidate, Features]


@dataclass(frozen=True)
class Model:
    """Weights by the names of features."""

    sentence: Mapping[str, float]
    confidence: Mapping[str, float]
    intercept: float  # of the confidence


class Judged(NamedTuple):
    """A candidate, its score, and its share of the certainty that some candidate is right."""

    candidate: Candidate
    features: Features
    score: float
    share: float  # from 0 to 1; the shares of a question sum to 1


class Judgement(NamedTuple):
    """The candidates of a question, best first, and the probability that the first is right."""

    scene: Scene
    ranking: tuple[Judged, ...]
    confidence: float


@cache
def shipped() -> Model:
    """The model that Pincite is shipped with."""
    held = json.loads(files("indexer").joinpath("model.json").read_text(encoding="utf-8"))
    return Model(held["sentence"], held["confidence"]["weights"], held["confidence"]["intercept"])


def judged(scene: Scene, model: Model | None = None, pool: Sequence[Known] | None = None) -> Judgement:
    """The candidates of a scene, judged; `pool` has them with their features, if those are known already."""
    model = model or shipped()
    ranking = ranked_by(model.sentence, described(scene) if pool is None else pool, scene.asked)
    if not ranking:
        return Judgement(scene, (), 0.0)
    odds = model.intercept + _weighed(model.confidence, signs(scene, ranking))
    least = DEFINED if ranking[0].features["expands"] else 0.0
    return Judgement(scene, ranking, max(least, 1 / (1 + math.exp(-odds))))


def described(scene: Scene) -> list[Known]:
    """The candidates of a scene with their features."""
    return [(one, features(scene, one)) for one in scene.pool]


def ranked_by(weights: Mapping[str, float], pool: Sequence[Known], asked: Asked | None = None) -> tuple[Judged, ...]:
    """The candidates by score, of equal ones that of the better passage first; given what is asked, denials lose."""
    scores = [_weighed(weights, known) for _, known in pool]
    if asked and scores:
        least = sorted(scores, reverse=True)[:TOLD][-1] - abs(UNAFFIRMED)
        scores = [
            score - UNAFFIRMED * unaffirmed(asked, one.sentence) if score >= least else score
            for (one, _), score in zip(pool, scores, strict=True)
        ]
    best = max(scores, default=0.0)
    parts = [math.exp(score - best) for score in scores]
    found = [
        Judged(one, known, score, part / sum(parts))
        for (one, known), score, part in zip(pool, scores, parts, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.candidate.rank, one.candidate.sentence.span)))


def signs(scene: Scene, ranking: Sequence[Judged]) -> Features:
    """What tells a right first sentence from a wrong one; `ranking` is not empty.

    These few are as good as 39 of the like (area under the curve .917 and .925 against .903 and .929). Those that one
    question set weighs unlike the other are left out: without the margin to the second sentence and the BM25 of the
    first, .30 instead of .25 of squad2's questions are answered at the same precision, and as many of covid_qa's.
    """
    asked, first = scene.asked, ranking[0]
    text, held = first.candidate.sentence.text, first.candidate.sentence.held
    wide = asked.rarity.share(held) + first.features["forms"] + first.features["acronyms"]
    return {
        "share": first.share,
        "share of three": sum(one.share for one in ranking[:3]),
        "entropy": -sum(one.share * math.log(one.share + 1e-12) for one in ranking) / math.log(len(ranking) + 1),
        "log clauses": math.log(max(1, len(asked.idf))),  # a query may only exclude or filter
        "covered widely": wide + 0.5 * first.features["synonyms"],
        "covered specific": asked.specific.share(held),
        "best covered specific": max(asked.specific.share(one.candidate.sentence.held) for one in ranking),
        "passage / ideal": scene.found[first.candidate.rank].match.score / scene.ideal,
        "best passage / ideal": scene.top / scene.ideal,
        "best capitals": max(asked.rarity.part(one.candidate.sentence.held, asked.capitals) for one in ranking),
        "kinds shown": _kinds_shown(asked.kinds, text),
    }


def _kinds_shown(kinds: Iterable[str], text: str) -> float:
    """The part of the kinds of answer asked for of which a sentence has a sign; one half when none is asked for."""
    signed = [kind for kind in kinds if KINDS[kind].shown]
    return sum(shows(kind, text) for kind in signed) / len(signed) if signed else 0.5


def _weighed(weights: Mapping[str, float], known: Features) -> float:
    return sum(weight * known[name] for name, weight in weights.items())
