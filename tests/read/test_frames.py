"""Replies over a pipe."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.read.frames import framed, lacking, unframed


@given(st.binary(max_size=300), st.integers(0, 400))
def test_a_reply_is_whole_when_all_of_it_has_come(reply: bytes, come: int) -> None:
    frame = framed(reply)
    assert (lacking(frame[:come]) > 0) == (come < len(frame))
    assert lacking(frame) == 0
    assert unframed(bytearray(frame)) == reply


def test_what_comes_behind_a_reply_is_not_passed_over() -> None:
    frame = framed(b"{}") + b"more"
    assert lacking(frame) == -4
    assert unframed(frame) == b"{}more"


def test_a_beginning_lacks_its_size_first_and_then_the_rest() -> None:
    assert (lacking(b""), lacking(framed(b"123")[:5]), lacking(framed(b"123")[:9])) == (8, 3, 2)
