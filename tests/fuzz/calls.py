"""Calls of the kernel drawn at random: sound ones, and ones spoilt in every way that a file or a caller could be."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np

from indexer.engines import kernel, kernel_numpy
from indexer.engines.array_file import Array
from indexer.engines.kernel import Listed, Part, Source
from indexer.engines.packed import Place
from indexer.engines.term_lists import Postings

SIZES = (0, 1, 2, 40, 2_047, 2_048, 2_049, 5_000)
NUMBERS = (0, 1, -1, 2, 3, 7, 254, 255, 256, 65_535, 2**31, 2**32 - 1, 2**32, 2**62, 2**63 - 1, -(2**63))
FLOATS = (0.0, 1.0, -1.0, 0.9, float("nan"), float("inf"), float("-inf"), 1e308, 5e-324)
ODD = (None, (), [], "text", b"", b"abc", 1.5, object(), memoryview(b"1234567")[::2], np.zeros((3, 3))[:, 1])
K1 = 0.9
WORTHS = (0.5, 1.0, 1.7)
ANY_WORTHS = (WORTHS, (0.0,), FLOATS)


def check(built: Any, random: Random) -> str:
    """One call: sound, and answered as the numpy kernel does; or spoilt, and answered somehow or refused."""
    name = random.choice(["best", "add", "count", "phrase"])
    documents = random.choice(SIZES)
    if random.random() < 0.3:
        with patch.object(kernel, "_kernel", built), patch.object(kernel, "NAME", "c"):
            check_sound(name, documents, random)
        return "sound"
    arguments = _spoilt(_arguments(name, documents, random), random)
    try:
        getattr(built, name)(*arguments)
    except Exception:  # noqa: BLE001 - any but a fault of the memory, which ends the process
        return "refused"
    return "answered"


def check_sound(name: str, documents: int, random: Random) -> None:
    """Both kernels say the same of sound lists."""
    parts = [_part(random, documents) for _ in range(random.choice([0, 1, 1, 3]))]
    among = _among(random, documents)
    if name == "best":
        asked = (documents, parts, K1, among, random.choice([1, 3, 9_000]), random.choice([0.0, 1.0]))
        assert _in_order(kernel.best(*asked)) == _in_order(kernel_numpy.best(*asked))
    elif name == "add":
        scores = np.zeros((2, documents))
        kernel.add(scores[0], parts, K1, among)
        kernel_numpy.add(scores[1], parts, K1, among)
        assert scores[0].tolist() == scores[1].tolist()
    elif name == "count":
        sources = [source for part in parts for source in part.sources]
        assert kernel.count(documents, sources, among) == kernel_numpy.count(documents, sources, among)
    else:
        lists = [_postings(random, documents) for _ in range(random.randint(1, 3))]
        for one, other in zip(kernel.phrase(documents, lists), kernel_numpy.phrase(documents, lists), strict=True):
            assert one.tolist() == other.tolist()


def _in_order(found: kernel.Found) -> tuple[int, list[tuple[int, float]]]:
    return found.total, sorted(zip(found.docs.tolist(), found.scores.tolist(), strict=True))


def _arguments(name: str, documents: int, random: Random) -> tuple[Any, ...]:
    """What the kernel is called with, as tuples all the way down."""
    parts = tuple(
        (part.value, tuple(map(_source, part.sources)))
        for part in (_part(random, documents, random.choice(ANY_WORTHS)) for _ in range(random.randint(1, 3)))
    )
    among = _among(random, documents)
    if name == "best":
        return documents, parts, K1, among, random.choice([1, 3, 9_000]), 0.0
    if name == "add":
        return np.zeros(documents), parts, K1, among
    if name == "count":
        return documents, tuple(source for _, sources in parts for source in sources), among
    lists = [_postings(random, documents) for _ in range(random.randint(1, 3))]
    return documents, tuple((one.gaps, one.frequencies, one.positions) for one in lists)


def _source(source: Source) -> tuple[Any, Any, Array]:
    held = source.held
    return (*((held.gaps, held.frequencies) if isinstance(held, Postings) else held), source.worths)


def _part(random: Random, documents: int, worths_of: Sequence[float] = WORTHS) -> Part:
    sources = []
    for _ in range(random.choice([1, 1, 2, 3])):
        worths = np.random.default_rng(random.randrange(2**32)).choice(worths_of, documents)
        postings = _postings(random, documents)
        listed = Listed(postings.docs(), kernel_numpy.unpacked(postings.frequencies))
        sources.append(Source(random.choice([postings, listed]), worths))
    return Part(random.choice([0.1, 1.0, 9.0]), sources)


def _among(random: Random, documents: int) -> Array | None:
    chosen = np.random.default_rng(random.randrange(2**32)).random(documents)
    return random.choice([None, chosen < 0.0, chosen < 0.5, chosen < 1.0])


def _postings(random: Random, documents: int) -> Postings:
    """A sound posting list."""
    chosen = np.random.default_rng(random.randrange(2**32))
    docs = np.flatnonzero(chosen.random(documents) < random.choice([0.001, 0.02, 0.5, 1.0]))
    counts = chosen.choice([1, 1, random.choice([1, 2]), random.choice([1, 3])], len(docs))
    counts[:1] = random.choice([1, 1, 300])
    ends = np.cumsum(counts)
    steps = chosen.integers(1, random.choice([2, 3, 200, 1_000]), int(counts.sum()))
    steps[: len(steps) // 50] += random.choice([0, 255, 66_000])
    sums = np.cumsum(steps)
    first = np.repeat(sums[ends - counts] - steps[ends - counts], counts) if len(docs) else sums
    positions = sums - first - random.choice([0, 1])
    return Postings(*(_placed(random, numbers) for numbers in (np.diff(docs, prepend=-1), counts, positions)))


def _placed(random: Random, numbers: Array) -> Place:
    """Numbers packed in any width that there is, amidst those of other lists."""
    nothing = np.empty(0, np.uint32)
    if (numbers == 1).all() and random.random() < 0.7:
        return Place(0, nothing, nothing, nothing, 0, len(numbers))
    width = random.choice([1, 2, 4])
    kind = np.dtype(f"uint{8 * width}")
    before, after = (np.full(random.choice([0, 1, 5]), random.choice([1, 2, 2**32 - 1])) for _ in range(2))
    whole = np.concatenate((before, numbers, after))
    most = np.iinfo(kind).max
    aside = np.flatnonzero(whole >= most) if width < 4 else nothing
    packed = np.minimum(whole, most).astype(kind)
    return Place(width, packed, aside.astype(np.uint32), whole[aside].astype(np.uint32), len(before), len(numbers))


def _spoilt(value: Any, random: Random) -> Any:
    """The same with something in it that should not be there, at a depth that chance decides."""
    if isinstance(value, tuple) and value and random.random() < 0.95:
        spoilt = list(value)
        for _ in range(random.choice([1, 1, 2])):
            at = random.randrange(len(spoilt))
            spoilt[at] = _spoilt(spoilt[at], random)
        if random.random() < 0.03:
            del spoilt[random.randrange(len(spoilt))]
        return random.choice([tuple] * 30 + [list])(spoilt)
    if random.random() < 0.05:
        return random.choice(ODD)
    if isinstance(value, np.ndarray):
        return _spoilt_array(value, random)
    if isinstance(value, float):
        return random.choice(FLOATS)
    return random.choice([*NUMBERS, random.randrange(-10, 6_000)]) if isinstance(value, int) else None


def _spoilt_array(array: Array, random: Random) -> Any:
    """An array that is shorter, out of order, unaligned, of another type, or holds other numbers."""
    array = array.copy()
    way = random.choice((0, 0, 0, 1, 2, 3, 4, 4, 5, 5))
    if way == 0:
        return array[: random.randint(0, len(array))].copy()  # of its own, so that its end is watched
    if way == 1:
        return array[::-1].copy()
    if way == 2:
        return np.frombuffer(bytes(1) + array.tobytes(), np.uint8)[1:]
    if way == 3:
        return array.view(np.uint8).astype(random.choice([np.uint8, np.int32, np.float64]))
    if len(array):
        number = random.choice(FLOATS if array.dtype.kind == "f" else [0, 1, 254, 255, -1, -2, 65_535, 1 << 31])
        at = slice(None) if way == 4 else random.randrange(len(array))
        array[at] = np.array(number).astype(array.dtype)
    return array
