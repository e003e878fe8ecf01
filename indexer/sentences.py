"""Where the sentences of a text begin and end, of all its paragraphs at once.

Marks that may end one are found as arrays, `punkt` is asked about each, and what a boundary would cut is joined again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, indices
from indexer.cut import CODES, codes_of, is_space, trimmed
from indexer.punkt import SPACE, ends

# What stands before a number: "Fig. 2", and any small letter, "c. 1525", "p. 12".
_NUMBERED = re.compile(r"\b(?:(?i:Figs?|Nos?|Vol|Tab|Table|Eq|Ref|Ch|Sec|Art|Abs|Bst|Ziff|Rz|Fr|Kap|Op|pp)|[a-z])\.$")
# German ordinals, told by an article before them or a month behind: "das 2. Kapitel", "am 15. Mai".
_ORDINAL = re.compile(r"\b(?:d(?:er|ie|as|em|en|es)|im|vom|zu[mr]|beim) \d{1,3}\.$", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}\.$")
_MONTH = re.compile(r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")
# An amount, "960 g. Then", which Punkt takes for an initial or an abbreviation; no year before one ("1998 s. Abb. 3").
# Of 18 more cut behind hours and 16 behind minutes all were right, yet a right answer comes later for two of 1,186
# questions (covid_qa).
_AMOUNT = re.compile(r"(?<!\d{3})\d ?(?:[gmls]|sec|oz|lb|ft)\.(?=\s+[\"'“‘«(]?[A-ZÄÖÜÉÈÀ])")
_CLOSING = "\"')]}‘’“”«»"
_BEHIND = _CLOSING + ";*:@({[?!"  # what a mark may stand before that ends a sentence, as it may before white space
_CLOSED = re.compile(rf"[{re.escape(_CLOSING)}]+?(?:{SPACE}+|(?=--)|$)", re.MULTILINE)
_SPACES = re.compile(f"{SPACE}+")
# What ends Chinese and Japanese sentences, no space behind it; what is quoted inside of one (「はい。」と) is none.
_SOLID_MARKS = "。｡！？"
_SOLID_END = re.compile(
    rf"[{_SOLID_MARKS}]++[」』）〉》】〕{re.escape(_CLOSING)}]*+(?!(?<![{_SOLID_MARKS}])[とのはがをにでも，、,])"
)

# What a character may be the sign of.
_BLANK, _FOLLOWS, _CLOSES, _DIGIT, _SMALL, _UNIT = (1 << bit for bit in range(6))


def _signs(sign: str) -> int:
    kinds = {
        _BLANK: bool(_SPACES.match(sign)),
        _FOLLOWS: sign in _BEHIND,
        _CLOSES: sign in _CLOSING,
        _DIGIT: sign.isdigit(),
        _SMALL: sign.islower(),
        _UNIT: sign in "gmlsczbt",  # the last letter of one
    }
    return sum(kind for kind, is_one in kinds.items() if is_one)


_SIGNS = np.array([*map(_signs, map(chr, range(CODES))), _DIGIT | _SMALL], np.uint8)  # of codes beyond the last

Bounds = tuple[int, int]  # start and end


class Sentences(NamedTuple):
    """The sentences of paragraphs, one after another, without white space at their ends."""

    starts: Array
    ends: Array
    paragraphs: Array  # the number of the paragraph that each stands in


def sentences(text: str) -> list[Bounds]:
    """Start and end of each sentence of a paragraph, white space around them left out, in order."""
    return _bounds(sentences_of(text, np.array([0]), np.array([len(text)])))


def sentences_of(text: str, starts: Array, ends: Array) -> Sentences:
    """The sentences of paragraphs, which stand in the text one after another: all at once take a third of the time."""
    if not len(starts):
        return Sentences(starts, starts, starts)
    codes = codes_of(text + "\n")
    found = _behind_amounts(text, codes, _punkt_sentences(text, codes, starts, ends))
    if not text.isascii() and any(map(text.__contains__, _SOLID_MARKS)):
        found = _solid_parted(text, found)
    found = _filled(found._replace(starts=_stripped(text, codes, found), ends=trimmed(text, codes, *found[:2])))
    runs_on = _running_on(text, codes, found)
    heads, tails = indices(~runs_on[:-1]), indices(~runs_on[1:])
    return Sentences(found.starts[heads], found.ends[tails], found.paragraphs[heads])


def punkt_sentences(text: str) -> list[Bounds]:
    """Start and end of each sentence of a paragraph as Punkt tells them; it takes five times as long itself."""
    return _bounds(_punkt_sentences(text, codes_of(text + "\n"), np.array([0]), np.array([len(text)])))


def _bounds(found: Sentences) -> list[Bounds]:
    return list(zip(found.starts.tolist(), found.ends.tolist(), strict=True))


def _punkt_sentences(text: str, codes: Array, firsts: Array, lasts: Array) -> Sentences:
    """The sentences as Punkt tells them, closing quotes and brackets in the sentence they close."""
    places, following, which = _breaks(text, codes, firsts, lasts)
    lasts = trimmed(text, codes, firsts, lasts)
    stops = places + 1
    closing = indices(_SIGNS.take(codes[following], mode="clip") & _CLOSES)
    for at in closing.tolist():
        is_last = at + 1 == len(which) or which[at + 1] != which[at]
        stop = int(lasts[which[at]] if is_last else places[at + 1] + 1)
        closed = _CLOSED.match(text, int(following[at]), stop)
        if closed:
            stops[at], following[at] = closed.start() + len(closed[0].rstrip()), closed.end()
    every = np.arange(len(firsts))
    before, behind = (np.searchsorted(which, every, side=side) for side in ("left", "right"))
    return _filled(
        Sentences(
            np.insert(following, before, firsts), np.insert(stops, behind, lasts), np.insert(which, before, every)
        )
    )


def _breaks(text: str, codes: Array, firsts: Array, lasts: Array) -> tuple[Array, Array, Array]:
    """The marks that end sentences: where each stands, where what follows begins, and in which paragraph."""
    places, following, which = _marks(text, codes, firsts, lasts)
    parting = indices((codes == ord(" ")) | ((codes >= ord("\t")) & (codes <= ord("\r"))))
    before = np.searchsorted(parting, places)
    words = np.concatenate(([-1], parting))[before] + 1  # where the word of each begins
    begins = firsts[which]
    words = np.where(words - 1 > begins, words, begins)
    last = np.append(words[1:] != words[:-1], True)[: len(words)]  # of several marks of a word the last, and
    last |= places == words  # a first one that nothing of the word stands before
    told = zip(*(each[last].tolist() for each in (words, places, following)), strict=True)
    ending = np.fromiter((ends(text, word, at, behind) for word, at, behind in told), bool)
    return places[last][ending], following[last][ending], which[last][ending]


def _marks(text: str, codes: Array, firsts: Array, lasts: Array) -> tuple[Array, Array, Array]:
    """What may end a sentence: an end mark before punctuation, or before white space and another word."""
    places = indices((codes == ord(".")) | (codes == ord("?")) | (codes == ord("!")))
    which = np.searchsorted(firsts, places, side="right") - 1
    inside = which >= 0
    inside &= places + 1 < lasts[which]
    places, which = places[inside], which[inside]
    signs = _SIGNS.take(codes[places + 1], mode="clip")
    maybe = signs & (_FOLLOWS | _BLANK) > 0
    places, which = places[maybe], which[maybe]
    following = places + 1 + (signs[maybe] & _BLANK > 0)
    for at in indices(_SIGNS.take(codes[following], mode="clip") & _BLANK).tolist():
        spaces = _SPACES.match(text, int(following[at]))
        following[at] = spaces.end() if spaces else following[at]
    inside = following < lasts[which]
    return places[inside], following[inside], which[inside]


def _behind_amounts(text: str, codes: Array, found: Sentences) -> Sentences:
    """The sentences, cut behind amounts that end one."""
    places = indices(codes[4:-1] == ord(".")) + 4
    for sign, shifts in ((_UNIT, (-1,)), (_DIGIT, (-2, -3, -4)), (_BLANK, (1,))):
        held = [_SIGNS.take(codes[places + shift], mode="clip") for shift in shifts]
        places = places[np.bitwise_or.reduce(held) & sign > 0]
    cuts = np.array([at + 1 for at in places.tolist() if _AMOUNT.search(text, at - 4, at + 8)], np.int64)
    at = np.searchsorted(found.starts, cuts, side="right") - 1
    inside = (at >= 0) & (cuts < found.ends[at])
    cuts, at = cuts[inside], at[inside]
    starts, stops, which = found
    return Sentences(np.insert(starts, at + 1, cuts), np.insert(stops, at, cuts), np.insert(which, at, which[at]))


def _solid_parted(text: str, found: Sentences) -> Sentences:
    """The sentences, cut where those of Chinese and Japanese end."""
    rows: list[tuple[int, int, int]] = []
    for start, end, which in zip(*(each.tolist() for each in found), strict=True):
        for mark in _SOLID_END.finditer(text, start, end):
            rows.append((start, mark.end(), which))
            start = mark.end()
        rows.append((start, end, which))
    return _filled(Sentences(*np.array(rows, np.int64).reshape(-1, 3).T))


def _stripped(text: str, codes: Array, found: Sentences) -> Array:
    """Where the sentences begin behind white space, of which most have none."""
    starts = found.starts.copy()
    for at in indices(is_space(codes[starts])).tolist():
        starts[at] += len(held := text[starts[at] : found.ends[at]]) - len(held.lstrip())
    return starts


def _filled(found: Sentences) -> Sentences:
    """Those of the sentences that hold something."""
    filled = found.starts < found.ends
    return found if filled.all() else Sentences(*(each[filled] for each in found))


def _running_on(text: str, codes: Array, found: Sentences) -> Array:
    """For each sentence whether it goes on with the one before, and one more."""
    starts, stops, which = found
    runs_on = np.zeros(len(starts) + 1, bool)
    maybe = (which[1:] == which[:-1]) & (codes[stops[:-1] - 1] == ord("."))
    signs = _SIGNS.take(codes[starts[1:]], mode="clip") | _SIGNS.take(codes[stops[:-1] - 2], mode="clip") & _DIGIT
    last = head = -1
    for at in indices(maybe & (signs & (_DIGIT | _SMALL) > 0)).tolist():
        head = head if last == at else at
        if _runs_on(text, (int(starts[head]), int(stops[at])), int(starts[at + 1])):
            runs_on[at + 1], last = True, at + 1
    return runs_on


def _runs_on(text: str, left: Bounds, start: int) -> bool:
    """True when a full stop cuts one sentence: after 'Fig.' or an ordinal, or before a word in lower case."""
    first, before = text[start], text[max(left[0], left[1] - 12) : left[1]]
    if before[-2:-1].isdigit():
        is_ordinal = _ORDINAL.search(before) or (_DAY.search(before) and _MONTH.match(text, start))
        return first.islower() or bool(is_ordinal)
    return first.islower() or (first.isdigit() and bool(_NUMBERED.search(before)))
