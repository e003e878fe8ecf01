"""How fast files become a library: `index` on all cores, then each stage by itself in one process.

`index` comes first: its workers are copies of this process, and would know the words that it has met.

The text is that of the RFCs, as `python -m tests.benchmarks peers` takes it; where there are none the corpus over and
over, which is kinder: its words come again. The web pages are those of the article_extraction collection.
"""

from __future__ import annotations

import gc
import gzip
import os
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar

from indexer import Library, index
from indexer.chunk import passages
from indexer.clean import clean
from indexer.clean.steps import Steps
from indexer.ledger import summary
from indexer.prepare import entry_of
from indexer.prepare_wire import Decoder, Encoder
from indexer.read import extracts, load
from indexer.read.sandbox_child import SELDOM
from indexer.records import Entry, Source
from tests.benchmarks.peers.texts import INSTALLED
from tests.conftest import SHARED
from tests.evaluation.libraries import CORPUS

MEGABYTES = 10  # of text, drawn at random from what there is, and of web pages
PAGES = SHARED / "article_extraction" / "html"

Made = TypeVar("Made")


def main(texts: Path | None = None, megabytes: float = MEGABYTES) -> None:
    """Print what is measured of text, and of web pages where there are some."""
    with tempfile.TemporaryDirectory(prefix="pincite-bench-") as name:
        texts = texts or (INSTALLED if INSTALLED.exists() else None)
        sets = {f"text, from {texts or 'the corpus, repeated'}": (Path(name) / "text", texts_in(texts))}
        if PAGES.exists():
            pages = ((path.name, path.read_bytes()) for path in sorted(PAGES.glob("*.html")))
            sets["web pages"] = Path(name) / "pages", pages
        written = {what: (top, write(top / "docs", found, megabytes)) for what, (top, found) in sets.items()}
        for what, (top, files) in written.items():
            print(f"\n{len(files)} files, {_size(files):.1f} MB of {what}")
            print_index(top, _size(files))
        for what, (top, files) in written.items():
            print(f"\n{what}\n\n{'stage':10} {'CPU ms/MB':>10} {'MB/CPU s':>10}")
            spent = stages(files, top / "alone")
            for stage, seconds in [*spent.items(), ("all", spent.total())]:
                print(f"{stage:10} {1e3 * seconds / _size(files):10.0f} {_size(files) / seconds:10.2f}")


def _size(files: Sequence[Path]) -> float:
    """Megabytes."""
    return sum(path.stat().st_size for path in files) / 1e6


def write(folder: Path, found: Iterator[tuple[str, bytes]], megabytes: float) -> list[Path]:
    """Files of so many megabytes in a folder, by name and bytes."""
    folder.mkdir(parents=True)
    written: list[Path] = []
    left = megabytes * 1e6
    for name, data in found:
        if left <= 0:
            break
        written.append(folder / name)
        written[-1].write_bytes(data)
        left -= len(data)
    return written


def texts_in(texts: Path | None) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of text files: those of a folder in an order drawn at random, or the corpus without an end.

    Of several files of one name, as where links lie beside what they lead to, one is taken.
    """
    if texts is None:
        sources = [path.read_bytes() for path in sorted(CORPUS.glob("*.txt"))]
        yield from ((f"{at:05}.txt", b"%d\n\n" % at + data) for at, data in enumerate(cycle(sources)))
    found = sorted(path for path in texts.rglob("*") if path.name.endswith((".txt", ".txt.gz")) and path.is_file())
    random.Random(1).shuffle(found)  # noqa: S311 - which files is no secret
    for name, path in {path.name.removesuffix(".gz"): path for path in found}.items():
        data = path.read_bytes()
        yield name, gzip.decompress(data) if path.suffix == ".gz" else data


def stages(files: list[Path], library: Path) -> Counter[str]:
    """Stage -> processor seconds for all files."""
    spent: Counter[str] = Counter()

    def timed(stage: str, made: Callable[..., Made], *given: Any) -> Made:
        began = time.process_time()
        found = made(*given)
        spent[stage] += time.process_time() - began
        return found

    encoded, decoded = Encoder().encoded, Decoder().decoded

    def entries() -> Iterator[Entry]:
        for path in files:
            data = timed("read", load, path, path.name)
            for extract in timed("read", extracts, data, Source(path.name, "0" * 64)):
                steps = Steps()
                document = timed("clean", clean, extract, steps)
                made = timed("chunk", passages, document)
                row = timed("ledger", summary, extract, document, made, steps)
                entry = timed("analyse", entry_of, document, made, row, "mark")
                yield from timed("decode", decoded, timed("encode", encoded, (entry,)))

    threshold = gc.get_threshold()
    gc.set_threshold(*SELDOM)  # as in the workers
    began = time.process_time()
    with Library.create(library).writing() as engine:
        engine.write(entries(), ())
    spent["commit"] = time.process_time() - began - spent.total()
    gc.set_threshold(*threshold)
    return spent


def print_index(top: Path, size: float) -> None:
    """Print what one run of `index` takes."""
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    report = index(top / ".pincite", [top / "docs"])
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    parent, workers = (
        now.ru_utime + now.ru_stime - then.ru_utime - then.ru_stime for now, then in zip(after, before, strict=True)
    )
    cores = (parent + workers) / report.seconds
    print(f"index: {size / report.seconds:.2f} MB/s by the clock, {report.passages:,} passages;", end=" ")
    print(f"{cores:.2f} of {os.cpu_count()} cores at work")
    print(f"CPU ms/MB: parent {1e3 * parent / size:.0f}, workers {1e3 * workers / size:.0f};", end=" ")
    print(f"memory at most {after[0].ru_maxrss / 1024:.0f} MB, a worker {after[1].ru_maxrss / 1024:.0f} MB")
