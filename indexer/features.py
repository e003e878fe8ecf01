"""Candidate sentences -> named numbers: what a linear model weighs to tell the answer from its neighbours.

Features are grouped by what they look at. Each is about 0 to 1, or a z-score among the candidates of the question.
None depends on the question alone: what is the same for all candidates cannot tell them apart. What the index knows and
which words stand where is asked of all candidates at once, what patterns find of one after another.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

import numpy as np

from indexer.acronyms import definitions
from indexer.analyse import fold
from indexer.arrays import Array, members
from indexer.asked import Asked
from indexer.candidates import Sentence
from indexer.coverage import FAR
from indexer.question import KINDS, all_show
from indexer.scene import Scene
from indexer.standing import passage_of, position_of
from indexer.token_traits import DATE, NUMBER

Features = dict[str, Array]  # name -> a number for each candidate
_Columns = Mapping[str, Array | Sequence[float]]

_ENDS = (".", "!", "?", ":", ";", "]")
_ENDED = re.compile(r"\W*[.!?:;\]]")  # read backwards, which takes a quarter of the time
# They end without a sign, as rows of tables do. Taken for unfinished sentences, two fewer of 45 everyday questions that
# nothing answers get no quote, and one fewer of 187 others its answer as one.
_FIELD = re.compile(r"[A-Z][^.:?!;\n]{0,40}: \S.{0,59}", re.DOTALL)
_UNTELLING = {"who", "how long"}  # kinds whose signs do not tell the answer from other candidates
_SIGNED = {name: f"shows {name}" for name, kind in KINDS.items() if kind.shown and name not in _UNTELLING}


def features(scene: Scene) -> Features:
    """All features of the candidates."""
    groups = (passage, coverage, words, score, kinds, new_words, form)
    return {name: np.asarray(column, float) for group in groups for name, column in group(scene).items()}


def passage(scene: Scene) -> _Columns:
    """How good the passage is that the sentence stands in."""
    ranks = scene.candidates.ranks
    scores = np.array([one.match.score for one in scene.found])
    return {
        "passage / best": scores[ranks] / scene.top,
        "passage z": _z(scores)[ranks],
        "passage pairs": np.array([one.pairs for one in scene.found])[ranks] / scene.ideal,
    }


def _z(values: Array) -> Array:
    """How many spreads each value lies above the mean."""
    if not len(values):
        return values
    off = values - values.sum() / len(values)
    return np.asarray(off / (math.sqrt((off * off).sum() / len(values)) + 1e-6))


def coverage(scene: Scene) -> _Columns:
    """How much of the question stands in the sentence and around it, words that only ask worth less."""
    found, asked = scene.coverage, scene.asked
    in_lower_case = asked.specific.share(asked.everything & ~asked.capitals)
    return {
        "covered specific": found.held,
        "parts": found.parts,
        "early": np.sqrt(found.early * len(asked.idf)) / 2,
        "before 1": found.before,
        "before 5": found.before_all,
        "title": found.titled,
        "forms": found.forms,
        "acronyms": found.spelled,
        "synonyms": found.alike,
        "covered nearby": found.told,
        "around / best": _to_best(found.around),
        "covered lower case": found.lower / in_lower_case if in_lower_case else np.full(len(found.lower), 0.5),
        "tight": found.own * found.close,
    }


def words(scene: Scene) -> _Columns:
    """The words of the question as they are spelled, one by one and side by side."""
    held = scene.words()
    return {"words": held, "words / best": _to_best(held), "word pairs": scene.word_pairs()}


def _to_best(values: Array) -> Array:
    """The values as parts of the greatest."""
    return values / (values.max(initial=0.0) or 1.0)


def score(scene: Scene) -> _Columns:
    """BM25 of the sentence."""
    return {
        "best of document": _best(scene.bm25, scene.candidates.documents) / scene.ideal,
    }


def _best(values: Array, groups: Array) -> Array:
    """For each value the best one of its group, at least 0."""
    best = np.zeros(int(groups.max(initial=0)) + 1)
    np.maximum.at(best, groups, values)
    return np.asarray(best[groups])


def kinds(scene: Scene) -> _Columns:
    """Signs of the kind of answer that is asked for."""
    asked, sentences = scene.asked, [one.sentence for one in scene.pool]
    none = np.zeros(len(sentences))
    return {
        **{feature: all_show(kind, scene.texts) if kind in asked.kinds else none for kind, feature in _SIGNED.items()},
        "counts": _counts(scene) if asked.counted else none,
        "defines": [_defines(asked, one) for one in sentences] if asked.defined else none,
        "expands": [_expands(asked, one) for one in sentences] if "expansion" in asked.kinds else none,
        "measures": np.asarray(scene.measures.any(axis=1)),
    }


def _counts(scene: Scene) -> Array:
    """1 when a number stands up to three words before what "how many" counts."""
    numbers = scene.said.of_kind(NUMBER)
    counted = np.concatenate(list(scene.said.places(scene.asked.counted).values()) or [numbers[:0]])
    nearest = np.append(numbers, -FAR)[np.searchsorted(numbers, counted) - 1]
    return _marked(scene, counted[counted - nearest <= 3])


def _defines(asked: Asked, one: Sentence) -> float:
    """1 when the sentence begins by saying what the thing is, .5 when it explains it by the way."""
    if one.text.isascii() and asked.defined.split(" ", 1)[0] not in one.text.lower().replace("'", ""):
        return 0.0  # as most do not: told in a tenth of the time
    text = " ".join(fold(word) for word in re.findall(r"[\w'’-]+|[,(:–]", one.text))
    name = re.escape(asked.defined) + r"s?"
    if re.match(rf"(?:(?:an?|the|•|term) )*{name}(?: \( [^(]* \w+)? (?:means?|refers?|(?:is|are) defined)", text):
        return 1.2
    if re.match(rf"(?:(?:an?|the|•) )?{name}(?: \( [^(]* \w+)? (?:is|are|was|were|,|:|–)", text):
        return 1.0
    return 0.5 * bool(re.search(rf"\b{name} (?:\(|is an?|are|means|refers|, an?|, the|, or|which|or )", text))


def _expands(asked: Asked, one: Sentence) -> float:
    """1 when the sentence defines a short form that the question names."""
    words = {word.lower() for word in asked.query.words}
    return float(any(known.short.lower() in words for known in definitions(one.text)))


def new_words(scene: Scene) -> _Columns:
    """Numbers and dates that the question does not hold, and how close they stand to its words."""
    wanted, said, known = scene.asked.kinds, scene.said, scene.asked.all_terms
    none = np.empty(0, np.int64)
    numbers = said.of_kind(NUMBER, known) if wanted & {"number", "share", "duration"} else none
    dates = said.of_kind(DATE, known) if "when" in wanted else none
    return {
        "number new": _marked(scene, numbers),
        "number close": _closest(scene, numbers),
        "date new": _marked(scene, dates),
    }


def _marked(scene: Scene, places: Array) -> Array:
    """For each candidate whether it holds any of some places."""
    return np.bincount(passage_of(places), minlength=scene.said.size) > 0


def _closest(scene: Scene, places: Array) -> Array:
    """For each candidate how close the best of some places stands to the words of the question; 0 without any."""
    best = np.zeros(scene.said.size)
    if not len(places):  # as for most questions, which ask for neither a number nor a time
        return best
    stands, idf = scene.candidates.stands, np.array(scene.asked.idf)
    order = np.argsort(stands.sentences, kind="stable")
    bounds = np.searchsorted(stands.sentences[order], np.arange(len(best) + 1))
    of, sizes = passage_of(places), np.diff(bounds)
    at = order[members(bounds[of], sizes[of])]  # the words of the question beside each place
    place = np.repeat(np.arange(len(places)), sizes[of])
    distances = np.abs(stands.positions[at] - position_of(places)[place])
    np.maximum.at(best, of, np.bincount(place, idf[stands.clauses[at]] / (1 + distances), len(places)))
    return best / (sum(scene.asked.idf) or 1.0)


def form(scene: Scene) -> _Columns:
    """What the sentence is like."""
    counts, known = scene.said.counts(scene.asked.all_terms)
    new = counts - known
    return {
        "new share": new / np.maximum(counts, 1),
        "covered, few new": (scene.coverage.own > 0.75) & (new < 6),
        "leads in": [text.endswith(":") for text in scene.texts],
        "unfinished": [not (_is_finished(text) or _is_entry(text)) for text in scene.texts],
    }


def _is_finished(text: str) -> bool:
    """True for a text behind whose last word a sign stands: of most it is the last letter, told in a moment."""
    return text.endswith(_ENDS) or bool(_ENDED.match(text[::-1]))


def _is_entry(text: str) -> bool:
    """True for a row of a table and for a field ("Weight: 9.8 kg"): they end without a sign."""
    return "\t" in text or bool(_FIELD.fullmatch(text))
