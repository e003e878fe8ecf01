"""What the library keeps of a ledger row: a record <-> bytes.

JSON, never a pickle: a list in the order of the record's fields, so a change of it is one of the library's format.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from indexer.records import PageNote, Summary

_SUMMARY = [field.name for field in fields(Summary)][:-1]
_LISTS = [at for at, field in enumerate(fields(Summary)[:-1]) if str(field.type).startswith("tuple")]
_NOTES, _TITLE, _SKETCH = map(_SUMMARY.index, ("page_notes", "title", "sketch"))
_DECODE = json.JSONDecoder().raw_decode  # `loads` looks for white space around a row first, in a third of its time
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def spelled(row: Sequence[Any]) -> bytes:
    """A row as JSON; half a surrogate pair, as of a broken source, is kept."""
    return _ENCODER.encode(row).encode("utf-8", "surrogatepass")


def unspelled(content: bytes) -> Any:
    """The row of what `spelled` made."""
    return _DECODE(content.decode("utf-8", "surrogatepass"))[0]


def summary_payload(summary: Summary) -> bytes:
    """A ledger row as bytes: its fields in order, but the last, which depends on other documents."""
    row = [getattr(summary, name) for name in _SUMMARY]
    row[_NOTES] = [[note.page, note.status, note.characters] for note in summary.page_notes]
    return spelled(row)


def read_summary(payload: bytes) -> Summary:
    """The ledger row of a payload."""
    row = unspelled(payload)
    for at in _LISTS:
        row[at] = _tuples(row[at]) if row[at] else ()
    row[_NOTES] = tuple([PageNote(*note) for note in row[_NOTES]])
    return Summary(*row)


def read_title_and_sketch(payload: bytes) -> tuple[str, Sequence[int]]:
    """Of the same the title and the sketch, in a third of the time."""
    row = unspelled(payload)
    return str(row[_TITLE]), array("Q", row[_SKETCH])


def _tuples(held: list[Any]) -> tuple[Any, ...]:
    """A list, which is not empty, as a tuple; lists in it too. The long ones of numbers are copied at once."""
    return tuple(map(tuple, held)) if isinstance(held[0], list) else tuple(held)
