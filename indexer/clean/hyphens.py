"""Words broken over a line end put together again, and the hyphens that belong to them kept.

The document's own spelling decides, then the word list, then what the two parts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.aligned import Edit
from indexer.arrays import indices
from indexer.clean.content import content_of
from indexer.clean.evidence import Evidence
from indexer.clean.lines import lines_of
from indexer.clean.words import is_word, listed, word_set
from indexer.cut import codes_of
from indexer.records import Span

_HYPHEN = re.compile(r"-[ \t]*\n[ \t]*|[\x02\ufffe](?:[ \t]*\n)?[ \t]*")
_MARK = re.compile(r"[\x02\ufffe]")
_LEFT = re.compile(r"[^\W_][\w’'-]*\Z")
_RIGHT = re.compile(r"[^\W_][\w’']*")
_LONGEST = 64  # characters of a word on either side of a break

# Words that stand inside compounds (signal-to-noise) or leave one waiting (pre- and post-operative).
_FUNCTION = word_set("to of in on at by and or nor the a an de la for up out off down over but und oder et")
_MIDDLE = word_set("to of in on at by and or the for")
_PARTICLES = word_set("in off up out on down over")
# Second parts that make a compound of any noun before them.
_SECOND = word_set(
    "like based free fold specific dependent independent mediated induced related associated shaped "
    "sized driven derived positive negative resistant weighted enhanced"
)
# What one word ends in: never a compound's second part, though the word list may have it.
_SUFFIXES = word_set(
    "ing ings ed er ers es ly tion tions sion sions ment ments ness able ible ally ity ities ance ence "
    "ful less ous ive ical ist ists ism ize ized izing ise ised est ting tive tively tor tors ter ters "
    "der ders cal cally ral nal ual ial ent ant ents ants ate ated ating ates ure ures age ages ship "
    "ware"
)
_ALONE = word_set("non self quasi")  # the same before a word that nobody knows
# Prefixes that authors set off by a hyphen: with a word the list does not have joined, 23 of 23 had one.
_FREE = word_set("non self co re multi anti semi pre post inter intra quasi pseudo well half cross")
# What one word starts with: never a compound's first part, though the word list may have it.
_PREFIXES = word_set(
    "un re de dis im ir il pre pro con com ex en em sub sur trans inter intra extra hyper hypo micro "
    "macro multi poly mono bi tri semi anti auto bio neuro cardio immuno photo electro thermo hydro ob "
    "ab ad ap as at ac op per mis over under out fore counter super ultra"
)


@dataclass(frozen=True, slots=True)
class Break:
    """A word that a line end may have cut."""

    left: str  # the part before, with the hyphens inside it
    right: str
    start: int  # of what stands between the parts
    end: int
    following: str  # the character after the right part

    @property
    def last(self) -> str:
        """The left part behind its own hyphens."""
        return self.left.rsplit("-", 1)[-1]

    @property
    def span(self) -> Span:
        """Where both parts stand."""
        return Span(self.start - len(self.left), self.end + len(self.right))


def rejoined(text: str, wide: int) -> list[Edit]:
    """Each broken word made whole: its line end goes, its hyphen stays if it is the word's own."""
    found = _HYPHEN.finditer(text) if "\x02" in text or "\ufffe" in text else _at_line_ends(text)
    cuts = [cut for gap in found if (cut := _cut(text, *gap.span()))]
    cuts = [cut for cut in cuts if wide or text[cut.start] != "-" or cut.right[0].islower()]
    if not cuts:
        return []
    evidence = Evidence(text, [cut.span for cut in cuts])
    return [(cut.start, cut.end, "" if is_one_word(cut, evidence) else "-") for cut in cuts]


def _at_line_ends(text: str) -> Iterator[re.Match[str]]:
    """The hyphens at line ends, in a text without marks: looked for at the end of each line alone."""
    lines = lines_of(text)
    places = lines.lasts - 1
    found = (_HYPHEN.match(text, at) for at in places[lines.codes[places] == ord("-")].tolist())
    return (hyphen for hyphen in found if hyphen)


def _cut(text: str, start: int, end: int) -> Break | None:
    """What stands around a gap, when it is words."""
    left = _LEFT.search(text, max(0, start - _LONGEST), start)
    right = _RIGHT.match(text, end, end + _LONGEST)
    return Break(left[0], right[0], start, end, text[right.end() : right.end() + 1]) if left and right else None


def unhyphened(text: str) -> list[Edit]:
    """Hyphen marks that stand in no word, as the hyphens they stand for."""
    if "\x02" not in text and "\ufffe" not in text:
        return []
    return [(found.start(), found.end(), "-") for found in _MARK.finditer(text)]


