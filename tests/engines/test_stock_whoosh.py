"""Our engine, given stock Whoosh's formula, finds what stock Whoosh finds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.engines.stock_whoosh import K1, Stock, documents, questions, unlike

STOCK = {"a": 3.0, "b": 2.0, "c": 2.0, "d": 1.0}


@pytest.mark.parametrize(
    "found",
    [
        [("a", 3.0), ("b", 2.0)],
        [("a", 3.0), ("c", 2.0)],  # as good as b
        [("a", 3.0000001), ("c", 2.0)],
    ],
)
def test_the_order_of_equals_does_not_matter(found: Sequence[tuple[str, float]]) -> None:
    assert not unlike(found, STOCK, 2)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([("a", 3.0)], "1 instead of 2"),
        ([("a", 3.0), ("a", 3.0)], "twice"),
        ([("a", 3.0), ("d", 1.0)], "best that is left"),
        ([("b", 2.0), ("a", 3.0)], "best that is left"),
        ([("a", 3.0), ("d", 2.0)], "in stock Whoosh 1.0"),
        ([("a", 3.0), ("x", 2.0)], "in stock Whoosh None"),
        ([("a", 3.001), ("b", 2.0)], "best that is left"),
    ],
)
def test_what_differs_is_told(found: Sequence[tuple[str, float]], told: str) -> None:
    assert told in unlike(found, STOCK, 2)


def test_fewer_matches_than_wanted_are_all_wanted() -> None:
    assert not unlike([("a", 3.0), ("b", 2.0), ("c", 2.0), ("d", 1.0)], STOCK, 10)


def test_stock_whoosh_is_what_the_formula_says(tmp_path: Path) -> None:
    texts = documents(60)
    stock = Stock(tmp_path, (texts[:30], texts[30:]), [texts[3].id, texts[40].id])
    assert stock.segments() == 2
    held = {f"{text.id}/{at}": words for text in texts for at, words in enumerate(text.passages)}
    assert stock.passages() == len(held)
    assert stock.average() == pytest.approx(sum(map(len, held.values())) / len(held))
    assert stock.holding("w0") == sum("w0" in words for words in held.values())
    scores = stock.scores(["w0"])
    gone = tuple(f"{texts[at].id}/" for at in (3, 40))
    assert scores.keys() == {key for key, words in held.items() if "w0" in words and not key.startswith(gone)}
    assert max(scores.values()) < stock.idf("w0") * (K1 + 1)


def test_stock_whoosh_finds_the_best_of_all_it_scores(tmp_path: Path) -> None:
    texts = documents(200)
    stock = Stock(tmp_path, [texts])
    for words in questions(texts, 30):
        assert not unlike(stock.best(words, 10), stock.scores(words), 10)
