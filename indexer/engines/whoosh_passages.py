"""The passages of a commit, numbered through all of its segments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from indexer.arrays import Array, indices
from indexer.engines.whoosh_leaf import Leaf


class Passages:
    """Passages by number, see `matches.Numbered`; threads may share it."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = tuple(leaves)
        self._firsts = [0, *accumulate(map(len, leaves))]  # the number of the first document of each segment

    def document_ids(self, numbers: Array) -> list[str]:
        """The id of the document of each of some passages."""
        if len(self._leaves) == 1:
            return self._leaves[0].ids_of(numbers)
        found = [""] * len(numbers)
        for leaf, which, docnums in self.by_leaf(numbers):
            for at, document_id in zip(which.tolist(), leaf.ids_of(docnums), strict=True):
                found[at] = document_id
        return found

    def ordinals(self, numbers: Array) -> Array:
        """The places of passages in their documents."""
        if len(self._leaves) == 1:
            return self._leaves[0].ordinals.take(numbers).astype(np.int64)
        found = np.empty(len(numbers), np.int64)
        for leaf, which, docnums in self.by_leaf(numbers):
            found[which] = leaf.ordinals[docnums]
        return found

    def number(self, leaf: Leaf, docnum: int) -> int:
        """The number of a passage of a segment."""
        return self._firsts[self._leaves.index(leaf)] + docnum

    def by_leaf(self, numbers: Array) -> Iterator[tuple[Leaf, Array, Array]]:
        """The segments of passages; for each which of them stand there, and their numbers there."""
        if len(self._leaves) == 1 and len(numbers):  # as most are: in a sixth of the time
            yield self._leaves[0], np.arange(len(numbers)), numbers
            return
        for leaf, (first, end) in zip(self._leaves, pairwise(self._firsts), strict=True):
            which = indices((numbers >= first) & (numbers < end))
            if len(which):
                yield leaf, which, numbers[which] - first

    def are_in_order(self, scores: Array) -> bool:
        """True when passages with these scores, best first and equals by number, stand in the order of `order`."""
        if "_are_in_order" in self.__dict__:  # it is known already, and told sooner than that no two are equal
            return self._are_in_order or not (scores[1:] == scores[:-1]).any()
        return self._are_in_order if (scores[1:] == scores[:-1]).any() else True

    def are_followed(self, numbers: Array) -> Array:
        """Whether the passages with the next numbers are the next of the same documents."""
        return np.asarray(self._followed[numbers])

    def order(self, numbers: Array, scores: Array) -> Array:
        """The order of passages by score, best first; of equals, the first by document and ordinal comes first."""
        order = np.lexsort((numbers, -scores))
        found = scores[order]
        same = found[1:] == found[:-1]
        if not same.any() or self._are_in_order:
            return order
        tied = np.flatnonzero(np.concatenate((same, [False])) | np.concatenate(([False], same)))
        held = numbers[order[tied]]
        documents = np.empty(len(held), np.int64)
        for leaf, which, docnums in self.by_leaf(held):
            documents[which] = self._ids_in_order[leaf][leaf.entry(docnums)]
        order[tied] = order[tied[np.lexsort((self.ordinals(held), documents, -found[tied]))]]
        return order

    @cached_property
    def _followed(self) -> Array:
        """For each number; a document's own, -1 among ordinals, comes before its passages."""
        ordinals = np.concatenate([np.empty(0, np.int64), *(leaf.ordinals for leaf in self._leaves)])
        return np.append((np.diff(ordinals) == 1) & (ordinals[1:] > 0), False)

    @cached_property
    def _are_in_order(self) -> bool:
        """True when all passages stand by document and ordinal, as those of a library indexed in one run do."""
        places = np.concatenate([self._ids_in_order[leaf] for leaf in self._leaves])
        return bool((np.diff(places) > 0).all()) and all(leaf.is_in_order for leaf in self._leaves)

    @cached_property
    def _ids_in_order(self) -> dict[Leaf, Array]:
        """For each segment, the places of its documents among all documents, by id: a millisecond for each thousand."""
        ids = [key for leaf in self._leaves for key in leaf.ids]
        places = np.empty(len(ids), np.int64)
        places[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        parts = np.split(places, np.cumsum([len(leaf.entries) for leaf in self._leaves])[:-1])
        return dict(zip(self._leaves, parts, strict=True))
