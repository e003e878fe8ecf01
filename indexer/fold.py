"""Ranked passages without those that only repeat an overlapping one that is better."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from indexer.rank import Ranking

Folded = tuple[int, tuple[int, ...]]  # the place of a passage among the matches, and of those folded into it
Repeats = Callable[[int, int], bool]  # whether a passage only repeats an overlapping one, by their places


def collapsed(ranking: Ranking) -> list[Folded]:
    """The passages, best first, without those whose best sentence stands in a better one too."""
    return folded(ranking, ranking.order.tolist(), says_the_same(ranking))


def says_the_same(ranking: Ranking) -> Repeats:
    """What tells that the best sentence of a passage stands in another too.

    Of covid_qa's questions .862 have the answer in the first ten hits when such neighbours are folded, .842 when all
    overlapping ones are.
    """
    begins, layouts = ranking.begins.tolist(), ranking.layouts
    starts, ends = layouts.starts.tolist(), layouts.ends.tolist()
    return lambda one, head: begins[one] < 0 or starts[head] <= begins[one] < ends[head]


def folded(ranking: Ranking, order: Iterable[int], repeats: Repeats) -> list[Folded]:
    """The passages in an order, those that repeat an overlapping one before them folded into it."""
    lefts, rights = (side.tolist() for side in ranking.matches.neighbours())
    beside: dict[int, list[int]] = {right: [left] for left, right in zip(lefts, rights, strict=True)}
    for left, right in zip(lefts, rights, strict=True):
        beside.setdefault(left, []).append(right)
    kept: dict[int, tuple[int, ...]] = dict.fromkeys(order, ())
    before: set[int] = set()
    for at in filter(beside.__contains__, list(kept)):  # of a hundred passages a few have a neighbour among them
        head = next((head for head in beside[at] if head in before and repeats(at, head)), None)
        if head is None:
            before.add(at)
        else:
            kept[head] += (at,)
            del kept[at]
    numbers = ranking.matches.numbers
    return [(head, tuple(sorted(also, key=numbers.__getitem__)) if also else also) for head, also in kept.items()]
