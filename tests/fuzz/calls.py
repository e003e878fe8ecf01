"""Calls of the kernel drawn at random: sound ones, and ones spoilt in every way that a file or a caller could be."""

from __future__ import annotations

import contextlib
import struct
import sys
from collections.abc import Sequence
from random import Random
from typing import Any
from unittest.mock import patch

import numpy as np

from indexer import apart, by_answer, coverage, fold, layout, numeric, rank, sentence_table, standing
from indexer.coverage import Ground
from indexer.engines import Heads, inversion, kernel, kernel_numpy, packed
from indexer.engines.array_file import Array
from indexer.engines.kernel import Found, Listed, Lists, Part, Segment, Source, Worths
from indexer.engines.packed import Place, unpacked
from indexer.engines.term_lists import Postings
from tests.fuzz import folds, known, rankings, tables

SIZES = (0, 1, 2, 40, 4_095, 4_096, 4_097, 9_000, 20_000)
NUMBERS = (0, 1, -1, 2, 3, 7, 254, 255, 256, 65_535, 2**31, 2**32 - 1, 2**32, 2**62, 2**63 - 1, -(2**63))
FLOATS = (0.0, 1.0, -1.0, 0.9, float("nan"), float("inf"), float("-inf"), 1e308, 5e-324)
ODD = (None, (), [], "text", b"", b"abc", 1.5, object(), memoryview(b"1234567")[::2], np.zeros((3, 3))[:, 1])
K1 = 0.9
WORTHS = (0.5, 1.0, 1.7)
BESIDE = (
    "invert",
    "pack",
    "layouts",
    "apart",
    "rank",
    "each",
    "flags",
    "coverage",
    "sentences",
    "in_turn",
    "heads",
    "features",
    "holding",
)  # what no engine asks for while it searches
ANY_WORTHS = (WORTHS, (0.0,), FLOATS)


def check(built: Any, random: Random) -> str:
    """One call: sound, and answered as the numpy kernel does; or spoilt, and answered somehow or refused."""
    name = random.choice(
        ["best", "best", "add", "count", "mark", "phrase", "places", "hold", "weigh", "lower", "keep_most", *BESIDE]
    )
    built.keep_most(random.choice([0, 2_000, 80_000_000]))
    if random.random() < 0.3:
        with (
            patch.object(kernel, "_kernel", built),
            patch.object(kernel, "NAME", "c"),
            patch.object(inversion, "KERNEL", built),
            patch.object(packed, "KERNEL", built),
            patch.object(layout, "KERNEL", built),
            patch.object(apart, "KERNEL", built),
            patch.object(rank, "KERNEL", built),
            patch.object(standing, "KERNEL", built),
            patch.object(coverage, "KERNEL", built),
            patch.object(by_answer, "KERNEL", built),
            patch.object(fold, "KERNEL", built),
            patch.object(numeric, "KERNEL", built),
            patch.object(standing, "KERNEL", built),
            patch.object(sentence_table, "KERNEL", built),
        ):
            (check_beside if name in BESIDE else check_sound)(name, random)
        return "sound"
    try:
        getattr(built, name)(*_spoilt(_arguments(built, name, random), random))
    except Exception:  # noqa: BLE001 - any but a fault of the memory, which ends the process
        return "refused"
    return "answered"


