"""One run of `index`: what becomes of each file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from indexer.discover import Found
from indexer.errors import LibraryDamagedError, UnreadableSourceError
from indexer.fingerprint import Fingerprint, state
from indexer.library import Library, LibraryReader
from indexer.prepare import apart, fingerprint, renamed, row_of, unread
from indexer.read import load, readable, unsupported
from indexer.records import Entry, Failure, Summary
from indexer.stored import read_summary
from indexer.workers import outcomes

Progress = Callable[[str, int, int, int], None]  # (source path, files done, files in all, bytes of this one)


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds of one source file."""

    marks: dict[str, Fingerprint]  # by document id
    summaries: tuple[Summary, ...]


@dataclass(slots=True)
class Run:
    """One run of `index`: what it knows, and what it has done so far, by source path."""

    held: dict[str, Held]  # by source path
    reader: LibraryReader | None = None  # of the library as it was before
    rebuilt: bool = False  # into a new generation
    seen: dict[str, str] = field(default_factory=dict)  # document id -> the source path that has it
    gone: list[str] = field(default_factory=list)  # ids of documents to delete
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)  # new -> old source path of those added with the same bytes
    failed: list[Failure] = field(default_factory=list)
    left: int = 0  # bytes of files that are still to be read

    def lost(self) -> set[str]:
        """The ids of documents to delete, but for those that another file has now."""
        return set(self.gone).difference(self.seen)


def begun(library: Path) -> Run:
    """A run that knows what the library holds."""
    reader = Library.open(library).reader()
    marks = {identity: Fingerprint.parse(line) for identity, line in reader.known().items()}
    rows: dict[str, list[Summary]] = {}
    for row in reader.rows():
        rows.setdefault(row.path, []).append(row)
    if {row.id for of in rows.values() for row in of} != set(marks):
        raise LibraryDamagedError(str(library), "its ledger does not name the documents that it holds")
    held = {path: Held({row.id: marks[row.id] for row in of}, tuple(of)) for path, of in rows.items()}
    return Run(held, reader)


def bring(run: Run, files: Sequence[Found], progress: Progress | None) -> Iterator[Entry]:
    """The entries of all files that are new or changed; the run notes what became of each."""
    run.renamed = _moved(run, files)
    waiting: list[Found] = []
    for done, found in enumerate(files, 1):
        if _is_unchanged(run, found):
            _tell(progress, found, done, len(files))
        elif found.source_path in run.renamed:
            yield from _renamed(run, found, run.renamed[found.source_path])
        elif reason := _refusal(found):
            yield from _unread(run, found, reason)
        else:
            waiting.append(found)
    run.left = sum(found.size() for found in waiting)
    for done, (found, outcome) in enumerate(outcomes(waiting), len(files) - len(waiting) + 1):
        run.left -= found.size()
        if isinstance(outcome, UnreadableSourceError):
            yield from _unread(run, found, outcome)
        else:
            yield from _read(run, found, outcome)
        _tell(progress, found, done, len(files))


def _tell(progress: Progress | None, found: Found, done: int, total: int) -> None:
    if progress:
        progress(found.source_path, done, total, found.size())


def _refusal(found: Found) -> UnreadableSourceError | None:
    """Why a file must not be read; None when it may be."""
    if found.reason:
        return UnreadableSourceError(
            found.source_path, found.reason, "unreadable" if found.unlisted else "not followed"
        )
    if not readable(found.path):
        return unsupported(found.source_path)
    return None


def _is_unchanged(run: Run, found: Found) -> bool:
    """True when the library holds just what this file would give; noted in the run.

    A file whose state on the disk is as it was is not read: 10,000 of them are told in a second or two.
    """
    held = run.held.get(found.source_path)
    if held is None or found.reason or not _is_same(found, set(held.marks.values())):
        return False
    run.seen |= dict.fromkeys(held.marks, found.source_path)
    if any(row.passages for row in held.summaries):
        run.unchanged.append(found.source_path)
    run.failed += [Failure(row.path, row.status, row.reason) for row in held.summaries if row.status != "ok"]
    return True


