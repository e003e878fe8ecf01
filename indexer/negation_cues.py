"""The words that open a scope, see `negation`: what they are, and where a text can have one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from indexer.arrays import Array

# What `signs` tells: a cue can begin, can begin where one goes on soon, can go on; it can begin in several places.
STARTS, MAY_START, GOES_ON, SEVERAL = 1, 2, 4, 8
_PARTS = {
    "BE": "(?:is|are|was|were|be|been|being|has been|have been|had been)",
    "DO": "(?:did|does|do|has|have|had|could|would|was|were|is|are|will|can)",
    "SEEN": "(?:seen|found|identified|observed|detected|present|noted|demonstrated|demonstrable|visible|visuali[sz]ed"
    "|evident|apparent|appreciated|reported|recorded|performed|done|given|shown|confirmed|encountered|palpable"
    "|carried out)",
    "SHOW": "(?:show|reveal|demonstrate|find|identify|detect|disclose|confirm|suggest|indicate|support)",
    "REPORT": "(?:\\w+ )?(?:reported|described|published|mentioned|identified|stud(?:y|ies|ied)|shown|demonstrated"
    "|noted|documented|established|used|observed|investigated|works?|data|reports?|research|findings|experiments?|literature"
    "|publications?|results|investigations?|papers?|knowledge|models?|version|section|chapter|recommendations?)",
    "GUESSED": "(?:suspected|possible|probable|unlikely|likely|fav(?:o|ou)red|presumed|questionable|uncertain|unclear"
    "|equivocal|considered)",
    "CLOSE": r"(?=\s*(?:[.;:,)]|$|(?:but|and|or|on|in|at|by|because|from|after|although|though|however)\b))",
}
# A cue a line; the first that fits at a place is meant. By flag, and "back" where it is about what stands before it;
# what is under "nothing" only looks like a cue.
_CUES = {
    "nothing": r"""
        no (?:\w+ )?(?:increase|decrease|change|doubt|longer)
        not (?:only|all|every|just|merely|necessarily|un\w+|infrequent\w*|rare\w*)
        (?:more|most|less|least|as|equally) likely
        (?:presence|present) or absen(?:ce|t)|absen(?:ce|t) or presen(?:ce|t)|presence/absence
        (?:previous|prior|former)(?:ly)? <REPORT>
        in the (?:past|last) (?:few |several |\w+ )?(?:days|weeks|months|years|decades?|century)
        (?:not|never) (?:been )?(?:more|better|less)
        without (?:difficulty|delay|doubt|further ado)
        gram[- ]negative
        natural history
        prior to
        history and
        whether or not
    """,
    "possible_back": r"""
        (?:can|could|may)\s?not (?:yet |entirely |completely )?be (?:excluded|ruled out|discounted)
        <BE> not (?:excluded|ruled out)
        <BE> (?:\w+ly )?<GUESSED><CLOSE>
        remain(?:s|ed)? (?:uncertain|unclear|possible)
        (?:may|might|could) be <SEEN>|(?:may|might|could) be (?:suspected|missed|overlooked|attempted|considered|needed)
        <BE> suggested(?! that)
    """,
    "negated_back": r"""
        <BE> (?:\w+ly )?(?:ruled out|excluded|absent|negative(?! for)|lacking|unremarkable|missing)
        (?:<BE> |(?:could|can) ?)not (?:be |been |yet )?<SEEN>(?! any?\b)
        not <SEEN>(?! any?\b)
    """,
    "negated": r"""
        (?:fail(?:s|ed|ure)?|unable) to <SHOW>
        <DO>(?:n't| ?not) (?:\w+ly )?(?:any )?
        not|never|no|non(?= )|(?<!with and )(?<!with or )without|cannot|neither|nor
        den(?:y|ies|ied|ying)
        absen(?:ce|t)(?: of| from)
        negative for
        free (?:of|from)
        lack(?:s|ed|ing)?(?: of)?
        none of (?:the |these |those |our |his |her )?\w+
        nothing to <SHOW>
        ruled out|excluded
    """,
    "possible": r"""
        (?:not (?:\w+ )?clear|unclear|unknown|uncertain) (?:if|whether)
        to rule out|rule out|r/o|evaluate for
        possibl[ey]|probabl[ey]|presum(?:ed|ably)|perhaps|potential(?:ly)?|likely|unlikely|questionable
        suspected|suspicious (?:for|of)|suspicion (?:of|for)|concern(?:s|ing|ed)? (?:for|about)
        may|might|could be|could (?:represent|reflect)|whether
        differential diagnos[ei]s|compatible with|(?<!the )suggest(?:s|ed|ing|ive)?(?: of)?
        (?:appear|seem)(?:s|ed)? to
    """,
    "historical_back": r"""
        in the (?:distant |remote )?past
        (?:years|decades) ago
    """,
    "historical": r"""
        histor(?:y|ies) of
        histor(?:y|ies) (?:is|was|were|are) (?:notable|significant|remarkable|positive) for
        history (?:included|includes)
        (?:medical|surgical|family|past) history\s?:
        previously (?:diagnosed|treated|operated|presented) (?:with|for|on)
        previously|previous|prior|status[- ]post|s/p|former
    """,
}


def _pattern(cues: str) -> str:
    """The cues of some lines as one pattern."""
    lines = "|".join(line.strip() for line in cues.strip().splitlines())
    return re.sub("<([A-Z]+)>", lambda name: _PARTS[name[1]], lines)


CUE = re.compile(
    "|".join(rf"(?P<{name}>(?:{_pattern(cues)})(?!\w))" for name, cues in _CUES.items())
    + r"|(?P<negated_word>-free(?!\w))",
)
# Where a cue can begin: looking there alone takes a third of the time.
_FIRST = frozenset(
    """
    no not more most less least as equally presence present without gram natural prior history
    histories whether can could may cannot
    is are was were be been being has have had remain remains remained might
    fail fails failed failure unable did does do would will never non neither nor deny denies denied denying
    absence absent negative free lack lacks lacked lacking none nothing ruled excluded
    unclear unknown uncertain to rule r evaluate possible possibly probable probably presumed presumably perhaps
    potential potentially likely unlikely questionable suspected suspicious suspicion concern concerns concerning
    concerned differential compatible suggest suggests suggested suggesting suggestive appear appears appeared seem
    seems seemed in years decades medical surgical family past previously previous status s former
    didn doesn don hasn haven hadn couldn wouldn wasn weren isn aren won
    """.split()
)
_OFTEN = frozenset(  # those of them that seldom begin one: only when one of the next few words goes on with it
    """
    to in is are was were be been being has have had can as more most less least equally do does did would will
    """.split()
)
_ON = frozenset(
    """
    rule past last not likely ruled excluded absent negative lacking unremarkable missing suggested suspected possible
    probable unlikely favored favoured presumed questionable uncertain unclear equivocal considered
    """.split()
)
EVERY = _FIRST | _ON  # what any token has that `signs` tells something of
_AHEAD = 3  # words from the first to the one that goes on: "has been completely excluded"
_SLASHED = frozenset("rs")  # begin "r/o" and "s/p", and most often none: "node's"
_BEGINNING = re.compile(r"(?<!\w)[^\W\d_]+|(?<=\w)-free")
_LETTERS = re.compile(r"[^\W\d_]+")


def beginnings(text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Where a cue can begin, from the left."""
    for word in _BEGINNING.finditer(text, start, len(text) if end is None else end):
        if word[0].lower() in _FIRST or word[0][0] == "-":
            yield word.start()


def cues(text: str, begins: Iterable[int], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """The cues that begin at some places of a text, which ascend, none within another."""
    end = 0
    for at in begins:
        if at >= end:
            cue = pattern.match(text, at)
            if cue:
                yield cue
                end = cue.end()


def signs(token: str) -> tuple[int, int]:
    """What may be of a cue in what stands between two spaces: STARTS or the like, and where the first can begin."""
    if token.isascii() and EVERY.isdisjoint([token.lower()] if token.isalpha() else _LETTERS.findall(token.lower())):
        return 0, 0
    other = 0 if token.isascii() else GOES_ON  # letters that are none of ASCII may stand for some
    letters = {letters.lower() for letters in _LETTERS.findall(token)}
    if letters.isdisjoint(EVERY):
        return other, 0
    begins = list(beginnings(token))
    first = letters & _FIRST if begins else set()
    if "/" not in token:
        first -= _SLASHED
    found = other if letters.isdisjoint(_ON) else GOES_ON
    if first:
        found |= MAY_START if first <= _OFTEN else STARTS
    if len(begins) > 1:
        found |= SEVERAL
    return found, begins[0] if begins else 0


def near(signs: Array) -> Array:
    """The places, among what stands between spaces one after another, where a cue can begin."""
    goes_on = (signs & GOES_ON) != 0
    follows = goes_on.copy()
    for ahead in range(1, _AHEAD + 1):
        follows[:-ahead] |= goes_on[ahead:]
    return np.flatnonzero(((signs & STARTS) != 0) | (((signs & MAY_START) != 0) & follows))
