"""Whoosh's writer with an inverter and a merge of our own.

Whoosh sorts one tuple for each posting, on disk where there are many, and merges segments posting by posting. Here a
term's posting list grows as its documents come, and a merge joins whole lists, term by term.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from whoosh.codec.whoosh3 import W3Codec
from whoosh.writing import SegmentWriter

from indexer.engines.whoosh_codec import Postings, TermsCodec, TermsField
from indexer.records import Terms

_MOST = 4_000_000  # positions held in memory, about 100 MB; then the segment ends and another one begins


class TermsWriter(SegmentWriter):  # type: ignore[misc]
    """Writes one commit: one new segment, or several when it is large."""

    def __init__(self, index: Any) -> None:
        super().__init__(index, codec=TermsCodec())
        self.finished: list[Any] = []  # segments of this commit that are complete
        self._fields = [name for name, field in self.schema.items() if isinstance(field, TermsField)]
        self._columns = [name for name in self.schema.names() if name not in self._fields]
        self._begin_segment()

    def add_document(self, **fields: Any) -> None:
        """Add a document: terms for each field of terms, a value for each column."""
        for name in self._fields:
            self._add_terms(self._terms[name], fields.pop(name, Terms()))
        super().add_document(**fields)

    def end_document(self) -> None:
        """Let the segment end here when it is large: a document and its passages stand in one segment."""
        if self._held >= _MOST:
            self.finished.append(self._finalize_segment())
            self._open_segment()

    def take_over(self, reader: Any) -> None:
        """Take over the live documents of a segment; its postings are read when the new segment is written."""
        numbers = array("i", [-1]) * reader.doc_count_all()
        kinds = [(name, self.schema[name].column_type) for name in self._columns]
        columns = [(name, kind, reader.column_reader(name, translate=False)) for name, kind in kinds]
        for docnum in reader.all_doc_ids():
            numbers[docnum] = self.docnum
            self.perdocwriter.start_doc(self.docnum)
            for name, kind, values in columns:
                self.perdocwriter.add_column_value(name, kind, values[docnum])
            self.perdocwriter.finish_doc()
            self.docnum += 1
        self._added = True
        self._merged.append((reader, numbers))

    def _add_terms(self, lists: dict[str, Postings], terms: Terms) -> None:
        for text, position in zip(terms.texts, terms.positions, strict=True):
            postings = lists.get(text)
            if postings is None:
                postings = lists[text] = Postings.empty()
            postings.add(self.docnum, position)
        self._held += len(terms)

    def _begin_segment(self) -> None:
        """Hold nothing."""
        self._terms: dict[str, dict[str, Postings]] = {name: {} for name in self._fields}
        self._merged: list[tuple[Any, array[int]]] = []
        self._held = 0

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
        for name in sorted(self._fields):
            self.fieldwriter.start_field(name, self.schema[name])
            for term, postings in self._lists(name):
                self.fieldwriter.add_term(term, postings)
            self.fieldwriter.finish_field()
        self.fieldwriter.close()
        self._begin_segment()  # which lets go of the segments that were merged

    def _lists(self, name: str) -> Iterator[tuple[bytes, Postings]]:
        """The field's terms in order, each with its posting list."""
        field, lists = self.schema[name], self._terms[name]
        streams: list[Iterator[tuple[bytes, Postings]]]
        streams = [((field.to_bytes(text), lists[text]) for text in sorted(lists))]
        streams += [_renumbered(reader, name, numbers) for reader, numbers in self._merged]
        if len(streams) == 1:
            yield from streams[0]
            return
        for term, rows in groupby(heapq.merge(*streams, key=itemgetter(0)), key=itemgetter(0)):
            joined = Postings.empty()
            for _, postings in rows:
                joined.join(postings)
            if joined.docs:
                yield term, joined


def _renumbered(reader: Any, name: str, numbers: array[int]) -> Iterator[tuple[bytes, Postings]]:
    """The terms of a segment that is merged, in order, with the new numbers of its documents."""
    file = reader.segment().open_file(reader.storage(), W3Codec.POSTS_EXT)
    codec = reader.codec()
    for term, info in reader.iter_field(name):
        yield term, codec.postings_reader(file, info).renumbered(numbers)