def check_sound(name: str, random: Random) -> None:
    """Both kernels say the same of sound lists."""
    documents = random.choice(SIZES)
    if name == "best":
        segments = _segments(random)
        asked = (segments, K1, random.choice([1, 3, 100, 9_000]), random.choice([0.0, 1.0]))
        ordered = random.choice([1, 2, 100, sys.maxsize])
        every = kernel_numpy.best(*asked, sys.maxsize, ordered)
        assert _told(kernel.best(*asked, ordered=ordered)) == _told(every)
        counted = random.choice([0, 1, 100])
        for found in (kernel.best(*asked, counted, ordered), kernel_numpy.best(*asked, counted, ordered)):
            assert _told(found)[1:] == _told(every)[1:]
            assert min(counted, every.total) <= found.total <= every.total
    elif name == "add":
        parts, among = _parts(random, documents, WORTHS), _among(random, documents)
        scores = np.zeros((2, documents))
        kernel.add(scores[0], parts, K1, among)
        kernel_numpy.add(scores[1], parts, K1, among)
        assert scores[0].tolist() == scores[1].tolist()
    elif name == "count":
        lists, among = _part(random, documents, WORTHS).lists, _among(random, documents)
        assert kernel.count(documents, lists, among) == kernel_numpy.count(documents, lists, among)
    elif name == "mark":
        held = [_postings(random, documents) for _ in range(random.randrange(4))]
        assert kernel.mark(documents, held).tolist() == kernel_numpy.mark(documents, held).tolist()
    elif name == "places":
        asked = [_postings(random, documents) for _ in range(random.randrange(4))], _docs(random, documents)
        found = [kernel.places(documents, *asked, asked[1] << 32) for kernel in (kernel, kernel_numpy)]
        assert [row.tolist() for row in found[0]] == [row.tolist() for row in found[1]]
    else:
        held = [_postings(random, documents) for _ in range(random.randint(1, 3))]
        for one, other in zip(kernel.phrase(documents, held), kernel_numpy.phrase(documents, held), strict=True):
            assert one.tolist() == other.tolist()


def _check_coverage(random: Random) -> None:
    ground = Ground(*_ground(random)[: len(Ground._fields)])
    assert coverage._in_c(ground).tolist() == coverage._coverage(ground).tolist()


CHECKS = {
    "coverage": _check_coverage,
    "sentences": tables.check,
    "rank": rankings.check,
    "each": rankings.check_each,
    "flags": rankings.check_flags,
    "in_turn": folds.check_turns,
    "heads": folds.check_heads,
    "features": known.check,
    "holding": rankings.check_held,
}


def check_beside(name: str, random: Random) -> None:
    """Both kernels write the same, read the same layouts, keep the same passages and rank them the same."""
    if name == "apart":
        given = _passages(random)
        assert apart._stays_in_c(*given).tolist() == apart._stays(*given).tolist()
        return
    if name in CHECKS:
        CHECKS[name](random)
        return
    if name == "layouts":
        given = _layouts(random)
        for one, other in zip(layout._read_in_c(*given), layout._read(*given), strict=True):
            assert one.tolist() == other.tolist()
        return
    if name == "pack":
        numbers, counts, are_docs = _unpacked(random)
        found, expected = (pack(numbers, counts, are_docs) for pack in (packed._packed_in_c, packed._packed))
        assert found[0].tolist() == expected[0].tolist()
        for ours, theirs in zip(found[1:], expected[1:], strict=True):
            assert [part.tolist() for part in ours] == [part.tolist() for part in theirs]
        return
    collected = _collected(random)
    expected = inversion._inverted(*collected)
    in_c = inversion._inverted_in_c(*collected)
    if in_c is not None:
        assert [part.tolist() for part in in_c] == [part.tolist() for part in expected]


def _unpacked(random: Random) -> tuple[Array, Array, bool]:
    """Lists to be packed, none empty."""
    lists = []
    for _ in range(random.choice([0, 1, 9])):
        top = random.choice([1, 3, 300, 70_000, 2**32 - 1])
        numbers = [random.randint(1, top) for _ in range(random.choice([1, 1, 40]))]
        lists.append(sorted(set(numbers)))
    whole = np.array([number for one in lists for number in one], np.uint32)
    return whole, np.array([len(one) for one in lists], np.uint32), random.random() < 0.5


def _passages(random: Random) -> tuple[Array, ...]:
    """Passages by number, as `apart` asks about them."""
    numbers = np.array(random.sample(range(60), random.choice([0, 1, 9, 50])), np.int64)
    scores, first, followed = (
        np.array(random.choices(values, k=len(numbers)), kind)
        for values, kind in ((range(5), np.float64), ([0, 0, 0, 1], bool), ([0, 1, 1], bool))
    )
    return np.argsort(numbers), numbers, scores, first, followed


