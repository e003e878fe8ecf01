"""A segment of a Whoosh index, read by any number of threads: nothing here keeps a position in a file."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

from whoosh.codec.base import Segment
from whoosh.reading import SegmentReader, TermNotFound

from indexer.engines.bm25f import FIELDS, TEXT
from indexer.engines.whoosh_codec import Postings

KEYS = "keys"  # the field of keywords


class Leaf:
    """A segment: documents, each followed by its passages, and the numbers of those that are deleted."""

    def __init__(self, reader: SegmentReader, segment: Segment) -> None:
        self._reader = reader
        self._segment = segment
        self.deleted: set[int] = set(segment.deleted_docs())
        self.ordinals: array[int] = reader.column_reader("ordinal", translate=False).numbers
        self.lengths: dict[str, array[int]] = {
            f: reader.column_reader(f"{f}_length", translate=False).numbers for f in FIELDS
        }
        self.payloads = reader.column_reader("payload", translate=False)
        self.summaries = reader.column_reader("summary", translate=False)
        self.entries = [at for at, ordinal in enumerate(self.ordinals) if ordinal < 0]
        self.ids = self._texts("id")
        self.fingerprints = self._texts("fingerprint")
        self._values: dict[str, list[tuple[str, ...]]] = {}

    def live(self) -> Iterator[int]:
        """The places in `entries` of documents that are not deleted."""
        return (at for at, docnum in enumerate(self.entries) if docnum not in self.deleted)

    def size(self) -> int:
        """Number of live passages."""
        gone = sum(self.ordinals[docnum] >= 0 for docnum in self.deleted)
        return len(self.ordinals) - len(self.entries) - gone

    def passages(self) -> set[int]:
        """The numbers of live passages."""
        return {docnum for docnum, ordinal in enumerate(self.ordinals) if ordinal >= 0} - self.deleted

    def terms(self, field: str) -> int:
        """Number of terms in the field of all live passages."""
        lengths = self.lengths[field]
        return sum(lengths) - sum(lengths[docnum] for docnum in self.deleted)

    def place(self, docnum: int) -> tuple[str, int]:
        """Document id and ordinal of a passage."""
        return self.ids[bisect_right(self.entries, docnum) - 1], self.ordinals[docnum]

    def span(self, at: int) -> range:
        """The numbers of a document and its passages."""
        end = self.entries[at + 1] if at + 1 < len(self.entries) else len(self.ordinals)
        return range(self.entries[at], end)

    def docnum(self, at: int, ordinal: int) -> int | None:
        """The number of a passage of the document; None when it has none of that ordinal."""
        span = self.span(at)
        try:
            return self.ordinals.index(ordinal, span.start + 1, span.stop)
        except ValueError:
            return None

    def find(self, document_id: str) -> int | None:
        """The place in `entries` of a live document."""
        postings = self.postings("document", document_id)
        for docnum in postings.docs if postings else ():
            if docnum not in self.deleted:
                return bisect_right(self.entries, docnum) - 1
        return None

    def postings(self, field: str, term: str) -> Postings | None:
        """All postings of a term, those of deleted passages too; None when the segment does not know it."""
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return None
        return matcher if isinstance(matcher, Postings) else matcher.child

    def count(self, term: str, field: str = TEXT) -> int:
        """Number of live passages whose field holds the term."""
        if not self.deleted:
            return self._document_frequency(field, term)
        postings = self.postings(field, term)
        return len(postings.docs) - len(self.deleted.intersection(postings.docs)) if postings else 0

    def counts(self, prefix: str, field: str = TEXT) -> Iterator[tuple[str, int]]:
        """The terms of the field that start with `prefix`, each with its number of live passages."""
        made = self._reader.schema[field]
        for spelled, info in self._reader.iter_prefix(field, made.to_bytes(prefix)):
            term = made.from_bytes(spelled)
            yield term, self.count(term, field) if self.deleted else info.doc_frequency()

    def values(self, name: str) -> list[tuple[str, ...]]:
        """For each passage, the values of its keywords of that name; read once, in tens of milliseconds."""
        if name not in self._values:
            self._values[name] = self._read_values(name)
        return self._values[name]

    def _document_frequency(self, field: str, term: str) -> int:
        """Number of passages, deleted ones too, whose field holds the term."""
        try:
            return int(self._reader.term_info(field, term).doc_frequency())
        except TermNotFound:
            return 0

    def _read_values(self, name: str) -> list[tuple[str, ...]]:
        held: list[tuple[str, ...]] = [()] * len(self.ordinals)
        shared: dict[tuple[str, ...], tuple[str, ...]] = {}
        for key, _ in self.counts(f"{name}=", KEYS):
            postings = self.postings(KEYS, key)
            for docnum in postings.docs if postings else ():
                values = (*held[docnum], key.partition("=")[2])
                held[docnum] = shared.setdefault(values, values)
        return held

    def delete(self, docnum: int) -> None:
        """Mark as deleted, for the writer that the segment belongs to."""
        self.deleted.add(docnum)
        self._segment.delete_document(docnum)

    def _texts(self, column: str) -> list[str]:
        """The column's text for each entry."""
        reader = self._reader.column_reader(column, translate=False)
        return [reader[docnum].decode("utf-8", "surrogatepass") for docnum in self.entries]
