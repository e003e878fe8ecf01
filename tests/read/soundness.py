"""What must hold for whatever bytes a reader is given."""

from __future__ import annotations

from collections.abc import Callable

from indexer.errors import UnreadableSourceError
from indexer.records import CONTENT, KINDS, Extract, Source, Span

SOURCE = Source("folder/file", "0" * 64)
Reader = Callable[[bytes, Source], tuple[Extract, ...]]


def check_reading(reader: Reader, data: bytes) -> tuple[Extract, ...]:
    """Read the bytes: sound documents, the same ones each time, or UnreadableSourceError and no other."""
    try:
        found = reader(data, SOURCE)
    except UnreadableSourceError as error:
        if not (error.reason and error.status and error.path == SOURCE.path):
            raise AssertionError(f"an error that does not say why: {error!r}") from error
        return ()
    assert found
    assert reader(data, SOURCE) == found
    for extract in found:
        check_sound(extract)
    return found


def check_sound(extract: Extract) -> None:
    """Everything can be stored, spans lie where they should, each character has its place in the source."""
    for text in (extract.original, extract.text.text, extract.title, *extract.authors, *extract.notes):
        text.encode("utf-8")
    for _, start, end in extract.text.runs:
        assert 0 <= start <= end <= len(extract.original)
    done = 0
    for block in extract.blocks:
        assert block.kind in KINDS
        assert done <= block.span.start < block.span.end <= len(extract.text), block
        done = block.span.end


def blocks(extract: Extract) -> list[tuple[str, str]]:
    """Kind and text of each block."""
    return [(block.kind, block.span.of(extract.text.text)) for block in extract.blocks]


def content(extract: Extract) -> list[str]:
    """The texts of the blocks that make passages."""
    return [block.span.of(extract.text.text) for block in extract.blocks if block.kind in CONTENT]


def unlabelled(extract: Extract) -> str:
    """The characters outside all blocks, without white space."""
    ends = [
        0,
        *(end for block in extract.blocks for end in (block.span.start, block.span.end)),
        len(extract.text),
    ]
    gaps = [Span(start, end).of(extract.text.text) for start, end in zip(ends[::2], ends[1::2], strict=True)]
    return "".join("".join(gaps).split())
