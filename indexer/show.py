"""One document before and after cleaning: what each rule did, and what was left out of the index."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from indexer.clean import clean
from indexer.clean.steps import Steps
from indexer.discover import source_file, source_path
from indexer.errors import UnknownIdError, UnreadableSourceError
from indexer.ledger import KEPT
from indexer.library import LibraryReader
from indexer.prepare import row_of
from indexer.read import read
from indexer.read.metadata import Metadata, overridden, overruled
from indexer.read.sandbox import EXTRACTS, Sandbox
from indexer.records import Document, Summary

CHANGES = 20  # of one rule that are shown
_AROUND = 24  # characters shown on either side of a change


@dataclass(frozen=True, slots=True)
class Change:
    """One place that a rule changed, with a little of what stands around it."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A document as its file would be cleaned now."""

    row: Summary  # as the library holds it
    steps: tuple[tuple[str, int], ...]  # rule -> characters taken away
    changes: tuple[Change, ...]
    left_out: tuple[tuple[str, str], ...]  # label -> text
    kept: str  # the text that passages are made of, with its headings


def show(reader: LibraryReader, name: str, root: Path) -> Iterator[Shown]:
    """The documents of a source, named by its path, its source path or an id; UnknownIdError when there is none.

    UnreadableSourceError when it cannot be read, or is a link that is not followed.
    """
    names = {name, source_path(Path(name), root)}
    rows = [row for row in reader.rows() if row.path in names or row.id == name]
    if not rows:
        raise UnknownIdError("document", name)
    if rows[0].status == "not followed":
        raise UnreadableSourceError(rows[0].path, rows[0].reason, rows[0].status)
    with Sandbox(reader=read, wire=EXTRACTS) as sandbox:
        extracts = {e.source.part: e for e in sandbox.read(source_file(rows[0].path, root), rows[0].path)}
    for row in rows:
        extract = extracts.get(row.id if len(extracts) > 1 or "" not in extracts else "")
        if extract is None:
            continue
        said = row_of(source_file(row.path, root), row.path) or Metadata()
        steps = Steps(keep=True)
        document = overruled(clean(overridden(extract, said), steps), said)
        yield _shown(row, document, steps)


def _shown(row: Summary, document: Document, steps: Steps) -> Shown:
    text = document.text.text
    return Shown(
        row=row,
        steps=steps.summary(),
        changes=tuple(change for rule, before, after in steps.texts for change in changes(rule, before, after)),
        left_out=tuple((b.kind, b.span.of(text)) for b in document.blocks if b.kind not in KEPT),
        kept="\n".join(b.span.of(text) for b in document.blocks if b.kind in KEPT),
    )


def changes(rule: str, before: str, after: str) -> Iterator[Change]:
    """The first places where two texts differ; they are compared line by line, then within the lines."""
    left, right = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found = 0
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for change in _within(rule, "".join(left[a:b]), "".join(right[c:d])):
            yield change
            found += 1
            if found >= CHANGES:
                return


def _within(rule: str, before: str, after: str) -> Iterator[Change]:
    """The places where two stretches of a few lines differ."""
    if len(before) + len(after) > 20_000:
        yield Change(rule, before[:200], after[:200])
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Change(
                rule,
                before[max(0, a - _AROUND) : b + _AROUND],
                after[max(0, c - _AROUND) : d + _AROUND],
            )
