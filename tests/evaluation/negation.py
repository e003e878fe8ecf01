"""Precision and recall of what the rules say of a word in a sentence: denied, doubted, remembered, or simply so.

Labels were made before the rules were run: `tuned` was looked at while writing them, `held` and `research` were not;
`research` is drawn at random from public abstracts and articles, word by word. `drawn` and `fresh` are words at most
seven from a cue, where it is hardest: many are beside what the cue is about. At first sight of each part the rules had,
for what is denied, precision and recall of .975 and .975 (held and research), .842 and 1.0 (drawn), .286 and .500
(fresh: seven told, four labelled); for what is doubted, .333 and 1.0 (drawn), .727 and 1.0 (fresh). What was seen
there has been mended since where a rule could be general: the figures of now are better than those of new text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from indexer.negation import FLAGS, flag_at, scopes
from indexer.records import Span
from tests.evaluation.floors import Outcome

LABELS = Path(__file__).parents[1] / "data" / "negation.tsv"


class Labelled(NamedTuple):
    """A word of a sentence and what is said of it."""

    part: str  # tuned, held, research, drawn or fresh
    flag: str  # one of FLAGS, or affirmed
    word: str
    sentence: str


def labels() -> list[Labelled]:
    """All that is labelled."""
    return [Labelled(*line.split("\t")) for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]


def told(one: Labelled) -> str:
    """What the rules say of the word."""
    at = re.search(rf"(?<!\w){re.escape(one.word)}(?!\w)", one.sentence, re.IGNORECASE)
    if not at:
        raise ValueError(f"{one.word!r} does not stand in {one.sentence!r}")
    return flag_at(scopes(one.sentence), Span(*at.span())) or "affirmed"


def measured() -> Outcome:
    """Precision and recall of each flag, over all labels and over those within seven words of a cue."""
    every = labels()
    near = [one for one in every if one.part in ("drawn", "fresh")]
    remarks = [f"{len(every)} labelled words, {len(near)} of them drawn from beside a cue"]
    remarks += [
        f"{one.flag} {one.word!r} is told as {told(one)}: {one.sentence}" for one in every if told(one) != one.flag
    ]
    return Outcome({**_values(every, ""), **_values(near, ", beside cues")}, tuple(remarks))


def _values(labelled: Iterable[Labelled], which: str) -> dict[str, float]:
    """The measures of the flags that are both told and labelled."""
    pairs = Counter((one.flag, told(one)) for one in labelled)
    values = {}
    for flag in FLAGS:
        said = sum(count for (_, given), count in pairs.items() if given == flag)
        meant = sum(count for (label, _), count in pairs.items() if label == flag)
        if said and meant:
            values[f"{flag} precision{which}"] = pairs[flag, flag] / said
            values[f"{flag} recall{which}"] = pairs[flag, flag] / meant
    return values
