"""Where a text denies, doubts or remembers: the stretches that stand under "no evidence of", "possible", "history of".

Cue words open a scope that runs on, or back, to the end of what they can be about (after NegEx, Chapman 2001, and
ConText, Harkema 2009): a conjunction, a new clause, a preposition of place or time, or so many words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from indexer.analyse import STEMS
from indexer.lexicon import Lexicon
from indexer.records import Span, Term

FLAGS = ("negated", "possible", "historical")  # where two would stand, the first does
MARK = "!"  # with which the terms begin that say so in an index
REACH = 10  # words that a cue reaches forward
BACK = 6  # and back
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


_CUE = re.compile(
    "|".join(rf"(?P<{name}>(?:{_pattern(cues)})(?!\w))" for name, cues in _CUES.items())
    + r"|(?P<negated_word>-free(?!\w))",
)
_CUE_IN_CAPITALS = re.compile(_CUE.pattern, re.IGNORECASE)  # takes three times as long as the one above in lower case
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
_BEGINNING = re.compile(r"(?<!\w)[^\W\d_]+|(?<=\w)-free")
_LETTERS = re.compile(r"[^\W\d_]+")
_UNLIKE = frozenset("ıſ")  # which a pattern that ignores case takes for i and s, while their lower case is none
_WORD = re.compile(r"\w+(?:[-'’/.]\w+)*")
_VERB = r"(?:is|are|was|were|has|have|had|did|does|do|can|could|will|would|may|might|must|showed|shows|revealed)"
_END = re.compile(
    r"[.;:!?](?=\s|$)|\n|[()]|\b(?:but|however|although|though|yet|except|apart|aside|which|who|whom|whose|because|whereas"
    rf"|while|until|unless|nevertheless|still)\b|,\s+(?:and |or )?(?:\w+\s+){{0,5}}?{_VERB}\b"
    r"|,\s+(?:with|and then|so)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|into|after|between|on|at|during|by|from|before|despite|following|within|among|through|under|over|since"
    r"|the|this|these|those|that|his|her|its|their|our|to)\b",
    re.IGNORECASE,
)
# The same without what may stand in what is doubted: "may heighten the risk", "seems to spread".
_WHERE = re.compile(
    r"\b(?:in|into|after|between|on|at|during|by|before|despite|following|within|among|over|since|when|where|if)\b",
    re.IGNORECASE,
)
_PREDICATE = re.compile(rf"\b(?:{_VERB}|been)\b", re.IGNORECASE)  # after which a comma ends the clause
_NOUNS = ("lack", "absence")  # cues whose scope a verb ends: "lack of time was", but "no patient had pain"
_COURSE = re.compile(
    r"\b(?:present(?:s|ed|ing)?|was|is|were|are|had|has|who|with|underwent|develop\w*|complain\w*)\b", re.IGNORECASE
)
_START = re.compile(
    r"[.;:!?,](?=\s)|\n|[()]|\b(?:but|and|however|although|yet|which|who|because|whereas|while|that)\b", re.IGNORECASE
)


class Scope(NamedTuple):
    """A stretch of text under a cue."""

    flag: str  # one of FLAGS
    span: Span


def scopes(text: str) -> list[Scope]:
    """The stretches of a text that stand under a cue, in order of flag and place; they may overlap."""
    return _in_order(text, _scopes(text, _BEGINNING.finditer(text)))


def _in_order(text: str, found: Iterable[Scope]) -> list[Scope]:
    """Those scopes that hold a word, in order."""
    filled = [scope for scope in found if scope.span.of(text).strip()]
    return sorted(filled, key=lambda scope: (FLAGS.index(scope.flag), scope.span)) if len(filled) > 1 else filled


def flag_at(scopes: list[Scope], span: Span) -> str:
    """The flag that a word stands under; empty when it is simply said."""
    return next((scope.flag for scope in scopes if scope.span.holds(span)), "")


def _scopes(text: str, beginnings: Iterable[re.Match[str]]) -> Iterator[Scope]:
    for cue in _cues(text, beginnings):
        flag, _, reach = str(cue.lastgroup).partition("_")
        if flag == "nothing":
            continue
        if reach:
            yield Scope(flag, _before(text, cue.start(), BACK if reach == "back" else 1))
        else:
            yield Scope(flag, _after(text, cue, flag))


def _cues(text: str, beginnings: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The cues of a text, from the left, none within another."""
    lower = text.lower()
    plain = len(lower) == len(text) and (text.isascii() or _UNLIKE.isdisjoint(text))
    match = partial(_CUE.match, lower) if plain else partial(_CUE_IN_CAPITALS.match, text)
    end = 0
    for word in beginnings:
        if word.start() >= end and (word[0].lower() in _FIRST or word[0][0] == "-"):
            cue = match(word.start())
            if cue:
                yield cue
                end = cue.end()


