"""A candidate sentence -> named numbers: what a linear model weighs to tell the answer from its neighbours.

Features are grouped by what they look at. Each is about 0 to 1, or a z-score among the candidates of the question.
None depends on the question alone: what is the same for all candidates cannot tell them apart.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from indexer.acronyms import definitions
from indexer.analyse import fold
from indexer.asked import Asked
from indexer.candidates import Candidate, Sentence
from indexer.question import KINDS, shows
from indexer.scene import Scene

Features = dict[str, float]

CLOSE = 4  # words between two that stand together, those in between counted
_PRONOUN = re.compile(r"^\W*(?:\w+,? )?(?:this|these|it|its|they|their|he|his|she|her|such|those)\b", re.IGNORECASE)
_REFERS = re.compile(
    r"^\W*(?:this|these|it|its|they|their|he|his|she|her|such|those|that|both|one|another|others?|"
    r"the (?:former|latter|disease|virus|study|infection|model|method|patient|treatment|treaty|city|war|law|book|same)|"
    r"in (?:turn|fact|addition|contrast)|moreover|furthermore|however|also|thus|therefore|then|later|subsequently|"
    r"hence|consequently|similarly|for example|additionally|finally|first|second|overall|as such)\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r":\s*$|\b(?:following|several|number of|two|three|four|many|various|different|types|classes|categories|reasons|"
    r"ways|advantages|properties|below|as follows|investigated|examined|tested|studied|evaluated)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?:;]\W*$|\]\W*$")
_PERSON = re.compile(r"(?:\b[A-Z][a-z]+\s+){1,3}[A-Z][a-z]+|\bby [A-Z]\w+")
_SIGNED = {name: f"shows {name}" for name, kind in KINDS.items() if kind.shown}


def features(scene: Scene, one: Candidate) -> Features:
    """All features of a candidate."""
    return {
        **passage(scene, one),
        **coverage(scene, one),
        **closeness(scene, one.sentence),
        **score(scene, one),
        **neighbours(scene, one),
        **other_words(scene, one.sentence),
        **kinds(scene.asked, one.sentence),
        **new_words(scene.asked, one.sentence),
        **form(scene, one),
    }


def passage(scene: Scene, one: Candidate) -> Features:
    """How good the passage is that the sentence stands in."""
    found = scene.found[one.rank]
    return {
        "passage / best": found.match.score / scene.top,
        "passage z": scene.passage_scale.z(found.match.score),
        "passage pairs": found.pairs / scene.ideal,
    }


def coverage(scene: Scene, one: Candidate) -> Features:
    """How much of the question the sentence holds, with the heading right above: what stands under it is about it."""
    asked, held = scene.asked, scene.held(one)
    covered = asked.rarity.share(held)
    return {
        "covered z": scene.covered_scale.z(covered),
        "covered squared": covered * covered,
        "covered specific": asked.specific.share(held),
        "covered by rarity in pool": scene.pool_rarity.share(held),
        "covered lower case": asked.rarity.part(held, asked.everything & ~asked.capitals),
        "focus": asked.number.part(held, asked.focus),
        "as typed": asked.rarity.share(scene.spelled(one)),
    }


def closeness(scene: Scene, one: Sentence) -> Features:
    """How close together, and in what order, the words of the question stand."""
    if one.held.bit_count() < 2:
        return {"pairs": 0.0, "pairs in order": 0.0, "tight": 0.0}
    rows = [[one.traits.steps[at] for at in row] for row in one.stands]
    side = ordered = 0
    for at, (left, right) in enumerate(pairwise(rows)):
        gaps = [b - a for a in left for b in right]
        side |= (1 in gaps) << at
        ordered |= any(0 < gap <= CLOSE for gap in gaps) << at
    firsts = [row[0] for row in rows if row]
    width = max(firsts) - min(firsts) + 1
    density = len(firsts) / max(width, len(firsts))
    return {
        "pairs": scene.pairs.share(side),
        "pairs in order": scene.pairs.share(ordered),
        "tight": scene.asked.rarity.share(one.held) * density,
    }


def score(scene: Scene, one: Candidate) -> Features:
    """BM25 of the sentence."""
    own, document = one.sentence.bm25, scene.best_in_document[one.sentence.document_id]
    return {
        "bm25 / ideal": own / scene.ideal,
        "bm25 z": scene.bm25_scale.z(own),
        "bm25 / best of passage": own / (scene.best_in_passage[one.rank] or 1.0),
        "bm25 / best of document": own / (document or 1.0),
        "best of document": document / scene.ideal,
    }


def neighbours(scene: Scene, one: Candidate) -> Features:
    """What title, headings and the sentences around hold of what this one lacks.

    A heading counts as what opens the paragraphs under it.
    """
    share, headed = scene.asked.rarity.share, scene.headed[one.rank]
    missing = scene.asked.everything & ~one.sentence.held
    recent = share(missing & (headed | _union(sentence.held for sentence in one.before)))
    last = share(missing & _union(sentence.held for sentence in one.before[:1]))
    opening = next((sentence.held for sentence in one.before if sentence.opens), 0) if not one.sentence.opens else 0
    previous = one.before[0] if one.before else None
    follows = previous is not None and previous.bm25 >= scene.best > 0
    return {
        "before 1": last,
        "before 5": recent,
        "opening": share(missing & (headed | opening)),
        "around": _around(scene, one),
        "refers, before 1": last if last and _REFERS.match(one.sentence.text) else 0.0,
        "pronoun, before 5": recent if recent and _PRONOUN.match(one.sentence.text) else 0.0,
        "follows lead-in": float(follows and previous is not None and bool(_LEADS_IN.search(previous.text))),
        "title": share(missing & (headed | scene.titled[one.rank])),
    }


def _union(held: Iterable[int]) -> int:
    whole = 0
    for one in held:
        whole |= one
    return whole


def _around(scene: Scene, one: Candidate) -> float:
    """Coverage by the sentence and, ever less, by what stands around it."""
    beside = [
        (one.before[:1], 0.7),
        (one.after[:1], 0.5),
        (one.before[1:2], 0.5),
        (one.before[2:3], 0.3),
        (one.after[1:2], 0.3),
    ]
    held = [(sentence.held, worth) for row, worth in beside for sentence in row]
    share, seen = scene.asked.rarity.share, one.sentence.held
    total = share(seen)
    for known, worth in [(scene.headed[one.rank], 0.7), *held]:
        total += worth * share(known & ~seen)
        seen |= known
    return total


def other_words(scene: Scene, one: Sentence) -> Features:
    """What of the missing words stands there in another form, spelled out, or as a word of like meaning."""
    asked = scene.asked
    missing = asked.everything & ~one.held
    forms = asked.forms(one.traits, missing)
    spelled = 0
    for known, terms in scene.expansions:
        if known & missing and terms <= one.traits.texts:
            spelled |= known & missing
    alike = asked.synonyms(one.traits, missing & ~forms & ~spelled)
    share = asked.rarity.share
    return {"forms": share(forms), "acronyms": share(spelled), "synonyms": share(alike)}


def kinds(asked: Asked, one: Sentence) -> Features:
    """Signs of the kind of answer that is asked for."""
    return {
        **{feature: float(kind in asked.kinds and shows(kind, one.text)) for kind, feature in _SIGNED.items()},
        "counts": _counts(asked, one),
        "defines": _defines(asked, one) if asked.defined else 0.0,
        "expands": _expands(asked, one) if "expansion" in asked.kinds else 0.0,
    }


def _counts(asked: Asked, one: Sentence) -> float:
    """1 when a number stands up to three words before what "how many" counts."""
    places = [at for term in asked.counted for at in one.traits.places.get(term, ())]
    return float(any(number < at <= number + 3 for at in places for number in one.traits.numbers))


def _defines(asked: Asked, one: Sentence) -> float:
    """1 when the sentence begins by saying what the thing is, .5 when it explains it by the way."""
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


def new_words(asked: Asked, one: Sentence) -> Features:
    """Numbers, dates and names that the question does not hold, and how close they stand to its words."""
    known, wanted = one.traits, asked.kinds
    number = bool(wanted & {"number", "share", "duration"})
    numbers = [at for at, term in known.numbers.items() if term not in asked.all_terms]
    dates = [at for at, term in known.dates.items() if term not in asked.all_terms] if "when" in wanted else []
    names = [at for at, term in known.names.items() if term not in asked.all_terms] if "who" in wanted else []
    return {
        "number new": float(number and bool(numbers)),
        "number close": _closest(asked, one, numbers) if number else 0.0,
        "numbers": math.log1p(len(numbers)),
        "date new": float(bool(dates)),
        "date close": _closest(asked, one, dates),
        "person new": float(bool(names) and bool(_PERSON.search(one.text))),
    }


def _closest(asked: Asked, one: Sentence, places: Sequence[int]) -> float:
    """How close the best of some words stands to the words of the question."""
    total = sum(asked.idf) or 1.0
    held = [(at, idf) for idf, row in zip(asked.idf, one.stands, strict=True) for at in row]
    return max((sum(idf / (1 + abs(at - place)) for at, idf in held) for place in places), default=0.0) / total


def form(scene: Scene, one: Candidate) -> Features:
    """What the sentence is like, and what its coverage is worth in its passage."""
    text, known = one.sentence.text, one.sentence.traits
    new = len(known.texts - scene.asked.all_terms)
    covered = scene.asked.rarity.share(one.sentence.held)
    return {
        "new share": new / (len(known.texts) or 1),
        "covered, few new": float(covered > 0.75 and new < 6),
        "asks": float("?" in text[-3:]),
        "unfinished": float(not _ENDS.search(text)),
        "covered x passage covered": covered * scene.asked.rarity.share(scene.passage_held[one.rank]),
    }
