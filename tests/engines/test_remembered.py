"""Phrases are read once for all searches of a segment, as long as they take little memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from indexer.engines import Reader, remembered, whoosh_match
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.records import AnyOf, Clause, Phrase, Word
from tests.engines.entries import entry
from tests.libraries import folder_in_memory

PHRASE, OTHER = Phrase(("spinal", "cord")), Phrase(("and", "brain"))


@pytest.fixture
def reader() -> Iterator[Reader]:
    with folder_in_memory() as folder:
        engine = WhooshEngine.create(folder)
        engine.write([entry("d1", "the spinal cord", "a cord"), entry("d2", "spinal cord and brain")], ())
        yield engine.reader()


@pytest.mark.parametrize(
    ("most", "few", "times"),
    [(10_000, 500, 2), (10_000, 1, 2), (800, 0, 4)],
    ids=["a clause is remembered", "a phrase is", "one of the phrases is"],
)
def test_phrases_are_read_once_while_there_is_room(reader: Reader, most: int, few: int, times: int) -> None:
    asked: list[Clause] = [PHRASE, AnyOf((Word("brain"), PHRASE)), OTHER, PHRASE, PHRASE, OTHER]
    with (
        patch.multiple(remembered, _MOST=most, _FEW=few),
        patch.object(whoosh_match, "phrase", wraps=whoosh_match.phrase) as read,
    ):
        found = [reader.search([clause], [], 9).total for clause in asked]
    assert (found, read.call_count) == ([2, 2, 1, 2, 2, 1], times)


def test_what_a_search_had_no_time_for_is_found_by_the_next(reader: Reader) -> None:
    assert reader.search([], [PHRASE], 9, time.monotonic() - 1).total == 0
    assert reader.search([], [PHRASE], 9).total == 2
