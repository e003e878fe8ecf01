"""How long queries take, the hostile ones too, over many passages of made-up text with the word counts of real text."""

from __future__ import annotations

import multiprocessing
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path

from indexer import Library, LibraryReader, Options, search, suggest
from indexer.analyse import STOP_WORDS, term
from indexer.clean.words import listed
from indexer.compounds import BEGINNINGS
from indexer.keywords import offers
from indexer.query import parse
from indexer.records import Entry, PassageEntry
from indexer.typed import has_form, typed
from indexer.vocabulary import Terms
from tests.libraries import filed

PASSAGES = 100_000
WORDS = 120  # in a passage
FORMS = 200_000  # different words
OF_A_DOCUMENT = 20  # passages
RUNS = 3  # of each query; the slowest counts


def ordinary(words: list[str]) -> list[str]:
    """What people type: a few words, some of them common."""
    chosen = random.Random(1)  # noqa: S311 - which words is no secret
    common, rare = words[:2_000], words[2_000:20_000]
    return [" ".join(chosen.choices(common, k=2) + chosen.choices(rare, k=n % 4)) for n in range(40)]


def hostile(words: list[str]) -> dict[str, str]:
    """What takes search engines down, by name."""
    top = words[:64]
    return {
        "*a*": "*a*",
        "w*": "w*",
        "two letters and a star": "co*",
        "ten beginnings": " ".join(f"{start}*" for start in "in co re un de pr st ca ma di".split()),
        "ten beginnings, all required": " AND ".join(f"{start}*" for start in "in co re un de pr st ca ma di".split()),
        "ten likenesses": " ".join(f"{word}~" for word in words[500:510]),
        "64 beginnings": " ".join(f"{word[:2]}*" for word in words[3_000:3_640:10]),
        "64 likenesses": " ".join(f"{word}~" for word in _longer(words)[:64]),
        "64 slips": " ".join(word[:3] + word[4] + word[3] + word[5:] for word in _longer(words)[:1_280:20]),
        "64 compounds": " ".join(f"{start}medullary" for start in sorted(BEGINNINGS)[:64]),
        "3,000 parentheses": "(" * 3_000 + "a" + ")" * 3_000,
        "250 parentheses": "(" * 250 + "cancer" + ")" * 250,
        "10,000 words": " ".join(words[:10_000]),
        "the 64 commonest words": " ".join(top),
        "the 64 commonest words, all required": " AND ".join(f"+{word}" for word in top[:50]),
        "nothing but NOT": " ".join(f"-{word}" for word in words[100:164]),
        "a phrase of common words": f'"{" ".join(top[:40])}"',
        "a phrase of one word 100 times": f'"{"the " * 100}"',
        "two common words near each other": f'"{top[0]} {top[1]}"~50',
        "twenty common words near each other": f'"{" ".join(top[:20])}"~50',
        "ten pairs near each other": " OR ".join(
            f'"{one} {two}"~50' for one, two in zip(top[:10], top[10:20], strict=True)
        ),
        "a wide filter": f"{top[0]} {top[1]} year:1900..2100",
        "every passage": "-zzzzz",
        "every plane": "".join(chr(plane * 0x10000 + 0x41) for plane in range(17)),
        "half a surrogate pair": "\ud800 \udfff",
        "NUL": "\x00\x00\x00",
        "quotation marks": '"' * 511,
        "signs": "+-" * 250,
        "operators": "AND OR NOT " * 46,
        "fields": "title:" * 85,
        "colons and stars": ":*" * 250,
        "one long word": "a" * 10_000,
        "combining accents": "a" + "\u0301" * 500,
    }


def _longer(words: list[str]) -> list[str]:
    """Words of more than six letters that are not common."""
    return [word for word in words[3_000:20_000] if word.isalpha() and len(word) > 6]


def main(passages: int = PASSAGES) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory(prefix="pincite-bench-") as name:
        words = vocabulary()
        _built(Path(name), passages, words)
        with Library.open(Path(name) / ".pincite").reader() as reader:
            print(f"{reader.size():,} passages, {memory():.0f} MB before the first search\n")
            _print_parsing(words)
            _print_searches(reader, "ordinary", {text: text for text in ordinary(words)}, summed=True)
            _print_searches(reader, "hostile", hostile(words), summed=False)
            _print_suggestions(reader, words)
            print(f"memory at the end {memory():.0f} MB")


def _built(folder: Path, passages: int, words: list[str]) -> None:
    """Build the library in a process of its own: the memory that is told is that of searching."""
    builder = multiprocessing.get_context("spawn").Process(target=library, args=(folder, passages, words))
    builder.start()
    builder.join()


