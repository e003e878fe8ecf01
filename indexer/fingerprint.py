"""What a document was made from, as one line: equal lines mean that there is nothing to do."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

# Modules and packages by name, the engine's too; a test compares them with what `prepare` imports.
_STAGES = (
    "arrays native months records aligned read clean sections punkt sentences chunk lexicon plurals analyse typed "
    "vocabulary negation negation_cues tokens cut hashed numbered units layout terms acronyms keywords cite stored "
    "tiles stored_document ledger fingerprint prepare engines"
).split()
_LIBRARIES = ("nltk", "ftfy", "charset-normalizer", "pypdfium2")  # whose versions read, clean and stem in other ways

_UNREAD = "unread "  # stands in place of a digest, before the status


class Fingerprint(NamedTuple):
    """The parts of a fingerprint. A source whose state on the disk is the same need not be read to be known."""

    sha256: str  # of the source's bytes
    row: str  # of what metadata.csv says about it; "-" when it says nothing
    pipeline: str  # of the code that turns sources into terms
    state: str  # size, times of change and inode on the disk when it was read

    @classmethod
    def parse(cls, line: str) -> Fingerprint:
        """The fingerprint of a stored line; one that nothing equals when the line is of another make."""
        parts = line.split(":")
        return cls(*parts) if len(parts) == len(cls._fields) else cls(line, "", "", "")

    def __str__(self) -> str:
        return ":".join(self)

    @classmethod
    def unread(cls, status: str) -> Fingerprint:
        """The fingerprint of a source that could not or must not be read."""
        return cls(f"{_UNREAD}{status}", "-", pipeline(), "")

    @property
    def was_read(self) -> bool:
        """True when the source's bytes were read."""
        return not self.sha256.startswith(_UNREAD)

    def same_content(self, other: Fingerprint) -> bool:
        """True when both were made from the same bytes and row by the same code."""
        return self[:3] == other[:3]

    def same_state(self, other: Fingerprint) -> bool:
        """True when the source has not been touched in between: its bytes need not be read again."""
        return self[1:] == other[1:] and bool(self.state)


def state(found: os.stat_result) -> str:
    """A file's state on the disk: a change of its bytes changes it, as the time of change cannot be set back."""
    return f"{found.st_size}.{found.st_mtime_ns}.{found.st_ctime_ns}.{found.st_ino}"


@cache
def pipeline() -> str:
    """What turns sources into terms, by name: it changes whenever the code of a stage does."""
    digest = hashlib.sha256()
    for path in sorted(stage_files(Path(__file__).parent)):
        digest.update(path.read_bytes())
    digest.update(repr([version(name) for name in _LIBRARIES]).encode())
    return digest.hexdigest()[:12]


def stage_files(top: Path) -> Iterator[Path]:
    """The files of the stages, word lists too."""
    for stage in _STAGES:
        package = (path for suffix in ("py", "gz") for path in (top / stage).glob(f"*.{suffix}"))
        yield from [top / f"{stage}.py"] if (top / f"{stage}.py").exists() else package
