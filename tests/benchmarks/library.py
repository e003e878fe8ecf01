"""How long a library of many files takes to build, confirm and change; what it writes and holds in memory."""

from __future__ import annotations

import random
import resource
import shutil
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from indexer import Library, index, search
from indexer.records import Report
from indexer.sentences import sentences

FILES = 10_000
SENTENCES = 20  # in a file: about 3 kB
CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True, slots=True)
class Row:
    """One run of `index`."""

    name: str
    report: Report
    processor: float  # seconds of all cores, the workers' too: a busy machine stretches the other seconds only
    written: int  # bytes of files in the library that are new
    memory: int  # highest so far, in bytes, of this process


def main(files: int = FILES) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="pincite-bench-") as name:
        top = Path(name)
        rows = list(_rows(top, files))
        print(
            f"{files} files, {_size(top / 'docs') / 1e6:.0f} MB; the library {_size(top / '.pincite') / 1e6:.0f} MB\n"
        )
        print(
            f"{'run':18} {'seconds':>8} {'CPU s':>7} {'added':>6} {'changed':>7} {'removed':>7} {'written MB':>10} "
            f"{'memory MB':>9}"
        )
        for row in rows:
            r = row.report
            counts = f"{len(r.added):6} {len(r.changed):7} {len(r.removed):7}"
            times = f"{r.seconds:8.2f} {row.processor:7.2f}"
            print(f"{row.name:18} {times} {counts} {row.written / 1e6:10.2f} {row.memory / 1e6:9.0f}")
        print(f"\na new article is found {_searchable(top):.2f} s after the run that brings it in starts")


def _rows(top: Path, files: int) -> list[Row]:
    docs = top / "docs"
    sentences = _sentences()
    for number in range(files):
        _write(docs, number, sentences, seed=number)
    rows = [_run(top, "first index"), _run(top, "no change")]
    _write(docs, 0, sentences, seed=files)
    rows.append(_run(top, "1 file changed"))
    for number in range(0, files, 10):
        _write(docs, number, sentences, seed=files + number + 1)
    rows.append(_run(top, "10 % changed"))
    shutil.move(docs / "000", docs / "moved")
    rows.append(_run(top, "a folder renamed"))
    shutil.rmtree(docs / "moved")
    return [*rows, _run(top, "a folder removed"), _run(top, "no change")]


def _run(top: Path, name: str) -> Row:
    before, began = _files(top / ".pincite"), _processor()
    report = index(top / ".pincite", [top / "docs"])
    spent = _processor() - began
    after = _files(top / ".pincite")
    written = sum(size for key, size in after.items() if key not in before)
    return Row(name, report, spent, written, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def _processor() -> float:
    """Seconds of processor time so far, of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _searchable(top: Path) -> float:
    """Seconds from the start of a run to the answer of a search for what it brings in."""
    (top / "docs" / "new.txt").write_text("Zyzzyva weevils are seldom seen in spines.")
    started = time.perf_counter()
    index(top / ".pincite", [top / "docs" / "new.txt"])
    with Library.open(top / ".pincite").reader() as reader:
        assert search(reader, "zyzzyva").total == 1
    return time.perf_counter() - started


def _sentences() -> list[str]:
    texts = [path.read_text() for path in sorted(CORPUS.glob("*.txt"))]
    return [text[start:end].replace("\n", " ") for text in texts for start, end in sentences(text)]


def _write(docs: Path, number: int, sentences: list[str], seed: int) -> None:
    chosen = random.Random(seed).choices(sentences, k=SENTENCES)  # noqa: S311 - which sentences is no secret
    path = docs / f"{number // 100:03}" / f"{number}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"Article number {seed}\n\n" + " ".join(chosen) + "\n")


def _files(folder: Path) -> dict[tuple[str, int], int]:
    """(name, time of change) -> size of each file."""
    found = [(path, path.stat()) for path in folder.rglob("*") if path.is_file()]
    return {(str(path), stat.st_mtime_ns): stat.st_size for path, stat in found}


def _size(folder: Path) -> int:
    return sum(_files(folder).values())