def _is_same(found: Found, marks: set[Fingerprint]) -> bool:
    """True when a document made from the file now would be made from the same."""
    if len(marks) != 1:
        return False
    (mark,) = marks
    now = _mark(found, "")
    if now is None or now[1:3] != mark[1:3]:
        return False
    return now.same_state(mark) or mark.same_content(_mark(found, _sha256(found)) or now)


def _mark(found: Found, sha256: str) -> Fingerprint | None:
    """What a document made from the file now would be made from; None when the file is not there to be asked."""
    try:
        return fingerprint(sha256, row_of(found.path, found.source_path), state(found.path.stat()))
    except OSError:
        return None


def _sha256(found: Found) -> str:
    """The digest of the file's bytes; one that nothing equals when it cannot be read."""
    try:
        return hashlib.sha256(load(found.path, found.source_path)).hexdigest()
    except UnreadableSourceError:
        return "unread"


def _moved(run: Run, files: Sequence[Found]) -> dict[str, str]:
    """New path -> old path of the files that only have another name now."""
    names = {found.source_path for found in files}
    lost = {
        next(iter(held.marks.values())).sha256: path
        for path, held in run.held.items()
        if path not in names and held.summaries[0].passages and len(held.marks) == 1
    }
    if not lost:
        return {}
    moved: dict[str, str] = {}
    for found in files:
        if found.source_path not in run.held and not _refusal(found) and (old := lost.pop(_sha256(found), None)):
            moved[found.source_path] = old
    return moved


def _renamed(run: Run, found: Found, old: str) -> Iterator[Entry]:
    """The entries of a file that was known by another name: it is not read again, unless the name says something."""
    ((identity, mark),) = run.held[old].marks.items()
    (row,) = run.held[old].summaries
    now = _mark(found, mark.sha256)
    if run.reader is None or now is None or not now.same_content(mark) or _is_named_by_file(row, found):
        yield from _brought(run, found)
        return
    made = renamed(run.reader.document(identity), row, found.source_path, now)
    run.added.append(found.source_path)
    run.seen[made.document_id] = found.source_path
    yield made


def _is_named_by_file(row: Summary, found: Found) -> bool:
    """True when a document's format or title may come from its file's name, which is another now."""
    old, new = PurePosixPath(row.path), PurePosixPath(found.source_path)
    return old.suffix != new.suffix or (old.stem != new.stem and "title" in row.guessed)


def _brought(run: Run, found: Found) -> Iterator[Entry]:
    """The entries of one file, read."""
    for _, outcome in outcomes([found]):
        yield from (
            _unread(run, found, outcome) if isinstance(outcome, UnreadableSourceError) else _read(run, found, outcome)
        )


def _read(run: Run, found: Found, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of a file's documents, noted in the run; what the file no longer holds goes."""
    held = run.held.get(found.source_path)
    run.gone += held.marks if held else ()
    noted = run.changed if held else run.added
    for entry in entries:
        if entry.document_id in run.seen:
            entry = apart(entry, run.seen)
        run.seen[entry.document_id] = found.source_path
        row = read_summary(entry.summary)
        if row.status != "ok":
            run.failed.append(Failure(row.path, row.status, row.reason))
        if row.passages and found.source_path not in noted[-1:]:
            noted.append(found.source_path)
        yield entry


def _unread(run: Run, found: Found, error: UnreadableSourceError) -> Iterator[Entry]:
    """The ledger row of a file that cannot be read; while only the disk is at fault, the copy held before stays."""
    run.failed.append(Failure(found.source_path, error.status, error.reason))
    held = run.held.get(found.source_path)
    if held and error.status == "unreadable":
        run.seen |= dict.fromkeys(held.marks, found.source_path)
        return
    made = unread(found.source_path, error.status, error.reason)
    run.seen[made.document_id] = found.source_path
    if held and held.marks == {made.document_id: Fingerprint.parse(made.fingerprint)}:
        return
    run.gone += held.marks if held else ()
    yield made
