"""The title: made whole where a line end cuts it, kept once where a page repeats it in every paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from indexer.aligned import Edit
from indexer.clean.layout import BINDING, ends_open, ends_sentence, is_caption, is_item, starts_lower
from indexer.clean.lines import Line, filled_lines, lines_of
from indexer.clean.words import is_common

TOP = 5  # lines from the top among which the title stands
REPEATED_LEAST = 2  # times beside the title itself

_SECTION = re.compile(
    r"(?i)(?:\d+\.?\s+)?(?:abstract|summary|introduction|background|keywords?|methods?|materials?|results|contents|"
    r"conclusions?|discussion|objectives?|overview|preface|case report|references)\b"
)


def is_section(line: str) -> bool:
    """True when the line starts with a name that sections of all papers have."""
    return bool(_SECTION.match(line.strip()))


def mended(text: str, wide: int) -> list[Edit]:
    """The line end inside a title that is cut in two, in a text broken into lines."""
    found = filled_lines(text, 3)
    if not wide or len(found) < 3:
        return []
    (start, end), (below, stop), (following, _) = found
    first, second = text[start:end].strip(), text[below:stop].strip()
    glued = text[stop:following].count("\n") == 1  # a heading of its own would have a blank line
    if not _is_titled(first) or not _is_titled(second) or is_section(second) or _is_name(second):
        return []
    if not ends_open(first) and not (glued and len(first) + len(second.split()[0]) > 0.5 * wide):
        return []
    indent = len(text[below:stop]) - len(text[below:stop].lstrip())
    return [(end, below + indent, " ")]


def end_of_title(text: str) -> int:
    """Where the first line ends, when it is a title and what stands below goes on with something else; else -1."""
    found = filled_lines(text, 2)
    if len(found) < 2:
        return -1
    first, second = (text[start:end].strip() for start, end in found)
    return found[0][1] if _is_titled(first) and not ends_open(first) and not starts_lower(second) else -1


def _is_titled(line: str) -> bool:
    """True when a line is written as titles are: no end mark, most longer words with a capital."""
    words = [word for word in re.findall(r"[^\W\d_][\w’'-]*", line) if word.lower() not in BINDING]
    capitals = sum(word[0].isupper() for word in words)
    if is_item(line) or is_caption(line) or ends_sentence(line):
        return False
    return len(words) >= 2 and len(line) <= 140 and capitals >= 0.75 * len(words) and line[0].isupper()


def _is_name(line: str) -> bool:
    """True when a line looks like names of people: words that no dictionary has in lower case, or degrees."""
    words = [word for word in re.findall(r"[^\W\d_]{2,}", line) if word.lower() not in BINDING]
    return sum(is_common(word) for word in words) < 0.75 * len(words)


@lru_cache(maxsize=1)  # the round that finds nothing more to do asks again
def uninjected(text: str, title: str = "") -> list[Edit]:
    """Copies of the title at the start or the end of paragraphs, to be deleted; its own line stays.

    The title is the one given, else the first of the top lines that has copies.
    """
    own = 0 if title else 1  # line that is the title itself
    top = [title.strip()] if title else [text[start:end].strip() for start, end in filled_lines(text, TOP)]
    for words in top:
        if not 3 <= len(words.split()) <= 25 or ends_sentence(words):
            continue
        places = _places(words, text)
        if len(places) < REPEATED_LEAST + own:
            continue
        edits = [edit for line in _lines_at(text, places) for edit in _copies(text, line, words)]
        if len(edits) >= REPEATED_LEAST:
            return edits
    return []


def _places(words: str, text: str) -> list[int]:
    """Where the words stand in a text."""
    places = []
    at = text.find(words)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


def _lines_at(text: str, places: list[int]) -> list[Line]:
    """The lines that some places lie in."""
    lines = lines_of(text)
    held = np.unique(np.searchsorted(lines.starts, places, side="right") - 1)
    return list(zip(lines.starts[held].tolist(), lines.ends[held].tolist(), strict=True))


def _copies(text: str, line: Line, title: str) -> list[Edit]:
    """The title before a sentence, or behind one; alone in a line it may be a heading."""
    start, end = line
    paragraph = text[start:end]
    body = paragraph.strip()
    if body == title:
        return []
    edits = []
    if body.startswith(title) and _is_sentence(body[len(title) :]):
        rest = len(body[len(title) :].lstrip())
        edits.append((start, start + len(paragraph.rstrip()) - rest, ""))
    if body.endswith(title) and ends_sentence(body[: -len(title)]):
        edits.append((start + len(paragraph[: paragraph.rindex(title)].rstrip()), end, ""))
    return edits


def _is_sentence(rest: str) -> bool:
    """True when what stands behind a title is a sentence of its own."""
    return rest[:1].isspace() and rest.lstrip()[:1].isupper() and len(rest.split()) > 5
