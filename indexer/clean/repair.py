"""The rules that change text, in order."""

from __future__ import annotations

import numpy as np

from indexer.aligned import AlignedText, Edit
from indexer.arrays import indices
from indexer.clean import captions, cells, characters, citations, hyphens, linebreaks, titles
from indexer.clean.lines import Lines, lines_of
from indexer.clean.steps import Steps

ROUNDS = 32  # two do in nearly every text, and 8 in 20,000 made to tease; the bound is for what comes after them


def repaired(text: AlignedText, title: str, steps: Steps) -> AlignedText:
    """The text with every paragraph on one line, repaired until no rule finds more to do."""
    for _ in range(ROUNDS):
        before = text.text
        text = _round(text, title, steps)
        if text.text == before:
            break
    return text


def _round(text: AlignedText, title: str, steps: Steps) -> AlignedText:
    """The text after each rule once."""
    text = steps.note("characters", text, characters.tidied(text, cells=True))
    text = steps.note("spacing", text, text.edit(linebreaks.closed_up(text.text)))
    wide = linebreaks.width(text.text)
    text = steps.note("broken title", text, text.edit(titles.mended(text.text, wide)))
    text = steps.note("captions moved", text, captions.out_of_sentences(text))
    text = steps.note("sentence over blank line", text, text.edit(linebreaks.over_blank_lines(text.text, wide)))
    text = words_mended(text, linebreaks.refolded(text.text, wide), wide, steps)
    text = steps.note("sentence over blank line", text, text.edit(linebreaks.over_blank_lines(text.text, wide)))
    text = steps.note("spacing", text, text.edit(sorted([*spaced(text.text), *cells.closed(text.text)])))
    return off_words(text, title, steps)


def words_mended(text: AlignedText, folds: list[Edit], wide: int, steps: Steps) -> AlignedText:
    """The text with words that a line's end has cut put together, and its lines folded into paragraphs."""
    words = [*hyphens.rejoined(text.text, wide), *hyphens.unmarked(text.text, wide)]
    return steps.note("line ends", text, text.edit(joined(words, folds)))


def off_words(text: AlignedText, title: str, steps: Steps) -> AlignedText:
    """The text without what a typesetter or a site has put into its words and sentences."""
    text = steps.note("hyphens inside lines", text, text.edit(hyphens.unhyphened(text.text)))
    text = steps.note("spaces inside words", text, text.edit(hyphens.unspaced(text.text)))
    text = steps.note("halves of words", text, text.edit(hyphens.halved(text.text)))
    text = steps.note("citation numbers", text, text.edit(citations.unglued(text.text)))
    return steps.note("repeated title", text, text.edit(titles.uninjected(text.text, title)))


def joined(words: list[Edit], folds: list[Edit]) -> list[Edit]:
    """The line ends inside words and those between words, each edited once."""
    if not words:
        return folds
    taken = {end for _, end, _ in words}
    return sorted([*words, *(fold for fold in folds if fold[1] not in taken)])


def spaced(text: str) -> list[Edit]:
    """A blank line between paragraphs, none between the items of a list, and no white space at the ends."""
    lines = lines_of(text)
    first, last = (int(lines.firsts[0]), int(lines.lasts[-1])) if len(lines) else (0, 0)
    top, bottom = [(0, first, "")] if first else [], [(last, len(text), "")] if last < len(text) else []
    return [*top, *_gaps(lines), *bottom]


def _gaps(lines: Lines) -> list[Edit]:
    """What stands between two lines, where it is not what it should be."""
    starts, ends = lines.lasts[:-1], lines.firsts[1:]
    if not len(starts):
        return []
    sizes = np.where(lines.items[:-1] & lines.items[1:], 1, 2)
    breaks = lines.codes == ord("\n")
    wrong = indices((ends - starts != sizes) | ~breaks[starts] | ~breaks[ends - 1])
    found = (each[wrong].tolist() for each in (starts, ends, sizes))
    return [(start, end, "\n" * size) for start, end, size in zip(*found, strict=True)]
