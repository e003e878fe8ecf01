"""bm25s: every score of every token worked out beforehand, in one sparse matrix held in memory."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import bm25s
from nltk.stem.snowball import EnglishStemmer

from tests.benchmarks.peers.data import Asked, Data
from tests.benchmarks.peers.peer import BEST, K1, B


class Peer:
    """The environment names the backend; the index is the same for both."""

    has_phrases = False
    analyses = False
    note = "keeps no texts and no positions"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._backend = os.environ.get("BM25S_BACKEND", "numpy")

    def build(self, texts: Iterable[str]) -> None:
        """Its own analysis; it stems each distinct word once, so that a stemmer in Python costs little."""
        stem = EnglishStemmer().stem
        found = bm25s.tokenize(
            list(texts), stopwords=None, stemmer=lambda words: list(map(stem, words)), show_progress=False
        )
        self._save(found)

    def index(self, data: Data) -> None:
        """The tokens as numbers."""
        numbers: defaultdict[str, int] = defaultdict(lambda: len(numbers))
        ids = [[numbers[token] for token in tokens] for tokens in data.tokens()]
        self._save(bm25s.tokenization.Tokenized(ids=ids, vocab=dict(numbers)))

    def open(self) -> None:
        """The matrix, read into memory."""
        self._index = bm25s.BM25.load(str(self._folder), load_corpus=False, show_progress=False)
        self._index.backend = self._backend
        if self._backend == "numba":
            self._index.activate_numba_scorer()

    def words(self, asked: Asked) -> Sequence[Any]:
        """Any of the tokens; it gives passages of score 0 too when fewer match."""
        found, scores = self._index.retrieve(
            [asked.tokens], k=BEST, show_progress=False, backend_selection=self._backend, n_threads=0
        )
        return [one for one, score in zip(found[0].tolist(), scores[0].tolist(), strict=True) if score > 0]

    def phrase(self, asked: Asked) -> Sequence[Any]:
        """It has no positions."""
        raise NotImplementedError

    def number(self, found: Any) -> int:
        """Its own number."""
        return int(found)

    def _save(self, tokens: Any) -> None:
        made = bm25s.BM25(method="lucene", k1=K1, b=B)
        made.index(tokens, show_progress=False)
        made.save(str(self._folder), show_progress=False)