def is_one_word(cut: Break, evidence: Evidence) -> bool:
    """True when the hyphen only marks the line end: the first rule that applies says so.

    Over 3,220 line ends made in 19 biomedical articles .994 are right, over 209 real ones in PDF text .962; of the 8
    wrong ones there 4 are errors of the corrected text.
    """
    left, right = cut.last, cut.right
    if not (left[-1:].isalpha() and right[0].isalpha()) or _is_inside_phrase(cut):
        return False
    wins = evidence.joined_wins(left, right)
    if wins is not None:
        return wins
    if _has_capital_part(left, right):
        return False
    if is_word(left + right):
        return True
    return not _is_compound(left.lower(), right.lower(), evidence)


def _is_inside_phrase(cut: Break) -> bool:
    """True in signal-to-noise and out-of-plane."""
    if cut.following == "-" and cut.right in _FUNCTION:
        return True
    return "-" in cut.left and cut.last in _MIDDLE


def _has_capital_part(left: str, right: str) -> bool:
    """True when the capitals show two parts: T2-weighted, EGF-stimulated, Brown-Sequard, X-ray."""
    if right[0].isupper():
        return not left.isupper() or (not is_word(left + right) and len(left + right) < 10)
    return len(left) == 1 or (left.isupper() and not right.isupper())


def _is_compound(left: str, right: str, evidence: Evidence) -> bool:
    """True when both parts stand on their own."""
    if right in _SECOND:
        return left not in _PREFIXES
    if right in _PARTICLES:
        return evidence.knows(left)
    if left in _ALONE and len(right) > 4:
        return True
    if len(right) < 4 or right in _SUFFIXES or not evidence.knows(right):
        return False
    return left in _FREE or (len(left) >= 3 and left not in _PREFIXES and evidence.knows(left))


_SPACED = re.compile(r"- (?<=[a-z]..)(?=[a-z])")


@lru_cache(maxsize=1)  # the round that finds nothing more to do asks again
def unspaced(text: str) -> list[Edit]:
    """Words broken by a hyphen and a space ("pa- tients"), which a lost line end leaves behind."""
    cuts = [cut for found in _SPACED.finditer(text) if (cut := _cut(text, *found.span()))]
    if not cuts:
        return []
    evidence = Evidence(text, [cut.span for cut in cuts])
    seen = text.lower() if text.isascii() else ""
    cuts = [cut for cut in cuts if not seen or is_word(cut.last + cut.right) or (cut.last + cut.right).lower() in seen]
    return [(cut.start, cut.end, "") for cut in cuts if _is_torn(cut, evidence)]


def _is_torn(cut: Break, evidence: Evidence) -> bool:
    """True when the parts make a word, and the hyphen is not one that waits ("pre- and post-operative")."""
    whole = cut.last + cut.right
    return cut.right not in _FUNCTION and (is_word(whole) or evidence.folded[whole.lower()] > 1)


_UNMARKED = re.compile(r"\n(?<=[a-z].) *([a-z]{2,40})(?![\w’'-])", re.DOTALL)
_BEFORE = re.compile(r"(?<![\w’'-])[a-z]{2,40}\Z")


def unmarked(text: str, wide: int) -> list[Edit]:
    """Words broken at a line end without a hyphen ("inten / sity"), in a text broken into lines.

    No false one at 78,000 line ends that cut no word.
    """
    if not wide:
        return []
    edits = []
    for at in content_of(text).inside(indices(codes_of(text) == ord("\n"))).tolist():
        right = _UNMARKED.match(text, at)
        left = _BEFORE.search(text, max(0, at - _LONGEST), at) if right else None
        if left and right and _is_halved(left[0], right[1]):
            edits.append((at, right.start(1), ""))
    return edits


_SPACE_INSIDE = re.compile(r"(?<![\w’'-])([a-z]+) ([a-z]+)(?![\w’'-])")


@lru_cache(maxsize=1)  # the round that finds nothing more to do asks again
def halved(text: str) -> list[Edit]:
    """Words with a space inside that are words only without it ("di fferent", where a ligature was lost).

    Right 12 of 12 times, and nowhere in 3,830 texts that have none.
    """
    pairs = (_SPACE_INSIDE.match(text, at) for at in content_of(text).halves())
    return [(pair.end(1), pair.start(2), "") for pair in pairs if pair and _are_halves(pair[1], pair[2])]


def _are_halves(left: str, right: str) -> bool:
    """True when the parts make a word of the list; a letter is part of one before a ligature alone."""
    return (len(left) > 1 or right.startswith(("ff", "fi", "fl"))) and left + right in listed()


def _is_halved(left: str, right: str) -> bool:
    """True when the parts make a word and one of them is none."""
    known = listed()
    if left + right not in known or (left in known and right in known):
        return False
    return left not in known or len(right) >= 3
