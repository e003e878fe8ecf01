"""Stock Whoosh, its own codec, writer, searcher and BM25F, over the same passages as our engine."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from whoosh import index, query
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, TEXT, Schema
from whoosh.scoring import BM25F

K1, B = 1.2, 0.75  # Whoosh's own
WORDS = [f"w{number}" for number in range(2_000)]

Scores = Mapping[str, float]  # passage, as "document/ordinal" -> score


class Text(NamedTuple):
    """A document: the words of each of its passages."""

    id: str
    passages: list[list[str]]


def documents(count: int, seed: int = 0) -> list[Text]:
    """Documents of one to five passages of 5 to 80 words, which are as frequent as in real text."""
    chosen = random.Random(seed)  # noqa: S311 - which words is no secret
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(WORDS))))
    return [
        Text(
            f"d{number:05}",
            [chosen.choices(WORDS, cum_weights=weights, k=chosen.randint(5, 80)) for _ in range(chosen.randint(1, 5))],
        )
        for number in range(count)
    ]


def questions(texts: Sequence[Text], count: int, seed: int = 1) -> list[list[str]]:
    """Two to six different words of a passage, so many times."""
    chosen = random.Random(seed)  # noqa: S311 - which words is no secret
    held = [sorted(set(passage)) for text in texts for passage in text.passages]
    return [chosen.sample(words, min(len(words), chosen.randint(2, 6))) for words in chosen.choices(held, k=count)]


class Stock:
    """A Whoosh index with a segment for each batch, from which documents may be deleted."""

    def __init__(self, folder: Path, batches: Iterable[Sequence[Text]], gone: Iterable[str] = ()) -> None:
        schema = Schema(document=ID, passage=ID(stored=True), text=TEXT(analyzer=SpaceSeparatedTokenizer()))
        self._index = index.create_in(str(folder), schema)
        for batch in batches:
            self._write(batch, ())
        self._write((), gone)
        self._searcher = self._index.searcher(weighting=BM25F(B=B, K1=K1))

    def segments(self) -> int:
        """How many segments there are."""
        return len(self._searcher.reader().leaf_readers())

    def scores(self, words: Sequence[str]) -> Scores:
        """What matches any of the words, each with its score."""
        found = self._searcher.search(query.Or([query.Term("text", word) for word in words]), limit=None)
        return {hit["passage"]: hit.score for hit in found}

    def best(self, words: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """The best that match any of the words, as Whoosh finds them when it need not find them all."""
        found = self._searcher.search(query.Or([query.Term("text", word) for word in words]), limit=limit)
        return [(hit["passage"], hit.score) for hit in found]

    def passages(self) -> int:
        """All passages, the deleted ones too: what Whoosh's idf counts."""
        return int(self._searcher.doc_count_all())

    def holding(self, word: str) -> int:
        """The passages that hold a word, the deleted ones too."""
        return int(self._searcher.doc_frequency("text", word))

    def idf(self, word: str) -> float:
        """What Whoosh takes a word to be worth."""
        return math.log(self.passages() / (self.holding(word) + 1)) + 1

    def average(self) -> float:
        """The average length, of deleted passages too."""
        return float(self._searcher.avg_field_length("text"))

    def _write(self, batch: Sequence[Text], gone: Iterable[str]) -> None:
        writer = self._index.writer()
        for text in batch:
            for at, words in enumerate(text.passages):
                writer.add_document(document=text.id, passage=f"{text.id}/{at}", text=" ".join(words))
        for document_id in gone:
            writer.delete_by_term("document", document_id)
        writer.commit(merge=False)


def unlike(found: Sequence[tuple[str, float]], stock: Scores, limit: int, tolerance: float = 1e-6) -> str:
    """How the best that were found differ from stock Whoosh's, but in the order of equals; empty when they do not."""
    wanted = sorted(stock.values(), reverse=True)[:limit]
    if len(found) != len(wanted):
        return f"{len(found)} instead of {len(wanted)} passages"
    if len({key for key, _ in found}) < len(found):
        return "a passage is found twice"
    for (key, score), best in zip(found, wanted, strict=True):
        if not math.isclose(score, best, rel_tol=tolerance):
            return f"{key} scores {score}, where stock Whoosh's best that is left scores {best}"
        if not math.isclose(score, stock.get(key, math.nan), rel_tol=tolerance):
            return f"{key} scores {score}, in stock Whoosh {stock.get(key)}"
    return ""
