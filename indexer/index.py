"""Bring a library in line with folders and files."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

from indexer.discover import Found, Sources, discover, is_there, lies_under, source_file
from indexer.errors import LibraryMissingError, SourcePathError
from indexer.fingerprint import Fingerprint, pipeline
from indexer.library import Library, LibraryReader
from indexer.records import Entry, Moved, Renamed, Report
from indexer.records.reports import count
from indexer.run import Progress, Run, begun, bring
from indexer.saved import moved, read_snapshot, saved_queries, snapshot, write_snapshot
from indexer.sheets import unused_rows

SECONDS = 30.0  # until a commit: what an interruption costs
BATCH = 5_000  # documents in one at most; with 500, 6,000 short ones take a fifth more of the parent's CPU
FIRST = 5.0  # seconds until the first, so that a run that is soon interrupted was not for nothing
# Bytes of files that are left when a long run commits for the last time but one: that is done while the workers prepare
# the rest, and the last commit, which nothing is done beside, is a short one: 50 ms, of 4 MB 90; of 1 MB it is 35, but
# there are more of them for runs that are short anyway.
LAST = 2_000_000


def index(
    library: Path,
    paths: Sequence[Path],
    *,
    rebuild: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Add, change and remove documents until the library in a folder agrees with `paths`.

    A document is removed when it lay under one of `paths` and is there no longer; what lies elsewhere stays. With
    `rebuild` the library holds just what `paths` hold, and the old index is never opened. SourcePathError when a path
    does not exist; LibraryLockedError when another process writes; LibraryDamagedError when the library cannot be
    opened.
    """
    started = time.monotonic()
    files, passed = _sources(paths, library)
    if dry_run:
        report = _foreseen(library, files, paths, progress, rebuild=rebuild)
    elif rebuild:
        report = _report(library, _rebuilt(library, files, progress))
    elif _is_outdated(library):
        held = set(begun(library).held)
        files = _with_others(library, files, paths)
        report = _since(held, files, _report(library, _rebuilt(library, files, progress)))
    else:
        report = _report(library, _updated(library, files, paths, progress))
    unused = unused_rows((found.source_path for found in files), library.resolve().parent)
    return replace(report, unused=unused, passed=tuple(passed), seconds=time.monotonic() - started)


def _sources(paths: Sequence[Path], library: Path) -> Sources:
    """What lies under the paths. A path that is gone is no reason to remove its documents: a disk may not be there."""
    try:
        return discover(paths, library)
    except SourcePathError as error:
        was_there = lies_under([Path(error.path)], library.resolve().parent)
        kept = sum(map(was_there, begun(library).held)) if _is_there(library) else 0
        if not kept:
            raise
        reason = f"it is gone; the library keeps {count(kept, 'file')} of it until an empty folder is in its place"
        raise SourcePathError(error.path, reason) from None


def _foreseen(
    library: Path, files: Sequence[Found], paths: Sequence[Path], progress: Progress | None, *, rebuild: bool
) -> Report:
    """What a run would do, and what the library would hold after it."""
    there = _is_there(library)
    run = begun(library) if there and not rebuild else Run({})
    passages = {row.id: row.passages for held in run.held.values() for row in held.summaries}
    passages |= {entry.document_id: len(entry.passages) for entry in bring(run, files, progress)}
    _note_removed(run, files, paths, library)
    kept = [count for identity, count in passages.items() if count and identity not in run.lost()]
    generation = Library.open(library).generation if there else 0
    return _account(run, documents=len(kept), passages=sum(kept), generation=generation)


def _updated(library: Path, files: Sequence[Found], paths: Sequence[Path], progress: Progress | None) -> Run:
    """Commit what is new, changed or gone to the current generation, in batches."""
    with Library.open_or_create(library).writing() as engine:
        run = begun(library)
        for batch in _batches(bring(run, files, progress), run):
            engine.write(batch, ())
        _note_removed(run, files, paths, library)
        if lost := run.lost():
            engine.write((), lost)
    return run


