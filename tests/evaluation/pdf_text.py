"""Text as PDF extractors gave it, cleaned, against gold; and what a PDF costs to read.

`python -m tests.evaluation.pdf_text` prints, for each extractor, the measures before and after cleaning, the line-end
hyphens that were decided wrongly, the hyphens left in the real PDFs, and speed and memory over 500 pages.
"""

from __future__ import annotations

import io
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pypdfium2

from indexer.clean import clean
from indexer.read import pdf, text
from indexer.records import Document, Extract, Source
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import SHARED
from tests.evaluation.precision import Score

EXTRACTORS = ("pdfium", "pdfminer", "pypdf")
_BREAK = re.compile(r"([^\W\d_][\w’'-]*)(?:(\ufffe|\x02)\s*|(-)[ \t]*\r?\n[ \t]*)([^\W\d_][\w’']*)")
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_FIRST_WORDS, _LEAST_WORDS = 4, 6  # words that name a paragraph; shorter ones are labels of figures
_PAGES = 500


class Choice(NamedTuple):
    """A word broken at a line's end: what gold has, and whether cleaning kept its hyphen."""

    left: str
    right: str
    keep: bool
    kept: bool


def score(said: Iterable[str], right: Iterable[str]) -> Score:
    """Two multisets compared."""
    found, gold = Counter(said), Counter(right)
    both = (found & gold).total()
    return Score(both / max(1, found.total()), both / max(1, gold.total()))


def words(passage: str) -> list[str]:
    """The words of a text, hyphens and apostrophes inside them kept, signs at their ends left out."""
    return [word for word in (_EDGES.sub("", word) for word in passage.split()) if word]


def paragraph_starts(paragraphs: Iterable[str]) -> list[str]:
    """The first words of the paragraphs that are no labels."""
    split = (words(paragraph) for paragraph in paragraphs)
    return [" ".join(found[:_FIRST_WORDS]) for found in split if len(found) >= _LEAST_WORDS]


def choices(extract: Extract, document: Document, gold: str) -> Iterator[Choice]:
    """The line-end hyphens of a text that its gold decides, with what cleaning made of them."""
    hyphens = {
        span.start
        for at, character in enumerate(document.text.text)
        if character == "-"
        for span in document.text.sources(at, at + 1)
    }
    for match in _BREAK.finditer(extract.original):
        left, right = match[1], match[4]
        keep, join = (bool(re.search(rf"(?<!\w){re.escape(word)}", gold)) for word in (f"{left}-{right}", left + right))
        if keep != join:
            yield Choice(left, right, keep, match.start(2 if match[2] else 3) in hyphens)


class Reading(NamedTuple):
    """One document as one extractor gave it: raw, cleaned, and gold."""

    extract: Extract
    document: Document
    gold: str


def readings(folder: Path, extractor: str) -> list[Reading]:
    """The documents of an extractor."""
    found = []
    for path in sorted((folder / extractor).glob("*.txt")):
        (extract,) = text.extracts(path.read_bytes(), Source(path.name, ""))
        gold = (folder / "gold" / path.name).read_text(encoding="utf-8")
        found.append(Reading(extract, clean(extract), gold))
    return found


def before(reading: Reading) -> tuple[Score, Score]:
    """Words and paragraphs of the raw text against gold."""
    raw = reading.extract.original.replace("\r\n", "\n")
    return (
        score(words(raw), words(reading.gold)),
        score(paragraph_starts(_PARAGRAPH.split(raw)), paragraph_starts(_PARAGRAPH.split(reading.gold))),
    )


def after(reading: Reading) -> tuple[Score, Score]:
    """Words and paragraphs of the clean text against gold."""
    document = reading.document
    paragraphs = [block.span.of(document.text.text) for block in document.blocks]
    return (
        score(words(document.text.text), words(reading.gold)),
        score(paragraph_starts(paragraphs), paragraph_starts(_PARAGRAPH.split(reading.gold))),
    )


def measured(folder: Path = SHARED / "pdf_text") -> Outcome:
    """Mean F1 of words and of paragraphs for each extractor, and the share of hyphens decided as in gold."""
    values: dict[str, float] = {}
    remarks: list[str] = []
    for extractor in EXTRACTORS:
        found = readings(folder, extractor)
        for name, which in (("words", 0), ("paragraphs", 1)):
            was, now = (sum(side(one)[which].f1 for one in found) / len(found) for side in (before, after))
            values[f"{extractor} {name} F1"] = now
            remarks.append(f"{extractor} {name}: {was:.4f} before, {now:.4f} after")
        decided = [choice for one in found for choice in choices(*one)]
        wrong = [f"{one.left}-{one.right}" for one in decided if one.keep != one.kept]
        if decided:
            values[f"{extractor} hyphens"] = 1 - len(wrong) / len(decided)
            remarks.append(f"{extractor} hyphens: {len(wrong)} of {len(decided)} unlike gold: {', '.join(wrong)}")
    return Outcome(values, tuple(remarks))


def leftovers(folder: Path = SHARED / "pdf") -> Iterator[str]:
    """For each real PDF its line-end hyphens, and those that cleaning left."""
    for path in sorted(folder.glob("*.pdf")):
        (extract,) = pdf.extracts(path.read_bytes(), Source(path.name, ""))
        document = clean(extract)
        marks = len(_BREAK.findall(extract.text.text))
        left = re.findall(r".{0,12}[\x02\ufffe].{0,12}|\w+-\s+[a-z]\w+", document.text.text)
        yield f"{path.name}: {len(extract.pages)} pages, {marks} line-end hyphens, {len(left)} left {left or ''}"


def repeated(paths: Iterable[Path], pages: int) -> bytes:
    """A PDF of so many pages, made of those of other PDFs, over and over."""
    sources = [pypdfium2.PdfDocument(path) for path in paths]
    with pypdfium2.PdfDocument.new() as made:
        while len(made) < pages:
            for source in sources:
                made.import_pages(source)
        for at in reversed(range(pages, len(made))):
            del made[at]
        kept = io.BytesIO()
        made.save(kept)
    for source in sources:
        source.close()
    return kept.getvalue()


def cost(folder: Path = SHARED / "pdf") -> str:
    """Speed and memory of reading the real PDFs, made one of 500 pages."""
    data = repeated(sorted(folder.glob("*.pdf")), _PAGES)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    (extract,) = pdf.extracts(data, Source("500.pdf", ""))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (
        f"{len(extract.pages)} pages, {len(data) / 1e6:.1f} MB, {len(extract.original):,} characters: "
        f"{seconds:.1f} s CPU, {len(extract.pages) / seconds:.0f} pages/s, {len(data) / 1e6 / seconds:.2f} MB/s, "
        f"{(peak - held) / 1024:.0f} MB more memory"
    )


def main() -> int:
    """Print everything."""
    if not (SHARED / "pdf_text").exists():
        print("skipped: the public collections pdf_text and pdf are not in ../shared/data")
        return 0
    outcome = measured()
    for name, value in outcome.values.items():
        print(f"{name:24}{value:.4f}")
    for line in (*outcome.remarks, *leftovers(), cost()):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
