"""Our engine, given stock Whoosh's formula, finds what stock Whoosh finds.

A sample is asked; PINCITE_STOCK_QUERIES=1000 asks so many queries of each index.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from whoosh.util.numeric import byte_to_length, length_to_byte
from whoosh.writing import NO_MERGE

from indexer.engines import whoosh_engine
from indexer.engines.bm25f import TEXT, Formula
from indexer.engines.whoosh_engine import WhooshEngine
from indexer.engines.whoosh_reader import WhooshReader
from indexer.records import Entry, PassageEntry, Word
from indexer.vocabulary import Terms
from tests.engines.stock_whoosh import K1, B, Stock, Text, documents, questions, unlike

QUERIES = int(os.environ.get("PINCITE_STOCK_QUERIES", "60"))
LIMIT = 10
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


class StockFormula(Formula):
    """Whoosh's BM25F: lengths rounded to a byte, and deleted passages counted, which `holding` says of a query."""

    k1 = K1

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self.holding: dict[int, str] = {}  # passages left that hold a word of the query -> the word

    def idf(self, passages: int, holding: int) -> float:  # noqa: ARG002 it counts deleted passages too
        return self._stock.idf(self.holding[holding])

    def worths(self, field: str, lengths: np.ndarray, average: float) -> np.ndarray:  # noqa: ARG002 it counts them too
        if field != TEXT:
            return np.zeros(len(lengths))
        rounded = np.array([byte_to_length(length_to_byte(max(0, int(length)))) for length in lengths])
        return 1 / (1 - B + B * rounded / self._stock.average())


def entry(text: Text) -> Entry:
    passages = [
        PassageEntry(at, text=Terms.of(tuple(words), range(len(words)))) for at, words in enumerate(text.passages)
    ]
    return Entry(text.id, "", b"", tuple(passages))


@pytest.mark.parametrize("segments", [1, 3, 10])
def test_the_best_are_those_of_stock_whoosh(segments: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_engine, "merged", NO_MERGE)
    texts = documents(600, seed=segments)
    batches = [texts[at::segments] for at in range(segments)]
    gone = [text.id for text in texts[::9]]
    for name in ("stock", "ours"):
        (tmp_path / name).mkdir()
    stock = Stock(tmp_path / "stock", batches, gone)
    engine = WhooshEngine.create(tmp_path / "ours")
    for batch in batches:
        engine.write(map(entry, batch), ())
    engine.write((), gone)
    formula = StockFormula(stock)
    reader = WhooshReader(tmp_path / "ours", engine.reader()._leaves, formula)
    assert stock.segments() == len(reader._leaves) == segments
    asked = 0
    for words in questions(texts, QUERIES, seed=segments):
        held = reader.frequencies(words)
        formula.holding = {held[word]: word for word in words}
        if any(stock.holding(word) != stock.holding(formula.holding[held[word]]) for word in words):
            continue  # two words that Whoosh alone tells apart, by what was deleted
        found = reader.search([Word(word) for word in words], [], LIMIT).matches
        best = [(f"{match.document_id}/{match.ordinal}", match.score) for match in found]
        assert not unlike(best, stock.scores(words), LIMIT), words
        asked += 1
    assert asked > 0.9 * QUERIES
