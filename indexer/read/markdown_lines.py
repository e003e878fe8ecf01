"""The lines of a Markdown file, each with how deep it is quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_FIELD = re.compile(r" {0,3}(?:\*\*|__)?[^\W\d_a-z][^.:?!;|`<>\[\]]{0,40}:(?:\*\*|__)? \S")
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


def fields(run: Sequence[Line]) -> list[int]:
    """The lines but the first that stand by themselves in a paragraph that begins with one of several fields.

    "Weight: 9.8 kg" and the next are two things that are told; so is a sentence below them, and no value that goes on.
    """
    told = [bool(_FIELD.match(line.text)) for line in run]
    if not told[0] or sum(told) < 2:
        return []
    below = len(told) - told[::-1].index(True)  # the line behind the last field
    after = {below} if below < len(run) and run[below].text.lstrip()[:1].isupper() else set()
    return sorted({*after, *(at for at in range(1, len(run)) if told[at])})