def library(folder: Path, passages: int, words: list[str]) -> Library:
    """A library of that many passages."""
    made = Library.create(folder / ".pincite")
    with made.writing() as engine:
        for start in range(0, passages, 10_000):
            engine.write(_entries(start, min(passages, start + 10_000), words), ())
    return made


def vocabulary() -> list[str]:
    """Words from the commonest to the rarest: stop words, words of the list, and made-up ones."""
    chosen = random.Random(0)  # noqa: S311 - which words is no secret
    real = sorted(word for word in listed() if word.isascii() and len(word) > 2 and word.lower() not in STOP_WORDS)
    chosen.shuffle(real)
    made = [f"{real[n % len(real)].lower()}{chosen.choice(real).lower()[:4]}" for n in range(FORMS - len(real))]
    return list(dict.fromkeys([*sorted(STOP_WORDS), *real, *made]))


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _entries(start: int, end: int, words: list[str]) -> Iterator[Entry]:
    """Documents whose words are as frequent as in real text (Zipf's law)."""
    chosen = random.Random(start)  # noqa: S311 - which words is no secret
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    for number in range(start // OF_A_DOCUMENT, end // OF_A_DOCUMENT):
        drawn = [chosen.choices(words, cum_weights=weights, k=WORDS) for _ in range(OF_A_DOCUMENT)]
        entry = filed(f"d{number:06}", *[" ".join(text) for text in drawn])
        title = offers("title", " ".join(chosen.choices(words, cum_weights=weights, k=7)))
        headings = [offers("heading", " ".join(chosen.choices(words, cum_weights=weights, k=4))) for _ in range(5)]
        keys = (f"document=d{number:06}", f"year={1990 + number % 30}", f"section={'abc'[number % 3]}", *title)
        held = zip(entry.passages, drawn, strict=True)
        rows = [(*pair, (*keys, *headings[at % 5])) for at, pair in enumerate(held)]
        yield replace(entry, passages=tuple(_passage(*row) for row in rows))


def _passage(passage: PassageEntry, words: list[str], keys: tuple[str, ...]) -> PassageEntry:
    terms = [(text, at) for at, word in enumerate(words) for text in _terms(word)]
    texts, positions = zip(*terms, strict=True)
    return passage._replace(text=Terms.of(texts, positions), keys=keys)


@cache
def _terms(word: str) -> tuple[str, ...]:
    return (term(word), typed(word)) if has_form(word) else (term(word),)


def _print_parsing(words: list[str]) -> None:
    times = [_milliseconds(lambda text=text: parse(text)) for text in ordinary(words) for _ in range(50)]
    worst = {name: _milliseconds(lambda text=text: parse(text)) for name, text in hostile(words).items()}
    slowest = max(worst, key=worst.__getitem__)
    print(f"parse: p50 {_centile(times, 50):.3f} ms, p99 {_centile(times, 99):.3f} ms;", end=" ")
    print(f"hostile at most {worst[slowest]:.1f} ms ({slowest})\n")


def _print_searches(reader: LibraryReader, name: str, texts: dict[str, str], *, summed: bool) -> None:
    """The time of each search, or of all; wall clock and processor time."""
    rows = []
    for label, text in texts.items():
        runs = [_timed(reader, text) for _ in range(RUNS)]
        rows.append((label, *max(runs)))
    walls, processor = [row[1] for row in rows], [row[2] for row in rows]
    print(
        f"{name}: wall p50 {_centile(walls, 50):.0f}, p99 {_centile(walls, 99):.0f}, worst {max(walls):.0f} ms;",
        end=" ",
    )
    print(f"processor p50 {_centile(processor, 50):.0f}, worst {max(processor):.0f} ms")
    for label, wall, used, total, late in [] if summed else rows:
        print(
            f"  {label:40} {wall:7.0f} ms wall {used:7.0f} ms processor {total:8,} hits {'timed out' if late else ''}"
        )
    print()


def _timed(reader: LibraryReader, text: str) -> tuple[float, float, int, bool]:
    """Milliseconds by the clock and of the processor, hits, and whether time ran out."""
    wall, used = time.perf_counter(), time.process_time()
    results = search(reader, text, 10, 0, Options(facets=("year", "section")))
    return (time.perf_counter() - wall) * 1e3, (time.process_time() - used) * 1e3, results.total, results.timed_out


def _print_suggestions(reader: LibraryReader, words: list[str]) -> None:
    asked = [word[:length] for word in words[100:300] for length in (1, 2, 3, 4, 6)]
    times = [_milliseconds(lambda text=text: suggest(reader, text)) for text in asked]
    print(f"suggest: p50 {_centile(times, 50):.1f} ms, p99 {_centile(times, 99):.1f} ms, worst {max(times):.1f} ms\n")


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return (time.process_time() - began) * 1e3


def _centile(values: list[float], at: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[at - 1]


if __name__ == "__main__":
    main()
