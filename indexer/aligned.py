"""AlignedText: a string that knows the source offset of each of its characters.

The map is a list of runs. A run is one to one (n characters from n source characters), or it is one character that
stands for any stretch of the source. Because no run of several characters is fuzzy, equal maps have equal runs, and a
replacement of equal length (a line end by a space) adds none: about 27 runs to 1,000 characters of cleaned PDF text,
300 times smaller when stored than an offset per character.

Runs are tuples, or packed as three numbers of 64 bits each. A text is edited and rearranged packed, cut and joined by
its tuples; either are made of the other when they are first asked for. A plain text of a megabyte has 56,000 runs at
the end of cleaning, and tuples of them after each of its eight edits took four fifths of the time of all edits.
"""

from __future__ import annotations

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise, repeat
from operator import itemgetter

import numpy as np

from indexer.arrays import Array, indices, members
from indexer.native import WORDS
from indexer.records import Span

Run = tuple[int, int, int]  # (characters, source start, source end)
Edit = tuple[int, int, str]  # (start, end, new text)


_PACKED = struct.Struct("=3q")


class AlignedText:
    """Text, and where in the source each character comes from. Neither is ever changed."""

    __slots__ = ("_packed", "_runs", "_starts", "text")

    def __init__(self, text: str, runs: tuple[Run, ...] | bytes) -> None:
        """Text with runs that cover it and are as short as can be, as tuples or packed; see `build` for any others."""
        self.text = text
        self._runs: tuple[Run, ...] | None = None if isinstance(runs, bytes) else runs
        self._packed: bytes | None = runs if isinstance(runs, bytes) else None
        self._starts: tuple[int, ...] | None = None

    @classmethod
    def of(cls, source: str) -> AlignedText:
        """A whole source, each character standing for itself."""
        return cls.build(source, [(len(source), 0, len(source))])

    @classmethod
    def build(cls, text: str, runs: Iterable[Run]) -> AlignedText:
        """Text with its runs, neighbouring one-to-one runs joined, others of several characters taken apart."""
        made = cls(text, tuple(_merged(runs)))
        if made.starts[-1] != len(text):
            raise ValueError(f"runs cover {made.starts[-1]} characters of {len(text)}")
        return made

    @classmethod
    def inserted(cls, text: str, at: int) -> AlignedText:
        """Text that stands for nothing in the source, at a place of it."""
        return cls(text, ((1, at, at),) * len(text))

    def gap(self, space: str) -> AlignedText:
        """White space to put behind the text, which stands for nothing in the source."""
        return self.inserted(space, self.runs[-1][2] if self.runs else 0)

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs, in text order."""
        if self._runs is None:
            self._runs = tuple(_PACKED.iter_unpack(self.packed))
        return self._runs

    @property
    def packed(self) -> bytes:
        """The runs as numbers of 64 bits, three of each."""
        if self._packed is None:
            self._packed = struct.pack(f"={3 * len(self.runs)}q", *chain.from_iterable(self.runs))
        return self._packed

    @property
    def starts(self) -> tuple[int, ...]:
        """Where each run starts in the text, then the length of the text."""
        if self._starts is None:
            self._starts = tuple(accumulate(map(itemgetter(0), self.runs), initial=0))
        return self._starts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AlignedText) and (self.text, self.packed) == (other.text, other.packed)

    def __hash__(self) -> int:
        return hash((self.text, self.packed))

    def __repr__(self) -> str:
        return f"AlignedText({self.text!r}, {self.runs!r})"

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice | Span) -> AlignedText:
        """A part of the text, still aligned."""
        if isinstance(part, Span):
            part = slice(part.start, part.end)
        start, end, step = part.indices(len(self.text))
        if step != 1:
            raise ValueError("an aligned text cannot be sliced with a step")
        return AlignedText(self.text[start:end], tuple(self.cut(start, max(start, end))))

    def stripped(self, before: str | None = None) -> AlignedText:
        """The text without white space at its ends; `before` are the characters that count as such at its beginning."""
        start = len(self.text) - len(self.text.lstrip(before))
        end = max(start, len(self.text.rstrip()))
        return self[start:end] if end - start < len(self) else self

    def __add__(self, other: AlignedText) -> AlignedText:
        return self.join((self, other))

    @classmethod
    def join(cls, parts: Iterable[AlignedText]) -> AlignedText:
        """The parts one after another."""
        kept = list(parts)
        runs: list[Run] = []
        for part in kept:
            extend(runs, part.runs)
        return cls("".join(part.text for part in kept), tuple(runs))

    def rearranged(self, spans: Iterable[Span]) -> AlignedText:
        """Stretches of the text in any order, as if sliced and joined: all at once, without a tuple for each run."""
        spans = [span for span in spans if span]
        starts, ends = np.array([(span.start, span.end) for span in spans], np.int64).reshape(-1, 2).T
        if (starts < 0).any() or (ends > len(self.text)).any():
            raise ValueError(f"a stretch lies outside a text of {len(self.text)} characters")
        runs = np.frombuffer(self.packed, np.int64).reshape(-1, 3)
        stops = np.cumsum(runs[:, 0])
        first, last = np.searchsorted(stops, starts, side="right"), np.searchsorted(stops, ends)
        counts = last - first + 1
        behind = np.cumsum(counts)
        cut = runs[members(first, counts)]
        skipped, over = starts - stops[first] + runs[first, 0], stops[last] - ends  # 0 where a run has one character
        cut[behind - counts, :2] += np.stack((-skipped, skipped), axis=1)
        cut[behind - 1, 0] -= over
        cut[behind - 1, 2] -= over
        return AlignedText("".join(span.of(self.text) for span in spans), _met(cut).tobytes())

    def edit(self, edits: Iterable[Edit]) -> AlignedText:
        """The text after all edits at once; they are in order, do not overlap, and point into this text."""
        edits = tuple(edits)
        if not edits:
            return self
        return AlignedText(*WORDS.edit(self.text, self.packed, edits)) if WORDS else self._edited(edits)

    def _edited(self, edits: tuple[Edit, ...]) -> AlignedText:
        """The same in Python."""
        text: list[str] = []
        runs: list[Run] = []
        done = 0
        for start, end, new in edits:
            if not done <= start <= end <= len(self.text):
                raise ValueError(f"edit {start}-{end} overlaps another or lies outside the text")
            text += self.text[done:start], new
            extend(runs, self.cut(done, start))
            extend(runs, _standing(new, *self._stretch(start, end, new)))
            done = end
        text.append(self.text[done:])
        extend(runs, self.cut(done, len(self.text)))
        return AlignedText("".join(text), tuple(runs))

    def sources(self, start: int, end: int) -> tuple[Span, ...]:
        """The source spans that text[start:end] stands for, in text order; neighbours joined, empty ones left out."""
        return _spans(self.cut(start, end))

    def source(self, start: int, end: int) -> Span:
        """The smallest source span that holds all that text[start:end] stands for."""
        return self._around(self.cut(start, end), start)

    def located(self, start: int, end: int) -> tuple[Span, tuple[Span, ...]]:
        """The two together: `source` and `sources`, from one look at the runs."""
        runs = self.cut(start, end)
        around = self._around(runs, start)
        return around, (around,) if len(runs) == 1 and around else _spans(runs)

    def _around(self, runs: Sequence[Run], start: int) -> Span:
        """The smallest source span that holds all runs of a stretch that starts at a place."""
        if len(runs) == 1:
            return Span(*runs[0][1:])
        if runs:
            return Span(min([run[1] for run in runs]), max([run[2] for run in runs]))
        at = self._place(start)
        return Span(at, at)

    def cut(self, start: int, end: int) -> list[Run]:
        """The runs of text[start:end]."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}-{end} lies outside a text of {len(self.text)} characters")
        if start == end:
            return []
        starts, runs = self.starts, self.runs
        first = bisect_right(starts, start) - 1
        if end <= starts[first + 1]:
            length, begin, stop = runs[first]
            skip = start - starts[first]
            return [(end - start, begin + skip, begin + skip + end - start) if length > 1 else (1, begin, stop)]
        last = bisect_left(starts, end, first + 1) - 1
        cut = list(runs[first : last + 1])
        length, begin, stop = cut[-1]
        if length > 1 and (over := starts[last + 1] - end):
            cut[-1] = (length - over, begin, stop - over)
        length, begin, stop = cut[0]
        if length > 1 and (skip := start - starts[first]):
            cut[0] = (length - skip, begin + skip, stop)
        return cut

    def _place(self, start: int) -> int:
        """The source offset of a place between two characters."""
        if start < len(self.text):
            return self.cut(start, start + 1)[0][1]
        return self.runs[-1][2] if self.runs else 0

    def _stretch(self, start: int, end: int, new: str) -> tuple[int, int]:
        """What a replacement of text[start:end] stands for: its source, or the first piece where pieces were moved.

        The space between two pieces that were far apart would else stand for all that lies between them, and one made
        of two with a tag between them for the tag.
        """
        cut = self.cut(start, end)
        if len(cut) == 1:
            return cut[0][1:]
        runs = [run for run in cut if run[1] < run[2]]
        moved = any(right[1] < left[2] and right[1:] != left[1:] for left, right in pairwise(runs))
        apart = new.isspace() and any(left[2] < right[1] for left, right in pairwise(runs))
        if moved or apart:
            return runs[0][1:]
        span = self.source(start, end)
        return span.start, span.end


