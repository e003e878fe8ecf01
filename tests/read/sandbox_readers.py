"""Readers that misbehave, for tests of the sandbox: what the file says is what they do."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read import sandbox_child
from indexer.read.frames import framed
from indexer.records import Block, Extract, PageNote, Source, Span

GOOD = Extract(
    source=Source("a.pdf", "0" * 64, "part"),
    original="metas\x02tasis \ufffe\U0001d44e",
    text=AlignedText.of("metas\x02tasis \ufffe\U0001d44e").edit([(5, 6, "")]),
    title="Ein Titel",
    authors=("Åse Ø", "B. C."),
    date="2010-02-15",
    url="https://example.org/",
    blocks=(Block(Span(0, 5), "heading", 2), Block(Span(6, 11), "prose")),
    pages=(Span(0, 5), Span(6, 14)),
    journal="J",
    doi="10.1/x",
    pmid="12",
    guessed=("title",),
    notes=("page 2: no text layer, only images",),
    page_notes=(PageNote(1, "ok", 12), PageNote(2, "no text layer", 0)),
)


def behaving(path: Path, source_path: str) -> tuple[Extract, ...]:
    """Do what the file says; a good document unless it says something bad."""
    order = path.read_text()
    if order == "pid":
        return (Extract(GOOD.source, str(os.getpid()), AlignedText.of("")),)
    if order == "modules":
        return (Extract(GOOD.source, " ".join(sys.modules), AlignedText.of("")),)
    if order == "refuse":
        raise UnreadableSourceError(source_path, "the PDF needs a password", "encrypted")
    if order in MISDEEDS:
        MISDEEDS[order](path)
    return (GOOD,)


def crash(_: Path) -> None:
    ctypes.string_at(0)


def spin(_: Path) -> None:
    while True:
        pass


def stop(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)


def term(_: Path) -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def bomb(_: Path) -> None:
    kept = []
    while True:
        kept.append(bytearray(32 << 20))


def fail(_: Path) -> None:
    raise ValueError("bad table")


def leave(_: Path) -> None:
    os._exit(3)


def write(path: Path) -> None:
    (path.parent / "large").write_bytes(b"x" * (1 << 22))


def lie(_: Path) -> None:
    sandbox_child._write = lambda replies, _: os.write(replies, framed(b'{"extracts": [{"source": 3}]}'))


MISDEEDS = {
    "crash": crash,
    "spin": spin,
    "stop": stop,
    "term": term,
    "bomb": bomb,
    "fail": fail,
    "leave": leave,
    "write": write,
    "lie": lie,
}


def hanging(_: Path, __: str) -> None:
    """A reader that does not come back."""
    time.sleep(60)
