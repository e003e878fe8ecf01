"""Text whose format knows its blocks: each block is cleaned and keeps its kind.

Prose that a page's end, a figure or a footnote has cut in two is put together, what interrupted it behind it. Where
a format has no pages its paragraphs are as their author made them, and none are joined.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.aligned import AlignedText, Edit
from indexer.clean import characters, linebreaks
from indexer.clean.labels import relabelled
from indexer.clean.layout import ends_sentence, is_item, starts_lower
from indexer.clean.repair import ROUNDS, off_words, words_mended
from indexer.clean.steps import Steps
from indexer.records import LINES, ROWS, Block, Extract, Span

_BETWEEN = ROWS | {"running", "footnote", "caption"}  # kinds that interrupt a paragraph
_CUT = frozenset({"prose", "item", "references", "footnote"})  # kinds that can be interrupted
_TAB = re.compile(r"[^\S\t]*\t[^\S\t]*")  # of two in a row the cell between is empty
_UNEVEN = re.compile(r"\n|[^\S\t]\s|\s[^\S\t]|^[^\S\t]|[^\S\t]$")  # white space of a row that does not stay as it is
_BROKEN = re.compile(r"\s*\n\s*")
_SINGLE = re.compile(r"(?<!\n)\n(?!\n)")
_PARTED = "\n\n"  # between blocks, and never inside one


@dataclass(frozen=True, slots=True)
class Part:
    """A block on its own."""

    text: AlignedText
    kind: str
    level: int
    page: int = 0  # from 1; 0 where there are no pages

    def behind(self, other: Part) -> Part:
        """The other part with this one after it, a line end between."""
        text = AlignedText.join([other.text, other.text.gap("\n"), self.text])
        return replace(other, text=text, page=self.page)


def repaired_blocks(extract: Extract, steps: Steps) -> tuple[AlignedText, tuple[Block, ...]]:
    """The clean text of an extract, one line to a block, and its blocks with what `relabelled` makes of their kinds."""
    parts = _parts(extract)
    wide = linebreaks.width(extract.text.text)
    for _ in range(ROUNDS):
        before = [part.text.text for part in parts]
        parts = _round(parts, wide, extract.title, steps)
        if [part.text.text for part in parts] == before:
            break
    text, blocks = _assembled(parts)
    labelled = relabelled(text.text, blocks, are_sure=not extract.pages)
    if labelled == blocks:
        return text, blocks
    return _assembled([Part(_one(block.kind, text[block.span]), block.kind, block.level) for block in labelled])


def _parts(extract: Extract) -> list[Part]:
    """The blocks as parts; text that no block holds is prose."""
    pages = [page.start for page in extract.pages]
    parts: list[Part] = []
    for block in _without_gaps(extract):
        text = extract.text[block.span]
        if text.text.strip():
            page = bisect_right(pages, text.source(0, 1).start) if pages else 0
            parts.append(Part(text, block.kind, block.level, page))
    return parts


def _without_gaps(extract: Extract) -> Iterator[Block]:
    """The blocks, and what lies between them as prose."""
    done = 0
    for block in extract.blocks:
        yield Block(Span(done, block.span.start), "prose")
        yield block
        done = block.span.end
    yield Block(Span(done, len(extract.text)), "prose")


def _round(parts: list[Part], wide: int, title: str, steps: Steps) -> list[Part]:
    """The parts after each rule once."""
    parts = [replace(part, text=_one(part.kind, part.text)) for part in parts]
    parts = _whole_paragraphs([part for part in parts if part.text.text])
    if not parts:
        return []
    whole = AlignedText.join(_separated([part.text for part in parts]))
    text = off_words(words_mended(whole, _line_ends(whole.text), wide, steps), title, steps)
    if text is whole:
        return parts
    return [replace(part, text=piece) for part, piece in zip(parts, _split(text), strict=True) if piece.text]


def _one_paragraph(text: AlignedText) -> AlignedText:
    """A block's text without blank lines and white space at its ends."""
    text = characters.tidied(text)
    return text.edit((found.start(), found.end(), "\n") for found in _BROKEN.finditer(text.text)).stripped()


def _one_row(text: AlignedText) -> AlignedText:
    """The same of a row, the tabs before its cells kept; one that is so already, as most are, is not cut to cells."""
    if not _UNEVEN.search(text.text) and not characters.odd(text.text):
        return text.stripped("")
    pieces: list[AlignedText] = []
    done = 0
    for tab in _TAB.finditer(text.text):
        gap = text[tab.start() : tab.end()]
        pieces += _one_paragraph(text[done : tab.start()]), gap.edit([(0, len(gap), "\t")])
        done = tab.end()
    return AlignedText.join([*pieces, _one_paragraph(text[done:])]).stripped("")


def _one_line(text: AlignedText) -> AlignedText:
    """A line of code, indented as it is."""
    text = characters.tidied(text).stripped("\n")
    return text.edit((found.start(), found.end(), " ") for found in _BROKEN.finditer(text.text))


def _one(kind: str, text: AlignedText) -> AlignedText:
    """The text of a block of this kind."""
    if kind in ROWS:
        return _one_row(text)
    return _one_line(text) if kind == "code" else _one_paragraph(text)


def _whole_paragraphs(parts: list[Part]) -> list[Part]:
    """The parts with those put together that a page's end or what stands between has cut."""
    whole: list[Part] = []
    for part in parts:
        at = _beginning(whole, part)
        if at < 0:
            whole.append(part)
        else:
            whole[at] = part.behind(whole[at])
    return whole


def _beginning(parts: list[Part], part: Part) -> int:
    """The index of the part whose last sentence goes on in `part`; -1 when there is none."""
    at = len(parts) - 1
    while at >= 0 and parts[at].kind in _BETWEEN and parts[at].kind != part.kind:
        at -= 1
    if at < 0 or not part.page or part.kind not in ("prose", parts[at].kind) or not starts_lower(part.text.text):
        return -1
    last = parts[at].text.text.rsplit("\n", 1)[-1]
    apart = at < len(parts) - 1 or part.page != parts[at].page
    cut = parts[at].kind in _CUT and not ends_sentence(last) and len(last.split()) >= 3
    return at if apart and cut and not is_item(part.text.text) else -1


def _separated(texts: Sequence[AlignedText]) -> Iterator[AlignedText]:
    """The texts with a blank line between each two."""
    for index, text in enumerate(texts):
        if index:
            yield texts[index - 1].gap(_PARTED)
        yield text


def _line_ends(text: str) -> list[Edit]:
    """The single line ends, as spaces."""
    return [(found.start(), found.end(), " ") for found in _SINGLE.finditer(text)]


def _split(text: AlignedText) -> Iterator[AlignedText]:
    """The texts between the blank lines."""
    start = 0
    for piece in text.text.split(_PARTED):
        yield text[start : start + len(piece)]
        start += len(piece) + len(_PARTED)


def _assembled(parts: list[Part]) -> tuple[AlignedText, tuple[Block, ...]]:
    """The parts as one text, and where each stands in it."""
    texts: list[AlignedText] = []
    blocks: list[Block] = []
    done = 0
    for part in parts:
        if blocks:
            close = part.kind == blocks[-1].kind and part.kind in LINES
            texts.append(texts[-1].gap("\n" if close else _PARTED))
            done += len(texts[-1])
        texts.append(part.text)
        blocks.append(Block(Span(done, done + len(part.text)), part.kind, part.level))
        done += len(part.text)
    return AlignedText.join(texts), tuple(blocks)
