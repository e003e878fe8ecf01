"""Text -> tokens of the query language, and what is wrong with them.

Signs, fields and operators count only where a word could begin: the hyphen of "T-cell", the plus of "CD4+", the colon
of "1:2" and the equals sign of "p=0.05" are letters like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.records import Span

FIELDS = ("title", "heading", "author", "section", "document", "year", "format", "kind", "flag")
OPERATORS = ("AND", "OR", "NOT")
MAX_DEPTH = 20  # of parentheses in parentheses
MAX_GAP = 50  # other words between those of "a phrase"~50
_GAP = re.compile(r"([0-9]*)\W*")
_TOKEN = re.compile(
    r"""(?P<quote>"[^"]*"|“[^“”]*”)(?:~(?P<gap>[^\s()"“”]+))?
    |(?P<open>\()|(?P<close>\))
    |(?<![^\s(])(?P<sign>[+-])(?=[\w"“(=])
    |(?<![^\s(:+-])(?P<exact>=)(?=[\w"“])
    |(?<![^\s(+-])(?P<field>[A-Za-z]{2,}+):(?=[\w"“(=.])
    |(?P<word>[^\s"“”()]+)
    |(?P<stray>["“”])""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A piece of a query."""

    kind: str  # word, quote, open, close, sign, exact, field, AND, OR, NOT
    text: str  # of a quote without its marks, of a field its name
    span: Span
    gap: int | None = None  # of a quote: how many other words may stand between its words


class Problem(NamedTuple):
    """Something that cannot be read as syntax, or not be obeyed."""

    reason: str
    span: Span
    instead: str = ""  # what is done about it, unless the query is refused

    @property
    def warning(self) -> str:
        """What is said when the query is searched all the same."""
        return f"{self.reason}: {self.instead}" if self.instead else self.reason


def tokens(text: str) -> tuple[list[Token], list[Problem]]:
    """The tokens that can be read as syntax, all others as words; and what was wrong with those."""
    problems: list[Problem] = []
    found = list(_tokens(text, problems))
    if all(token.kind == "word" for token in found):  # as of most queries
        return found, problems
    found = _balanced(found, problems)
    return _joining(found, problems), problems


def _tokens(text: str, problems: list[Problem]) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind, span = str(match.lastgroup), Span(*match.span())
        if kind == "gap" or kind == "quote":
            yield from _quote(match["quote"][1:-1], match["gap"], span, problems)
        elif kind == "stray":
            problems.append(Problem("a quotation mark is never closed", span, "its words are searched one by one"))
        elif kind == "field":
            yield _field(match["field"], span, problems)
        elif kind == "word":
            word = match[0]
            if word[-1] == ":" and word[:-1].lower() in FIELDS:
                problems.append(Problem(f'nothing stands right behind "{word}"', span, "it is read as a word"))
            yield Token(word if word in OPERATORS else "word", word, span)
        else:
            yield Token(kind, match[0], span)


def _quote(text: str, behind: str | None, span: Span, problems: list[Problem]) -> Iterator[Token]:
    """A phrase, its words near each other where a number behind its ~ says so; what is no number is read as words."""
    found = _GAP.fullmatch(behind or "")
    gap = int(found[1]) if found and found[1] else None
    if not found or (gap or 0) > MAX_GAP:
        problems.append(Problem(f"behind a phrase's ~ stands a whole number from 0 to {MAX_GAP}", span))
    yield Token("quote", text, span, None if gap is None else min(gap, MAX_GAP))
    if behind and not found:
        yield Token("word", behind, span)


def _field(name: str, span: Span, problems: list[Problem]) -> Token:
    """A field, or its name as a word when there is no such field."""
    if name.lower() in FIELDS:
        return Token("field", name.lower(), span)
    reason = f'there is no field "{name[:40]}", but {", ".join(FIELDS)}'
    problems.append(Problem(reason, span, "its words are searched"))
    return Token("word", name, span)


def _balanced(found: list[Token], problems: list[Problem]) -> list[Token]:
    """The tokens without parentheses that have no partner, are nested too deeply, or hold nothing."""
    dropped: set[int] = set()
    opened: list[int] = []
    for at, token in enumerate(found):
        if token.kind == "open":
            opened.append(at)
        elif token.kind == "close" and not opened:
            dropped.add(at)
            problems.append(Problem("a parenthesis is closed that was never opened", token.span))
        elif token.kind == "close":
            dropped |= _dropped(found, opened.pop(), at, len(opened), problems, dropped)
    problems.extend(Problem("a parenthesis is never closed", found[at].span) for at in opened)
    dropped.update(opened)
    return [token for at, token in enumerate(found) if at not in dropped]


def _dropped(
    found: list[Token], start: int, end: int, depth: int, problems: list[Problem], dropped: set[int]
) -> set[int]:
    """The two parentheses when they must go; what stands between them stays."""
    span = Span(found[start].span.start, found[end].span.end)
    if all(at in dropped for at in range(start + 1, end)):
        problems.append(Problem("there is nothing between the parentheses", span))
        return {start, end}
    if depth >= MAX_DEPTH:
        problems.append(Problem(f"there are parentheses more than {MAX_DEPTH} deep", span, "they are left out"))
        return {start, end}
    return set()


def _joining(found: list[Token], problems: list[Problem]) -> list[Token]:
    """The tokens, operators, signs and fields with nothing to work on made words."""
    while True:
        loose = next((at for at, token in enumerate(found) if _is_loose(found, at)), None)
        if loose is None:
            return found
        token = found[loose]
        problems.append(Problem(f"there is nothing for {token.text} to work on", token.span, "it is read as a word"))
        found = [*found[:loose], Token("word", token.text.lower(), token.span), *found[loose + 1 :]]


def _is_loose(found: list[Token], at: int) -> bool:
    """True for an operator, sign or field that lacks what it needs beside it."""
    kind = found[at].kind
    before = found[at - 1].kind if at else "open"
    after = found[at + 1].kind if at + 1 < len(found) else "close"
    if kind in ("AND", "OR"):
        return before in ("open", "AND", "OR", "NOT", "sign", "field") or after in ("close", "AND", "OR")
    if kind == "NOT":
        return after in ("close", "AND", "OR", "NOT", "sign") or before in ("sign", "field")
    if kind == "sign":
        return after not in ("word", "quote", "open", "exact", "field") or before in ("sign", "field")
    if kind == "field":
        return after not in ("word", "quote", "open", "exact") or before == "field"
    return kind == "exact" and after not in ("word", "quote")
