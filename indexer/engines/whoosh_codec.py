"""A Whoosh codec whose dictionary and posting lists are arrays in one file for each segment.

Whoosh's own posting lists are pickled blocks of 128 that a chain of Python calls walks one posting at a time. Here all
that a segment knows of its terms is one `ArrayFile`, mapped and not copied. Whoosh still has its schema, table of
contents, segments, deletions and commits, and any Whoosh query runs over `ArrayMatcher`, only not as fast as the
searches of `whoosh_reader`, which take whole arrays.

To extend Whoosh in this way, three things are written: a codec that names the readers and writers (`TermsCodec`), a
reader of terms (`ArrayTermsReader`) and a matcher (`whoosh_matcher.ArrayMatcher`). An index names the classes of its
codec, segment and fields: when one moves, or writes anything else, `library.FORMAT` must change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from whoosh.codec.base import TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3PerDocWriter, W3Segment
from whoosh.fields import FieldType
from whoosh.filedb.compound import CompoundStorage
from whoosh.formats import Existence, Positions
from whoosh.reading import SegmentReader, TermInfo, TermNotFound

from indexer.engines.array_file import ALIGNED, ArrayFile, ArrayFileWriter
from indexer.engines.term_lists import Run, TermLists, write_run
from indexer.engines.whoosh_matcher import ArrayCursor, ArrayMatcher
from indexer.engines.whoosh_storage import parts


class TermsField(FieldType):  # type: ignore[misc]
    """A field that takes our terms as they are. `TermsWriter` writes it; Whoosh itself could not."""

    def __init__(self, *, positions: bool = True) -> None:
        self.format = Positions() if positions else Existence()
        self.analyzer = None
        self.scorable = False  # no lengths of Whoosh's own, which are rounded to a byte
        self.set_sortable(False)

    @property
    def has_positions(self) -> bool:
        """True when the index says where in the field a term stands."""
        return isinstance(self.format, Positions)

    def to_bytes(self, value: str | bytes) -> bytes:
        """A term as the index spells it; half a surrogate pair, as broken files hold, is a term like any other."""
        return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")

    def from_bytes(self, bs: bytes) -> str:
        """The term that the index spells so."""
        return bs.decode("utf-8", "surrogatepass")


class TermsCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec with a dictionary and posting lists of our own."""

    ARRAYS_EXT = ".arr"

    def new_segment(self, storage: Any, indexname: str) -> TermsSegment:  # noqa: ARG002 as Whoosh calls it
        """A segment to be written."""
        return TermsSegment(self, indexname)

    def per_document_writer(self, storage: Any, segment: Any) -> DocumentsWriter:
        """A writer of columns."""
        return DocumentsWriter(self, storage, segment)

    def field_writer(self, storage: Any, segment: Any) -> RunsWriter:
        """A writer of the dictionary and its posting lists."""
        return RunsWriter(partial(segment.create_file, storage, self.ARRAYS_EXT))

    def terms_reader(self, storage: Any, segment: Any) -> ArrayTermsReader:
        """The dictionary and posting lists of a segment."""
        file = segment.open_file(storage, self.ARRAYS_EXT)
        return ArrayTermsReader(ArrayFile(file.view(0)), segment.doc_count_all())


class TermsSegment(W3Segment):  # type: ignore[misc]
    """A segment in one file, in which each part begins where an array may."""

    def create_compound_file(self, storage: Any) -> None:
        """Put the segment's files into one, as Whoosh does but for the places where they begin."""
        names = self.list_files(storage)
        whole = self.create_file(storage, self.COMPOUND_EXT)
        whole.write_long(0)  # to be replaced by the place of the directory
        whole.write_int(0)
        directory = {name: _copied(storage, name, whole) for name in names}
        CompoundStorage.write_dir(whole, 0, directory)
        for name in names:
            storage.delete_file(name)
        self.compound = True


