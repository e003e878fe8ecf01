"""Tables of values between commas, semicolons or tabs (.csv, .tsv): each record a row, the first one heads or a row.

Where empty records part tables, as on an exported sheet, each has its own heads, and a title above them heads it.

The file is the source's text as read. A quotation mark that is never closed is a character like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from indexer.aligned import AlignedText, Edit
from indexer.errors import UnreadableSourceError
from indexer.read import text
from indexer.read.blocks import Labelled, assembled
from indexer.records import Extract, Source

_DELIMITERS = ",;\t|"
_LONGEST_TITLE = 200  # characters of a title above a table
_MOST_ROWS = 200_000  # see the HTML reader
_VALUE = re.compile(r"(?=\D*\d)[\s\d.,:/%+$€£-]+")  # numbers, dates, amounts: no head of a column is one
_QUOTED = re.compile(r'""|[\t\r\n]')  # a quotation mark; what would part cells or rows
_PLAIN = re.compile(r"\t")


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of the file."""
    original = text.decode(data, source.path)
    tables = _tables(_rows(original, source.path))
    aligned, blocks = assembled(row for at, table in enumerate(tables) for row in _table(table, begins=not at))
    if not blocks:
        raise UnreadableSourceError(source.path, "the table holds no values", "empty")
    return (Extract(source, original, aligned, blocks=blocks),)


def _tables(rows: Iterable[tuple[bool, AlignedText]]) -> list[list[AlignedText]]:
    """The records between empty ones; titles stay with what comes below them."""
    tables: list[list[AlignedText]] = []
    are_titles = False
    for is_apart, row in rows:
        if not tables or (is_apart and not are_titles):
            tables.append([])
            are_titles = True
        tables[-1].append(row)
        are_titles = are_titles and _is_title(_values(row))
    return tables


def _table(rows: Sequence[AlignedText], *, begins: bool) -> Iterator[Labelled]:
    """Some records with what they are; behind empty ones heads are told only below a title, as words over values."""
    titles = next((at for at, row in enumerate(rows) if not _is_title(_values(row))), len(rows))
    are_told = (begins or titles > 0) and _stand_over(rows[titles:])
    titles = titles if are_told else 0
    has_heads = are_told or (begins and len(rows) > 1 and not any(map(_VALUE.fullmatch, _values(rows[0]))))
    for at, row in enumerate(rows):
        is_first = at == titles and (begins or are_told)
        if at < titles:
            yield Labelled("heading", row.stripped(), 1)
        else:
            yield Labelled("columns" if is_first and has_heads else "row", row, int(is_first))


def _values(row: AlignedText) -> list[str]:
    """What stands in the cells of a record."""
    return [cell.strip() for cell in row.text.split("\t")]


def _is_title(values: Sequence[str]) -> bool:
    """True for words in the first cell alone."""
    first, *others = values
    return 0 < len(first) <= _LONGEST_TITLE and not any(others) and not _VALUE.fullmatch(first)


def _stand_over(rows: Sequence[AlignedText]) -> bool:
    """True where the first of some records has words alone, several, and two cells below it a number or the like."""
    heads = _values(rows[0]) if rows else []
    is_wide = sum(map(bool, heads)) > 1 and not any(map(_VALUE.fullmatch, heads))
    below = (value for row in rows[1:] for value in _values(row) if _VALUE.fullmatch(value))
    return is_wide and len(list(islice(below, 2))) == 2


def _rows(original: str, path: str) -> Iterator[tuple[bool, AlignedText]]:
    """The records that hold a value, a tab between two cells, and whether an empty one stands above."""
    whole = AlignedText.of(original)
    start = count = 0
    is_apart = False
    edits: list[Edit] = []
    for cell in _cells(original).finditer(original):
        edits += _edits(cell, start)
        if cell["parts"]:
            edits.append((cell.start("parts") - start, cell.end() - start, "\t"))
            continue
        row = whole[start : cell.start("ends")].edit(edits)
        if not row.text.strip():
            is_apart = True
        else:
            count += 1
            if count > _MOST_ROWS:
                raise UnreadableSourceError(path, f"the table has over {_MOST_ROWS:,} rows", "too large")
            yield is_apart, row
            is_apart = False
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
