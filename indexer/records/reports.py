"""What was done to a library, and how it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """A source that was not indexed."""

    path: str
    status: str
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What a library holds. Each word means the same wherever it is shown."""

    documents: int  # of which a search can find something
    partial: int  # of these, those that were found in part
    failed: int  # documents and files of which no search finds anything
    passages: int

    def __str__(self) -> str:
        partial = f" ({self.partial} in part)" if self.partial else ""
        return f"{count(self.documents, 'document')}{partial}, {count(self.passages, 'passage')}; {self.failed} failed"


def count(number: int, noun: str) -> str:
    """A number of things that are named."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Renamed:
    """A source that has another name now; paths."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What a rebuild changed in the first hits of a saved query; passages by id."""

    query: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    first_changed: bool  # another passage is first now


@dataclass(frozen=True, slots=True)
class Report:
    """What one run of `index` did; the lists hold paths.

    Each file that was found is in one of added, changed, renamed and unchanged when a search can find something of
    it, else only among the failed, where what is found in part stands too.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    unused: tuple[Failure, ...] = ()  # rows of metadata.csv files that cannot be used, and files of which none can
    passed: tuple[str, ...] = ()  # hidden files and folders, and what programs leave behind, which are not read
    documents: int = 0  # of which a search can find something, in the library then or as a dry run foresees
    passages: int = 0
    generation: int = 0
    seconds: float = 0.0
    moved: tuple[Moved, ...] = ()  # after a switch to a new generation


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the library's health."""

    name: str
    sound: bool
    detail: str  # what was looked at, or what is wrong
    advice: str = ""  # what to do; empty when there is nothing to do


@dataclass(frozen=True, slots=True)
class Saved:
    """What a backup holds, or what a restore put back."""

    sources: tuple[str, ...]  # paths
    failed: tuple[Failure, ...]  # sources that could not be saved, or that gave way to another file
    size: int  # of the file, in bytes
    left_out: tuple[Failure, ...] = ()  # what `index` did not read, and a backup does not either
