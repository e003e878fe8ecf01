"""The sentences of passages in columns: where they stand, what they hold of a question, what stands around them.

All are asked about at once and by number; a sentence is read only when its words are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

from indexer.arrays import Array, indices, members
from indexer.engines import POSITION_BITS
from indexer.layout import Layouts
from indexer.native import KERNEL
from indexer.records import Clause
from indexer.standing import passage_of, position_of, standing, steps_of
from indexer.together import counted, gathered

BEFORE, AFTER = 5, 2  # sentences of context
_GAP = 300  # characters between neighbours: a heading may stand there
_NONE = np.empty(0, np.int64)
_NO_SENTENCE = np.zeros((5, 1), np.int64)
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
        self.layouts, self.clauses, self.places = layouts, clauses, places

    @cached_property
    def passages(self) -> Array:
        """The passage of each unit."""
        return np.arange(len(self.layouts.units)).repeat(self.layouts.units)

    @cached_property
    def where(self) -> list[Array]:
        """Of each clause its places, each the number of a unit and a position there in one number."""
        bounds = (self.passages << POSITION_BITS) + self.layouts.firsts
        together = np.concatenate([_NONE, *self.places.values()])
        of = bounds.searchsorted(together, side="right") - 1
        together = (of << POSITION_BITS) + together - bounds.take(of)
        edges = pairwise(accumulate(map(len, self.places.values()), initial=0))
        inside = {term: together[start:end] for term, (start, end) in zip(self.places, edges, strict=True)}
        return [standing(clause, inside) for clause in self.clauses]

    def counts(self) -> tuple[Array, Array]:
        """For each unit, with those that it takes, how often each clause stands in it; and how many words it has."""
        layouts, size = self.layouts, len(self.passages)
        behind = np.arange(size) + layouts.takes
        together, clauses = gathered(self.where)
        sums = counted(passage_of(together) + 1, clauses, (size + 1, len(self.where))).cumsum(axis=0)
        is_last = behind == layouts.units.cumsum().take(self.passages)
        ends = np.where(is_last, layouts.words.take(self.passages), np.append(layouts.firsts, 0).take(behind))
        return sums.take(behind, axis=0) - sums[:-1], ends - layouts.firsts

    def stands(self, units: Array) -> Stands:
        """Where clauses stand in some units with those that they take."""
        layouts = self.layouts
        edges = np.concatenate((units, units + layouts.takes.take(units))) << POSITION_BITS
        together, of = gathered(self.where)
        before = accumulate(map(len, self.where), initial=0)
        found = [row.searchsorted(edges) + first for row, first in zip(self.where, before, strict=False)]
        bounds = np.array(found, np.int64).reshape(len(found), len(edges))
        starts = bounds[:, : len(units)].ravel()
        sizes = bounds[:, len(units) :].ravel() - starts
        at = members(starts, sizes)
        sentences = np.arange(len(sizes)).repeat(sizes) % max(len(units), 1)
        places = together.take(at)
        unit = passage_of(places)
        position = layouts.firsts.take(unit) + position_of(places)
        steps = layouts.steps(self.passages.take(unit), position)
        positions = position - layouts.firsts.take(units.take(sentences))
        return Stands(of.take(at), sentences, positions, steps, np.append(0, sizes.cumsum()))


class Sought(NamedTuple):
    """Some sentences among all: a row for each, in the order in which they were asked for."""

    rows: Array  # of the table
    before: Array  # of each those of the sentences before it, the nearest first; -1 where none is
    after: Array  # the same of those after it
    stands: Stands
    cued: Array  # for each clause, whether it stands in it, and everywhere under a cue


class Table(NamedTuple):
    """Sentences by document and place, each once; the last row holds nothing and stands for what is not there."""

    documents: Array  # the number of its document
    passages: Array  # of the passage that holds it
    units: Array  # of its unit
    begins: Array  # in the document's clean text
    ends: Array
    linked: Array  # whether it follows close on the one before
    counts: Array  # for each clause, how often it stands in it
    words: Array  # in it
    held: Array  # for each clause, whether it stands in it

    @classmethod
    def of(cls, units: Units, documents: Array) -> Table:
        """The sentences of passages of some documents; of what two passages hold the longer, of equals the first."""
        layouts, passages = units.layouts, units.passages
        counts, words = units.counts()
        document, starts = documents.take(passages), layouts.starts.take(passages)
        begins, ends = starts + layouts.chars, starts + layouts.stops
        places = (document << POSITION_BITS) + begins
        order = np.lexsort((-ends, places))  # which leaves equals as they stand, passage after passage
        keys = places.take(order)
        kept = np.concatenate((order[:1], order[1:].take(indices(keys[1:] != keys[:-1]))))
        columns = np.stack((document, passages, np.arange(len(passages)), begins, ends)).take(kept, axis=1)
        of_document, of_passage, of_unit, firsts, lasts = np.concatenate((columns, _NO_SENTENCE), axis=1)
        linked = np.zeros(len(kept) + 1, bool)
        linked[1:-1] = (of_document[1:-1] == of_document[:-2]) & (firsts[1:-1] - lasts[:-2] <= _GAP)
        counted = np.zeros((len(kept) + 1, counts.shape[1]), counts.dtype)
        counts.take(kept, axis=0, out=counted[:-1])
        return cls(
            documents=of_document,
            passages=of_passage,
            units=of_unit,
            begins=firsts,
            ends=lasts,
            linked=linked,
            counts=counted,
            words=np.append(words.take(kept), 0),
            held=counted > 0,
        )

    def find(self, documents: Array, begins: Array) -> Array:
        """The rows of the sentences that begin at some places of some documents."""
        keys = (self.documents[:-1] << POSITION_BITS) + self.begins[:-1]
        return np.asarray(keys.searchsorted((documents << POSITION_BITS) + begins))

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


def sentences(units: Units, documents: Array, wanted: tuple[Array, Array]) -> tuple[Table, Sought]:
    """The sentences of passages of some documents, and those among them that begin where some documents say.

    ValueError or IndexError when layouts do not fit together.
    """
    return (_in_c if KERNEL else _sentences)(units, documents, wanted)


def _in_c(units: Units, documents: Array, wanted: tuple[Array, Array]) -> tuple[Table, Sought]:
    """What `_sentences` says; sixty passages take a fifth of the time."""
    laid, steps, clauses = units.layouts, steps_of(units.clauses), len(units.clauses)
    passages = laid.units, laid.words, laid.bases, laid.starts, laid.cues, documents
    of_units = laid.firsts, laid.chars, laid.stops, laid.takes
    looked_for = steps.rows(units.places), steps.taken, clauses
    said = KERNEL.sentences(*looked_for, passages, of_units, laid.bits, laid.stretches, wanted, _GAP)
    columns, linked, counts, held, sought, stands, bounds, cued = said
    of_document, of_passage, of_unit, begins, ends, words = np.frombuffer(columns, np.int64).reshape(6, -1)
    shape, size = (len(words), clauses), len(wanted[0])
    table = Table(
        documents=of_document,
        passages=of_passage,
        units=of_unit,
        begins=begins,
        ends=ends,
        linked=np.frombuffer(linked, bool),
        counts=np.frombuffer(counts, np.int64).reshape(shape),
        words=words,
        held=np.frombuffer(held, bool).reshape(shape),
    )
    rows = np.frombuffer(sought, np.int64)
    edge = size * (1 + BEFORE)
    return table, Sought(
        rows[:size],
        rows[size:edge].reshape(size, BEFORE),
        rows[edge:].reshape(size, AFTER),
        Stands._make((*np.frombuffer(stands, np.int64).reshape(4, -1), np.frombuffer(bounds, np.int64))),
        np.frombuffer(cued, bool).reshape(size, clauses),
    )


def _sentences(units: Units, documents: Array, wanted: tuple[Array, Array]) -> tuple[Table, Sought]:
    table = Table.of(units, documents)
    rows = table.find(*wanted)
    stands = units.stands(table.units[rows])
    cued = _cued(table, rows, units, stands)
    return table, Sought(rows, table.before(rows), table.after(rows), stands, cued)


def _cued(table: Table, rows: Array, units: Units, stands: Stands) -> Array:
    """For each of some rows, the clauses that only stand under a cue in it."""
    layouts, of = units.layouts, rows.take(stands.sentences)
    positions = layouts.firsts.take(table.units.take(of)) + stands.positions
    cued = layouts.cued(table.passages.take(of), positions)
    found = np.zeros((2, len(rows), len(units.where)), bool)
    found[cued.astype(np.int64), stands.sentences, stands.clauses] = True
    return np.asarray(found[1] & ~found[0])
