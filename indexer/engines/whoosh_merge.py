"""Which segments are written anew: few enough to search quickly, seldom enough to commit quickly."""

from __future__ import annotations

from typing import Any

from indexer.engines.whoosh_codec import TermsSegmentReader

_SEGMENTS = 4  # of one size class that are left side by side
_CLASS = 4  # a size class holds segments up to this many times larger than the class below
_DELETED = 0.3  # the part of a segment that may be deleted
_LARGEST = 4_000_000  # documents and passages of a segment that is left as it is, however many there are


def merged(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge what should be merged into the writer's new segment; the segments that stay as they are.

    A segment is checked to its last byte first: damage must not come out with a new seal.
    """
    writer.finish_segment()
    every = [*writer.finished, *segments]
    fresh = writer.finished if len(writer.finished) > 1 else []  # of a commit too large for one: they come together
    ids = {segment.segment_id() for segment in (*fresh, *_chosen(every))}
    for segment in [segment for segment in every if segment.segment_id() in ids]:
        if segment.doc_count():
            writer.storage.verify(segment.make_filename(segment.COMPOUND_EXT))
            writer.take_over(TermsSegmentReader(writer.storage, writer.schema, segment))
    return [segment for segment in every if segment.segment_id() not in ids]


def _chosen(segments: list[Any]) -> list[Any]:
    """Segments with many deletions, and every size class that has become too full, with all smaller ones."""
    worn = [segment for segment in segments if segment.deleted_count() > _DELETED * segment.doc_count_all()]
    classes: dict[int, list[Any]] = {}
    for segment in segments:
        if segment not in worn and segment.doc_count_all() < _LARGEST:
            classes.setdefault(_size_class(segment), []).append(segment)
    full = [size for size, held in classes.items() if len(held) >= _SEGMENTS]
    return worn + [segment for size, held in classes.items() if size <= max(full, default=-1) for segment in held]


def _size_class(segment: Any) -> int:
    size, count = 0, segment.doc_count()
    while count >= _CLASS:
        size, count = size + 1, count // _CLASS
    return size
