"""Lines as arrays: the same lines as one by one, and of each what the functions of `layout` say."""

from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.clean import layout
from indexer.clean.labels import is_heading
from indexer.clean.lines import Lines, filled_lines
from indexer.records import Span

TEXT = "one\n\n two\nthree\n \n\nfour"


def lines_in(lines: Lines) -> list[str]:
    return [lines[at] for at in range(len(lines))]


def test_filled_lines_leave_out_white_space() -> None:
    assert [TEXT[start:end] for start, end in filled_lines(TEXT)] == ["one", " two", "three", "four"]
    assert [TEXT[start:end] for start, end in filled_lines(TEXT, 2)] == ["one", " two"]


def test_stanzas_lie_between_blank_lines() -> None:
    lines = Lines(TEXT)
    assert lines.tops.tolist() == [True, True, False, True]
    assert [lines.stanza(at) for at in range(4)] == [range(1), range(1, 3), range(1, 3), range(3, 4)]


@pytest.mark.parametrize("text", ["", "\n", " \n\n\t"])
def test_white_space_has_no_lines(text: str) -> None:
    lines = Lines(text)
    assert (len(lines), lines.tops.tolist()) == (0, [])
    for told in (lines.plain, lines.going_on, lines.ended, lines.numbered, lines.items, lines.captions):
        assert told.tolist() == []


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("of it", True),
        ("  tumor, or", True),
        ("spine", True),
        ("a tumor", False),
        ("x-ray of", False),
        ("tumor.", False),
    ],
)
def test_a_line_that_begins_with_a_word_of_small_letters_is_plain(line: str, plain: bool) -> None:
    assert Lines(f"It is\n{line}").plain.tolist() == [False, plain]


SIGNS = "aBFTig. 12(-•)[x:“\u00b2\u4e00ß\t\uff11\u2003\x85\U0001d7d9,;…’\x02\ufffe"
PIECES = st.sampled_from(["\n", "\n\n", "Fig. 1. The", "Table 2: An", "see", "ab, cd", "ab), x"])
TEXTS = st.lists(st.text(alphabet=SIGNS, max_size=12) | PIECES).map("".join)


@given(TEXTS)
def test_lines_are_those_of_the_text(text: str) -> None:
    lines = Lines(text)
    every = text.split("\n")
    assert lines_in(lines) == [line for line in every if line.strip()]
    assert [text[start:end] for start, end in zip(lines.firsts, lines.lasts, strict=True)] == [
        line.strip() for line in every if line.strip()
    ]
    stanzas = [list(row) for blank, row in groupby(every, lambda line: not line.strip()) if not blank]
    assert lines.tops.tolist() == [not at for stanza in stanzas for at in range(len(stanza))]
    assert lines.counts.tolist() == [len(line.split()) for line in every if line.strip()]
    assert all(at in lines.stanza(at) for at in range(len(lines)))


@given(TEXTS)
def test_stretches_given_are_told_of_like_lines(messy: str) -> None:
    text = "\n".join(line.rstrip() for line in messy.split("\n"))
    lines = Lines(text)
    stretches = Lines(
        text, [Span(*stretch) for stretch in zip(lines.firsts.tolist(), lines.lasts.tolist(), strict=True)]
    )
    assert lines_in(stretches) == [line.strip() for line in lines_in(lines)]
    for name in ("firsts", "lasts", "counts", "items", "captions", "headings"):
        assert getattr(stretches, name).tolist() == getattr(lines, name).tolist()


def test_part_of_a_line_is_told_of_like_a_line() -> None:
    text = "1. One is here. Two is not."
    stretches = Lines(text, [Span(0, 15), Span(16, 27)])
    assert lines_in(stretches) == ["1. One is here.", "Two is not."]
    assert (stretches.items.tolist(), stretches.counts.tolist()) == ([True, False], [4, 3])


@given(TEXTS)
def test_what_is_told_of_lines_is_what_is_told_of_each(text: str) -> None:
    lines = Lines(text)
    each = lines_in(lines)
    lower = [layout.starts_lower(line) for line in each]
    assert lines.going_on.tolist() == [is_lower and bool(top) for is_lower, top in zip(lower, lines.tops, strict=True)]
    assert lines.ended.tolist() == [layout.ends_sentence(line) for line in each]
    assert lines.items.tolist() == [layout.is_item(line) for line in each]
    assert lines.captions.tolist() == [layout.is_caption(*pair) for pair in zip(each, ["", *each], strict=False)]
    assert all(lines.numbered[at] for at, line in enumerate(each) if layout.item_number(line))
    assert all(lines.cut[at] for at, line in enumerate(each) if line[-1].isalnum() or line[-1] in ",-)\x02\ufffe")
    assert all(lines.headings[at] for at, (line, below) in enumerate(pairwise(each)) if is_heading(line, below))
    assert all(lower[at] and not lines.numbered[at] for at in range(len(each)) if lines.plain[at])
