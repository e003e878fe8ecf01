"""The lines of a Markdown file, each with how deep it is quoted."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")


class Line(NamedTuple):
    """A line without its end and the signs of a quotation."""

    text: str
    start: int  # in the source
    depth: int  # of quotation

    @property
    def end(self) -> int:
        """Where the line's last word ends in the source."""
        return self.start + len(self.text.rstrip())

    @property
    def word(self) -> int:
        """Where its first word begins in the source."""
        return self.start + len(self.text) - len(self.text.lstrip())


def lines(text: str, start: int) -> list[Line]:
    """The lines from `start` on."""
    found = []
    for match in _LINE.finditer(text, start):
        line = match[0].rstrip("\r\n")
        quote = _QUOTE.match(line)
        skip = quote.end() if quote else 0
        found.append(Line(line[skip:], match.start() + skip, quote[0].count(">") if quote else 0))
    return found


def breaks(line: str) -> bool:
    """True when the line ends in a backslash that stands for a line break."""
    return line.endswith("\\") and not line.endswith("\\\\")


def begins_comment(line: str) -> bool:
    """True when the line begins a comment with nothing behind it."""
    start = line.lstrip()
    return start.startswith("<!--") and start.rpartition("-->")[2].strip() in {"", start.strip()}


def closes(line: str, fence: str) -> bool:
    """True for a line that ends the code after this fence."""
    return line.startswith(fence) and not line.strip(fence[0])
