"""What came out, as a table for a README and as numbers for a program."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.benchmarks.peers.data import Data
from tests.benchmarks.peers.run import Outcome

MEASURE = "tantivy"  # what the others are compared with

Round = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """An engine's figures; milliseconds are of CPU where nothing else is said."""

    name: str
    absent: str = ""
    note: str = ""
    words_p50: float | None = None
    words_p95: float | None = None
    words_p99: float | None = None
    words_p50_wall: float | None = None
    words_p99_wall: float | None = None
    words_ratio: float | None = None  # of p50 to that of MEASURE
    words_p99_ratio: float | None = None
    words_asked: int = 0  # queries a round; fewer than there are when time was up
    phrases_p50: float | None = None
    phrases_p99: float | None = None
    phrases_ratio: float | None = None
    build: float | None = None  # MB of text for each second of CPU, its own analysis included
    build_tokens: float | None = None  # the same for the tokens that all get, which others have made
    size: float | None = None  # bytes of index for each byte of text
    memory: float | None = None  # MB resident after the queries, mapped files included
    memory_own: float | None = None  # without mapped files
    memory_indexing: float | None = None  # MB resident at most while it indexed
    cold: float | None = None  # milliseconds: open and answer a first query
    cold_wall: float | None = None  # the same by the clock
    cold_process: float | None = None  # by the clock from the start of the process on, Python included
    agreement: float | None = None  # part of the best passages that MEASURE has too


def rows(outcomes: Sequence[Outcome], data: Data, indexes: dict[str, str]) -> list[Row]:
    """A row for each; `indexes` says whose index one searches that has none of its own."""
    by_name = {outcome.name: outcome for outcome in outcomes}
    measure = by_name.get(MEASURE, Outcome(MEASURE))
    return [_row(one, by_name.get(indexes.get(one.name, ""), one), measure, data.about["bytes"]) for one in outcomes]


def _row(one: Outcome, builder: Outcome, measure: Outcome, size: int) -> Row:
    if one.absent:
        return Row(one.name, absent=one.absent)
    words, phrases = _kind(one, "words"), _kind(one, "phrases")
    build, index = one.build, builder.index
    return Row(
        name=one.name,
        note=one.note,
        words_p50=centile(words, 50),
        words_p95=centile(words, 95),
        words_p99=centile(words, 99),
        words_p50_wall=centile(words, 50, 1),
        words_p99_wall=centile(words, 99, 1),
        words_ratio=_ratio(centile(words, 50), centile(_kind(measure, "words"), 50)),
        words_p99_ratio=_ratio(centile(words, 99), centile(_kind(measure, "words"), 99)),
        words_asked=min(map(len, words), default=0),
        phrases_p50=centile(phrases, 50),
        phrases_p99=centile(phrases, 99),
        phrases_ratio=_ratio(centile(phrases, 50), centile(_kind(measure, "phrases"), 50)),
        build=build["text"] / 1e6 / build["cpu"] if build else None,
        build_tokens=size / 1e6 / index["cpu"] if index else None,
        size=index["bytes"] / size if index else None,
        memory=one.memory["resident"] / 1e6,
        memory_own=one.memory["own"] / 1e6,
        memory_indexing=index["memory"] / 1e6 if index else None,
        cold=1e3 * statistics.median(found["cpu"] for found in one.cold),
        cold_wall=1e3 * statistics.median(found["wall"] for found in one.cold),
        cold_process=1e3 * statistics.median(found["process"] for found in one.cold),
        agreement=agreement(one.found, measure.found),
    )


def centile(rounds: Sequence[Round], at: int, which: int = 0) -> float | None:
    """The median over the rounds of a round's centile, in milliseconds; of the CPU (0) or the clock (1)."""
    found = [statistics.quantiles([times[which] for times in one], n=100)[at - 1] for one in rounds if len(one) > 1]
    return 1e3 * statistics.median(found) if found else None


def agreement(found: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> float | None:
    """The part of what one engine found that the other found too, over all queries."""
    both = [len({*one} & {*other}) / len(other) for one, other in zip(found, others, strict=False) if other]
    return statistics.mean(both) if both else None


COLUMNS: dict[str, Callable[[Row], str]] = {
    "engine": lambda row: row.name,
    "p50 ms": lambda row: _figure(row.words_p50),
    "p95": lambda row: _figure(row.words_p95),
    "p99": lambda row: _figure(row.words_p99),
    f"p50 to {MEASURE}": lambda row: _times(row.words_ratio),
    f"p99 to {MEASURE}": lambda row: _times(row.words_p99_ratio),
    "phrase p50 ms": lambda row: _figure(row.phrases_p50),
    "build MB/s": lambda row: _figure(row.build),
    "index to text": lambda row: _figure(row.size),
    "memory MB": lambda row: _figure(row.memory),
    "indexing MB": lambda row: _figure(row.memory_indexing),
    "first answer ms": lambda row: _figure(row.cold),
}


def markdown(found: Sequence[Row]) -> str:
    """The table, and what is to be said of the rows below it."""
    lines = [f"| {' | '.join(COLUMNS)} |", f"|{'---|' * len(COLUMNS)}"]
    lines += [f"| {' | '.join(cell(row) for cell in COLUMNS.values())} |" for row in found if not row.absent]
    return "\n".join([*lines, "", *_remarks(found)])


def as_json(found: Sequence[Row], about: dict[str, Any]) -> dict[str, Any]:
    """Everything, for a program."""
    return {**about, "rows": [asdict(row) for row in found]}


def _remarks(found: Sequence[Row]) -> Iterator[str]:
    most = max((row.words_asked for row in found), default=0)
    for row in found:
        short = f"{row.words_asked} of {most} queries a round" if 0 < row.words_asked < most else ""
        agreed = f"{row.agreement:.0%} of {MEASURE}'s best ten" if row.agreement is not None else ""
        said = [part for part in (row.absent, row.note, short, agreed) if part]
        yield f"{row.name}: {'; '.join(said)}"


def _kind(outcome: Outcome, kind: str) -> list[Round]:
    return [turn[kind] for turn in outcome.rounds if kind in turn]


def _ratio(value: float | None, measure: float | None) -> float | None:
    return value / measure if value is not None and measure else None


def _figure(value: float | None) -> str:
    """Two digits, or what stands before the point."""
    if value is None:
        return ""
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def _times(value: float | None) -> str:
    return f"{_figure(value)} ×" if value is not None else ""