def _copied(storage: Any, name: str, whole: Any) -> dict[str, Any]:
    """Copy a file to the end of another; what a compound file's directory says of it."""
    whole.write(bytes(-whole.tell() % ALIGNED))
    entry = {"offset": whole.tell(), "length": storage.file_length(name), "modified": storage.file_modified(name)}
    for part in parts(storage.open_file(name).view(0)):
        whole.write(part)
    return entry


class DocumentsWriter(W3PerDocWriter):  # type: ignore[misc]
    """Whoosh's writer of columns, which takes all values of many documents at once."""

    def add(self, values: Mapping[str, Sequence[Any]], kinds: Mapping[str, Any]) -> int:
        """Add documents with the values of each column, given the kind of each column; how many they are."""
        (count,) = set(map(len, values.values()))
        for name, held in values.items():
            if name not in self._colwriters:
                self._create_column(name, kinds[name])
            self._colwriters[name].add(self._doccount, held)
        self._doccount += count
        return count

    def take_over(self, count: int, columns: Iterable[tuple[str, Any, Any, Any]]) -> None:
        """Add the documents of another segment: (name, kind, reader, numbers of its documents) for each column."""
        for name, kind, reader, docnums in columns:
            if not self._has_column(name):
                self._create_column(name, kind)
            self._get_column(name).take_over(self._doccount, reader, docnums)
        self._doccount += count


class RunsWriter:
    """Writes the fields of a segment."""

    def __init__(self, created: Callable[[], Any]) -> None:
        self._created = created
        self._arrays = ArrayFileWriter()
        self.is_closed = False

    def write(self, field: str, runs: Iterable[Run]) -> None:
        """Write a field; the terms of a run come after those of the runs before it."""
        try:
            for run in runs:
                write_run(self._arrays, field, run)
        except BaseException:
            self._arrays.discard()
            raise

    def close(self) -> None:
        """Write what was collected."""
        self.is_closed = True
        self._arrays.write(self._created())


class ArrayTermsReader(TermsReader):  # type: ignore[misc]
    """The dictionary of a segment, as Whoosh asks for it."""

    def __init__(self, file: ArrayFile, documents: int) -> None:
        fields = dict.fromkeys(name.partition("/")[0] for name in file.names())
        self.lists = {field: TermLists(file, field, documents) for field in sorted(fields)}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self.lists and self.lists[field].find(text) >= 0

    def indexed_field_names(self) -> Iterable[str]:
        """The names of all fields."""
        return self.lists.keys()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field and term, in order."""
        return ((field, lists.term(at)) for field, lists in self.lists.items() for at in range(len(lists)))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every field and term from one on, in order."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every field and term, in order, with what is known of it."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """The same from one term on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """What is known of a term; TermNotFound when there is none."""
        lists, at = self._find(fieldname, text)
        docs, frequencies = lists.docs(at), lists.frequencies(at)
        ends = {"minid": int(docs[0]), "maxid": int(docs[-1])}
        return TermInfo(float(frequencies.sum()), len(docs), maxweight=float(frequencies.max()), **ends)

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in the field; 0 when it does not."""
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Number of documents whose field holds a term; 0 when none does."""
        if (fieldname, text) not in self:
            return 0
        lists, at = self._find(fieldname, text)
        return int(lists.counts[at])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """A matcher over a posting list."""
        return ArrayMatcher(*self._find(fieldname, text), format_, scorer, (fieldname, text))

    def cursor(self, fieldname: str, fieldobj: TermsField) -> ArrayCursor:
        """A place in the terms of a field."""
        return ArrayCursor(self.lists.get(fieldname), fieldobj)

    def _find(self, fieldname: str, text: bytes) -> tuple[TermLists, int]:
        lists = self.lists.get(fieldname)
        at = lists.find(text) if lists else -1
        if lists is None or at < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return lists, at


class TermsSegmentReader(SegmentReader):  # type: ignore[misc]
    """Whoosh's reader of a segment, which gives its arrays too."""

    def lists(self, field: str) -> TermLists | None:
        """The terms of a field; None when the segment has none."""
        return self._terms.lists.get(field)  # type: ignore[no-any-return]
