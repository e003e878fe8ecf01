"""JSON Lines: each line a document, `{"_id", "title", "text", ...}`; its `text` is the source's text as read.

A line that cannot be read costs that line only: the first document's notes name it and say why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read import text
from indexer.read.metadata import bare_doi, doi_url
from indexer.read.parts import noted
from indexer.records import Extract, Source

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")  # of UTF-16 and UTF-32
_SURROGATE = re.compile("[\ud800-\udfff]")  # JSON can spell half a character; no encoding can store one
_MAX_NOTES = 20  # bad lines named; the rest are counted


class _BadLineError(Exception):
    """A line that is not a document; the message says why."""


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents of the lines; UnreadableSourceError when no line is one."""
    found: dict[str, Extract] = {}
    bad: list[str] = []
    for number, line in _lines(data, source.path):
        try:
            extract = _extract(line, source)
        except _BadLineError as error:
            bad.append(f"line {number} {error}")
            continue
        if found.setdefault(extract.source.part, extract) is not extract:
            bad.append(f"line {number} has the _id {extract.source.part} of a line before")
    if not found:
        raise UnreadableSourceError(source.path, *_why_none(bad))
    return noted(found.values(), _notes(bad))


def _why_none(bad: list[str]) -> tuple[str, str]:
    """Reason and status of a file without a single document."""
    if not bad:
        return "the file holds only white space", "empty"
    return f"no line is a document: {bad[0]}", "failed"


def _notes(bad: list[str]) -> tuple[str, ...]:
    """The bad lines as notes, at most _MAX_NOTES and a count of the others."""
    if len(bad) <= _MAX_NOTES:
        return tuple(bad)
    return *bad[:_MAX_NOTES], f"{len(bad) - _MAX_NOTES} more lines are not documents"


def _lines(data: bytes, path: str) -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers from 1.

    Each is decoded on its own, so one byte that is no UTF-8 does not change how the other lines are read.
    """
    if data.startswith(_WIDE_MARKS):
        data = text.decode(data, path).encode("utf-8", "replace")
    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            yield number, line.decode("utf-8")
        except UnicodeDecodeError:
            yield number, line.decode("cp1252", "replace")


def _extract(line: str, source: Source) -> Extract:
    """The document of one line."""
    row = _row(line)
    original = row.get("text")
    if not isinstance(original, str):
        raise _BadLineError("has no `text` that is a string")
    original = _whole(original)
    doi = bare_doi(_word(row.get("doi")))
    return Extract(
        source=replace(source, part=_part(row)),
        original=original,
        text=AlignedText.of(original),
        title=_word(row.get("title")),
        authors=_authors(row.get("authors", row.get("author"))),
        date=_word(row.get("date", row.get("year"))),
        url=_word(row.get("url")) or doi_url(doi),
        doi=doi,
    )


def _row(line: str) -> dict[str, Any]:
    """The line's JSON object."""
    try:
        row = json.loads(line)
    except RecursionError:
        raise _BadLineError("is nested too deep") from None
    except json.JSONDecodeError as error:
        raise _BadLineError(f"is not JSON: {error.msg[:1].lower()}{error.msg[1:]}, character {error.pos + 1}") from None
    except ValueError as error:
        raise _BadLineError(f"is not JSON: {error}") from None
    if not isinstance(row, dict):
        raise _BadLineError("is not a JSON object")
    more = row.get("metadata")  # where BEIR's collections have addresses
    return {**more, **row} if isinstance(more, dict) else row


def _part(row: dict[str, Any]) -> str:
    """The line's `_id`, or `id` where there is none."""
    part = _word(row.get("_id", row.get("id")))
    if not part:
        raise _BadLineError("has no `_id`")
    return part


def _word(value: object) -> str:
    """A string or whole number on one line; empty for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return " ".join(_whole(value).split()) if isinstance(value, str) else ""


def _whole(value: str) -> str:
    """The string with half characters replaced, each by one character, so that offsets stay."""
    return _SURROGATE.sub("\ufffd", value)


def _authors(value: object) -> tuple[str, ...]:
    """The names of a list of names or of `{"name"}` objects, or of one string with semicolons."""
    if isinstance(value, str):
        value = value.split(";")
    if not isinstance(value, list):
        return ()
    names = (_word(name.get("name") if isinstance(name, dict) else name) for name in value)
    return tuple(name for name in names if name)