def _ground(random: Random) -> tuple[Array, ...]:
    """Candidates and what is around them, as `coverage` asks about them."""
    chosen = np.random.default_rng(random.randrange(2**32))
    clauses, passages, candidates, sentences = (
        random.choice(sizes) for sizes in ((1, 2, 9), (1, 3), (0, 1, 40), (1, 9))
    )

    def truths(*shape: int) -> Array:
        return chosen.random(shape) < random.choice([0.1, 0.5])

    def rows(least: int, *shape: int) -> Array:
        return chosen.integers(least, sentences, shape)

    sizes = chosen.integers(0, 3, clauses * candidates)
    return (
        truths(sentences, clauses),
        rows(0, candidates),
        rows(-1, candidates, 5),
        rows(-1, candidates, 2),
        chosen.integers(0, passages, candidates),
        *(truths(passages, clauses) for _ in range(3)),
        *(truths(candidates, clauses) for _ in range(3)),
        chosen.random((candidates, clauses)),
        np.append(0, np.cumsum(sizes)),
        *chosen.integers(random.choice([0, 0, -3]), random.choice([9, 900]), (2, int(sizes.sum()))),
        truths(clauses),
        *chosen.random((2, clauses)),
        chosen.random(2) + 1,
        coverage._FADING,
        coverage._AROUND,
    )