def _rebuilt(library: Path, files: Sequence[Found], progress: Progress | None) -> Run:
    """Build a new generation from the files alone, and switch to it."""
    run = Run({}, rebuilt=True)
    with Library.for_rebuild(library).new_generation() as engine:
        for batch in _batches(bring(run, files, progress), run):
            engine.write(batch, ())
    return run


def _is_there(library: Path) -> bool:
    """True when there is a library, be it damaged; one whose making was cut short is none yet."""
    try:
        Library.open(library)
    except LibraryMissingError:
        return False
    return True


def _is_outdated(library: Path) -> bool:
    """True when the library was made by another version of the pipeline."""
    if not _is_there(library):
        return False
    with Library.open(library).reader() as reader:
        return any(Fingerprint.parse(mark).pipeline != pipeline() for mark in reader.known().values())


def _with_others(library: Path, files: Sequence[Found], paths: Sequence[Path]) -> list[Found]:
    """The files, and those in the library that lie elsewhere and are still there."""
    root = library.resolve().parent
    found = {file.source_path: file for file in files}
    is_asked_for = lies_under(paths, root)
    for name in begun(library).held:
        path = source_file(name, root)
        if name not in found and not is_asked_for(name) and is_there(path):
            found[name] = Found(path, name)
    return [found[name] for name in sorted(found)]


def _since(held: set[str], files: Sequence[Found], report: Report) -> Report:
    """The report of a library built anew for another version, as against what it held before."""
    return replace(
        report,
        added=tuple(path for path in report.added if path not in held),
        changed=tuple(path for path in report.added if path in held),
        removed=tuple(sorted(held.difference(found.source_path for found in files))),
    )


def _note_removed(run: Run, files: Sequence[Found], paths: Sequence[Path], library: Path) -> None:
    """Note the documents whose files lay under the paths and are gone; in a folder that cannot be listed none are."""
    present = set(run.seen.values())
    root = library.resolve().parent
    is_asked_for = lies_under(paths, root)
    may_be_there = lies_under([found.path for found in files if found.unlisted], root)
    for path, held in run.held.items():
        is_there = path in present or path in run.changed or may_be_there(path)
        if not is_there and is_asked_for(path):
            run.removed.append(path)
            run.gone += held.marks


def _batches(entries: Iterable[Entry], run: Run) -> Iterator[Iterator[Entry]]:
    """The entries, in parts for a commit each; they are made as they are taken, so that few are held at a time."""
    stream = iter(entries)
    for first, seconds in zip(stream, chain([FIRST], repeat(SECONDS)), strict=False):
        yield chain([first], _more(stream, time.monotonic() + seconds, run))


def _more(stream: Iterator[Entry], until: float, run: Run) -> Iterator[Entry]:
    """The rest of a batch."""
    is_long = run.left > 2 * LAST
    for entry in islice(stream, BATCH - 1):
        yield entry
        if time.monotonic() >= until or (is_long and run.left <= LAST):
            return


def _report(library: Path, run: Run) -> Report:
    """What the run did, and what the library holds now."""
    if not _is_there(library):
        return _account(run)
    with Library.open(library).reader() as reader:
        counts = reader.counts()
        return _account(
            run,
            documents=counts.documents,
            passages=counts.passages,
            generation=reader.generation,
            moved=_moved(library, reader, switched=run.rebuilt),
        )


def _moved(library: Path, reader: LibraryReader, *, switched: bool) -> tuple[Moved, ...]:
    """What changed in the results of saved queries, when there was a switch; their results now are kept."""
    queries = saved_queries(library)
    if not queries:
        return ()
    before, now = read_snapshot(library), snapshot(reader, queries)
    write_snapshot(library, now)
    return moved(before, now) if switched else ()


def _account(run: Run, **rest: Any) -> Report:
    """The report of a run, and what else is known."""
    renamed = {new: old for new, old in run.renamed.items() if old in run.removed}
    return Report(
        added=tuple(path for path in run.added if path not in renamed),
        changed=tuple(run.changed),
        renamed=tuple(Renamed(old, new) for new, old in renamed.items()),
        removed=tuple(path for path in run.removed if path not in renamed.values()),
        unchanged=tuple(run.unchanged),
        failed=tuple(run.failed),
        **rest,
    )
