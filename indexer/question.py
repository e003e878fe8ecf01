"""What kinds of answer a question asks for, and what a sentence shows that gives one.

The cues were chosen by reading wrong answers of two question sets; what each is worth is learned, see `model.json`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import numpy as np

from indexer.analyse import fold
from indexer.arrays import Array, indices
from indexer.phrases import HELD, NOT_HELD, NOT_TOLD, Phrases


class Kind(NamedTuple):
    """A kind of answer: how it is asked for, and the signs of it in a sentence."""

    asked: re.Pattern[str]
    words: Phrases  # that are signs
    others: re.Pattern[str] | None  # the other signs, in lower case
    shown: re.Pattern[str] | None  # all of them; None where nothing is a sign of it
    called: str = ""  # what is missing when no sentence shows it


def _kind(asked: str, words: str = "", others: str = "", called: str = "") -> Kind:
    phrases = Phrases(words)
    shown = "|".join(filter(None, (phrases.pattern, others)))
    other, sign = (re.compile(source) if source else None for source in (others, shown))
    return Kind(re.compile(asked, re.IGNORECASE), phrases, other, sign, called)


_WHO = r"(?!(?-i:WHO)\b)who"  # WHO is an organization
_AMOUNTS = r"percent\w*|proportion|fraction|share|number|size|rate|dose|amount|ratio|prevalence|incidence|diameter"
_UNIT = r"(?:second|minute|hour|day|week|month|year|decade|centur)\w*"
_PEOPLE = (
    r"king|queen|emperor|president|professor|leader|general|duke|bishop|pope|minister|scientist|author|person|"
    r"inventor|engineer|explorer|ruler|founder|governor|researcher|doctor|physician|surgeon|wom[ae]n|m[ae]n|people|"
    r"group|team|company|organi[sz]ation|player|actor|director|writer|poet|philosopher|artist|singer"
)

_UNITS = "second*|minute*|hour*|day*|week*|month*|year*|decade*|centur*"
_IS_A = "|".join(map(" ".join, product(("is", "are", "was", "were"), ("a", "an", "the", "one", "defined"))))

KINDS: dict[str, Kind] = {
    "number": _kind(
        r"\bhow (?:many|much|often|large|big|far|likely|frequent\w*|common|tall|deep|high|wide|old|small|heavy|fast)\b"
        rf"|\b(?:what|which)(?: (?:is|was|are|were) the)?(?: [\w-]+)? (?:{_AMOUNTS})\b",
        "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand|"
        "million|billion|half|third|thirds|quarter|dozen|dozens|several|few|most|majority|twice|once|rare*|common*|often|"
        "frequent*|usual*|un+|always|never|none|many",
        r"\d",
        "a number",
    ),
    "share": _kind(
        r"\b(?:share of\b|proportion|rate\b|fraction|ratio\b|how (?:likely|common))|percent|prevalence|incidence",
        "half|third|thirds|quarter|ratio|majority",
        r"%|percent|per cent|-fold",
    ),
    "duration": _kind(
        r"\bhow (?:long|old|soon|quickly|fast|late|early|often)\b|\bduration\b|\bperiod\b|\btime\b|\bincubation\b",
        _UNITS,
        rf"\d\s?(?:–|-|to)?\s?\d*\s?{_UNIT}",
    ),
    "how long": _kind(r"\bhow long\b", f"{_UNITS}|since|until|till", called="a length of time"),
    "when": _kind(
        r"\bwhen\b|\b(?:what|which) (?:year|date|month|day|time|century|decade)\b",
        "before|after|during|until|since|while|when|once|later|earlier|previously|first|recent*|early|late",
        called="a time",
    ),
    "where": _kind(
        r"\bwhere\b|\bwhat(?: is|'s) the address\b",
        "",
        r"\b(?:in|at|on|near|behind|beside|under|opposite|inside|outside|between|along|within|around|above|below|from|to)"
        r" (?!(?:the |an? |its |their )?\d)\w",
        "a place",
    ),
    "who": _kind(
        rf"\b{_WHO}(?:m|se)?\b|\b(?:which|what)\b[\w\s-]{{0,25}}\b(?:{_PEOPLE})s?\b",
        "",
        rf"\b(?:{_PEOPLE})s?\b",
        "a name",
    ),
    "why": _kind(
        r"\bwhy\b|\bcauses?\b|\breasons?\b|\bleads? to\b|\bresults? in\b|\bresponsible\b|\bhow come\b|\bdue to\b",
        "because|due to|cause by|caused by|owing to|as a result|result in|result from|results in|results from|lead to|"
        "leads to|led to|therefore|thus|since|so that|in order to|reason|attributed|responsible for|so as to|allow*|"
        "enabl+|contribut+",
    ),
    "how": _kind(r"\bhow\b(?! (?:many|much|long|old|often))", "by|via|through|using|with|mechanism|means of"),
    "list": _kind(
        r"\b(?:what|which|name|list)\b.{0,40}\b(?:are|were|have|symptoms|signs|types|kinds|examples|factors|causes|"
        r"methods|forms|components|include[sd]?|drugs|effects|complications|treatments|options)\b",
        "such as|includ+|e.g|for example|namely|consist*|compris*|followed by|as well as",
        r",[^,]{2,40},[^,]{2,40},? and\b|:",
    ),
    "aim": _kind(
        r"\baims?\b|\bpurpose\b|\bgoals?\b|\bobjectives?\b|\bfocus|\bthis (?:study|paper|article|research|work)\b",
        "aim|aims|aimed|purpose|objective|goal|goals|to assess|to evaluate|to investigate|to determine|to examine|"
        "to describe|to test|to identify|to compare|we present|we propose|we describe|we report|we investigate|"
        "we study|we review",
    ),
    "comparison": _kind(
        r"\b(?:differ|compar|similar|distinguish|(?:versus|than|more|less|better|most|least|best)\b|\w{6,}+(?<=est))",
        "than|more|most|less|least|higher|lower|greater|fewer|whereas|while|compared|differ*|unlike|versus|similar*|best|"
        "only",
        r"est\b(?<=\w{3}est)",
    ),
    "expansion": _kind(r"\bstands? for\b|\babbreviat|\bacronym|\bfull (?:form|name)\b|\bshort for\b"),
    "definition": _kind(
        r"^\W*(?:what(?:'s| is| are| was| were| does| do)|who (?:is|was|are|were)|define|describe)\s+"
        r"(?:an?\s+|the\s+)?(?:[\w'-]+(?![\w'-])\s*){1,5}\W*$",  # whole words: cut, one of 120 letters took 10 s
        f"{_IS_A}|mean|means|refer to|refers to|called|known as|defined|consist of|consists of",
        r"[–—-](?<=\s.)\s",
    ),
    "polar": _kind(r"^\W*(?:is|are|was|were|does|do|did|can|could|may|might|will|would|should|has|have|had|am)\b"),
}

# Words that ask rather than name: they weigh little when the words of a question are looked for.
_GENERAL = frozenset(
    """
    call called describe described mean means use used using usual usually common commonly general generally kind kinds
    type types sort main major example examples name named names list tell give given happen happens occur occurs become
    became make makes made take takes find found know known many much long often far old people person someone
    something anything thing things way ways form involve involved regarding according define definition explain
    stand stands short abbreviation acronym term typical typically often most more get still ever case first one number
    percent percentage proportion year years time large largest purpose result results effect advantage reason reasons
    cause causes method role function study amount type
    """.split()
)
# "What is the limit of it?" wants a number, "What does it limit?" does not. Neither looks for the signs of numbers.
_AMOUNT = re.compile(
    r"\b(?:what|which) (?:is|was|are|were) the(?: [\w-]+){0,2}? (?:limit|maximum|minimum|capacity|population|average|"
    r"mean|median|duration|length|distance|speed|extension)\b(?! groups?\b| profile\b)",
    re.IGNORECASE,
)
# What tells when without a number; no sign that weighs, as those of KINDS are.
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun|week|holi|to|yester)days?|weekends?|tomorrow|daily|noon|midday|midnight|"
    r"mornings?|afternoons?|evenings?|nights?|dawn|dusk|sunrise|sunset|spring|summers?|autumn|winters?|easter|christmas)\b"
)
_TOLD = 5  # words before a colon that are more than "Q:" or "Frequently asked questions:"
_ASKING_WORD = re.compile(r"\b(?:[Ww]h(?:o|om|ose|at|en|ere|ich|y)|[Hh]ow)\b")
_SENTENCE = re.compile(r"[^?.!;]*\W*")
_DEED = re.compile(rf"(?:^|,)\W*{_WHO}\s+(\w+)|\b(?:when|where)\s+did\b.*?(\w+)\W*$", re.IGNORECASE)
_ASKING = re.compile(rf"\W*(?:{_WHO}|whom|whose|what|when|where|which|why|how)\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def kinds_of(text: str) -> frozenset[str]:
    """The kinds of answer of which a text has the asking words, in a clause too; key words ask for none."""
    if not is_question(text):
        return frozenset()
    spoken = _spoken(text)
    return frozenset(name for name, kind in KINDS.items() if kind.asked.search(spoken))


@lru_cache(maxsize=1024)
def wanted(text: str) -> frozenset[str]:
    """The kinds of answer without which a question is not answered: those that it asks for outside of its clauses.

    "What helps when it hurts?" wants no time, "Did all who came stay?" no name.
    """
    heads = [_head(part) for part in _SENTENCE.findall(_spoken(text)) if part]
    amounts = {"number"} if any(map(_AMOUNT.search, heads)) and is_question(text) else set()
    return frozenset(amounts).union(*map(kinds_of, heads))


def _spoken(text: str) -> str:
    """A text in which capitals tell something: one in capitals throughout in lower case."""
    return text.lower() if text.isupper() else text


def _head(sentence: str) -> str:
    """A question up to a second asking word, or the first of one that wants a yes or no: there a clause begins."""
    words = list(_ASKING_WORD.finditer(sentence))
    clauses = words if KINDS["polar"].asked.match(sentence) else words[1:]
    return f"{sentence[: clauses[0].start()]}?" if clauses else sentence


def deed(text: str) -> str:
    """The word that tells what was done, "wrote" of "Who wrote it?", "die" of "When did he die?"; empty for others."""
    found = _DEED.search(_spoken(text))
    return (found[1] or found[2]) if found else ""


def is_question(text: str) -> bool:
    """True when a text reads as a question and not as key words."""
    words, spoken = text.split(), _spoken(text)
    if text.rstrip().endswith("?"):
        return len(words) > 1
    return len(words) > 2 and bool(_ASKING.match(spoken) or KINDS["polar"].asked.match(spoken))


def only_asks(sentence: str) -> bool:
    """True for a question that tells nothing before it, as "Consider the case of two cities: which is larger?" does."""
    if not sentence.endswith("?"):
        return False
    before, colon, _ = sentence.partition(": ")
    return not (colon and len(before.split()) >= _TOLD)


def all_show(kind: str, sentences: Sequence[str]) -> Array:
    """For each of many sentences what `shows` says."""
    one = KINDS[kind]
    told = one.words.held(sentences)
    found = np.asarray(told == HELD)
    for at in indices(found == 0 if one.others else told == NOT_TOLD).tolist():
        found[at] = _shows(one.others if told[at] == NOT_HELD else one.shown, sentences[at])
    return found


def _shows(sign: re.Pattern[str] | None, sentence: str) -> bool:
    """In lower case it is looked for in half the time."""
    return sign is not None and bool(sign.search(sentence.lower()))


def shows(kind: str, sentence: str) -> bool:
    """True when a sentence has a sign of the kind of answer."""
    return _shows(KINDS[kind].shown, sentence)


def names_day(sentence: str) -> bool:
    """True when a sentence names a day of the week, a part of a day or a season."""
    return bool(_DAY.search(sentence.lower()))


def is_general(word: str) -> bool:
    """True for a word that asks rather than names."""
    return fold(word) in _GENERAL
