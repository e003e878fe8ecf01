"""Which files lie under the paths given."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from indexer.errors import SourcePathError
from indexer.read import leads_out, metadata

_ESCAPE = re.compile(rb"\\x([0-9a-f]{2})")  # a byte that is not UTF-8, as `source_path` spells it

_PASSING = ("~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx", ".bak", ".lock")


@dataclass(frozen=True, slots=True)
class Found:
    """A file to be indexed, or a folder that cannot be listed."""

    path: Path
    source_path: str  # relative to the folder that holds the library, with forward slashes
    reason: str = ""  # why it must not be read; empty when it may be
    unlisted: bool = False  # a folder whose files are not known

    def size(self) -> int:
        """In bytes; 0 when it is gone."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0


class Sources(NamedTuple):
    """What lies under the paths given."""

    files: list[Found]  # by source path
    passed: list[str]  # hidden files and folders, and what programs leave behind, by source path; they are not read


def discover(paths: Sequence[Path], library: Path) -> Sources:
    """The files under `paths`; those of a library are no sources.

    SourcePathError when a path does not exist. A link that leads out of the folder it was found in, or to a file found
    itself, is found, with the reason why it is not read; so is a folder that cannot be listed.
    """
    root = library.resolve().parent
    found: dict[str, Found] = {}
    passed: set[str] = set()
    faults: list[OSError] = []
    for given in paths:
        if not _asked(given.exists):
            raise SourcePathError(str(given))
        for path in _files(given, library.resolve(), faults):
            name = source_path(path, root)
            if passing(path.name) and path != given:
                passed.add(name)
            else:
                found[name] = Found(path, name, _why_not(path, given) if _asked(path.is_symlink) else "")
    for fault in faults:
        folder, reason = Path(fault.filename), f"a folder that cannot be listed ({fault.strerror})"
        name = source_path(folder, root)
        found[name] = Found(folder, name, reason, unlisted=True)
    for name, link in found.items():
        if _asked(link.path.is_symlink) and not link.reason:
            found[name] = replace(link, reason=_why_twice(link, found, root))
    return Sources([found[name] for name in sorted(found)], sorted(passed - found.keys()))


def source_path(path: Path, root: Path) -> str:
    """The name that a source goes by: its path from the folder that holds the library.

    Bytes of a name that are not UTF-8 are spelled as hexadecimal escapes, so that it can be printed and stored.
    """
    relative = os.path.relpath(path.parent.resolve() / path.name, root)
    return os.fsencode(relative).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def source_file(name: str, root: Path) -> Path:
    """The file that a source path names, see `source_path`."""
    direct = root / name
    return (
        direct
        if "\\x" not in name or _asked(direct.exists)
        else root / os.fsdecode(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), name.encode()))
    )


def is_there(path: Path) -> bool:
    """True where a file stands, and where the system does not let us ask whether one does."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def leads_elsewhere(path: Path, sha256: str) -> bool:
    """True when a file is reached by a link, and other bytes than were indexed stand there now."""
    return by_link(path) and hashlib.sha256(path.read_bytes()).hexdigest() != sha256


def by_link(path: Path) -> bool:
    """True when a file, or a folder above it, is a link."""
    return any(_asked(part.is_symlink) for part in (path, *path.parents))


def passing(name: str) -> bool:
    """True for what is hidden, and for what programs leave behind in passing."""
    return name.startswith((".", "~$", "#")) or name.lower().endswith(_PASSING)


def lies_under(paths: Sequence[Path], root: Path) -> Callable[[str], bool]:
    """A function that says whether a source path is one of `paths` or lies in one of them."""
    prefixes = [source_path(given, root) for given in paths]

    def lies(name: str) -> bool:
        for prefix in prefixes:
            if name == prefix or prefix == "." or name.startswith(prefix.rstrip("/") + "/"):
                return not (prefix == "." and name.startswith("../"))
        return False

    return lies


def _asked(question: Callable[[], bool]) -> bool:
    """What the system says of a path; False where it does not let us ask, as in a folder that may not be entered."""
    try:
        return question()
    except OSError:
        return False


def _files(given: Path, library: Path, faults: list[OSError]) -> Iterator[Path]:
    """The files of a folder and the folders in it, links to folders and hidden folders; or the file itself.

    Notes what goes wrong.
    """
    if not _asked(given.is_dir):
        yield given
        return
    for folder, subfolders, names in os.walk(given, onerror=faults.append):
        here = Path(folder)
        subfolders[:] = sorted(name for name in subfolders if not _is_library(here / name, library))
        links = [name for name in subfolders if _asked((here / name).is_symlink)]  # which are not walked into
        hidden = [name for name in subfolders if name.startswith(".")]
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        yield from (here / name for name in sorted({*names, *links, *hidden} - {metadata.NAME}))


def _is_library(folder: Path, library: Path) -> bool:
    """True for the folder of the library, and of any other: their files are no documents."""
    return folder.resolve() == library or all(
        _asked((folder / name).exists) for name in ("current", "format", "generations")
    )


def _why_not(link: Path, given: Path) -> str:
    """Why a link must not be followed; empty when it leads to a file in the folder given, or beside the file given."""
    top = given.resolve() if _asked(given.is_dir) else given.parent.resolve()
    try:
        if leads_out(link, top):
            return "a link that leads out of the folder"
    except (OSError, RuntimeError):  # it leads to itself: reading it says so
        return ""
    return "a link to a folder" if _asked(link.is_dir) else ""


def _why_twice(link: Found, found: Mapping[str, Found], root: Path) -> str:
    """Why a link that may be followed had better not be; empty when its file is not found under its own name."""
    try:
        name = source_path(link.path.resolve(), root)
    except (OSError, RuntimeError):  # it leads to itself: reading it says so
        return ""
    return f"a link to {name}, which is read itself" if name != link.source_path and name in found else ""
