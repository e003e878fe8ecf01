"""A leaf of the tree of a query -> the clauses that look for it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from indexer.analyse import WORD, compound, is_one_part, joined, powers, term, words
from indexer.lexicon import Lexicon
from indexer.negation import FLAGS
from indexer.query_grammar import Leaf
from indexer.query_tokens import Problem
from indexer.records import (
    FORMATS,
    PASSAGE_KINDS,
    AnyOf,
    Clause,
    Flagged,
    Fuzzy,
    Key,
    KeyRange,
    Near,
    Phrase,
    Prefix,
    Within,
    Word,
)
from indexer.sections import SECTIONS
from indexer.typed import exact, typed, written

LEAST_BEGINNING = 2  # letters before a *
LEAST_FUZZY = 4  # letters before a ~; a shorter word is one letter away from dozens of others
_ENDING = re.compile(r".*[^\W_](?P<end>\*+|~[\d.]*)[^\w*~]*")
_NAMED = {"flag": FLAGS, "section": SECTIONS, "format": FORMATS, "kind": PASSAGE_KINDS}  # field -> its values
_YEARS = re.compile(r"(?P<low>\d{4})?(?P<to>\.\.)?(?P<high>\d{4})?")
_PATTERN = re.compile(r"\w\?\w|\w\*\w|(?<!\w)\*+\w")  # wom?n, t*r, *oma


class Found(NamedTuple):
    """A clause and how it was typed."""

    clause: Clause
    label: str
    word: str = ""  # the one plain word that it is, if it is one: it may be a stop word
    is_firm: bool = True  # False for what was meant otherwise and is now read as words


def _alone(text: str) -> Found | None:
    """A word of one part, as most are."""
    return Found(Word(term(text)), text, text) if is_one_part(text) else None


_ALONE = Lexicon(_alone)  # most come again


def worded(leaf: Leaf, problems: list[Problem]) -> list[Found]:
    """The words of a leaf that is not in quotes; its ending says whether the last is a beginning or a likeness."""
    alone = None if leaf.exact else _ALONE[leaf.text]
    if alone:
        return [alone]
    if leaf.exact:
        return [Found(Word(exact(word)), "=" + word) for word in WORD.findall(powers(leaf.text))]
    if _PATTERN.search(leaf.text):
        problems.append(Problem("a * stands for letters only at the end of a word, a ? never", leaf.span))
    ending = _ENDING.fullmatch(leaf.text)
    if not ending:
        return [_plain(parts) for parts in _chains(leaf.text)]
    before = leaf.text[: ending.start("end")]
    last = before[words(before)[-1][0].start :]
    found = _beginning if ending["end"].startswith("*") else _fuzzy
    if ending["end"].strip("*~.") not in ("", "1", "2"):
        problems.append(Problem("behind the ~ of a word stands 1, 2 or nothing", leaf.span))
    rest = [_plain(parts) for parts in _chains(before)[:-1]]
    return [*rest, found(leaf, last, problems)]


def phrase(leaf: Leaf, problems: list[Problem]) -> list[Found]:
    """The words of a leaf in quotes, one after another or near each other."""
    parts = [part for chain in _chains(leaf.text) for part in chain]
    terms = tuple(exact(part) if leaf.exact else term(part) for part in parts)
    label = ("=" if leaf.exact else "") + f'"{leaf.text.strip()}"'
    if not terms:
        problems.append(Problem("there is no word between the quotation marks", leaf.span))
        return []
    if "*" in leaf.text:
        problems.append(Problem("a * between quotation marks stands for nothing", leaf.span))
    if leaf.gap is None:
        return [Found(Phrase(terms), label)]
    return [Found(Near(terms, leaf.gap), f"{label}~{leaf.gap}")]


def fielded(leaf: Leaf, problems: list[Problem]) -> list[Found]:
    """What a leaf asks of one field."""
    if leaf.field in ("title", "heading"):
        inner = leaf._replace(field="")
        found = phrase(inner, problems) if leaf.quoted else worded(inner, problems)
        return [Found(Within(leaf.field, one.clause), f"{leaf.field}:{one.label}") for one in found]
    value = " ".join(leaf.text.split())
    label = f'{leaf.field}:"{value}"' if leaf.quoted else f"{leaf.field}:{value}"
    clause = _keyed(leaf.field, value)
    if clause:
        return [Found(clause, label)]
    problems.append(Problem(_wanted(leaf.field), leaf.span))
    return [found._replace(is_firm=False) for found in worded(leaf._replace(field=""), problems)]


def _keyed(field: str, value: str) -> Clause | None:
    """The clause that asks for a keyword; None when there can be no such one."""
    if field == "year":
        return _years(value)
    if field in _NAMED:
        value = value.lower().removeprefix(".")
        if value not in _NAMED[field]:
            return None
        return Flagged(value, ()) if field == "flag" else Key(f"{field}={value}")
    return Key(f"{field}={value}") if value else None


def _years(value: str) -> Clause | None:
    """A year, or a range that may be open at one end."""
    found = _YEARS.fullmatch(value)
    if not found or not (found["low"] or found["high"]):
        return None
    if not found["to"]:
        return Key(f"year={found['low']}") if not found["high"] else None
    if found["low"] and found["high"] and found["low"] > found["high"]:
        return None
    return KeyRange("year", found["low"] or "", found["high"] or "")


def _wanted(field: str) -> str:
    if field == "year":
        return "a year has four digits, a range two dots and the earlier year first: year:2015..2020"
    if field in _NAMED:
        return f"a {field} is one of {', '.join(_NAMED[field])}"
    return f"there is nothing to look for behind {field}:"


def _beginning(leaf: Leaf, text: str, problems: list[Problem]) -> Found:
    """A word of which only the beginning is given."""
    beginning = written(typed(text))[0]
    if sum(char.isalnum() for char in beginning) >= LEAST_BEGINNING:
        return Found(Prefix(beginning), f"{text}*")
    problems.append(Problem(f"a * needs at least {LEAST_BEGINNING} letters before it", leaf.span))
    return _plain(_chains(text)[0])


def _fuzzy(leaf: Leaf, text: str, problems: list[Problem]) -> Found:
    """A word of which only the likeness is given; a name with digits is never meant to be another."""
    if len(text) >= LEAST_FUZZY and text.isalpha():
        return Found(Fuzzy(written(typed(text))[0]), f"{text}~")
    problems.append(Problem(f"a ~ needs a word of at least {LEAST_FUZZY} letters and no digit before it", leaf.span))
    return _plain(_chains(text)[0])


def _plain(parts: Sequence[str]) -> Found:
    """A word, or a compound as its joined form or its parts in a row; of "l'eau" the article is left out."""
    if parts[0].endswith(("'", "’")):
        return _plain(parts[1:])
    if len(parts) == 1:
        return Found(Word(term(parts[0])), parts[0], parts[0])
    both = AnyOf((Word(joined(list(parts))), Phrase(tuple(term(part) for part in parts))))
    return Found(both, compound(parts))


def _chains(text: str) -> list[list[str]]:
    """The words of a text, each as its parts."""
    text = powers(text)
    return [[part.of(text) for part in chain] for chain in words(text)]
