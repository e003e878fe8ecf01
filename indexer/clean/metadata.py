"""Title, authors and date as the text itself gives them; what the source's format gives goes before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from indexer.clean.authors import date_at_end, names
from indexer.clean.cues import DATE, DATED
from indexer.clean.titles import is_section
from indexer.months import month_number
from indexer.records import CONTENT, Block, Source

EDGE = 8  # paragraphs of content beyond which a line with a date is an example ("Date: 21 Nov 1997" in a mail)
# Of several dates the one that says how old the content is; when it expires is not asked.
_PREFERRED = (
    "updated",
    "modified",
    "revised",
    "reviewed",
    "published",
    "released",
    "posted",
    "accepted",
    "created",
    "date",
)


def title(text: str, blocks: Sequence[Block], source: Source) -> str:
    """The title in the text, else its first heading that is no section name, else the file's name."""
    titles = [block.span.of(text) for block in blocks if block.kind == "title"]
    headings = [block.span.of(text) for block in blocks if block.kind == "heading"]
    own = [heading for heading in headings if not is_section(heading) and not heading[0].isdigit()]
    found = titles[:1] or own[:1]
    return found[0] if found else readable(source)


def readable(source: Source) -> str:
    """The file's name as words."""
    stem = PurePosixPath(source.path).stem or source.path
    words = " ".join(re.sub(r"[_\-+.]+", " ", stem).split()) or stem
    name = words[:1].upper() + words[1:]
    return f"{name} {source.part}".strip() or "Untitled"


def authors(text: str, blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names in the lines labelled as authors."""
    lines = [block.span.of(text) for block in blocks if block.kind == "author"]
    return tuple(name for line in lines for name in names(line))


def date(text: str, blocks: Sequence[Block]) -> str:
    """The date in lines labelled as dates or authors above or below the content: ISO 8601 where it can be told."""
    dates: dict[str, str] = {}
    for line in (block.span.of(text) for block in _edges(blocks) if block.kind in ("dates", "author")):
        words = list(DATED.finditer(line))
        for word in words:
            found = DATE.search(line, word.end(), word.end() + 60)
            if found:
                dates.setdefault(word[0].lower(), iso(found[0]))
        if not words and (last := date_at_end(line)):
            dates.setdefault("date", iso(last["date"]))
    return next((dates[word] for word in _PREFERRED if word in dates), "")


def _edges(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks with at most EDGE of content above or below: between them a date is one that the text tells of."""
    content = [at for at, block in enumerate(blocks) if block.kind in CONTENT]
    if len(content) <= 2 * EDGE:
        return blocks
    return [*blocks[: content[EDGE]], *blocks[content[-EDGE - 1] + 1 :]]


def iso(date: str) -> str:
    """A date in words as ISO 8601, as exact as it is; unchanged when it is so already."""
    found = re.search(r"(?i)([a-z]{3})[a-z]*\.?", date)
    numbers = re.findall(r"\d+", date)
    number = month_number(found[1]) if found else 0
    if not number:
        return date
    year = next(number for number in numbers if len(number) == 4)
    day = next((int(number) for number in numbers if len(number) < 3), 0)
    return f"{year}-{number:02}-{day:02}" if day else f"{year}-{number:02}"
