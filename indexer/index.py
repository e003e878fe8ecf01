"""Bring a library in line with folders and files: read, clean, chunk, analyse, write."""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from indexer.analyse import analyse
from indexer.chunk import passages
from indexer.clean import clean, document_id
from indexer.discover import Found, discover, lies_under, source_file
from indexer.errors import UnreadableSourceError
from indexer.library import Library
from indexer.read import MAX_BYTES, extracts, load, readable
from indexer.records import Document, Entry, Extract, Failure, Passage, PassageEntry, Report, Source, Summary, Term
from indexer.stored import document_payload, passage_payload, read_summary, summary_payload

BATCH = 500  # documents in a commit: bounds the memory, and what an interruption costs
_STAGES = "records aligned read clean sentences chunk plurals analyse stored index".split()

Progress = Callable[[str, int, int, int], None]  # (source path, files done, files in all, bytes of this one)


@dataclass(frozen=True, slots=True)
class Held:
    """What the library holds of one source file."""

    fingerprints: dict[str, str]  # by document id
    summaries: tuple[Summary, ...]


@dataclass(slots=True)
class Run:
    """One run of `index`: what it knows, and what it has done so far, by source path."""

    held: dict[str, Held]  # by source path
    seen: dict[str, str] = field(default_factory=dict)  # document id -> the source path that has it
    gone: list[str] = field(default_factory=list)  # ids of documents to delete
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)


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
    files = discover(paths, library)
    if rebuild or (not dry_run and _is_outdated(library)):
        files = files if rebuild else _with_others(library, files, paths)
        run = _rebuilt(library, files, progress, dry_run=dry_run)
    else:
        run = _updated(library, files, paths, progress, dry_run=dry_run)
    return _report(library, run, time.monotonic() - started)


def _updated(
    library: Path, files: Sequence[Found], paths: Sequence[Path], progress: Progress | None, *, dry_run: bool
) -> Run:
    """Commit what is new, changed or gone to the current generation, in batches."""
    if dry_run:
        run = Run(_held(library) if (library / "current").exists() else {})
        deque(_bring(run, files, progress), maxlen=0)
        _note_removed(run, paths, library)
        return run
    with Library.open_or_create(library).writing() as engine:
        run = Run(_held(library))
        for batch in _batches(_bring(run, files, progress)):
            engine.write(batch, ())
        _note_removed(run, paths, library)
        gone = [identity for identity in run.gone if identity not in run.seen]
        if gone:
            engine.write((), gone)
    return run


def _rebuilt(library: Path, files: Sequence[Found], progress: Progress | None, *, dry_run: bool) -> Run:
    """Build a new generation from the files alone, and switch to it."""
    run = Run({})
    if dry_run:
        deque(_bring(run, files, progress), maxlen=0)
        return run
    with Library.for_rebuild(library).new_generation() as engine:
        for batch in _batches(_bring(run, files, progress)):
            engine.write(batch, ())
    return run


def _is_outdated(library: Path) -> bool:
    """True when the library was made by another version of the pipeline."""
    if not (library / "current").exists():
        return False
    with Library.open(library).reader() as reader:
        return any(not mark.endswith(f":{pipeline()}") for mark in reader.known().values())


def _with_others(library: Path, files: Sequence[Found], paths: Sequence[Path]) -> list[Found]:
    """The files, and those in the library that lie elsewhere and are still there."""
    root = library.resolve().parent
    found = {file.source_path: file for file in files}
    for name in _held(library):
        path = source_file(name, root)
        if name not in found and not lies_under(name, paths, root) and path.is_file():
            found[name] = Found(path, name)
    return [found[name] for name in sorted(found)]


def _held(library: Path) -> dict[str, Held]:
    """What the library holds, by source path."""
    with Library.open(library).reader() as reader:
        known = reader.known()
        rows: dict[str, list[Summary]] = {}
        for row in reader.documents():
            rows.setdefault(row.path, []).append(row)
    return {path: Held({row.id: known[row.id] for row in of}, tuple(of)) for path, of in rows.items()}


def _note_removed(run: Run, paths: Sequence[Path], library: Path) -> None:
    """Note the documents whose files lay under the paths and are there no longer."""
    present = set(run.seen.values())
    root = library.resolve().parent
    for path, held in run.held.items():
        if path not in present and path not in run.changed and lies_under(path, paths, root):
            run.removed.append(path)
            run.gone += held.fingerprints


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The entries, BATCH at a time."""
    stream = iter(entries)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _report(library: Path, run: Run, seconds: float) -> Report:
    """What the run did, and what the library holds now."""
    documents, passages, generation = 0, 0, 0
    if (library / "current").exists():
        with Library.open(library).reader() as reader:
            rows = reader.documents()
            generation = reader.generation
        documents = len(rows)
        passages = sum(row.passages for row in rows)
    return Report(
        added=tuple(run.added),
        changed=tuple(run.changed),
        removed=tuple(run.removed),
        unchanged=tuple(run.unchanged),
        failed=tuple(run.failed),
        documents=documents,
        passages=passages,
        generation=generation,
        seconds=seconds,
    )


@cache
def pipeline() -> str:
    """What turns sources into terms, by name: it changes whenever the code of a stage does."""
    digest = hashlib.sha256()
    for path in sorted(_stage_files(Path(__file__).parent)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def fingerprint(sha256: str) -> str:
    """What a document was made from: the source's bytes and the pipeline."""
    return f"{sha256}:{pipeline()}"