def _before(text: str, end: int, most: int) -> Span:
    """What stands before a cue in its clause."""
    start = 0
    for boundary in _START.finditer(text, max(0, end - 120), end):
        start = boundary.end()
    words = list(_WORD.finditer(text, start, end))[-most:]
    return Span(words[0].start(), words[-1].end()) if words else Span(end, end)


def _after(text: str, cue: re.Match[str], flag: str) -> Span:
    """What stands after a cue, as far as it is about that."""
    start = cue.end()
    words = [word.end() for _, word in zip(range(REACH), _WORD.finditer(text, start), strict=False)]
    end = words[-1] if words else start
    boundary = _END.search(text, start, end)
    end = boundary.start() if boundary else end
    if flag != "possible" and words:
        place = _PLACE.search(text, words[0], end)
        end = place.start() if place else end
    elif words:
        place = _WHERE.search(text, words[0], end)
        end = place.start() if place else end
    verb = _PREDICATE.search(text, start, end)
    if verb and cue[0].lower().startswith(_NOUNS):
        end = verb.start()
    comma = text.find(",", verb.end(), end) if verb else -1
    end = comma if comma >= 0 else end
    if flag == "historical":
        course = _COURSE.search(text, start, end)
        end = course.start() if course else end
    return Span(start, end)


def flags_by_position(text: str, terms: Sequence[Term]) -> dict[int, str]:
    """Position -> the flag that its word stands under, for words that stand under one."""
    found = scopes(text)
    if not found:
        return {}
    flags: dict[int, str] = {}
    for scope in reversed(found):  # so that of two flags at a place the first of FLAGS stands
        flags |= {
            term.position: scope.flag
            for term in terms
            if scope.span.start <= term.span.start and term.span.end <= scope.span.end
        }
    return flags


def flagged(text: str, words: Sequence[re.Match[str]], positions: Sequence[int]) -> dict[int, str]:
    """Position -> the flag that its word stands under, as `flags_by_position` says of all terms of the text.

    `words` are all that WORD finds in the text, and `positions` those of their first parts.
    """
    found = _in_order(text, _scopes(text, _within(text, words)))
    if not found:
        return {}
    starts = [word.start() for word in words]
    flags: dict[int, str] = {}
    for scope in reversed(found):
        first, last = bisect_left(starts, scope.span.start), bisect_left(starts, scope.span.end)
        for at in range(max(0, first - 1), last):  # the word before may be a compound that reaches into the scope
            shift = starts[at]
            for form in STEMS[words[at][0]]:
                if scope.span.start <= shift + form.start and shift + form.end <= scope.span.end:
                    flags[positions[at] + form.part] = scope.flag
    return flags


def _within(text: str, words: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Where a cue can begin, looked for in those words alone that hold one of its beginnings."""
    for word in words:
        if _HOLDS[word[0]]:
            yield from _BEGINNING.finditer(
                text, max(0, word.start() - 1), word.end()
            )  # before it is the sign of "-free"


def _holds(word: str) -> bool:
    """True when a cue can begin in a word, or in the sign before it."""
    return "-free" in word or not _FIRST.isdisjoint(letters.lower() for letters in _LETTERS.findall(word))


_HOLDS = Lexicon(_holds)
