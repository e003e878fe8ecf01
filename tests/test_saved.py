import json

import pytest

from indexer import index
from indexer.records import Moved
from indexer.saved import moved, read_snapshot, saved_queries, write_snapshot


@pytest.fixture
def place(tmp_path):
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "a.txt").write_text("Apples grow on trees.")
    (docs / "b.txt").write_text("Bananas grow too.")
    index(tmp_path / ".pincite", [docs])
    (tmp_path / ".pincite" / "queries.txt").write_text('# ours\napples\n\ngrow\napples\n"')
    return tmp_path


def test_queries_are_read_a_line_each(place, tmp_path):
    assert saved_queries(place / ".pincite") == ["apples", "grow", '"']
    assert saved_queries(tmp_path / "nowhere") == []


def test_a_rebuild_tells_what_it_changed_and_small_changes_do_not(place):
    library, docs = place / ".pincite", place / "docs"
    assert index(library, [docs]).moved == ()
    assert set(read_snapshot(library)) == {"apples", "grow", '"'}
    (docs / "a.txt").write_text("Apples grow on old trees.")
    assert index(library, [docs]).moved == ()
    (docs / "b.txt").unlink()
    (docs / "c.txt").write_text("Apples, apples, apples.")
    told = {found.query: found for found in index(library, [docs], rebuild=True).moved}
    assert set(told) == {"apples", "grow"}
    assert (len(told["apples"].gained), told["apples"].lost, told["apples"].first_changed) == (1, (), True)
    assert (told["grow"].gained, len(told["grow"].lost)) == ((), 1)
    assert index(library, [docs], rebuild=True).moved == ()


def test_what_counts_as_moved():
    before = {"a": ["1", "2"], "b": ["1"], "gone": ["1"]}
    now = {"a": ["2", "1"], "b": ["1"], "new": ["1"]}
    assert moved(before, now) == (Moved("a", (), (), True),)


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', "{"])
def test_kept_results_that_cannot_be_read_are_none(tmp_path, text):
    (tmp_path / "results.json").write_text(text)
    assert read_snapshot(tmp_path) == {}


def test_results_are_written_only_when_they_changed(tmp_path):
    write_snapshot(tmp_path, {"ä": ["1"]})
    before = (tmp_path / "results.json").stat().st_mtime_ns
    write_snapshot(tmp_path, {"ä": ["1"]})
    assert (tmp_path / "results.json").stat().st_mtime_ns == before
    assert json.loads((tmp_path / "results.json").read_text()) == {"ä": ["1"]}