def _stage_files(top: Path) -> Iterator[Path]:
    for stage in _STAGES:
        yield from [top / f"{stage}.py"] if (top / f"{stage}.py").exists() else (top / stage).glob("*.py")


def _bring(run: Run, files: Sequence[Found], progress: Progress | None) -> Iterator[Entry]:
    """The entries of all files that are new or changed; the run notes what became of each."""
    for done, found in enumerate(files, 1):
        yield from _entries(run, found)
        if progress:
            progress(found.source_path, done, len(files), _size(found.path))


def _size(path: Path) -> int:
    """The file's size in bytes; 0 when it is gone."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _entries(run: Run, found: Found) -> Iterator[Entry]:
    """The entries of one file: none when it is unchanged, a ledger row without passages when it cannot be read."""
    try:
        data = _bytes(found)
        sha256 = hashlib.sha256(data).hexdigest()
        if _is_unchanged(run, found, sha256):
            return
        yield from _read(run, found, data, sha256)
    except UnreadableSourceError as error:
        yield from _unread(run, found, error)


def _bytes(found: Found) -> bytes:
    if found.reason:
        raise UnreadableSourceError(found.source_path, found.reason, "not followed")
    if not readable(found.path):
        reason = f"no reader for {found.path.suffix or 'files without a suffix'}"
        raise UnreadableSourceError(found.source_path, reason, "unsupported")
    return load(found.path, found.source_path, MAX_BYTES)


def _is_unchanged(run: Run, found: Found, sha256: str) -> bool:
    """True when the library holds just what this file would give; noted in the run."""
    held = run.held.get(found.source_path)
    if held is None or set(held.fingerprints.values()) != {fingerprint(sha256)}:
        return False
    run.seen |= dict.fromkeys(held.fingerprints, found.source_path)
    run.unchanged.append(found.source_path)
    run.failed += [Failure(row.path, row.status, row.reason) for row in held.summaries if row.status != "ok"]
    return True


def _read(run: Run, found: Found, data: bytes, sha256: str) -> Iterator[Entry]:
    """The entries of a file's documents; what the file no longer holds goes."""
    made = extracts(data, Source(found.source_path, sha256))
    _note_change(run, found)
    for extract in made:
        identity = document_id(extract.source)
        if identity in run.seen:
            reason = f"the id {identity!r} is taken by {run.seen[identity]}"
            run.failed.append(Failure(found.source_path, "duplicate id", reason))
            continue
        run.seen[identity] = found.source_path
        yield _made(run, extract)


def _note_change(run: Run, found: Found) -> None:
    """Note a file as added or changed, and that its documents go unless they are written again."""
    held = run.held.get(found.source_path)
    (run.changed if held else run.added).append(found.source_path)
    run.gone += held.fingerprints if held else ()


def _made(run: Run, extract: Extract) -> Entry:
    """The entry of a document; a fault of ours in one document costs that document only."""
    try:
        made = entry(extract)
    except Exception as error:  # noqa: BLE001 - whatever a hostile document sets off, the run goes on and says so
        reason = f"it could not be cleaned ({type(error).__name__}: {error})"
        row = Summary(
            document_id(extract.source), extract.source.path, extract.source.path, status="failed", reason=reason
        )
        made = _row_entry(row, fingerprint(extract.source.sha256))
    row = read_summary(made.summary)
    if row.status != "ok":
        run.failed.append(Failure(row.path, row.status, row.reason))
    return made


def _unread(run: Run, found: Found, error: UnreadableSourceError) -> Iterator[Entry]:
    """The ledger row of a file that cannot be read; while only the disk is at fault, the copy held before stays."""
    run.failed.append(Failure(found.source_path, error.status, error.reason))
    held = run.held.get(found.source_path)
    identity = document_id(Source(found.source_path, ""))
    if held and error.status == "unreadable":
        run.seen |= dict.fromkeys(held.fingerprints, found.source_path)
        return
    run.seen[identity] = found.source_path
    name = found.path.name
    row = Summary(identity, found.source_path, name, status=error.status, reason=error.reason)
    made = _row_entry(row, fingerprint(f"unread-{error.status}"))
    if held and held.fingerprints == {identity: made.fingerprint}:
        return
    run.gone += held.fingerprints if held else ()
    yield made


def entry(extract: Extract) -> Entry:
    """A document cleaned, cut and analysed, as the engine stores it."""
    document = clean(extract)
    made = passages(document)
    title = tuple(analyse(document.title))
    return Entry(
        document_id=document.id,
        fingerprint=fingerprint(document.source.sha256),
        payload=document_payload(document),
        passages=tuple(_passage_entry(passage, title) for passage in made),
        summary=summary_payload(_summary(document, made)),
    )


def _passage_entry(passage: Passage, title: tuple[Term, ...]) -> PassageEntry:
    heading = tuple(analyse(" › ".join(passage.heading)))
    return PassageEntry(passage.ordinal, passage_payload(passage), title, heading, tuple(analyse(passage.text)))


def _row_entry(row: Summary, mark: str) -> Entry:
    """An entry that is a ledger row alone."""
    return Entry(row.id, mark, b"", (), summary_payload(row))


def _summary(document: Document, made: Sequence[Passage]) -> Summary:
    """The ledger row of a document that was read."""
    return Summary(
        id=document.id,
        path=document.source.path,
        title=document.title,
        authors=document.authors,
        date=document.date,
        url=document.url,
        status="ok" if made else "no content",
        reason="" if made else "nothing but boilerplate was found in it",
        pages=len(document.pages),
        passages=len(made),
    )
