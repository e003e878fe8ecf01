from __future__ import annotations

from pathlib import Path

import pytest

from indexer.engines.whoosh_engine import WhooshEngine
from indexer.records import Word
from tests.engines.entries import brute_force, entry


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    return WhooshEngine.create(tmp_path)


def segments(tmp_path: Path) -> int:
    return len(list(tmp_path.glob("*.seg")))


def test_many_small_commits_leave_few_segments(engine: WhooshEngine, tmp_path: Path) -> None:
    most = 0
    for number in range(100):
        engine.write([entry(f"d{number}", f"text {number}")], ())
        most = max(most, segments(tmp_path))
    assert most <= 16
    assert engine.reader().size() == 100


def test_a_large_segment_is_left_alone_by_small_commits(engine: WhooshEngine, tmp_path: Path) -> None:
    engine.write([entry(f"large{number}", "text " * 20) for number in range(300)], ())
    (large,) = tmp_path.glob("*.seg")
    for number in range(30):
        engine.write([entry(f"d{number}", "text")], [f"large{number}"])
    assert large.exists()


def test_a_segment_of_which_much_is_deleted_is_written_anew(engine: WhooshEngine, tmp_path: Path) -> None:
    engine.write([entry(f"d{number}", "text " * 50) for number in range(100)], ())
    (large,) = tmp_path.glob("*.seg")
    engine.write((), [f"d{number}" for number in range(25)])
    assert large.exists()
    engine.write((), [f"d{number}" for number in range(25, 50)])
    engine.write([entry("new", "text")], ())
    assert not large.exists()
    assert engine.reader().size() == 51


def test_a_segment_of_which_all_is_deleted_goes(engine: WhooshEngine, tmp_path: Path) -> None:
    engine.write([entry("a", "text"), entry("b", "text")], ())
    engine.write((), ["a", "b"])
    assert segments(tmp_path) == 0
    engine.write([entry("a", "text again")], ())
    assert (segments(tmp_path), engine.reader().size()) == (1, 1)


def test_merging_changes_no_answer(engine: WhooshEngine) -> None:
    """Twice as many commits as a size class holds, with documents replaced and deleted on the way."""
    state = {}
    for number in range(20):
        made = entry(f"d{number % 7}", "cat " * (number % 4), f"dog {number}", title="cat")
        engine.write([made], [f"d{(number + 3) % 7}"])
        state.pop(f"d{(number + 3) % 7}", None)
        state[made.document_id] = made
    query = [Word("cat"), Word("dog"), Word("19")]
    expected = brute_force(state.values(), query, (), 99)
    answer = engine.reader().search(query, (), 99)
    assert [(m.document_id, m.ordinal) for m in answer.matches] == [
        (m.document_id, m.ordinal) for m in expected.matches
    ]
    assert [m.score for m in answer.matches] == pytest.approx([m.score for m in expected.matches])


def test_a_commit_too_large_for_one_segment_ends_as_one(
    engine: WhooshEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.engines.whoosh_writer._MOST", 10)
    made = [entry(f"d{number}", f"cat {number}", "dog " * 9) for number in range(2)]
    engine.write([entry("old", "cat")], ())
    (old,) = tmp_path.glob("*.seg")
    engine.write(made, ())
    assert old.exists()
    assert segments(tmp_path) == 2
    assert engine.reader().size() == 5
