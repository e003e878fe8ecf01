"""A segment of a Whoosh index, read by any number of threads: nothing here keeps a position in a file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec.base import Segment

from indexer.engines.array_file import Array
from indexer.engines.bm25f import FIELDS, TEXT
from indexer.engines.kernel import Lists, Source, Worths, count
from indexer.engines.term_lists import Postings, TermLists
from indexer.engines.whoosh_codec import TermsSegmentReader

KEYS = "keys"  # the field of keywords


class _Names(dict[int, str]):
    """Number of a document -> its id, read when it is first asked for: a search asks for hundreds."""

    def __init__(self, ids: Any) -> None:
        super().__init__()
        self._ids = ids
        self.numbers: dict[str, int] = {}  # the way back, of those that were asked for

    def __missing__(self, docnum: int) -> str:
        self[docnum] = name = str(self._ids[docnum].decode("utf-8", "surrogatepass"))
        self.numbers[name] = docnum
        return name


class Leaf:
    """A segment: documents, each followed by its passages, and the numbers of those that are deleted."""

    def __init__(self, reader: TermsSegmentReader, segment: Segment) -> None:
        self._segment = segment
        self._fields: dict[str, TermLists | None] = {f: reader.lists(f) for f in (*FIELDS, KEYS, "document")}
        self.fields = frozenset(field for field, lists in self._fields.items() if lists is not None)
        self.deleted: set[int] = set(segment.deleted_docs())
        self.ordinals: Array = self._numbers(reader, "ordinal")
        self.lengths: dict[str, Array] = {f: self._numbers(reader, f"{f}_length") for f in FIELDS}
        self.payloads = reader.column_reader("payload", translate=False)
        self.heads = reader.column_reader("head", translate=False)
        self.summaries = reader.column_reader("summary", translate=False)
        self._names = _Names(reader.column_reader("id", translate=False))
        self._fingerprints = reader.column_reader("fingerprint", translate=False)
        self._values: dict[str, tuple[tuple[str, ...], Array, Array]] = {}

    def __len__(self) -> int:
        """Number of documents and passages, deleted ones too."""
        return len(self.ordinals)

    @cached_property
    def entries(self) -> list[int]:
        """The numbers of the documents."""
        return self._entries.tolist()  # type: ignore[no-any-return]

    @cached_property
    def _entries(self) -> Array:
        return np.flatnonzero(self.ordinals < 0)

    @cached_property
    def live(self) -> Array | None:
        """For each document and passage, whether it is not deleted; None when none is."""
        if not self.deleted:
            return None
        live = np.ones(len(self), bool)
        live[list(self.deleted)] = False
        return live

    @cached_property
    def passages(self) -> Array:
        """For each number, whether it is that of a live passage."""
        held = self.ordinals >= 0
        return held if self.live is None else held & self.live

    @cached_property
    def is_in_order(self) -> bool:
        """True when the passages of each document stand by ordinal."""
        return bool(((self.ordinals[1:] > self.ordinals[:-1]) | (self.ordinals[1:] < 0)).all())

    @cached_property
    def ids(self) -> list[str]:
        """The ids of all documents, deleted ones too."""
        return [self.id_of(at) for at in range(len(self.entries))]

    def fingerprint(self, at: int) -> str:
        """The fingerprint of a document, by its place in `entries`."""
        return str(self._fingerprints[self.entries[at]].decode("utf-8", "surrogatepass"))

    def present(self) -> Iterator[int]:
        """The places in `entries` of documents that are not deleted."""
        return (at for at, docnum in enumerate(self.entries) if docnum not in self.deleted)

    @cached_property
    def size(self) -> int:
        """Number of live passages."""
        return int(np.count_nonzero(self.passages))

    def terms(self, field: str) -> int:
        """Number of terms in the field of all live passages."""
        return int(self.lengths[field][self.passages].sum(dtype=np.int64))

    def lengths_in(self, field: str) -> tuple[Array, Array]:
        """For each document and passage the place of its length, in two bytes; and the lengths at these places."""
        lengths = np.maximum(self.lengths[field], 0)
        most = int(lengths.max(initial=0))
        if most < 1 << 16:
            return lengths.astype(np.uint16), np.arange(most + 1)
        held, places = np.unique(lengths, return_inverse=True)
        if len(held) > 1 << 16:
            raise OverflowError("a segment cannot hold passages of so many lengths")
        return places.astype(np.uint16), held

    def place(self, docnum: int) -> tuple[str, int]:
        """Document id and ordinal of a passage."""
        return self.id_of(bisect_right(self.entries, docnum) - 1), int(self.ordinals[docnum])

    def entry(self, docnums: Array) -> Array:
        """The places in `entries` of the documents that passages belong to."""
        return np.searchsorted(self._entries, docnums, side="right") - 1

    def id_of(self, at: int) -> str:
        """The id of a document, by its place in `entries`."""
        return self._names[self.entries[at]]

    def ids_of(self, docnums: Array) -> list[str]:
        """The ids of the documents that passages belong to."""
        return list(map(self._names.__getitem__, self._entries[self.entry(docnums)].tolist()))

    def span(self, at: int) -> range:
        """The numbers of a document and its passages."""
        end = self.entries[at + 1] if at + 1 < len(self.entries) else len(self)
        return range(self.entries[at], end)

    def docnum(self, at: int, ordinal: int) -> int | None:
        """The number of a passage of the document; None when it has none of that ordinal."""
        span = self.span(at)
        likely = span.start + 1 + ordinal
        if ordinal >= 0 and likely < span.stop and self.ordinals[likely] == ordinal:
            return likely
        found = np.flatnonzero(self.ordinals[span.start + 1 : span.stop] == ordinal)
        return span.start + 1 + int(found[0]) if len(found) else None

    def find(self, document_id: str) -> int | None:
        """The place in `entries` of a live document."""
        known = self._names.numbers.get(document_id)  # as it is of one that a search found
        if known is not None and known not in self.deleted:
            return bisect_right(self.entries, known) - 1
        postings = self.postings("document", document_id)
        for docnum in postings.docs().tolist() if postings else ():
            if docnum not in self.deleted:
                return bisect_right(self.entries, docnum) - 1
        return None

    def postings(self, field: str, term: str) -> Postings | None:
        """All postings of a term, those of deleted passages too; None when the segment does not know it."""
        lists = self._fields[field]
        return None if lists is None else lists.postings(term.encode("utf-8", "surrogatepass"))

    def postings_in(self, fields: Iterable[str], term: str) -> list[tuple[str, Postings]]:
        """The fields of some that hold a term, each with its postings there."""
        spelled = term.encode("utf-8", "surrogatepass")
        lists = self._fields
        return [
            (field, found)
            for field in fields
            if (held := lists[field]) is not None and (found := held.postings(spelled))
        ]

    def count(self, term: str, field: str = TEXT) -> int:
        """Number of live passages whose field holds the term."""
        return self._live_count(self.postings(field, term))

    def counts(self, prefix: str, field: str = TEXT) -> Iterator[tuple[str, int]]:
        """The terms of the field that start with `prefix`, each with its number of live passages."""
        lists = self._fields[field]
        if not lists:
            return
        first, last = lists.range(prefix.encode("utf-8", "surrogatepass"))
        if first == last:
            return
        numbers = lists.counts[first:last].tolist()
        for spelled, number in zip(lists.terms(first, last), numbers, strict=True):
            yield (
                spelled.decode("utf-8", "surrogatepass"),
                self._live_count(lists.postings(spelled)) if self.deleted else number,
            )

    def values(self, name: str) -> tuple[tuple[str, ...], Array, Array]:
        """The values of the keywords of that name; then pairs of a passage and the place of a value that it has.

        Passages stand in order; read once, in milliseconds.
        """
        if name not in self._values:
            self._values[name] = self._read_values(name)
        return self._values[name]

    def delete(self, docnum: int) -> None:
        """Mark as deleted, for the writer that the segment belongs to."""
        self.deleted.add(docnum)
        self._segment.delete_document(docnum)

    def _live_count(self, postings: Postings | None) -> int:
        if postings is None:
            return 0
        return count(len(self), Lists([Source(postings, self._nothing)]), self.live) if self.deleted else postings.count

    @cached_property
    def _nothing(self) -> Worths:
        """What a count is worth: nobody asks."""
        return Worths(np.zeros(len(self), np.uint16), np.zeros(1))

    def _read_values(self, name: str) -> tuple[tuple[str, ...], Array, Array]:
        keys = [key for key, _ in self.counts(f"{name}=", KEYS)]
        lists = [held.docs() for key in keys if (held := self.postings(KEYS, key))]
        docs = np.concatenate(lists) if lists else np.empty(0, np.int64)
        places = np.repeat(np.arange(len(lists)), [len(one) for one in lists])
        order = np.argsort(docs, kind="stable")
        return tuple(key.partition("=")[2] for key in keys), docs[order], places[order]

    @staticmethod
    def _numbers(reader: Any, column: str) -> Array:
        """A column of numbers; a segment in which none was given has no such column."""
        if not reader.has_column(column):
            return np.full(reader.doc_count_all(), -1)
        numbers: Array = reader.column_reader(column, translate=False).numbers
        return numbers
