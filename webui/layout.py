"""A document laid out by its blocks: what is a heading, a list, a caption, and what is not content."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from indexer import CONTENT, Block, Document, Span
from webui.marking import Layer, mark

FORMS = {"code": "code", "item": "list", "columns": "table", "row": "table"}  # all others are shown as what they are
GROUPS = {"code", "list", "table", "references", "aside"}  # forms whose neighbours make one part
SIGN = re.compile(r"[^\w\s\"'“‘(\[]\s|\d{1,3}\.\s|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})\)\s")  # • – * 1. 2) (b)
NAMES = {
    "title": "title",
    "author": "authors",
    "dates": "dates",
    "disclosure": "disclosure",
    "disclaimer": "disclaimer",
    "login": "log-in prompt",
    "action": "call to action",
    "banner": "site banner",
    "running": "running head or page number",
    "other": "other text",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A block, marked."""

    block: Block
    html: Markup
    marked: bool  # the passage reaches into it
    has_own_sign: bool  # its text begins with the sign of a list item, which must not be shown twice

    @property
    def name(self) -> str:
        """What a block that is not content is called."""
        return NAMES[self.block.kind]


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks that are shown as one."""

    form: str  # heading, prose, caption, footnote, code, list, table, references, or aside for what is not content
    lines: tuple[Line, ...]
    page: int | None  # the page that begins here, from 1; None when none does

    @property
    def level(self) -> int:
        """The level of a heading on the page, below the document's title."""
        return min(max(self.lines[0].block.level, 1) + 1, 6)

    @property
    def marked(self) -> bool:
        """True when the passage reaches into the part, which must then not be folded."""
        return any(line.marked for line in self.lines)

    @property
    def name(self) -> str:
        """What a part that is not content holds."""
        return ", ".join(dict.fromkeys(line.name for line in self.lines))


def lay_out(document: Document, layers: Sequence[Layer] = ()) -> tuple[Part, ...]:
    """The document's parts in text order. The title is left out where it only repeats the page's.

    The spans of each layer are in text order, and no two overlap.
    """
    landing = _landing(document, layers)
    elsewhere = [replace(layer, anchor="") for layer in layers]
    parts: list[Part] = []
    page = None
    for form, blocks in _grouped(document):
        before, page = page, _page(document, blocks[0])
        marks = [_within(layers if block is landing else elsewhere, block.span) for block in blocks]
        lines = [_line(document, block, within) for block, within in zip(blocks, marks, strict=True)]
        parts.append(Part(form, tuple(lines), page if page != before else None))
    return tuple(parts)


def _grouped(document: Document) -> Iterator[tuple[str, list[Block]]]:
    """The blocks with the form they take, neighbours that go together in one list."""
    shown = [block for block in document.blocks if not _repeats_title(document, block)]
    for form, blocks in groupby(shown, _form):
        if form in GROUPS:
            yield form, list(blocks)
        else:
            yield from ((form, [block]) for block in blocks)


def _landing(document: Document, layers: Sequence[Layer]) -> Block | None:
    """The block that a link lands on: the first that an anchored layer marks."""
    spans = [span for layer in layers if layer.anchor for span in layer.spans]
    return next((block for block in document.blocks if any(block.span.overlaps(span) for span in spans)), None)


def _within(layers: Sequence[Layer], span: Span) -> list[Layer]:
    """The layers with the spans that reach into this one: a long document has thousands of blocks and of marks."""
    cut = []
    for layer in layers:
        first = bisect_right(layer.spans, span.start, key=lambda other: other.end)
        last = bisect_left(layer.spans, span.end, lo=first, key=lambda other: other.start)
        cut.append(replace(layer, spans=layer.spans[first:last]))
    return cut


def _line(document: Document, block: Block, layers: Sequence[Layer]) -> Line:
    text = block.span.of(document.text.text)
    has_own_sign = block.kind == "item" and bool(SIGN.match(text))
    return Line(block, mark(text, layers, block.span.start), _is_marked(block, layers), has_own_sign)


def _is_marked(block: Block, layers: Sequence[Layer]) -> bool:
    """True when the passage reaches into the block."""
    return any(span.overlaps(block.span) for layer in layers if layer.kind == "passage" for span in layer.spans)


def _page(document: Document, block: Block) -> int | None:
    """The page that the block begins on, from 1."""
    begins = document.text.source(block.span.start, block.span.end).start
    return bisect_right([page.start for page in document.pages], begins) or None


def _form(block: Block) -> str:
    """How a block is shown."""
    if block.kind in CONTENT or block.kind == "heading":
        return FORMS.get(block.kind, block.kind)
    return "aside"


def _repeats_title(document: Document, block: Block) -> bool:
    """True for a title block that says what the page's heading already says."""
    return block.kind == "title" and block.span.of(document.text.text).split() == document.title.split()
