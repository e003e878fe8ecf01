"""How fast each format is read and cleaned, what the largest files hold in memory, and what two processes gain.

Made files are the corpus's sentences in the format; real ones are those of the public collections, where they are.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path

from indexer import index
from indexer.discover import discover
from indexer.prepare import prepared
from indexer.read import read
from indexer.sentences import sentences
from indexer.workers import outcomes
from tests.evaluation.libraries import CORPUS, SHARED
from tests.read.pdf_writer import column, pdf
from tests.read.test_docx import docx, p
from tests.read.test_epub import chapter, epub

PARAGRAPHS = 1500  # of 4 sentences, in a made file: about 1 MB
PAGES = 500  # of the PDF that memory is measured with
REAL = {"html": "article_extraction/html", "pdf": "pdf", "xml": "jats/xml"}
_LINES = 55  # on a page


@dataclass(frozen=True, slots=True)
class Row:
    """One format, or one kind of real file."""

    name: str
    size: int  # bytes of source
    text: int  # characters read of it; a Word file and a book are packed
    reading: float  # seconds of CPU for reading alone
    whole: float  # for reading, cleaning, chunking and analysis


def main() -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="pincite-bench-") as name:
        top = Path(name)
        print(f"{'source':22} {'MB':>6} {'MB of text':>10} {'MB/CPU s read':>14} {'in all':>8} {'text in all':>12}")
        for row in [*_made(top), *_real()]:
            size, text = row.size / 1e6, row.text / 1e6
            speeds = f"{size / row.reading:14.2f} {size / row.whole:8.2f} {text / row.whole:12.2f}"
            print(f"{row.name:22} {size:6.2f} {text:10.2f} {speeds}")
        print(f"\n{PAGES}-page PDF: {_memory(top / 'long.pdf') / 1e6:.0f} MB at most, {_seconds(top):.1f} s indexed")
        used, clock = _side_by_side(top)
        print(f"16 files: {used:.1f} CPU s in {clock:.1f} s, {used / clock:.2f} cores of {os.cpu_count()} at work")


def paragraphs(count: int = PARAGRAPHS) -> list[str]:
    """Paragraphs of the corpus's sentences, the same ones each time."""
    texts = [path.read_text() for path in sorted(CORPUS.glob("*.txt"))]
    found = [" ".join(text[start:end].split()) for text in texts for start, end in sentences(text)]
    pick = random.Random(1)  # noqa: S311 - which sentences is no secret
    return [" ".join(pick.choices(found, k=4)) for _ in range(count)]


def pages_of(texts: list[str], count: int) -> bytes:
    """A PDF of this many full pages."""
    lines = [line for text in texts for line in textwrap.wrap(text.encode("ascii", "ignore").decode(), 90)]
    sheets = [[lines[(at * _LINES + n) % len(lines)] for n in range(_LINES)] for at in range(count)]
    return pdf(
        *([text for n, line in enumerate(sheet) for text in column(40, 740 - 12 * n, line, 99)] for sheet in sheets)
    )


FORMATS: dict[str, Callable[[list[str]], bytes]] = {
    "txt": lambda texts: "\n\n".join(textwrap.fill(text, 80) for text in texts).encode(),
    "md": lambda texts: "\n\n".join(f"## Part {n}\n\n{text}" for n, text in enumerate(texts)).encode(),
    "html": lambda texts: f"<html><body><h1>All</h1>{_paragraphs(texts)}</body></html>".encode(),
    "jsonl": lambda texts: "\n".join(json.dumps({"_id": str(n), "text": t}) for n, t in enumerate(texts)).encode(),
    "xml": lambda texts: f"<article><body>{_paragraphs(texts)}</body></article>".encode(),
    "docx": lambda texts: docx("".join(p(escape(text)) for text in texts)),
    "epub": lambda texts: epub(*(chapter(_paragraphs(texts[at : at + 50])) for at in range(0, len(texts), 50))),
    "pdf": lambda texts: pages_of(texts, 100),
}  # fmt: skip


def _paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>\n" for text in texts)


def _made(top: Path) -> Iterator[Row]:
    texts = paragraphs()
    for suffix, make in FORMATS.items():
        path = top / f"made.{suffix}"
        path.write_bytes(make(texts))
        yield _row(f"made {suffix}", [path])


def _real() -> Iterator[Row]:
    for suffix, folder in REAL.items():
        paths = sorted((SHARED / folder).glob("*")) if (SHARED / folder).exists() else []
        if paths:
            yield _row(f"real {suffix}, {len(paths)} files", paths)


def _row(name: str, paths: list[Path]) -> Row:
    prepared(paths[0], paths[0].name)  # so that neither time has what is loaded once
    times = []
    for function in (read, prepared):
        started = time.process_time()
        for path in paths:
            function(path, path.name)
        times.append(time.process_time() - started)
    text = sum(len(extract.text) for path in paths for extract in read(path, path.name))
    return Row(name, sum(path.stat().st_size for path in paths), text, *times)


_MEASURED = """
import resource, sys
from pathlib import Path
from indexer.prepare import prepared
prepared(Path(sys.argv[1]), "long.pdf")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def _memory(path: Path) -> int:
    """The most memory that a process holds that prepares a PDF of PAGES pages, in bytes."""
    path.write_bytes(pages_of(paragraphs(), PAGES))
    command = [sys.executable, "-c", _MEASURED, str(path)]
    return int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _seconds(top: Path) -> float:
    """Seconds that the same PDF takes to be indexed."""
    return index(top / ".pincite", [top / "long.pdf"]).seconds


def _side_by_side(top: Path) -> tuple[float, float]:
    """CPU seconds of 16 files, and seconds on the clock that they take to be prepared side by side."""
    (top / "many").mkdir()
    texts = paragraphs(500)
    for number in range(16):
        (top / "many" / f"{number}.html").write_bytes(FORMATS["html"]([f"{number}. {text}" for text in texts]))
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    assert all(isinstance(made, tuple) for _, made in outcomes(discover([top / "many"], top / ".pincite").files))
    clock = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock
