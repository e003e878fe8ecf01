from __future__ import annotations

from copy import copy
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from indexer.records.quick import quick


@quick
@dataclass(frozen=True, slots=True, order=True)
class Place:
    """As records are."""

    page: int
    line: int
    name: str = "a page"
    kind: tuple[str, ...] = ()


def test_a_quick_record_is_made_as_any_other():
    made = Place(3, 7, kind=("prose",))
    assert repr(made) == "Place(page=3, line=7, name='a page', kind=('prose',))"
    assert made == Place(page=3, line=7, name="a page", kind=("prose",))
    assert made < Place(4, 0)
    assert replace(made, line=8) == Place(3, 8, "a page", ("prose",))
    assert copy(made) == made


def test_a_quick_record_is_frozen_and_asks_for_what_it_must_have():
    with pytest.raises(FrozenInstanceError):
        Place(3, 7).line = 8
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'line'"):
        Place(3)
    with pytest.raises(TypeError, match="takes from 3 to 5 positional arguments"):
        Place(1, 2, "", (), 5)
