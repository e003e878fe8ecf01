"""Candidate sentences -> named numbers: what a linear model weighs to tell the answer from its neighbours.

Features are grouped by what they look at; what arrays tell is in `numeric.py`. Each is about 0 to 1, or a z-score. None
depends on the question alone: what is the same for all candidates cannot tell them apart. What the index knows and
which words stand where is asked of all candidates at once, what patterns find of one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from indexer.acronyms import Told, definitions
from indexer.analyse import fold
from indexer.arrays import Array, members
from indexer.asked import Asked
from indexer.coverage import FAR
from indexer.numeric import NAMES, numeric
from indexer.question import KINDS, all_show
from indexer.scene import Scene
from indexer.standing import passage_of, position_of
from indexer.token_traits import DATE, NUMBER

_Column = Array | Sequence[float]

_ENDS = (".", "!", "?", ":", ";", "]")
_ENDED = re.compile(r"\W*[.!?:;\]]")  # read backwards, which takes a quarter of the time
# They end without a sign, as rows of tables do. Taken for unfinished sentences, two fewer of 45 everyday questions that
# nothing answers get no quote, and one fewer of 187 others its answer as one.
_FIELD = re.compile(r"[A-Z][^.:?!;\n]{0,40}: \S.{0,59}", re.DOTALL)
# What stands before and behind a thing that is defined: to make patterns of each thing asked for took .3 ms.
_LED_IN, _ARTICLE, _EDGE = map(re.compile, (r"(?:(?:an?|the|•|term) )*", r"(?:(?:an?|the|•) )?", r"\b"))
_DEFINED = re.compile(r"s?(?: \( [^(]* \w+)? (?:means?|refers?|(?:is|are) defined)")
_SAID = re.compile(r"s?(?: \( [^(]* \w+)? (?:is|are|was|were|,|:|–)")
_EXPLAINED = re.compile(r"s? (?:\(|is an?|are|means|refers|, an?|, the|, or|which|or )")
_UNTELLING = {"who", "how long"}  # kinds whose signs do not tell the answer from other candidates
_SIGNED = {name: f"shows {name}" for name, kind in KINDS.items() if kind.shown and name not in _UNTELLING}
_OTHERS = (*_SIGNED.values(), "counts", "defines", "expands", "measures", "number new", "number close", "date new")
_NAMES = (*NAMES, *_OTHERS, "leads in", "unfinished")
_AT = {name: at for at, name in enumerate(_NAMES)}


class Features(Mapping[str, Array]):
    """Name -> a number for each candidate."""

    def __init__(self, table: Array) -> None:
        """`table` has a row for each name."""
        self._table = table

    def __getitem__(self, name: str) -> Array:
        return np.asarray(self._table[_AT[name]])

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def rows(self, names: Iterable[str]) -> Array:
        """Those of some names, a row for each."""
        return self._table.take([_AT[name] for name in names], axis=0)


def features(scene: Scene) -> Features:
    """All features of the candidates."""
    table = np.zeros((len(_NAMES), len(scene.texts)))
    table[: len(NAMES)] = numeric(scene.known)
    for group in (kinds, new_words, form):
        for name, column in group(scene).items():
            table[_AT[name]] = column
    return Features(table)


def kinds(scene: Scene) -> dict[str, _Column]:
    """Signs of the kind of answer that is asked for; what is not asked for has none."""
    asked, texts = scene.asked, scene.texts
    found: dict[str, _Column] = {
        feature: all_show(kind, texts) for kind, feature in _SIGNED.items() if kind in asked.kinds
    }
    if asked.counted:
        found["counts"] = _counts(scene)
    if asked.defined:
        found["defines"] = [_defines(asked, text) for text in texts]
    if "expansion" in asked.kinds:
        found["expands"] = [_expands(asked, text) for text in texts]
    if asked.measured:
        found["measures"] = np.asarray(scene.measures.any(axis=1))
    return found


def _counts(scene: Scene) -> Array:
    """1 when a number stands up to three words before what "how many" counts."""
    numbers = scene.said.of_kind(NUMBER)
    counted = np.concatenate(list(scene.said.places(scene.asked.counted).values()) or [numbers[:0]])
    nearest = np.append(numbers, -FAR)[np.searchsorted(numbers, counted) - 1]
    return _marked(scene, counted[counted - nearest <= 3])


def _defines(asked: Asked, sentence: str) -> float:
    """1 when the sentence begins by saying what the thing is, .5 when it explains it by the way."""
    name = asked.defined
    if sentence.isascii() and name.split(" ", 1)[0] not in sentence.lower().replace("'", ""):
        return 0.0  # as most do not: told in a tenth of the time
    text = " ".join(fold(word) for word in re.findall(r"[\w'’-]+|[,(:–]", sentence))
    places = [at for at in range(len(text)) if text.startswith(name, at)] if name in text else []
    if any(_LED_IN.fullmatch(text, 0, at) and _DEFINED.match(text, at + len(name)) for at in places):
        return 1.2
    if any(_ARTICLE.fullmatch(text, 0, at) and _SAID.match(text, at + len(name)) for at in places):
        return 1.0
    return 0.5 * any(_EDGE.match(text, at) and _EXPLAINED.match(text, at + len(name)) for at in places)


def _expands(asked: Asked, sentence: str) -> float:
    """1 when the sentence defines a short form that the question names."""
    words = {word.lower() for word in asked.query.words}
    return float(any(known.short.lower() in words for known in definitions([sentence], Told(words, ()))))


def new_words(scene: Scene) -> dict[str, _Column]:
    """Numbers and dates that the question does not hold, and how close they stand to its words."""
    wanted, said, known = scene.asked.kinds, scene.said, scene.asked.all_terms
    found: dict[str, _Column] = {}
    if wanted & {"number", "share", "duration"}:
        numbers = said.of_kind(NUMBER, known)
        found |= {"number new": _marked(scene, numbers), "number close": _closest(scene, numbers)}
    if "when" in wanted:
        found["date new"] = _marked(scene, said.of_kind(DATE, known))
    return found


def _marked(scene: Scene, places: Array) -> Array:
    """For each candidate whether it holds any of some places."""
    return np.bincount(passage_of(places), minlength=scene.said.size) > 0


def _closest(scene: Scene, places: Array) -> Array:
    """For each candidate how close the best of some places stands to the words of the question; 0 without any."""
    best = np.zeros(scene.said.size)
    if not len(places):
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


def form(scene: Scene) -> dict[str, _Column]:
    """What the sentence is like."""
    return {
        "leads in": [text.endswith(":") for text in scene.texts],
        "unfinished": [not (_is_finished(text) or _is_entry(text)) for text in scene.texts],
    }


def _is_finished(text: str) -> bool:
    """True for a text behind whose last word a sign stands: of most it is the last letter, told in a moment."""
    return text.endswith(_ENDS) or bool(_ENDED.match(text[::-1]))


def _is_entry(text: str) -> bool:
    """True for a row of a table and for a field ("Weight: 9.8 kg"): they end without a sign."""
    return "\t" in text or bool(_FIELD.fullmatch(text))
