"""What kind of answer a question asks for, and what a sentence must show to give it."""

from __future__ import annotations

import re

# The first pattern that fits names the kind.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("expansion", r"\bstands? for\b|\b(?:abbreviation|acronym|full form)\b"),
        ("duration", r"\bhow (?:long|old|soon|quickly|fast|late|early)\b|\bduration\b|\bhow much time\b"),
        ("number", r"\bhow (?:many|much|often|large|big|far|likely|frequent\w*|common|tall|deep|high|wide)\b"
                   r"|\bwhat (?:percent\w*|proportion|fraction|share|number|size|rate|dose)\b"),
        ("time", r"\bwhen\b|\b(?:what|which) (?:year|date|month|day|time|century|decade)\b"),
        ("person", r"\bwho(?:m|se)?\b|\b(?:which|what) (?:authors?|doctors?|person|people|researchers?|scientists?)\b"),
        ("place", r"\bwhere\b|\b(?:what|which) (?:location|site|place|country|city|region|level|part)s?\b"),
        ("reason", r"\bwhy\b|\bwhat (?:causes?|caused|explains?)\b|\bhow come\b|\bfor what reason\b"),
        ("definition", r"^\W*(?:what(?:'s| is| are| was| were)|define|describe)\s+(?:an?\s+|the\s+)?(?:[\w-]+\s*){1,5}\?*\s*$"),
        ("manner", r"\bhow\b"),
        ("choice", r"\b(?:which|what)\b"),
        ("polar", r"^\W*(?:is|are|was|were|does|do|did|can|could|may|might|will|would|should|has|have|had)\b"),
    )
)  # fmt: skip

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_UNIT = r"(?:second|minute|hour|day|week|month|year|decade|centur)\w*"
_AMOUNT = r"(?:\d[\d.,]*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|hundred|thousand|half|several|few|many|most|majority|third|quarter|approximately|nearly|twice|once)\b)"
_CUES: dict[str, re.Pattern[str]] = {
    kind: re.compile(pattern, re.IGNORECASE)
    for kind, pattern in {
        "number": _AMOUNT,
        "time": rf"\b(?:1[5-9]|20)\d\d\b|\b{_MONTH}\.? \d|\b(?:before|after|during|until|since|within)\b|{_UNIT}",
        "reason": r"\b(?:because|since|due to|owing to|caused?|causes|therefore|hence|so that|result\w*|reason|as it|leads? to|thus|in order to|attribut\w+|by)\b",
        "definition": r"\b(?:is|are|was|were|means?|refers?|called|known as|defined|consists?|develop|grow)\b|\(|[–—:]",
        "manner": r"\b(?:by|through|via|using|with|from|under|can be|may be|is|are|was|were)\b",
        "expansion": r"\(",
    }.items()
}
_CUES["duration"] = re.compile(rf"{_AMOUNT}[\s\w–-]{{0,20}}?\b{_UNIT}", re.IGNORECASE)
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][a-zà-ÿ]{2,}")

# Words that ask rather than name: they weigh little when the words of a question are looked for.
GENERAL = frozenset(
    """
    call called describe described mean means use used using usual usually common commonly general generally kind kinds
    type types sort main major example examples name named list tell give given happen happens occur occurs become
    became make makes made take takes find found know known many much long often far old people person someone
    something anything thing things way ways form involve involved regarding according define definition explain
    stand stands abbreviation acronym typical typically often most more get still ever case first one
    """.split()
)


def kind_of(question: str) -> str:
    """The kind of answer asked for; "other" when the words do not tell."""
    return next((kind for kind, pattern in _KINDS if pattern.search(question)), "other")


def is_question(text: str) -> bool:
    """True when a text reads as a question and not as key words."""
    words = text.split()
    if text.rstrip().endswith("?"):
        return len(words) > 1
    asks = re.match(r"\W*(?:who|whom|whose|what|when|where|which|why|how)\b", text, re.IGNORECASE)
    return len(words) > 2 and bool(asks or _KINDS[-1][1].match(text))


def gives(kind: str, sentence: str) -> bool:
    """True when a sentence shows what an answer of this kind has: a number, a date, a name, a cause."""
    if kind == "person":
        return bool(_NAME.search(sentence))
    cue = _CUES.get(kind)
    return cue is None or bool(cue.search(sentence))
