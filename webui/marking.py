"""Marks in text: escape first, then mark, so a document can never write into the page.

Spans are the indexer's own, in code points. Marks of several layers nest: the words of the query stand inside the
quote, which stands inside the passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from indexer import Span

PARAGRAPH = re.compile(r"\t*\S(?:[^\n]+|\n(?!\s*\n))*")  # with the tabs before a row's first cell that is not empty
CLOSING = Markup("</mark>")
_PIECE = re.compile(r"<[^>]*>|[\t\n]|[^<\t\n]+")  # of a marked text: a tag, a sign that parts cells or rows, or letters
_ANCHOR = re.compile(r' id="[^"]*" tabindex="-1"')


@dataclass(frozen=True, slots=True)
class Layer:
    """Spans to mark in the same way."""

    kind: str  # the class of the <mark>: "word", "quote" or "passage"
    spans: tuple[Span, ...]
    anchor: str = ""  # the id that the first mark carries, so that a link can land on it


def mark(text: str, layers: Iterable[Layer], start: int = 0) -> Markup:
    """The text as HTML, the spans of each layer marked, outermost layer first; the text begins at `start` in theirs."""
    outer, *inner = tuple(layers) or (None,)
    if outer is None:
        return escape(text)
    parts: list[Markup] = []
    done = 0
    for number, span in enumerate(_merged(outer.spans, start, len(text))):
        parts.append(mark(text[done : span.start], inner, start + done))
        opening = _opening(outer.kind, "" if number else outer.anchor)
        parts += opening, mark(span.of(text), inner, start + span.start), CLOSING
        done = span.end
    parts.append(mark(text[done:], inner, start + done))
    return Markup("".join(parts))  # noqa: S704 - each part is escaped


def mark_words(text: str, matches: Iterable[Span]) -> Markup:
    """The text as HTML with the words that matched the query marked."""
    return mark(text, [Layer("word", tuple(matches))])


def mark_paragraphs(text: str, matches: Iterable[Span]) -> list[Markup]:
    """The paragraphs of a text, which a blank line parts, each as `mark_words` gives it."""
    layers = [Layer("word", tuple(matches))]
    return [mark(found[0], layers, found.start()) for found in PARAGRAPH.finditer(text)]


def cut(marked: Markup, sign: str) -> list[Markup]:
    """A marked text cut at each tab or line end; a mark that goes on is opened anew, without its anchor."""
    found, marks, shown, closing = [""], list[str](), 0, str(CLOSING)
    for piece in _PIECE.findall(str(marked)):
        if piece == sign:
            found[-1] += closing * shown
            found.append("")
            shown = 0
        elif piece == closing:
            marks.pop()
            if shown > len(marks):  # it was opened in this cell
                found[-1] += closing
                shown -= 1
        elif piece.startswith("<"):
            marks.append(piece)
        else:
            found[-1] += "".join(marks[shown:]) + piece
            marks[shown:] = [_ANCHOR.sub("", mark) for mark in marks[shown:]]
            shown = len(marks)
    return list(map(Markup, found))


def cells(line: Markup) -> list[Markup]:
    """The cells of a row."""
    return cut(line, "\t")


def rows(paragraph: Markup) -> list[Markup]:
    """The rows of a paragraph."""
    return cut(paragraph, "\n")


@lru_cache(maxsize=16)  # there are three kinds, one of them with an anchor
def _opening(kind: str, anchor: str) -> Markup:
    """The tag that opens a mark of a kind; the first of a layer carries its anchor."""
    if anchor:
        return Markup('<mark class="{}" id="{}" tabindex="-1">').format(kind, anchor)
    return Markup('<mark class="{}">').format(kind)


def _merged(spans: Iterable[Span], start: int, length: int) -> list[Span]:
    """The spans as they lie in a text of this length that begins at `start`: in order, cut to it, overlaps joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        first, last = max(span.start - start, 0), min(span.end - start, length)
        if first >= last:
            continue
        if merged and first <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, last))
        else:
            merged.append(Span(first, last))
    return merged
