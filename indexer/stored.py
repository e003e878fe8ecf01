"""What the library keeps of a ledger row: a record <-> bytes.

JSON, never a pickle: a list in the order of the record's fields, so a change of it is one of the library's format.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from indexer.records import PageNote, Summary

_SUMMARY = [field.name for field in fields(Summary)][:-1]
_NOTES = _SUMMARY.index("page_notes")
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def spelled(row: Sequence[Any]) -> bytes:
    """A row as JSON; half a surrogate pair, as of a broken source, is kept."""
    return _ENCODER.encode(row).encode("utf-8", "surrogatepass")


def summary_payload(summary: Summary) -> bytes:
    """A ledger row as bytes: its fields in order, but the last, which depends on other documents."""
    row = [getattr(summary, name) for name in _SUMMARY]
    row[_NOTES] = [[note.page, note.status, note.characters] for note in summary.page_notes]
    return spelled(row)


def read_summary(payload: bytes) -> Summary:
    """The ledger row of a payload."""
    row = [_tuples(value) for value in json.loads(payload)]
    row[_NOTES] = tuple(PageNote(*note) for note in row[_NOTES])
    return Summary(*row)


def _tuples(value: Any) -> Any:
    """The value with tuples for lists; a list holds lists or none, and the long ones of numbers are copied at once."""
    if not isinstance(value, list):
        return value
    return tuple(map(_tuples, value)) if value and isinstance(value[0], list) else tuple(value)
