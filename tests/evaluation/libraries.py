"""Where the data of an evaluation lies, and libraries made of it for one run."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from indexer.index import index
from indexer.library import Library, LibraryReader

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
SHARED = ROOT.parent / "shared" / "data"
_EMPTY = ("empty", "no content")  # cranfield has two documents without text


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def digest(paths: Iterable[Path]) -> str:
    """One fingerprint of several files, so that a figure names the data it was measured on."""
    whole = sha256()
    for path in sorted(paths, key=lambda path: path.name):
        whole.update(path.name.encode() + b"\0" + sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@contextmanager
def library_of(files: dict[str, bytes]) -> Iterator[LibraryReader]:
    """A reader of a library made of files (name -> bytes); all of it is deleted afterwards."""
    with TemporaryDirectory(prefix="pincite-evaluation-") as folder:
        sources = Path(folder, "documents")
        sources.mkdir()
        for name, data in files.items():
            (sources / name).write_bytes(data)
        report = index(Path(folder, ".pincite"), [sources])
        broken = [failure for failure in report.failed if failure.status not in _EMPTY]
        if broken:
            raise RuntimeError(f"not indexed: {broken}")
        with Library.open(Path(folder, ".pincite")).reader() as reader:
            yield reader
