"""Hyphens at line ends of which it is known whether they are the word's own: in PDF text, and made in articles."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from indexer.clean.hyphens import rejoined

_CONTEXT = 12  # characters on either side that must agree with the corrected text
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl"})
_SYLLABLE = re.compile(r"(?<=[a-z])(?=[^aeiouy\W\d_][aeiouy])")
_COLUMN = 64  # characters


class Decision(NamedTuple):
    """A hyphen at a line end, what was made of it, and what it is."""

    word: str
    joined: bool
    own: bool  # the hyphen is the word's own


def found_breaks(folder: Path, extractor: str) -> Iterator[Decision]:
    """The line ends of a PDF's text that the corrected text of the same document settles."""
    for path in sorted((folder / extractor).iterdir()):
        text = path.read_text("utf-8").replace("\r\n", "\n").translate(_LIGATURES)
        gold = _squeezed((folder / "gold" / path.name).read_text("utf-8"))
        for start, end, new in rejoined(text, _COLUMN):
            left, right = _squeezed(text[start - 40 : start])[-_CONTEXT:], _squeezed(text[end : end + 40])[:_CONTEXT]
            one, two = left + right in gold, f"{left}-{right}" in gold
            if one != two:
                yield Decision(f"{left}|{right}", joined=not new, own=two)


def made_breaks(gold: Path) -> Iterator[Decision]:
    """The line ends of articles set in a narrow column, words cut between syllables as typesetters do."""
    for article in json.loads(gold.read_text("utf-8")).values():
        text, own = _set(" ".join(article["body_paragraphs"]).split())
        for start, _, new in rejoined(text, _COLUMN):
            if start in own:
                yield Decision(text[start - 12 : start + 12], joined=not new, own=own[start])


def _set(words: list[str]) -> tuple[str, dict[int, bool]]:
    """Words in lines, and for the place of each hyphen at a line's end whether it is the word's own."""
    lines, own, line, done = [], {}, "", 0
    for word in words:
        if len(line) + 1 + len(word) <= _COLUMN:
            line = f"{line} {word}".strip()
            continue
        head, tail, kept = _cut(word, _COLUMN - len(line) - 2)
        lines.append(f"{line} {head}-".strip() if head else line)
        done += len(lines[-1]) + 1
        if head:
            own[done - 2] = kept
        line = tail
    return "\n".join([*lines, line]), own


def _cut(word: str, room: int) -> tuple[str, str, bool]:
    """A word's part before the line end, the part after it, and whether the hyphen is the word's own."""
    hyphens = [at.start() for at in re.finditer(r"(?<=[A-Za-z])-(?=[A-Za-z])", word) if 0 < at.start() <= room]
    if hyphens:
        return word[: hyphens[-1]], word[hyphens[-1] + 1 :], True
    places = [at.start() for at in _SYLLABLE.finditer(word) if 2 <= at.start() <= min(room, len(word) - 3)]
    if len(word) < 6 or not re.fullmatch(r"\W*[A-Za-z]+\W*", word) or not places:
        return "", word, False
    return word[: places[-1]], word[places[-1] :], False


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
