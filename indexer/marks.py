"""Where a query's words stand in a text: the spans that the page marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from operator import attrgetter
from string import ascii_lowercase
from typing import NamedTuple

from indexer.analyse import PARTS, STEMMING, STEMS, WORD, Form, is_one_part, placed
from indexer.clauses import terms as looked_for
from indexer.cut import CLASSES
from indexer.errors import QueryError
from indexer.lexicon import Lexicon
from indexer.native import WORDS
from indexer.query import parse
from indexer.records import AllOf, AnyOf, Clause, Fuzzy, Lesser, Near, Phrase, Prefix, Query, Span, Term, Within, Word
from indexer.tokens import PUNCTUATION
from indexer.typed import MARK, TYPED

_LETTERS = frozenset(ascii_lowercase)
_EDGES = attrgetter("start", "end")  # a key of spans: three fifths of the time that it takes to compare them


class _Sought(NamedTuple):
    """What clauses look for: single words, of which a beginning has hundreds, and what is more than a word."""

    words: frozenset[str]
    others: tuple[Clause, ...]


def marks(query: Query, text: str) -> tuple[Span, ...]:
    """The spans of `text` that match a clause of the query, in order, not overlapping; a phrase is one span.

    A letter ("96 °C", "vitamin C") is marked beside other words of the query, or where it is all that matches.
    """
    return marker(query)(terms_for(query.clauses, text))


def marker(query: Query) -> Callable[[Sequence[Term]], tuple[Span, ...]]:
    """The same of texts whose terms are known: what is looked for is told once for all of them."""
    sought = _sought(query.clauses)
    near = _Sought(frozenset(), tuple(clause for clause in query.clauses if isinstance(clause, Near)))

    def marked(terms: Sequence[Term]) -> tuple[Span, ...]:
        spans, alone = _places(sought, terms), _alone(terms)
        if alone:
            return _merged([span for span in spans if span not in alone] + _places(near, terms) or spans)
        return _merged(spans)

    return marked


def _alone(terms: Sequence[Term]) -> frozenset[Span]:
    """The single letters among the terms that stand beside no other."""
    letters = [found for found in terms if found.text in _LETTERS]
    if not letters:
        return frozenset()
    positions = {found.position for found in terms}
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
    clauses: Sequence[Clause], texts: Sequence[str], where: Sequence[Mapping[str, Sequence[int]]]
) -> Sequence[Sequence[Term]]:
    """The same as `terms_for` gives of each of some texts, of which is known where the terms of the clauses stand."""
    if any(map(is_open, clauses)):
        return [terms_for(clauses, text) for text in texts]
    return terms_at(texts, where)


def terms_at(texts: Sequence[str], where: Sequence[Mapping[str, Sequence[int]]]) -> list[list[Term]]:
    """The terms of texts of which it is known at which positions they stand: the index tells it of what it found.

    Words are counted up to those; only they are analysed.
    """
    return list(map(_standing_in_c if WORDS else _standing, texts, where))


def _standing_in_c(text: str, where: Mapping[str, Sequence[int]]) -> list[Term]:
    """What `_standing` says, in a third of the time."""
    found: list[Term] | None = WORDS.stand(text, where, CLASSES, _SIZES, _STEMS, _TYPED, STEMMING, _RECORDS)
    return _standing(text, where) if found is None else found


def _standing(text: str, where: Mapping[str, Sequence[int]]) -> list[Term]:
    """The terms of one text that stand where it is said."""
    tokens = text.split(" ")
    firsts = list(accumulate(map(_SIZES.__getitem__, tokens), initial=0))  # position of the first word of each
    lengths = list(accumulate(map(len, tokens), initial=0))
    known: dict[tuple[int, bool], dict[int, list[Form]]] = {}  # of a token: a list of numbers may have thousands
    found: list[Term] = []
    for term, positions in where.items():
        is_typed = term[0] == MARK
        for position in dict.fromkeys(positions):
            at = bisect_right(firsts, position) - 1
            if at == len(tokens):
                continue
            forms = known.get((at, is_typed))
            if forms is None:
                forms = known[at, is_typed] = _by_part((_TYPED if is_typed else _STEMS)[tokens[at]])
            for form, begin, end, _ in forms.get(position - firsts[at], ()):
                if form == term:
                    found.append(Term(term, Span(lengths[at] + at + begin, lengths[at] + at + end), position))
    return found


def _by_part(forms: Sequence[Form]) -> dict[int, list[Form]]:
    """The forms of a token by the word that each stands at."""
    found: dict[int, list[Form]] = {}
    for form in forms:
        found.setdefault(form[3], []).append(form)
    return found


def _forms(token: str, forms: Lexicon[tuple[Form, ...]]) -> tuple[Form, ...]:
    """What the words of a token give, each where it stands in the token."""
    core = token.strip(PUNCTUATION)
    if is_one_part(core):  # as most are: in seven tenths of the time
        shift = token.index(core)
        return tuple([(form, shift + begin, shift + end, part) for form, begin, end, part in forms[core]])
    found: list[Form] = []
    first = 0
    for word in WORD.finditer(token):
        at = word.start()
        found += [(form, at + begin, at + end, first + part) for form, begin, end, part in forms[word[0]]]
        first += len(PARTS[word[0]])
    return tuple(found)


def _size(token: str) -> int:
    """How many positions the words of a token take; most are one word, with a sign behind it or none."""
    if token.isascii() and (token.isalpha() or (token[:-1].isalpha() and token[-1] in ".,;:")):
        return 1
    return sum(len(PARTS[word]) for word in WORD.findall(token))


_STEMS, _TYPED = (Lexicon(partial(_forms, forms=forms)) for forms in (STEMS, TYPED))
_SIZES = Lexicon(_size)
_RECORDS = Span, vars(Span)["start"], vars(Span)["end"], Term  # as C makes them


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
    return _places(_sought((clause,)), terms)


def _sought(clauses: Sequence[Clause]) -> _Sought:
    """What any of the clauses looks for in a text."""
    words: set[str] = set()
    others: list[Clause] = []
    left = list(clauses)
    while left:
        match clause := left.pop():
            case Word():
                words.add(clause.term)
            case AnyOf() | AllOf():
                left += clause.clauses
            case Lesser():
                left.append(clause.clause)
            case Within():
                left += [clause.clause] if clause.field == "text" else []
            case Prefix() | Phrase() | Near():
                others.append(clause)
    return _Sought(frozenset(words), tuple(others))


def _places(sought: _Sought, terms: Sequence[Term]) -> list[Span]:
    """Where any of it stands among the terms of a text."""
    spans = [found.span for found in terms if found.text in sought.words]
    for clause in sought.others:
        match clause:
            case Prefix():
                spans += [found.span for found in terms if found.text.startswith(MARK + clause.text)]
            case Phrase():
                spans += _phrase_places(clause, terms)
            case Near():
                spans += [term.span for stretch in stretches(clause, terms) for term in stretch]
    return spans


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
    end = 0
    for span in sorted(spans, key=_EDGES):
        if span.start >= end:
            merged.append(span)
        elif span.end > end:
            merged[-1] = Span(merged[-1].start, span.end)
        end = max(end, span.end)
    return tuple(merged)