def _layouts(random: Random) -> tuple[bytes, Array, Array]:
    """Layouts of passages in a content, and where each begins and ends there."""
    found = []
    for _ in range(random.choice([0, 1, 9])):
        words, units, cues = random.randrange(40), random.randrange(5), random.choice([0, 0, 3])
        head = struct.pack("<HHHHII", words, units, random.randrange(4), cues, *random.choices(range(2**32), k=2))
        under = struct.pack(f"<{2 * cues}H", *(random.randrange(2**14) << 2 for _ in range(2 * cues)))
        found.append(head + random.randbytes(8 * units) + under + random.randbytes((words + 7) // 8))
    heads = Heads.of(found)
    order = random.sample(range(len(found)), len(found))
    return heads.content, heads.starts[order], heads.ends[order]


def _collected(random: Random) -> tuple[Any, ...]:
    """Terms by document, some of them with positions that do not ascend."""
    terms = random.choice([1, 3, 300])
    counts = [random.choice([0, 1, 9]) for _ in range(random.choice([1, 9]))] + [1]
    numbers = np.array([random.randrange(min(terms, 9)) for _ in range(sum(counts))], np.uint32)
    positions = np.arange(len(numbers), dtype=np.uint32)
    if random.random() < 0.2:
        positions = positions[::-1].copy()
    ranks = np.array(random.sample(range(terms), terms), np.uint32)
    docs = np.array(sorted(random.sample(range(99), len(counts))), np.uint32)
    return ranks, numbers, docs, np.array(counts, np.uint32), random.choice([None, positions])


def _told(found: Found) -> tuple[int, list[int], list[float], int]:
    return found.total, found.numbers.tolist(), found.scores.tolist(), found.ordered


def _segments(random: Random) -> list[Segment]:
    segments: list[Segment] = []
    for _ in range(random.choice([1, 1, 2, 3])):
        first, documents = sum(one.documents for one in segments), random.choice(SIZES)
        segments.append(Segment(first, documents, _among(random, documents), _parts(random, documents, WORTHS)))
    return segments


def _arguments(built: Any, name: str, random: Random) -> tuple[Any, ...]:
    """What the kernel is called with, as tuples all the way down."""
    documents = random.choice(SIZES)
    held = [_held(built, _postings(random, documents), random) for _ in range(random.randint(1, 3))]
    parts = tuple(
        (value, tuple(_source(built, source, random) for source in lists.sources))
        for value, lists in _parts(random, documents, random.choice(ANY_WORTHS))
    )
    among = _among(random, documents)
    if name == "best":
        segments = ((0, documents, among, parts),) * random.choice([1, 1, 2])
        return (
            segments,
            K1,
            random.choice([1, 3, 100, 9_000]),
            0.0,
            random.choice([0, 100]),
            random.choice([1, 2, 9_000]),
        )
    if name == "add":
        return np.zeros(documents), parts, K1, among
    if name == "count":
        return documents, tuple(source for _, sources in parts for source in sources), among
    if name == "places":
        docs = _docs(random, documents)
        return documents, tuple(held), docs, docs << random.choice([0, 32, 60])
    if name == "hold":
        return _places(_postings(random, documents))
    if name == "lower":
        spelled = [random.randbytes(random.randrange(4)) for _ in range(random.choice([0, 1, 9]))]
        ends = np.cumsum([len(one) for one in spelled]).astype(np.uint32)
        return np.frombuffer(b"".join(spelled), np.uint8), ends, random.randbytes(random.randrange(4))
    if name in BESIDE:
        return {
            "invert": _collected,
            "pack": _unpacked,
            "layouts": lambda random: (*_layouts(random), 3),
            "apart": _passages,
            "rank": rankings.arguments,
            "each": rankings.each_of,
            "flags": rankings.flags_of,
            "holding": rankings.held,
            "coverage": _ground,
            "sentences": tables.arguments,
            "in_turn": folds.turns,
            "heads": folds.folds,
            "features": known.arguments,
        }[name](random)
    if name == "weigh":
        return np.zeros(documents, np.uint16), np.ones(random.choice([0, 1, 5]))
    if name == "keep_most":
        return (random.randrange(100_000),)
    return documents, tuple(held)


def _docs(random: Random, documents: int) -> Array:
    """Some documents in any order, one more than once at times."""
    return np.array(random.choices(range(documents), k=random.choice([0, 1, 50]) if documents else 0), np.int64)


def _held(built: Any, postings: Postings, random: Random) -> Any:
    """The list as the kernel holds it, at times one that is spoilt in a way that it does not see at once."""
    places = _places(postings)
    if random.random() < 0.5:
        with contextlib.suppress(Exception):
            return built.hold(*_spoilt(places, random))
    return built.hold(*places)


def _places(postings: Postings) -> tuple[Place, Place, Place]:
    return postings.gaps, postings.frequencies, postings.positions


def _source(built: Any, source: Source, random: Random) -> tuple[Any, ...]:
    held = source.held
    worths = _weighed(built, source.worths, random)
    return (*((_held(built, held, random),) if isinstance(held, Postings) else held), worths)


def _weighed(built: Any, worths: Worths, random: Random) -> Any:
    """Worths as the kernel holds them, at times ones that are spoilt in a way that it does not see."""
    if random.random() < 0.5:
        with contextlib.suppress(Exception):
            return built.weigh(*_spoilt((worths.lengths, worths.worths), random))
    return built.weigh(worths.lengths, worths.worths)


def _parts(random: Random, documents: int, worths_of: Sequence[float]) -> list[Part]:
    parts = [_part(random, documents, worths_of) for _ in range(random.choice([0, 1, 1, 3]))]
    return sorted(parts, key=lambda part: part.value, reverse=random.random() < 0.8)


def _part(random: Random, documents: int, worths_of: Sequence[float]) -> Part:
    sources = []
    for _ in range(random.choice([1, 1, 2, 3])):
        lengths = np.random.default_rng(random.randrange(2**32)).integers(0, len(worths_of), documents)
        worths = Worths(lengths.astype(np.uint16), np.array(worths_of))
        postings = _postings(random, documents)
        listed = Listed(postings.docs(), unpacked(postings.frequencies))
        sources.append(Source(random.choice([postings, listed]), worths))
    return Part(random.choice([0.1, 1.0, 9.0]), Lists(sources))


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
        number = random.choice(FLOATS if array.dtype.kind == "f" else NUMBERS)
        at = slice(None) if way == 4 else random.randrange(len(array))
        array[at] = np.array(number).astype(array.dtype)
    return array
