from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.tiles import joined, tiles

RUNS = st.one_of(
    st.tuples(st.just(1), st.integers(0, 50), st.integers(0, 4)),
    st.integers(2, 9).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, 50), st.just(size))),
)


@given(st.lists(RUNS, max_size=9), st.integers(1, 12))
def test_a_text_comes_back_from_its_tiles_and_so_does_any_row_of_them(drawn: list[tuple[int, int, int]], size: int):
    length = sum(count for count, *_ in drawn)
    text = AlignedText.build(("abcdefghij" * 9)[:length], [(n, at, at + of) for n, at, of in drawn])
    cut = tiles(text, size)
    assert joined(cut) == text
    for first in range(len(cut)):
        for last in range(first, len(cut) + 1):
            assert joined(cut[first:last]) == text[first * size : last * size]


def test_most_runs_are_one_number():
    text = AlignedText.of("a line\r\nand more\r\nof them").edit([(6, 8, " "), (16, 18, " ")])
    assert [(tile.text, tile.begins, list(tile.steps)) for tile in tiles(text, 9)] == [
        ("a line an", 0, [6, -2, 2]),
        ("d more of", 10, [6, -2, 2]),
        (" them", 20, [5]),
    ]
    assert list(tiles(text[6:] + text[:2], 99)[0].steps) == [-2, 8, -2, 7, 0, 2, -25, 2]
    assert tiles(AlignedText.of(""), 9) == []