def _spans(runs: Iterable[Run]) -> tuple[Span, ...]:
    """The source spans of runs in text order; neighbours joined, empty ones left out."""
    spans: list[tuple[int, int]] = []
    for _, first, last in runs:
        if first == last:
            continue
        if spans and spans[-1][0] <= first <= spans[-1][1]:  # goes on, or is the same ligature
            spans[-1] = spans[-1][0], max(spans[-1][1], last)
        else:
            spans.append((first, last))
    return tuple([Span(*span) for span in spans])


def _standing(new: str, first: int, last: int) -> list[Run]:
    """The runs of new characters that stand for a stretch of the source."""
    if not new:
        return []
    if len(new) == last - first:
        return [(len(new), first, last)]
    return [(1, first, last)] * len(new)


def extend(runs: list[Run], more: Sequence[Run]) -> None:
    """Add runs that are as short as can be; the first of them is joined with the last one, where they are one."""
    if runs and more and runs[-1][2] == more[0][1]:
        length, start, end = more[0]
        held, first, last = runs[-1]
        if held == last - first and length == end - start:
            runs[-1] = (held + length, first, end)
            more = more[1:]
    runs += more


def _met(runs: Array) -> Array:
    """Runs as rows, neighbours joined that are one to one and meet in the source."""
    even = runs[:, 0] == runs[:, 2] - runs[:, 1]
    meets = np.zeros(len(runs) + 1, bool)  # each with the one before, and behind the last
    meets[1:-1] = even[1:] & even[:-1] & (runs[1:, 1] == runs[:-1, 2])
    heads, tails = indices(~meets[:-1]), indices(~meets[1:])
    sizes = np.diff(np.cumsum(runs[:, 0])[tails], prepend=0)
    return np.stack((sizes, runs[heads, 1], runs[tails, 2]), axis=1)


def _merged(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs without empty ones, neighbours joined that are one to one and meet in the source."""
    held, first, last = 0, 0, 0
    for length, start, end in runs:
        if held and last == start and held == last - first and length == end - start:
            held, last = held + length, end
            continue
        if held:
            yield held, first, last
        held, first, last = length, start, end
        if length > 1 and length != end - start:
            yield from repeat((1, start, end), length - 1)
            held = 1
    if held:
        yield held, first, last
