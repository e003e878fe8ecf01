"""Which marks end a sentence: NLTK's Punkt classes and an abbreviation list of our own, nothing downloaded.

Over 30 boundaries in hard medical sentences, untrained Punkt finds 26 with 19 false ones; with a list like this one it
finds 28 with 6 false ones. Of the gold answers of a biomedical question set, 1.05 % are cut by a boundary.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from indexer.lexicon import Lexicon

ABBREVIATIONS = frozenset(
    """
    a.m p.m e.g i.e eg ie etc al et cf vs viz ca approx resp incl esp
    dr drs prof mr mrs ms messrs st jr sr rev hon gen col capt sgt lt gov sen rep pres
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
    mme mlle sra srta ud uds avda núm pág págs dott tj tzn
    """.split()
) - {"in", "no", "max", "gen", "art", "col", "app"}

SPACE = r"[^\S\x1c-\x1f]"  # to the regular expressions of Punkt, which are not those of `re`
_NEXT = re.compile(r"[\S\x1c-\x1f]+")
# What Punkt takes for a word of its own wherever it stands, and what it takes for one word before a full stop.
APART = frozenset(")]}\"'({[;*:@?!")
_ONE_WORD = re.compile(r"[A-Za-z0-9]+(?:[-./_+=%][A-Za-z0-9]+)*")
_NUMBER = re.compile(r"[0-9][0-9.-]*")
# What a full stop ends behind a word: a sentence, whatever follows, or what Punkt has to be asked about; and behind an
# abbreviation, an initial or a number.
_SENTENCE, _UNTOLD, _KNOWN, _INITIAL, _COUNTED = range(5)


def ends(text: str, word: int, at: int, following: int) -> bool:
    """True when a mark ends a sentence: told by its word and by what comes next, or by Punkt where they do not say.

    The word begins at `word`, what comes next at `following`, right behind the mark or white space. Asking Punkt takes
    40 us, and most places that are none of a plain word are new to it.
    """
    is_spaced = following > at + 1
    if is_spaced and word == at and not text[following].isspace():  # the mark is a word of its own, as in ". . ."
        return True
    if is_spaced or text[following] in APART:
        kind = _KINDS[text[word:at]] if text[at] == "." else _SENTENCE
        if kind == _SENTENCE:
            return True
        if kind != _UNTOLD and is_spaced and text[following].isalnum():
            behind = _next(text, following)
            if not any(map(behind[:-1].__contains__, ".?!")):
                first = behind[0]
                return not (kind == _KNOWN or first.islower() or (kind == _INITIAL and first.isupper()))
    stop = following + len(_next(text, following)) if is_spaced else at + 2
    return _has_break(text[word:stop])


def _next(text: str, at: int) -> str:
    """What stands up to the next white space."""
    found = _NEXT.match(text, at)
    return found[0] if found else ""


def _kind(word: str) -> int:
    """What a full stop behind a word ends."""
    if word[-1:] in APART:  # the mark is a word of its own to Punkt
        return _SENTENCE
    is_dots = bool(word) and not word.strip(".")
    if not (is_dots or _ONE_WORD.fullmatch(word)):
        return _UNTOLD
    if is_dots or {word.lower(), word.lower().rpartition("-")[2]} & ABBREVIATIONS:
        return _KNOWN
    if len(word) == 1 and word.isalpha():
        return _INITIAL
    return _COUNTED if _NUMBER.fullmatch(word) else _SENTENCE


_KINDS = Lexicon(_kind)


@lru_cache(maxsize=20_000)
def _has_break(context: str) -> bool:
    """True when Punkt ends a sentence inside of a word, its end mark and what comes next."""
    return bool(_punkt().text_contains_sentbreak(context))


@cache
def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)
