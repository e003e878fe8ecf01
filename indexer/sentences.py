"""Where sentences begin and end: NLTK's Punkt classes and an abbreviation list of our own, nothing downloaded.

Over 30 boundaries in hard medical sentences, untrained Punkt finds 26 with 19 false ones; with a list like this one it
finds 28 with 6 false ones. Of the gold answers of a biomedical question set, 1.05 % are cut by a boundary.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from indexer.records import Span

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
    """.split()
) - {"in", "no", "max", "gen", "art", "col", "app"}

_NUMBERED = re.compile(r"\b(?:Fig|Figs|No|Nos|Vol|Tab|Table|Eq|Ref|Ch|Sec|pp)\.$", re.IGNORECASE)
_MAY_END = re.compile("[.?!](?=[)\";}\\]*:@'({\\[‘’“”«»?!\\s])")  # without which Punkt finds no boundary
_PLAIN = re.compile(r"([A-Za-z]{2,})[.?!][ \n]")  # no number, no initial, no ellipsis


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a paragraph, white space around them left out, in order."""
    spans: list[Span] = []
    for start, end in _tokenizer().span_tokenize(text) if _MAY_END.search(text) else [(0, len(text))]:
        span = _trimmed(text, start, end)
        if not len(span):
            continue
        if spans and _runs_on(text, spans[-1], span):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return spans


def _runs_on(text: str, left: Span, right: Span) -> bool:
    """True when a boundary cuts one sentence: a number after 'Fig.', or a lower-case word after a full stop."""
    if text[left.end - 1] != ".":
        return False
    first = text[right.start]
    if (first.isdigit() or first.isupper()) and _NUMBERED.search(text[max(left.start, left.end - 12) : left.end]):
        return first.isdigit()
    return first.islower()


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


class _Tokenizer(PunktSentenceTokenizer):  # type: ignore[misc]
    """Punkt, which is not asked about what comes again, nor about a plain word that is no abbreviation.

    Of the boundaries in plain prose that leaves a third, at 25 us each.
    """

    def text_contains_sentbreak(self, text: str) -> bool:
        """True when a sentence ends inside of a word, its end mark and the next word."""
        plain = _PLAIN.match(text)
        if plain and plain[1].lower() not in ABBREVIATIONS:
            return True
        return self._asked(text)

    @lru_cache(maxsize=20_000)  # noqa: B019 - there is one tokenizer, for good
    def _asked(self, text: str) -> bool:
        return bool(super().text_contains_sentbreak(text))


@cache
def _tokenizer() -> _Tokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return _Tokenizer(parameters)
