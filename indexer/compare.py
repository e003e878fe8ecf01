"""Two evaluations of the same qrels: what moved, by how much, and whether it is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from indexer.evaluate import Evaluation, table
from indexer.significance import Comparison, bootstrap, paired_t, randomisation

CHANCE = 0.05  # p from which a difference is put down to it
MOVED = 10  # queries that are listed


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a measure; differences are new minus old, over the same queries."""

    measure: str
    old: float
    new: float
    low: float  # of the 95 % bootstrap interval of the mean difference
    high: float
    t: Comparison  # Student's paired test
    randomised: Comparison  # Fisher's

    @property
    def is_loss(self) -> bool:
        """True when it fell by more than both tests put down to chance."""
        return self.t.difference < 0 and max(self.t.p, self.randomised.p) < CHANCE


@dataclass(frozen=True, slots=True)
class Moved:
    """A query whose value of a measure is another one now."""

    query: str
    old: float
    new: float


def changes(new: Evaluation, old: Evaluation) -> list[Change]:
    """Each measure of two evaluations; they are over the same queries."""
    return list(_changes(new, old))


def _changes(new: Evaluation, old: Evaluation) -> Iterator[Change]:
    for name, values in new.queries.items():
        if values:
            pair = list(values.values()), [old.queries[name][query] for query in values]
            interval = bootstrap([left - right for left, right in zip(*pair, strict=True)])
            means = old.means[name], new.means[name]
            yield Change(name, *means, interval.low, interval.high, paired_t(*pair), randomisation(*pair))


def moved(new: Mapping[str, float], old: Mapping[str, float]) -> list[Moved]:
    """The queries whose value changed, those that lost most first, those that won most last."""
    found = [Moved(query, old[query], value) for query, value in new.items() if value != old[query]]
    return sorted(found, key=lambda one: (one.new - one.old, one.query))


def comparison(found: list[Change]) -> str:
    """The changes as a table; |t| below 3 is weak after many tries."""
    rows = [
        (
            one.measure,
            f"{one.old:.4f}",
            f"{one.new:.4f}",
            f"{one.t.difference:+.4f}",
            f"{one.low:+.4f}..{one.high:+.4f}",
            f"{one.t.statistic:.2f}",
            f"{one.t.p:.4f}",
            f"{one.randomised.p:.4f}",
        )
        for one in found
    ]
    return table(("measure", "old", "new", "difference", "95 % interval", "t", "p(t)", "p(randomisation)"), rows)


def moved_table(measure: str, found: list[Moved]) -> str:
    """The queries that lost or won most, half of the table each."""
    listed = found if len(found) <= MOVED else [*found[: MOVED // 2], *found[-MOVED // 2 :]]
    rows = [(one.query, f"{one.old:.4f}", f"{one.new:.4f}", f"{one.new - one.old:+.4f}") for one in listed]
    lost = sum(one.new < one.old for one in found)
    told = f"{measure}: {lost} queries lost, {len(found) - lost} won"
    return "\n".join([told, table(("query", "old", "new", "difference"), rows)]) if found else told
