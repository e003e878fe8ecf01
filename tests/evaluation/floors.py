"""Floors under the measures: what they were when last raised, and the data they were measured on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path

FLOORS = Path(__file__).parent / "floors.json"
_STEP = 1000  # floors have three decimals


@dataclass(frozen=True, slots=True)
class Outcome:
    """The measures of one evaluation, and what is worth reading beside them."""

    values: Mapping[str, float]  # higher is better
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Floors:
    """The least that one evaluation's measures may be."""

    data: str  # fingerprint of the data they were measured on; empty when nothing was measured yet
    floors: Mapping[str, float]


def read_floors(name: str, path: Path = FLOORS) -> Floors:
    """The floors of an evaluation; none when it has none yet."""
    kept = json.loads(path.read_text(encoding="utf-8")).get(name, {"data": "", "floors": {}})
    return Floors(kept["data"], kept["floors"])


def write_floors(name: str, floors: Floors, path: Path = FLOORS) -> None:
    """Put an evaluation's floors in the file, beside those of the others."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    kept[name] = {"data": floors.data, "floors": dict(floors.floors)}
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def fallen(floors: Floors, outcome: Outcome, data: str) -> list[str]:
    """What is below its floor, in a sentence each."""
    if floors.floors and data != floors.data:
        return ["the data are not those the floors were measured on: measure both versions on them, then --raise"]
    missing = [f"{name} has a floor but was not measured" for name in floors.floors if name not in outcome.values]
    return missing + [
        f"{name} fell to {outcome.values[name]:.4f}, its floor is {least:.4f}"
        for name, least in floors.floors.items()
        if outcome.values.get(name, least) < least
    ]


def raised(floors: Floors, outcome: Outcome, data: str) -> Floors:
    """The floors after an evaluation: on the same data none is lowered; other data start anew."""
    old = floors.floors if data == floors.data else {}
    new = {name: floor(value * _STEP) / _STEP for name, value in outcome.values.items()}
    return Floors(data, {name: max(value, old.get(name, value)) for name, value in new.items()})
