"""How long a search, an answer, a reply of the endpoint and a page take over many passages: processor time, one thread.

Replies and pages are timed as `pincite serve` gives them. Queries are two to six words of a passage, questions have a
stretch of one in them; none is asked twice.
"""

from __future__ import annotations

import gc
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import quantiles

from indexer import Library, LibraryReader, answer, search
from indexer.cli_serve import SELDOM
from indexer.records import Entry
from tests.benchmarks.peers.pincite_search import document_entry
from tests.benchmarks.peers.prepare import drawn, made_up, question, some_words
from tests.benchmarks.peers.texts import INSTALLED, cut
from webui import create_app

ASKED = 300  # of each kind
WARMING = 100  # of each kind before, not counted


def main(passages: int, texts: Path | None = None, asked: int = ASKED, warming: int = WARMING) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="pincite-bench-") as name:
        folder = Path(name) / ".pincite"
        sample = built(folder, texts or (INSTALLED if INSTALLED.exists() else None), passages)
        print(f"{passages:,} passages, {asked} of each kind\n\n{'CPU ms':24} {'p50':>7} {'p95':>7} {'most':>7}")
        with Library.open(folder).reader() as reader:
            for label, times in measured(folder, reader, sample, asked, warming):
                cuts = quantiles(times, n=20)
                print(f"{label:24} {cuts[9]:7.2f} {cuts[18]:7.2f} {max(times):7.2f}")


def built(folder: Path, texts: Path | None, passages: int) -> list[str]:
    """Build a library of that many passages; some of them, in any order."""
    sample: list[str] = []

    def entries() -> Iterator[Entry]:
        for at, (title, held) in enumerate(cut(texts, passages) if texts else made_up(passages)):
            sample.extend(held)
            yield document_entry(f"{at:06}", title, held)

    with Library.create(folder).writing() as engine:
        engine.write(entries(), ())
    random.Random(2).shuffle(sample)  # noqa: S311 - which passages is no secret
    return sample


def measured(
    folder: Path, reader: LibraryReader, sample: list[str], asked: int, warming: int
) -> Iterator[tuple[str, list[float]]]:
    """What is asked, and the milliseconds that each took."""
    client = create_app(folder).test_client()
    chosen = random.Random(3)  # noqa: S311 - which queries is no secret
    for label, kind, call in (
        ("search", some_words, lambda text: search(reader, text)),
        ("search for a question", question, lambda text: search(reader, text)),
        ("answer", question, lambda text: answer(reader, text)),
        ("GET /api/v1/search", some_words, lambda text: client.get("/api/v1/search", query_string={"q": text})),
        ("GET /api/v1/answer", question, lambda text: client.get("/api/v1/answer", query_string={"q": text})),
        ("GET /search, words", some_words, lambda text: client.get("/search", query_string={"q": text})),
        ("GET /search, a question", question, lambda text: client.get("/search", query_string={"q": text})),
    ):
        texts = [one.text for one in drawn(kind, sample, chosen, warming + asked)]
        with _served() if label.startswith("GET") else nullcontext():
            times = [_milliseconds(call, text) for text in texts]
        yield label, times[warming:]


@contextmanager
def _served() -> Iterator[None]:
    """Garbage is looked for as a server does it.

    By Python's own thresholds the slowest of 300 answers waited for that: 125 to 150 ms in all, so 48 to 58.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _milliseconds(call: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    call(text)
    return (time.process_time() - began) * 1_000
