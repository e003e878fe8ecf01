"""The sentences of passages in columns: where they stand, what they hold of a question, what stands around them.

All are asked about at once and by number; a sentence is read only when its words are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, members
from indexer.engines import POSITION_BITS
from indexer.layout import Layouts
from indexer.rank import SENTENCE_WORDS, bm25, counted, gathered
from indexer.records import Clause
from indexer.standing import passage_of, position_of, standing

BEFORE, AFTER = 5, 2  # sentences of context
_GAP = 300  # characters between neighbours: a heading may stand there
_NONE = np.empty(0, np.int64)
_NOWHERE = -1  # the row of a sentence that is not there


class Stands(NamedTuple):
    """Where clauses stand in some sentences: by clause, then by sentence, then in text order."""

    clauses: Array  # of each place
    sentences: Array  # the number of its sentence among those asked for
    positions: Array  # from the first word of the sentence
    steps: Array  # words before it in the passage that are no stop words
    bounds: Array  # where the places of each clause in each sentence begin, and the end of all


class Units:
    """The units of some passages, and where clauses stand in them: none matches from one unit into another."""

    def __init__(self, layouts: Layouts, clauses: Sequence[Clause], places: Mapping[str, Array]) -> None:
        """`places` has those of the terms in the passages."""
        self.layouts = layouts
        self.passages = np.repeat(np.arange(len(layouts.units)), layouts.units)  # of each unit
        bounds = (self.passages << POSITION_BITS) + layouts.firsts
        inside = {}
        for term, row in places.items():
            of = np.searchsorted(bounds, row, side="right") - 1
            inside[term] = (of << POSITION_BITS) + row - bounds[of]
        self._where = [standing(clause, inside) for clause in clauses]

    def counts(self) -> tuple[Array, Array]:
        """For each unit, with those that it takes, how often each clause stands in it; and how many words it has."""
        layouts, units = self.layouts, np.arange(len(self.passages))
        behind = units + layouts.takes
        together, clauses = gathered(self._where)
        of_unit = counted(passage_of(together), clauses, (len(units), len(self._where)))
        sums = np.concatenate((np.zeros_like(of_unit[:1]), np.cumsum(of_unit, axis=0)))
        is_last = behind == np.cumsum(layouts.units)[self.passages]
        ends = np.where(is_last, layouts.words[self.passages], np.append(layouts.firsts, 0)[behind])
        return sums[behind] - sums[units], ends - layouts.firsts

    def stands(self, units: Array) -> Stands:
        """Where clauses stand in some units with those that they take."""
        firsts = units << POSITION_BITS
        ends = (units + self.layouts.takes[units]) << POSITION_BITS
        together, of = gathered(self._where)
        before = np.cumsum([0, *map(len, self._where)])[:-1]
        starts, stops = (
            np.concatenate([_NONE, *(np.searchsorted(row, at) for row in self._where)]) for at in (firsts, ends)
        )
        sizes = stops - starts
        at = members(starts + np.repeat(before, len(units)), sizes)
        sentences = np.repeat(np.arange(len(sizes)), sizes) % max(len(units), 1)
        unit, position = passage_of(together[at]), position_of(together[at])
        position = self.layouts.firsts[unit] + position
        steps = self.layouts.steps(self.passages[unit], position)
        positions = position - self.layouts.firsts[units[sentences]]
        return Stands(of[at], sentences, positions, steps, np.append(0, np.cumsum(sizes)))


class Table(NamedTuple):
    """Sentences by document and place, each once; the last row holds nothing and stands for what is not there."""

    documents: Array  # the number of its document
    passages: Array  # of the passage that holds it
    units: Array  # of its unit
    begins: Array  # in the document's clean text
    ends: Array
    linked: Array  # whether it follows close on the one before
    held: Array  # for each clause, whether it stands in it
    bm25: Array  # its score, as if it were a document of its own

    @classmethod
    def of(cls, units: Units, documents: Sequence[int], idf: Sequence[float]) -> Table:
        """The sentences of passages of some documents; of what two passages hold the longer, of equals the first."""
        layouts, passages = units.layouts, units.passages
        counts, words = units.counts()
        document = np.array(documents, np.int64)[passages]
        begins, ends = layouts.starts[passages] + layouts.chars, layouts.starts[passages] + layouts.stops
        places = (document << POSITION_BITS) + begins
        order = np.lexsort((-ends, places))  # which leaves equals as they stand, passage after passage
        keys = places[order]
        kept = order[np.append(True, keys[1:] != keys[:-1])[: len(order)]]
        follows = document[kept][1:] == document[kept][:-1]
        linked = np.append(False, follows & (begins[kept][1:] - ends[kept][:-1] <= _GAP))[: len(kept)]
        scores = bm25(counts, words, idf, SENTENCE_WORDS)
        return cls(
            documents=_with_none(document[kept]),
            passages=_with_none(passages[kept]),
            units=_with_none(kept),
            begins=_with_none(begins[kept]),
            ends=_with_none(ends[kept]),
            linked=_with_none(linked),
            held=_with_none(counts[kept] > 0),
            bm25=_with_none(scores[kept]),
        )

    def find(self, documents: Array, begins: Array) -> Array:
        """The rows of the sentences that begin at some places of some documents."""
        keys = (self.documents[:-1] << POSITION_BITS) + self.begins[:-1]
        return np.searchsorted(keys, (documents << POSITION_BITS) + begins)

    def before(self, rows: Array) -> Array:
        """Of each of some rows those of the sentences before it, the nearest first."""
        ahead = rows[:, None] - np.arange(BEFORE)
        return self._as_far_as(np.maximum(ahead, 0), ahead - 1)

    def after(self, rows: Array) -> Array:
        """The same of the sentences after it."""
        behind = np.minimum(rows[:, None] + np.arange(AFTER) + 1, len(self.linked) - 1)
        return self._as_far_as(behind, behind)

    def _as_far_as(self, links: Array, rows: Array) -> Array:
        """Rows one step away, two steps away, and so on, as far as all rows up to there are linked."""
        return np.where(np.logical_and.accumulate(self.linked[links], axis=1), rows, _NOWHERE)


def _with_none(column: Array) -> Array:
    """A column with one more row that holds nothing."""
    return np.concatenate((column, np.zeros_like(column[:1], shape=(1, *column.shape[1:]))))
