"""Whoosh's writer with an inverter and a merge of our own.

Whoosh sorts one tuple for each posting, on disk where there are many, and merges segments posting by posting. Here a
segment's terms are inverted by a few array operations, and segments are merged by a few more for millions of postings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from whoosh.writing import SegmentWriter

from indexer.engines.inversion import Inverter, merged
from indexer.engines.term_lists import Run
from indexer.engines.whoosh_codec import TermsCodec, TermsField
from indexer.vocabulary import Terms

_MOST = 24_000_000  # occurrences held in memory, about 500 MB when inverted; then the segment ends and another begins


class TermsWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one commit: one new segment, or several when it is large."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=TermsCodec())
        self.finished: list[Any] = []  # segments of this commit that are complete
        self._fields = [name for name, field in self.schema.items() if isinstance(field, TermsField)]
        self._columns = {
            name: self.schema[name].column_type for name in self.schema.names() if name not in self._fields
        }
        self._begin_segment()

    def add(
        self,
        terms: Mapping[str, Sequence[Terms]],
        keys: Mapping[str, Sequence[Sequence[str]]],
        values: Mapping[str, Sequence[Any]],
    ) -> None:
        """Add documents in a row: terms of each for fields with positions, texts for those without, values for columns.

        One by one they take three times as long.
        """
        for name, held in terms.items():
            self._inverters[name].add(self.docnum, held)
        for name, texts in keys.items():
            self._inverters[name].add_texts(self.docnum, texts)
        self.docnum += self.perdocwriter.add(values, self._columns)
        self._added = True

    def end_document(self) -> None:
        """Let the segment end here when it is large: a document and its passages stand in one segment."""
        if sum(map(len, self._inverters.values())) >= _MOST:
            self.finish_segment()

    def finish_segment(self) -> None:
        """End the segment, if anything is in it, and begin another one."""
        if self._added:
            self.finished.append(self._finalize_segment())
            self._open_segment()

    def take_over(self, reader: Any) -> None:
        """Take over the live documents of a segment; its postings are read when the new segment is written."""
        live = np.ones(reader.doc_count_all(), bool)
        live[list(reader.segment().deleted_docs())] = False
        docnums = np.flatnonzero(live)
        numbers = np.full(len(live), -1, np.int64)
        numbers[docnums] = self.docnum + np.arange(len(docnums))
        self.perdocwriter.take_over(
            len(docnums),
            [
                (name, kind, reader.column_reader(name, translate=False), docnums)
                for name, kind in self._columns.items()
                if reader.has_column(name)
            ],
        )
        self.docnum += len(docnums)
        self._added = True
        self._merged.append((reader, numbers))
        self.storage.forget()

    def _begin_segment(self) -> None:
        """Hold nothing."""
        self._inverters = {name: Inverter() for name in self._fields}
        self._merged: list[tuple[Any, Any]] = []

    def _open_segment(self) -> None:
        """Begin another segment of this commit, as Whoosh's writer begins its first."""
        self.newsegment = self.codec.new_segment(self.storage, self.indexname)
        self.perdocwriter = self.codec.per_document_writer(self.storage, self.newsegment)
        self.fieldwriter = self.codec.field_writer(self.storage, self.newsegment)
        self.docnum = self.docbase
        self._added = False
        self._begin_segment()

    def _flush_segment(self) -> None:
        """Write the columns and, field by field, the terms."""
        self.perdocwriter.close()
        for name in self._fields:
            self.fieldwriter.write(name, self._runs(name))
        self.fieldwriter.close()
        self._begin_segment()  # which lets go of the segments that were merged

    def _runs(self, name: str) -> Iterator[Run]:
        """The field's terms in order: those of the documents added, or of the segments merged, never of both."""
        if self._merged:
            sources = [(lists, numbers) for reader, numbers in self._merged if (lists := reader.lists(name))]
            for run in merged(sources):
                yield run
                self.storage.forget()
        elif len(self._inverters[name]):
            yield from self._inverters.pop(name).runs()
