"""Where a query's words stand in a text: the spans that the page marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, repeat
from operator import attrgetter

from indexer.analyse import PARTS, STEMS, WORD, Form, placed
from indexer.clauses import terms as looked_for
from indexer.errors import QueryError
from indexer.lexicon import Lexicon
from indexer.query import parse
from indexer.records import AllOf, AnyOf, Clause, Fuzzy, Lesser, Near, Phrase, Prefix, Query, Span, Term, Within, Word
from indexer.typed import MARK, TYPED, written

_JOINING = "-‐‑‒–−_×/'’"  # between two parts of a word or compound
_NUMBER = re.compile(r"\d[.,]\d")  # a part of which is no word
_SHORT = 2  # letters of a term that are all looked for
_EDGES = attrgetter("start", "end")  # a key of spans: three fifths of the time that it takes to compare them


def marks(query: Query, text: str) -> tuple[Span, ...]:
    """The spans of `text` that match a clause of the query, in order, not overlapping; a phrase is one span.

    A letter ("96 °C", "vitamin C") is marked beside other words of the query, or where it is all that matches.
    """
    return marked(query, terms_for(query.clauses, text))


def marked(query: Query, terms: Sequence[Term]) -> tuple[Span, ...]:
    """The same of a text whose terms are known."""
    spans, alone = _any_places(query.clauses, terms), _alone(terms)
    if alone:
        near = [clause for clause in query.clauses if isinstance(clause, Near)]
        telling = [span for span in spans if span not in alone] + _any_places(near, terms)
        return _merged(telling or spans)
    return _merged(spans)


def _alone(terms: Sequence[Term]) -> frozenset[Span]:
    """The single letters among the terms that stand beside no other."""
    letters = [found for found in terms if len(found.text) == 1 and "a" <= found.text <= "z"]
    positions = {found.position for found in terms} if letters else frozenset()
    return frozenset(found.span for found in letters if positions.isdisjoint((found.position - 1, found.position + 1)))


def highlight(query: str, text: str) -> tuple[Span, ...]:
    """The marks in any text of a query as typed; none when the query cannot be read."""
    try:
        return marks(parse(query), text)
    except QueryError:
        return ()


def terms_for(clauses: Sequence[Clause], text: str) -> Sequence[Term]:
    """The terms of a text that `places` looks at: those that a clause names, as typed too when one asks for that."""
    wanted = frozenset(term for clause in clauses for term in looked_for(clause))
    open_ = any(map(is_open, clauses))
    return _terms(text, None if open_ else wanted, open_ or any(term.startswith(MARK) for term in wanted))


def terms_in(
    clauses: Sequence[Clause], texts: Sequence[str], where: Iterable[Mapping[str, Sequence[int]]]
) -> list[Sequence[Term]]:
    """The same as `terms_for` gives of each of some texts, of which is known where the terms of the clauses stand."""
    if any(map(is_open, clauses)):
        return [terms_for(clauses, text) for text in texts]
    return [terms_at(text, held) for text, held in zip(texts, where, strict=True)]


def terms_at(text: str, where: Mapping[str, Sequence[int]]) -> list[Term]:
    """The terms of a text of which it is known at which positions they stand: the index tells it of what it found.

    Those are looked for by what their words begin with, in half the time that it takes to count all words; counted are
    words for terms of which not as many are found so as there are.
    """
    found: list[Term] = []
    others: dict[str, Sequence[int]] = {}
    lower = text.lower()
    for term, positions in where.items():
        spans = _words_of(term, text, lower) if len(lower) == len(text) else []
        if len(spans) == len(positions):
            found += map(Term, repeat(term), spans, positions)
        else:
            others[term] = positions
    return found + _counted(text, others) if others else found


def _words_of(term: str, text: str, lower: str) -> list[Span]:
    """Words, numbers and parts of compounds that begin as a term that they give, or as it less a letter: "happy"."""
    forms: Lexicon[tuple[Form, ...]] = STEMS
    begins = term[:-1] if len(term) > _SHORT and term.isalpha() else term
    if term.startswith(MARK):
        forms, begins = TYPED, written(term)[0]
    spans: list[Span] = []
    end, at = 0, lower.find(begins)
    while at >= 0:
        before, behind = text[at - 1 : at], at + 1
        if not before.isalnum():
            start = at if before == " " else _first_part(text, at, end)
            word = WORD.match(text, start)
            if word:
                behind = max(behind, word.end())
                for form, first, last, _ in forms[word[0]]:
                    if form == term:
                        spans.append(Span(start + first, start + last))
        end, at = behind, lower.find(begins, behind)
    return spans


def _first_part(text: str, at: int, end: int) -> int:
    """Where the compound or the number begins that a part of it at a place belongs to, not before `end`."""
    while at > end and (text[at - 1] in _JOINING or _NUMBER.match(text, at - 2)):
        at -= 1
        while at > end and text[at - 1].isalnum():
            at -= 1
    return at


def _counted(text: str, where: Mapping[str, Sequence[int]]) -> list[Term]:
    """The same by counting words.

    Of what stands between two spaces, a token, only the number of positions is looked up, and no other word is
    analysed: a passage takes 40 us, where looking for all of its words takes 170.
    """
    tokens = text.split(" ")
    firsts = list(accumulate(map(_SIZES.__getitem__, tokens), initial=0))  # position of the first word of each
    lengths = list(accumulate(map(len, tokens), initial=0))
    found: list[Term] = []
    for term, positions in where.items():
        forms = TYPED if term.startswith(MARK) else STEMS
        for position in positions:
            at = bisect_right(firsts, position) - 1
            if at < len(tokens):
                found += _at(forms, tokens[at], lengths[at] + at, firsts[at], term, position)
    return found


def _at(
    forms: Lexicon[tuple[Form, ...]], token: str, start: int, first: int, term: str, position: int
) -> Iterator[Term]:
    """The places of a term at a position, in a token that begins at a character and with a position."""
    for word in WORD.finditer(token):
        for form, begin, end, part in forms[word[0]]:
            if form == term and first + part == position:
                shift = start + word.start()
                yield Term(term, Span(shift + begin, shift + end), position)
        first += len(PARTS[word[0]])


def _size(token: str) -> int:
    """How many positions the words of a token take; most are one word, with a sign behind it or none."""
    if token.isascii() and (token.isalpha() or (token[:-1].isalpha() and token[-1] in ".,;:")):
        return 1
    return sum(len(PARTS[word]) for word in WORD.findall(token))


_SIZES = Lexicon(_size)


def is_open(clause: Clause) -> bool:
    """True when more terms match a clause than it names."""
    match clause:
        case Prefix() | Fuzzy():
            return True
        case AnyOf() | AllOf():
            return any(map(is_open, clause.clauses))
        case Within() | Lesser():
            return is_open(clause.clause)
    return False


def _terms(text: str, wanted: frozenset[str] | None, as_typed: bool) -> tuple[Term, ...]:
    typed = placed(text, TYPED, wanted) if as_typed else []
    return (*placed(text, STEMS, wanted), *typed)


def places(clause: Clause, terms: Sequence[Term]) -> list[Span]:
    """Where a clause matches among the terms of a text."""
    match clause:
        case Word():
            return [found.span for found in terms if found.text == clause.term]
        case Prefix():
            return [found.span for found in terms if found.text.startswith(MARK + clause.text)]
        case AnyOf() | AllOf():
            return _any_places(clause.clauses, terms)
        case Within():
            return places(clause.clause, terms) if clause.field == "text" else []
        case Lesser():
            return places(clause.clause, terms)
        case Phrase():
            return _phrase_places(clause, terms)
        case Near():
            return [term.span for stretch in stretches(clause, terms) for term in stretch]
    return []


def _any_places(clauses: Sequence[Clause], terms: Sequence[Term]) -> list[Span]:
    """Where any of the clauses matches; single words, of which a beginning has hundreds, are looked for at once."""
    words = {clause.term for clause in clauses if isinstance(clause, Word)}
    spans = [found.span for found in terms if found.text in words]
    return spans + [span for clause in clauses if not isinstance(clause, Word) for span in places(clause, terms)]


def _phrase_places(phrase: Phrase, terms: Sequence[Term]) -> list[Span]:
    """From the first word to the last of each place where the terms stand in a row."""
    at = {(found.position, found.text): found.span for found in terms}
    spans = []
    for found in terms:
        if found.text == phrase.terms[0]:
            keys = enumerate(phrase.terms, found.position)
            row = [at[key] for key in keys if key in at]
            if len(row) == len(phrase.terms):
                spans.append(Span(found.span.start, row[-1].end))
    return spans


def stretches(near: Near, terms: Sequence[Term]) -> list[list[Term]]:
    """The words of each place where all the terms stand close together, disjoint, from the left."""
    wanted = set(near.terms)
    found: list[list[Term]] = []
    window: list[Term] = []
    for last in sorted((term for term in terms if term.text in wanted), key=lambda term: (term.position, term.text)):
        window = [term for term in window if last.position - term.position < len(near.terms) + near.gap] + [last]
        if all(sum(term.text == text for term in window) >= near.terms.count(text) for text in wanted):
            found.append(window)
            window = []
    return found


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping ones made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=_EDGES):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
