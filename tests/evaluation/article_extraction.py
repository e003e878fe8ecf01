"""The main text of 91 real pages against gold, by the benchmark's own definition; and whether characters are anchored.

`python -m tests.evaluation.article_extraction` prints the measures and the pages read worst.

Tokens are `\\w+`. A page's shingles are the multiset of its 4-token n-grams; its precision is matched / predicted, its
recall matched / gold. Both are averaged over the pages, and F1 is taken of the two averages. Predicted is what readers
read on after the title: prose, items, rows and the headings above them; captions are content, but gold leaves them out.
"""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path

from indexer.read import html
from indexer.records import Extract, Source
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import SHARED
from tests.evaluation.precision import Score

BODY = frozenset({"columns", "heading", "item", "prose", "row"})
_TOKEN = re.compile(r"\w+")
_LENGTH = 4  # tokens of a shingle

Shingles = Counter[tuple[str, ...]]


def measured(folder: Path) -> Outcome:
    """Precision, recall and F1 over the pages, with the share of characters that stand where they say."""
    gold = {name: page["articleBody"] for name, page in json.loads((folder / "gold.json").read_bytes()).items()}
    started = time.process_time()
    read = {name: extracted(folder / "html" / f"{name}.html") for name in gold}
    seconds = time.process_time() - started
    scores = {name: score(body(read[name]), gold[name]) for name in gold}
    total = average(scores.values())
    faults = [fault for extract in read.values() for fault in anchor_faults(extract)]
    size = sum(len(extract.original.encode()) for extract in read.values())
    values = {"precision": total.precision, "recall": total.recall, "F1": total.f1, "anchored": float(not faults)}
    remarks = (f"{size / 1e6 / seconds:.1f} MB of HTML per CPU-second", *faults[:5], *_worst(scores))
    return Outcome(values, remarks)


def extracted(path: Path) -> Extract:
    """The document in a page."""
    (extract,) = html.extracts(path.read_bytes(), Source(path.name, "0" * 64))
    return extract


def body(extract: Extract) -> str:
    """The text that the gold is about."""
    return "\n".join(block.span.of(extract.text.text) for block in extract.blocks if block.kind in BODY)


def score(predicted: str, gold: str) -> Score:
    """One page's precision and recall; a page that should be empty and is has all."""
    said, right = shingles(predicted), shingles(gold)
    both = (said & right).total()
    precision = both / said.total() if said else float(not right)
    return Score(precision, both / right.total() if right else 1.0)


def shingles(text: str) -> Shingles:
    """The multiset of a text's 4-token n-grams; of a shorter text itself."""
    tokens = _TOKEN.findall(text)
    starts = range(max(len(tokens) - _LENGTH + 1, min(len(tokens), 1)))
    return Counter(tuple(tokens[start : start + _LENGTH]) for start in starts)


def average(scores: Iterable[Score]) -> Score:
    """Precision and recall averaged over pages."""
    pages = list(scores)
    return Score(*(sum(values) / len(pages) for values in zip(*pages, strict=True)))


def anchor_faults(extract: Extract) -> list[str]:
    """Characters that do not stand where they say: as such, as a reference to them, or as white space."""
    faults: list[str] = []
    text = extract.text
    for place, (length, start, end) in zip(text.starts[:-1], text.runs, strict=True):
        shown, there = text.text[place : place + length], extract.original[start:end]
        blank = shown.isspace() and (not there or there.isspace())
        if not blank and not any(_same(shown, stands) for stands in (there, unescape(there))):
            faults.append(f"{extract.source.path}: {shown[:40]!r} is anchored at {there[:40]!r}")
    return faults


def _same(shown: str, there: str) -> bool:
    """True for the same characters, a space for any white space, or one of the characters of a reference."""
    equal = len(shown) == len(there) and all(
        left == right or (left == " " and right.isspace()) for left, right in zip(shown, there, strict=True)
    )
    return equal or (len(shown) == 1 and len(there) == 2 and shown in there)


def _worst(scores: Mapping[str, Score], count: int = 8) -> list[str]:
    worst = sorted(scores, key=lambda name: scores[name].f1)[:count]
    return [f"{name[:8]}: precision {scores[name].precision:.3f}, recall {scores[name].recall:.3f}" for name in worst]


def main() -> None:
    """Print the measures over the shared pages."""
    if not (SHARED / "article_extraction").exists():
        print("skipped: the public collection article_extraction is not in ../shared/data")
        return
    outcome = measured(SHARED / "article_extraction")
    for name, value in outcome.values.items():
        print(f"{name:10} {value:.4f}")
    print("\n".join(outcome.remarks))


if __name__ == "__main__":
    main()
