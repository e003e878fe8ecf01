"""Where sentences begin and end: NLTK's Punkt classes and an abbreviation list of our own, nothing downloaded.

Over 30 boundaries in hard medical sentences, untrained Punkt finds 26 with 19 false ones; with a list like this one it
finds 28 with 6 false ones. Of the gold answers of a biomedical question set, 1.05 % are cut by a boundary.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

ABBREVIATIONS = frozenset(
    """
    a.m p.m e.g i.e eg ie etc al et cf vs viz ca approx resp incl esp
    dr drs prof mr mrs ms st jr sr rev hon gen col capt sgt lt gov sen rep pres
    fig figs tab eq eqs ref refs no nos vol vols pp ed eds ch chap sec sect app suppl art dept univ inst assoc
    jan feb mar apr jun jul aug sep sept oct nov dec
    ph.d m.d b.sc m.sc d.sc m.a b.a r.n d.o
    inc ltd co corp bros plc
    sp spp subsp var cv gen nov str
    ave blvd rd mt ft in oz lb
    u.s u.k u.n u.s.a d.c
    i.v i.m s.c p.o q.d b.i.d t.i.d p.r.n
    min max avg temp conc wt sol approx
    abb bspw bzw evtl ggf hrsg inkl mio mrd nr tel vgl zzgl z.b d.h u.a i.d.r
    mme mlle sra srta ud uds avda núm pág págs dott
    """.split()
) - {"in", "no", "max", "gen", "art", "col", "app"}

# What stands before a number: "Fig. 2", and any small letter, "c. 1525", "p. 12".
_NUMBERED = re.compile(r"\b(?:(?i:Figs?|Nos?|Vol|Tab|Table|Eq|Ref|Ch|Sec|Art|Kap|Op|pp)|[a-z])\.$")
# German ordinals, told by an article before them or a month behind: "das 2. Kapitel", "am 15. Mai".
_ORDINAL = re.compile(r"\b(?:d(?:er|ie|as|em|en|es)|im|vom|zu[mr]|beim) \d{1,3}\.$", re.IGNORECASE)
_DAY = re.compile(r"\b\d{1,2}\.$")
_MONTH = re.compile(r"(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")
_SPACE = r"[^\S\x1c-\x1f]"  # to the regular expressions of Punkt, which are not those of `re`
_CLOSING = "\"')]}‘’“”«»"
# What may end a sentence: an end mark before punctuation, or before white space and another word.
_MARK = re.compile(rf"[.?!](?:(?=[;*:@({{\[?!{re.escape(_CLOSING)}])|(?={_SPACE}+(?P<next>[\S\x1c-\x1f]+)))")
_CLOSED = re.compile(rf"[{re.escape(_CLOSING)}]+?(?:{_SPACE}+|(?=--)|$)", re.MULTILINE)
_SPACES = "\t\n\r\x0b\x0c"  # which part words as a space does
_SPACED = str.maketrans(_SPACES, " " * len(_SPACES))
# What ends Chinese and Japanese sentences, no space behind it; what is quoted inside of one (「はい。」と) is none.
_SOLID_MARKS = "。｡！？"
_SOLID_END = re.compile(
    rf"[{_SOLID_MARKS}]++[」』）〉》】〕{re.escape(_CLOSING)}]*+(?!(?<![{_SOLID_MARKS}])[とのはがをにでも，、,])"
)

# What Punkt takes for a word of its own wherever it stands, and what it takes for one word before a full stop.
_APART = frozenset(")]}\"'({[;*:@?!")
_ONE_WORD = re.compile(r"[A-Za-z0-9]+(?:[-./_+=%][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"[0-9][0-9.-]*")

Bounds = tuple[int, int]  # start and end


def sentences(text: str) -> list[Bounds]:
    """Start and end of each sentence of a paragraph, white space around them left out, in order."""
    found: list[Bounds] = []
    for first, last in _parted(text):
        start, end = _trimmed(text, first, last)
        if start == end:
            continue
        if found and _runs_on(text, found[-1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _parted(text: str) -> Iterable[Bounds]:
    """Start and end of each sentence by the rules of its script, with white space around them."""
    spans = punkt_sentences(text) if _MARK.search(text) else [(0, len(text))]
    return spans if text.isascii() or not any(map(text.__contains__, _SOLID_MARKS)) else _solid_parted(text, spans)


def _solid_parted(text: str, spans: Iterable[Bounds]) -> Iterator[Bounds]:
    """The same, cut where Chinese and Japanese sentences end."""
    for start, end in spans:
        for mark in _SOLID_END.finditer(text, start, end):
            yield start, mark.end()
            start = mark.end()
        yield start, end


def punkt_sentences(text: str) -> Iterator[Bounds]:
    """Start and end of each sentence as Punkt tells them, closing quotes and brackets in the sentence they close.

    Punkt itself takes five times as long: it is asked about words only that a look at their letters does not tell.
    """
    breaks = [mark for word, mark in _marks(text) if _ends(text, word, mark)]
    ends = [*(mark.end() for mark in breaks), len(text.rstrip())]
    start = 0
    for mark, end, stop in zip(breaks, ends, ends[1:], strict=False):
        following = max(mark.start("next"), end)
        closed = _CLOSED.match(text, following, stop) if following < stop and text[following] in _CLOSING else None
        if closed:
            yield start, following + len(closed[0].rstrip())
        elif start < end:
            yield start, end
        start = closed.end() if closed else following
    if start < ends[-1]:
        yield start, ends[-1]


def _marks(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """The marks that may end a sentence, the last one of each word, and where the word begins."""
    spaced = text.translate(_SPACED) if any(map(text.__contains__, _SPACES)) else text
    word = done = 0
    held: re.Match[str] | None = None
    for mark in _MARK.finditer(text):
        at = mark.start()
        space = spaced.rfind(" ", done, at)
        start = space + 1 if space > done else word
        if held and done <= start:
            yield word, held
        held, word, done = mark, start, at
    if held:
        yield word, held


def _ends(text: str, word: int, mark: re.Match[str]) -> bool:
    """True when a mark ends a sentence: told by the word and by what comes next, or by Punkt where they do not say."""
    at = mark.start()
    before = text[word:at]
    is_plain = len(before) > 1 and before.isascii() and before.isalpha()
    if is_plain and text[at + 1] in " \n" and before.lower() not in ABBREVIATIONS:
        return True
    following = mark["next"] or (text[at + 1] if text[at + 1] in _APART else "")
    told = _told(before, text[at], following) if following else None
    return _has_break(text[word : max(mark.end("next"), at + 2)]) if told is None else told


def _told(before: str, mark: str, following: str) -> bool | None:
    """Whether Punkt ends a sentence between two words or signs; None where that is not plain to see.

    Asking Punkt takes 40 us, and most places that are none of a plain word are new to it.
    """
    if mark != "." or before[-1:] in _APART:  # the mark is a word of its own to Punkt
        return True
    is_dots = bool(before) and not before.strip(".")
    if not (is_dots or _ONE_WORD.fullmatch(before)):
        return None
    is_known = is_dots or bool({before.lower(), before.lower().rpartition("-")[2]} & ABBREVIATIONS)
    is_initial, is_number = len(before) == 1 and before.isalpha(), bool(_NUMBER.fullmatch(before))
    if not (is_known or is_initial or is_number):
        return True
    if not following[0].isalnum() or any(map(following[:-1].__contains__, ".?!")):
        return None
    return not (is_known or following[0].islower() or (is_initial and following[0].isupper()))


def _runs_on(text: str, left: Bounds, start: int) -> bool:
    """True when a boundary cuts one sentence: after 'Fig.' or an ordinal, or a lower-case word after a full stop."""
    end = left[1]
    if text[end - 1] != ".":
        return False
    first, before = text[start], text[max(left[0], end - 12) : end]
    if before[-2:-1].isdigit():
        is_ordinal = _ORDINAL.search(before) or (_DAY.search(before) and _MONTH.match(text, start))
        return first.islower() or bool(is_ordinal)
    return first.islower() or (first.isdigit() and bool(_NUMBERED.search(before)))


def _trimmed(text: str, start: int, end: int) -> Bounds:
    """The stretch without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@lru_cache(maxsize=20_000)
def _has_break(context: str) -> bool:
    """True when Punkt ends a sentence inside of a word, its end mark and what comes next."""
    return bool(_punkt().text_contains_sentbreak(context))


@cache
def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)
