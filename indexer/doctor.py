"""Is the library sound? Each check says what it looked at, what it found, and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from indexer.analyse import WORD
from indexer.errors import LibraryDamagedError, PinciteError
from indexer.library import Library, LibraryReader
from indexer.records import Check, Passage, Word
from indexer.search import search
from indexer.sheets import unused_rows
from indexer.verify import verify_each

SAMPLE = 50  # passages whose anchors are verified, and terms that are searched
_REBUILD = "build it anew with `pincite index --rebuild FOLDER`"
_AGAIN = "run `pincite doctor` again when the machine is less busy"


def examine(folder: Path) -> list[Check]:
    """The checks of a library, in order; those after one that fails badly are left out. LibraryMissingError if none."""
    checks: list[Check] = []
    try:
        library = Library.open(folder)
        checks.append(Check("opens", True, f"generation {library.generation}"))
        library.check()
        checks.append(Check("checksums", True, "every byte is as it was written"))
    except LibraryDamagedError as error:
        name = "checksums" if checks else "opens"
        return [*checks, Check(name, False, error.reason, _REBUILD)]
    with library.reader() as reader:
        root = library.folder.parent
        checks += [_documents(reader), _metadata(reader, root), _terms(reader), _phrases(reader, SAMPLE)]
        return [*checks, *_anchors(reader, root)]


def _documents(reader: LibraryReader) -> Check:
    """Every document and passage of the ledger can be read."""
    rows = reader.documents()
    for row in rows:
        try:
            held = len(reader.passages(row.id))
        except (PinciteError, ValueError) as error:
            return Check("documents", False, f"{row.path}: {error}", _REBUILD)
        if held != row.passages:
            detail = f"{row.path} has {held} passages, the ledger says {row.passages}"
            return Check("documents", False, detail, _REBUILD)
    counts = reader.counts()
    return Check("documents", True, str(counts), "see `pincite status`" if counts.failed or counts.partial else "")


def _metadata(reader: LibraryReader, root: Path) -> Check:
    """Every row of the metadata.csv files can be used."""
    unused = unused_rows((row.path for row in reader.rows()), root)
    if not unused:
        return Check("metadata", True, "every row of metadata.csv can be used")
    more = f", and {len(unused) - 1} more" if unused[1:] else ""
    return Check("metadata", True, f"{unused[0].path}: {unused[0].reason}{more}", "see `pincite status`")


def self_test(reader: LibraryReader) -> Check:
    """A passage is found by its own words: a test that a monitor may ask for every few seconds, as it takes 5 ms."""
    return _phrases(reader, 1)


def _terms(reader: LibraryReader) -> Check:
    """The commonest terms are found as often as the vocabulary says, all of which is read for that."""
    terms = reader.vocabulary("", SAMPLE)
    for term, count in terms:
        found = reader.search([Word(term)], (), 1).total
        if found < count:
            return Check("terms", False, f"{term!r} is found {found} times, not {count}", _REBUILD)
    return Check("terms", True, f"{len(terms)} test searches for single terms")


def _phrases(reader: LibraryReader, most: int) -> Check:
    """Passages are found by their own first words, if they have any: a row of dots has none.

    A search that ran out of time, as on a busy machine, tells nothing of the library.
    """
    tried = late = 0
    for passage in _sample(reader, most):
        words = " ".join(WORD.findall(passage.text)[:6])
        if not words:
            continue
        results = search(reader, f'"{words}"', limit=100)
        if any(passage.id in (hit.passage.id, *hit.also) for hit in results.hits) or len(results.hits) == 100:
            tried += 1
        elif results.timed_out:
            late += 1
        else:
            return Check("phrases", False, f"passage {passage.id} is not found by its own words", _REBUILD)
    unknown = f"; {late} not looked for to the end, as time ran out" if late else ""
    return Check("phrases", True, f"{tried} passages found by their own words{unknown}", _AGAIN if late else "")


def _anchors(reader: LibraryReader, root: Path) -> Iterator[Check]:
    """The sources still hold what was cited."""
    cited = ((reader.document(passage.document_id), passage) for passage in _sample(reader, SAMPLE))
    counts = Counter(verify_each(cited, root))
    detail = ", ".join(f"{counts[status]} {status}" for status in sorted(counts)) or "no passages"
    yield Check("anchors", True, detail, _advice(set(counts)))


def _advice(statuses: set[str]) -> str:
    """What to do about sources of which some are not as they were read."""
    if "missing" in statuses:
        return "sources are not where they were, seen from the library: put them back, or run `pincite index FOLDER`"
    return "sources have changed or cannot be read: run `pincite index` again" if statuses - {"exact"} else ""


def _sample(reader: LibraryReader, most: int) -> Iterator[Passage]:
    """Up to so many passages, spread evenly over the documents."""
    rows = [row for row in reader.documents() if row.passages]
    step = max(1, len(rows) // most)
    for at, row in enumerate(rows[::step][:most]):
        passages = reader.passages(row.id)
        yield passages[at % len(passages)]
