"""Records that a search makes by the dozen."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_Record = TypeVar("_Record")


def quick(record: type[_Record]) -> type[_Record]:
    """A frozen dataclass of slots that is made in half of the time: each slot is set by its own descriptor.

    `dataclass` looks the slot up by name, through `object.__setattr__`: a passage takes 3.3 microseconds so, not 1.6.
    """
    names = [field.name for field in fields(record)]  # type: ignore[arg-type]
    known: dict[str, Any] = {f"set_{name}": vars(record)[name].__set__ for name in names}
    given = {field.name: field.default for field in fields(record) if field.default is not MISSING}  # type: ignore[arg-type]
    known |= {f"given_{name}": value for name, value in given.items()}
    asked = ", ".join(f"{name}=given_{name}" if name in given else name for name in names)
    made = "; ".join(f"set_{name}(self, {name})" for name in names)
    exec(f"def __init__(self, {asked}): {made}", known)  # noqa: S102 - names of our fields, as `dataclass` does it
    record.__init__ = known["__init__"]  # type: ignore[method-assign]
    return record
