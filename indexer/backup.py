"""A library in one file, and back: the documents and the ledger, never the index.

A Whoosh index holds pickles, and a crafted one runs code: what comes from elsewhere is built anew from its documents.
The file is a zip archive of `manifest.json` and the sources, each under its sha256.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from indexer import durable
from indexer.discover import by_link, is_there, source_file
from indexer.errors import BackupError, LibraryDamagedError, LibraryMissingError, UnreadableSourceError
from indexer.fingerprint import Fingerprint
from indexer.index import index
from indexer.library import Library
from indexer.read import leads_out, load, metadata
from indexer.records import Failure, Report, Saved, Summary
from indexer.sheets import sheet_names

_FORMAT = "pincite backup 1"
_MANIFEST = "manifest.json"
_MOST = 16 * 1024**3  # bytes unpacked that are believed to be a library
_ASIDE = "restored"  # where sources go that lay outside the library's folder


def backup(library: Path, file: Path) -> Saved:
    """Write the sources that `index` has read and the ledger to a file, whole or not at all."""
    with Library.open(library).reader() as reader:
        rows, marks = reader.documents(), reader.known()
    root = library.resolve().parent
    fresh = file.with_name(f"{file.name}.new")
    missing: list[Failure] = []
    sources: dict[str, str] = {}
    read = _read(rows, marks)
    left_out = [Failure(row.path, row.status, row.reason) for row in rows if row.path not in read]
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in (*read, *(name for name in sheet_names(read) if is_there(source_file(name, root)))):
                try:
                    data = _data(source_file(path, root), path, read.get(path))
                except UnreadableSourceError as error:
                    (missing if path in read else left_out).append(Failure(path, error.status, error.reason))
                else:
                    sources[path] = _stored(archive, data, set(sources.values()))
            archive.writestr(_MANIFEST, json.dumps(_manifest(rows, sources), ensure_ascii=False))
        durable.sync(fresh)
        durable.rename(fresh, file)
    except OSError as error:
        raise BackupError(str(file), error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):  # where nothing can be written, nothing can be removed
            fresh.unlink(missing_ok=True)
    return Saved(tuple(sources), tuple(missing), file.stat().st_size, tuple(left_out))


def restore(library: Path, file: Path) -> tuple[Saved, Report]:
    """Put the sources of a backup back beside the library and index them anew.

    A file that is there already is never overwritten; when it differs, it is told and the one that is there is indexed.
    """
    root = library.resolve().parent
    try:
        with zipfile.ZipFile(file) as archive:
            sources = _sources(archive, file)
            put, kept = _unpacked(archive, sources, root, file)
    except (OSError, zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError) as error:
        raise BackupError(str(file), str(error) or type(error).__name__) from error
    documents = [path for path in put if PurePosixPath(path).name != metadata.NAME]
    report = index(library, [source_file(path, root) for path in documents], rebuild=not _opens(library))
    return Saved(tuple(put), tuple(kept), file.stat().st_size), report


def _opens(library: Path) -> bool:
    """True when there is a library already: its other documents stay in it."""
    try:
        Library.open(library)
    except (LibraryMissingError, LibraryDamagedError):
        return False
    return True


def _read(rows: Iterable[Summary], marks: dict[str, str]) -> dict[str, str]:
    """Source path -> digest of the bytes that were read of it, for each source of which any were."""
    found = ((row.path, Fingerprint.parse(marks[row.id])) for row in rows)
    return {path: mark.sha256 for path, mark in found if mark.was_read}


def _data(file: Path, path: str, digest: str | None) -> bytes:
    """The bytes of a source, or of a metadata.csv, which has no digest; UnreadableSourceError when there are none.

    What a link leads to is taken when it is what was read through it, and a metadata.csv that `index` follows.
    """
    data = load(file, path)
    if digest and by_link(file) and hashlib.sha256(data).hexdigest() != digest:
        raise UnreadableSourceError(path, "a link to something else than was indexed", "not followed")
    if not digest and leads_out(file, file.parent):
        raise UnreadableSourceError(path, "a link that leads out of its folder", "not followed")
    return data


def _stored(archive: zipfile.ZipFile, data: bytes, have: set[str]) -> str:
    """The digest under which a source stands in the archive."""
    digest = hashlib.sha256(data).hexdigest()
    if digest not in have:
        archive.writestr(f"sources/{digest}", data)
    return digest


def _manifest(rows: list[Summary], sources: dict[str, str]) -> dict[str, Any]:
    ledger = [{"id": r.id, "path": r.path, "title": r.title, "status": r.status, "reason": r.reason} for r in rows]
    return {"format": _FORMAT, "sources": sources, "ledger": ledger}


def _sources(archive: zipfile.ZipFile, file: Path) -> dict[str, str]:
    """The manifest's source paths and digests, checked."""
    if sum(member.file_size for member in archive.infolist()) > _MOST:
        raise BackupError(str(file), f"it unpacks to more than {_MOST // 1024**3} GB")
    manifest = json.loads(archive.read(_MANIFEST))
    if not isinstance(manifest, dict) or manifest.get("format") != _FORMAT:
        raise BackupError(str(file), f"it is not a {_FORMAT!r}")
    return {str(path): str(digest) for path, digest in dict(manifest["sources"]).items()}


def _unpacked(
    archive: zipfile.ZipFile, sources: dict[str, str], root: Path, file: Path
) -> tuple[list[str], list[Failure]]:
    """Write each source to its place; the paths, and those where another file stands."""
    put: list[str] = []
    kept: list[Failure] = []
    for path, digest in sources.items():
        data = archive.read(f"sources/{digest}")
        if hashlib.sha256(data).hexdigest() != digest:
            raise BackupError(str(file), f"the copy of {path} is damaged")
        place = _place(path)
        target = source_file(place, root)
        if target.exists() and target.read_bytes() != data:
            kept.append(Failure(place, "kept", "another file stands in its place; it was not overwritten"))
        elif not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        put.append(place)
    return put, kept


def _place(path: str) -> str:
    """Where a source goes: its own path, or one in `restored/` when that leads out of the library's folder."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or ".." in parts:
        return str(PurePosixPath(_ASIDE, *(part for part in parts if part not in ("..", "/"))))
    return path
