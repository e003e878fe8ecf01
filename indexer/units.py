"""Passage -> the units that can be quoted: sentences, list items, captions, rows; a list's lead-in with its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from indexer.records import Span
from indexer.sentences import sentences

LIST_WORDS = 80  # a list is quoted up to about this many words
_CACHED = 4096  # passages; about 10 MB
_LINE = re.compile(r"[^\n]+")
_ITEM = re.compile(r"\s*(?:[•●▪◦‣⁃*·–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_LEAD_IN = re.compile(r":\s*$")


class Unit(NamedTuple):
    """A stretch of a passage that can be quoted."""

    span: Span  # in the passage's text
    opens: bool  # True for the first of its paragraph


@lru_cache(maxsize=_CACHED)
def units(text: str) -> tuple[Unit, ...]:
    """The units of a passage's text, in order; a lead-in ("Symptoms include:") reaches over the items under it."""
    lines = _lines(text)
    return tuple(unit for at, line in enumerate(lines) for unit in _of_line(text, line, lines[at + 1 :]))


def units_at(text: str, begins: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Start, end and `opens` of the same, of which it is known where they begin.

    No sentence is told again, and nothing else is made of them: that takes a tenth of the time.
    """
    found: list[tuple[int, int, bool]] = []
    lines: list[Span] | None = None
    for start, following in pairwise((*begins, len(text))):
        line_end = text.find("\n", start, following)
        end = start + len(text[start : following if line_end < 0 else line_end].rstrip())
        is_last = line_end >= 0 or following == len(text)
        if is_last and text[start:end].endswith(":"):
            lines = lines or _lines(text)
            end = _with_items(text, Span(start, end), [line for line in lines if line.start >= end]).end
        found.append((start, end, not text[text.rfind("\n", 0, start) + 1 : start].strip()))
    return found


def _lines(text: str) -> list[Span]:
    """The lines of a text that hold something."""
    return [Span(*found.span()) for found in _LINE.finditer(text) if found[0].strip()]


def _of_line(text: str, line: Span, below: list[Span]) -> Iterator[Unit]:
    """The sentences of a line, the last of them with the list that it leads in."""
    spans = [Span(line.start + start, line.start + end) for start, end in sentences(line.of(text))]
    for at, span in enumerate(spans):
        leads = at == len(spans) - 1 and _LEAD_IN.search(span.of(text))
        yield Unit(_with_items(text, span, below) if leads else span, at == 0)


def _with_items(text: str, lead_in: Span, below: list[Span]) -> Span:
    """A lead-in and the items under it, LIST_WORDS words of them at most, but one item whatever its length."""
    end, words = lead_in.end, len(lead_in.of(text).split())
    for line in below:
        words += len(line.of(text).split())
        listed = _ITEM.match(line.of(text)) or text[end : line.start].count("\n") == 1
        if not listed or (words > LIST_WORDS and end > lead_in.end):
            break
        end = line.end
    return Span(lead_in.start, end)
