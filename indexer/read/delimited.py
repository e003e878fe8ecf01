"""Tables of values between commas, semicolons or tabs (.csv, .tsv): each record a row, the first one heads or a row.

The file is the source's text as read. A quotation mark that is never closed is a character like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.aligned import AlignedText, Edit
from indexer.errors import UnreadableSourceError
from indexer.read import text
from indexer.read.blocks import Labelled, assembled
from indexer.records import Extract, Source

_DELIMITERS = ",;\t|"
_MOST_ROWS = 200_000  # see the HTML reader
_VALUE = re.compile(r"[\s\d.,:/%+$€£-]*\d[\s\d.,:/%+$€£-]*")  # numbers, dates, amounts: no head of a column is one
_QUOTED = re.compile(r'""|[\t\r\n]')  # a quotation mark; what would part cells or rows
_PLAIN = re.compile(r"\t")


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of the file."""
    original = text.decode(data, source.path)
    rows = list(_rows(original, source.path))
    has_heads = len(rows) > 1 and not any(map(_VALUE.fullmatch, rows[0].text.split("\t")))
    aligned, blocks = assembled(
        Labelled("columns" if has_heads and not at else "row", row, int(not at)) for at, row in enumerate(rows)
    )
    if not blocks:
        raise UnreadableSourceError(source.path, "the table holds no values", "empty")
    return (Extract(source, original, aligned, blocks=blocks),)


def _rows(original: str, path: str) -> Iterator[AlignedText]:
    """The records that hold a value, a tab between two cells."""
    whole = AlignedText.of(original)
    start = count = 0
    edits: list[Edit] = []
    for cell in _cells(original).finditer(original):
        edits += _edits(cell, start)
        if cell["parts"]:
            edits.append((cell.start("parts") - start, cell.end() - start, "\t"))
            continue
        row = whole[start : cell.start("ends")].edit(edits)
        if row.text.strip():
            count += 1
            if count > _MOST_ROWS:
                raise UnreadableSourceError(path, f"the table has over {_MOST_ROWS:,} rows", "too large")
            yield row
        start, edits = cell.end(), []


def _cells(original: str) -> re.Pattern[str]:
    """A cell and what parts it from the next or ends its row, by the delimiter that the first line has most of."""
    first = original.lstrip().partition("\n")[0]
    parts = re.escape(max(_DELIMITERS, key=first.count))
    return re.compile(
        rf'(?: *+"(?P<quoted>(?:[^"]++|"")*+)" *+(?={parts}|[\r\n]|\Z)|[^{parts}\r\n]*+)'
        rf"(?:(?P<parts>{parts})|(?P<ends>\r\n|[\r\n]|\Z))"
    )


def _edits(cell: re.Match[str], base: int) -> Iterator[Edit]:
    """What makes a cell plain text without tabs or line ends."""
    end = max(cell.start("parts"), cell.start("ends"))
    first, last = cell.span("quoted") if cell["quoted"] is not None else (cell.start(), end)
    yield cell.start() - base, first - base, ""
    for sign in (_PLAIN if cell["quoted"] is None else _QUOTED).finditer(cell.string, first, last):
        yield sign.start() - base, sign.end() - base, '"' if sign[0] == '""' else " "
    yield last - base, end - base, ""
