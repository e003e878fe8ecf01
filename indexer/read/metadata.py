"""What a library says about its files: `metadata.csv` in a folder, which overrides what the readers found.

Columns, by name and in any order: file (relative to the folder), title, authors (separated by semicolons),
date, url, doi, status, keep, leave_out. An empty cell says nothing. A row is one line, so that a stray quote costs
that row only. A row that cannot be used is reported with its line.

`keep` and `leave_out` overrule what cleaning took for content: labels, separated by semicolons. `banner; disclaimer`
under `keep` makes passages of the banners and disclaimers of that file; `references` under `leave_out` makes none of
its references.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from indexer.errors import UnreadableSourceError
from indexer.read import leads_out, text
from indexer.records import CONTENT, KINDS, Block, Document, Extract, Failure

NAME = "metadata.csv"
_MAX_BYTES = 16 * 1024 * 1024  # about 100,000 rows
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_YEAR = re.compile(r"\d{4}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")  # or a month
_STRUCTURE = frozenset({"title", "heading"})  # always kept, and passages of their own where there is nothing else
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one row says; empty fields say nothing."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    doi: str = ""  # bare: 10.1371/journal.pbio.0020188
    status: str = ""  # the library's own word, such as "preprint" or "retracted"
    keep: frozenset[str] = frozenset()  # labels that are content in this file
    leave_out: frozenset[str] = frozenset()  # labels that are not


class Sheet(NamedTuple):
    """A folder's metadata, and the rows that could not be used."""

    rows: dict[str, Metadata]  # by path relative to the folder, with forward slashes
    failures: tuple[Failure, ...]


class _BadRowError(Exception):
    """A row that cannot be used; the message says why."""


def read_metadata(folder: Path) -> Sheet:
    """The folder's `metadata.csv`; nothing when there is none. Never raises."""
    path = folder / NAME
    try:
        if not path.is_file():
            return Sheet({}, ())
        if leads_out(path, folder):
            return Sheet({}, (Failure(NAME, "not followed", "a link that leads out of its folder"),))
        if path.stat().st_size > _MAX_BYTES:
            return Sheet({}, (Failure(NAME, "too large", f"the file is over {_MAX_BYTES // 2**20} MB"),))
        return _sheet(text.decode(path.read_bytes(), NAME), folder)
    except UnreadableSourceError as error:
        return Sheet({}, (Failure(NAME, error.status, error.reason),))
    except OSError as error:
        return Sheet({}, (Failure(NAME, "failed", error.strerror or str(error)),))


def folders(source_path: str) -> Sequence[PurePosixPath]:
    """Where a metadata.csv may speak of a source: in its folder and those above it in the collection, nearest first."""
    path = PurePosixPath(source_path)
    return path.parents[: max(1, sum(part != ".." for part in path.parts[:-1]))]


def overridden(extract: Extract, row: Metadata) -> Extract:
    """The extract with what the row says in place of what the reader found; what is so stated is no guess."""
    url = row.url or doi_url(row.doi)
    stated = {"title": row.title, "authors": row.authors, "date": row.date, "url": url, "doi": row.doi}
    return replace(
        extract,
        title=row.title or extract.title,
        authors=row.authors or extract.authors,
        date=row.date or extract.date,
        url=url or extract.url,
        doi=row.doi or extract.doi,
        guessed=tuple(name for name in extract.guessed if not stated.get(name)),
    )


def overruled(document: Document, row: Metadata) -> Document:
    """The document with the labels that the row says are content as prose, those that are not as other."""
    if not row.keep and not row.leave_out:
        return document
    return replace(document, blocks=tuple(_relabelled(block, row) for block in document.blocks))


def _relabelled(block: Block, row: Metadata) -> Block:
    if block.kind in row.keep:
        return replace(block, kind="prose")
    return replace(block, kind="other") if block.kind in row.leave_out else block


def bare_doi(value: str) -> str:
    """The DOI in the text, without `doi:` or a resolver's address; empty when it holds none."""
    found = _DOI.search(value)
    return found[0] if found else ""


def doi_url(doi: str) -> str:
    """The address that resolves a bare DOI; empty when there is none."""
    return f"https://doi.org/{doi}" if doi else ""


def _sheet(content: str, folder: Path) -> Sheet:
    """The rows of the file's text."""
    lines = _LINE_END.split(content)
    delimiter = max(",;\t", key=lines[0].count)
    columns = [cell.strip(' "').lower() for cell in lines[0].split(delimiter)]
    if "file" not in columns:
        return Sheet({}, (Failure(NAME, "failed", "line 1: there is no column named file"),))
    rows: dict[str, Metadata] = {}
    failures: list[Failure] = []
    for number, line in enumerate(lines[1:], 2):
        try:
            _add(rows, columns, _cells(line, delimiter), folder)
        except _BadRowError as error:
            failures.append(Failure(NAME, "failed", f"line {number}: {error}"))
    return Sheet(rows, tuple(failures))


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of a line."""
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise _BadRowError(str(error)) from None


def _add(rows: dict[str, Metadata], columns: list[str], cells: list[str], folder: Path) -> None:
    """Add a line's row, unless its cells are empty."""
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) > len(columns):
        raise _BadRowError(f"{len(cells)} cells for {len(columns)} columns")
    row = dict(zip(columns, cells, strict=False))
    name = _file(row.get("file", ""), folder)
    if name in rows:
        raise _BadRowError(f"{name} has a row already")
    rows[name] = _metadata(row)


def _file(given: str, folder: Path) -> str:
    """The row's file as a path in the folder."""
    path = PurePosixPath(given.strip().replace("\\", "/"))
    if not path.parts:
        raise _BadRowError("names no file")
    if path.is_absolute() or ".." in path.parts or not _exists(folder / path):
        raise _BadRowError(f"there is no file {path} in the folder")
    return str(path)


def _exists(path: Path) -> bool:
    """True when there is a file; a name that cannot be one is none."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # too long, or holding a NUL
        return False


def _metadata(cells: dict[str, str]) -> Metadata:
    """What the cells say."""
    plain = {name: " ".join(cell.split()) for name, cell in cells.items()}
    names = (name.strip() for name in plain.get("authors", "").split(";"))
    return Metadata(
        title=plain.get("title", ""),
        authors=tuple(name for name in names if name),
        date=_date(plain.get("date", "")),
        url=plain.get("url", ""),
        doi=bare_doi(plain.get("doi", "")),
        status=plain.get("status", ""),
        keep=_labels(plain.get("keep", ""), KINDS - CONTENT - _STRUCTURE),
        leave_out=_labels(plain.get("leave_out", ""), CONTENT),
    )


def _date(cell: str) -> str:
    """The date in a cell: a day, month or year in numbers that there is, or other words with a year."""
    found = _DAY.fullmatch(cell)
    try:
        if found:
            date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        raise _BadRowError(f"{cell} is no date that there is") from None
    if cell and not _YEAR.search(cell):
        raise _BadRowError(f"{cell} is no date with a year, such as 2019-11-20 or 2019")
    return cell


def _labels(cell: str, known: frozenset[str]) -> frozenset[str]:
    """The labels that a cell names."""
    found = frozenset(label for given in cell.split(";") if (label := given.strip().lower()))
    if found - known:
        raise _BadRowError(f"{min(found - known)} is none of the labels {', '.join(sorted(known))}")
    return found
