import threading
import time

import pytest

from indexer import LibraryLockedError, Report, SourcePathError
from indexer.watch import watched


class Watching:
    """A thread that watches a folder and notes the names it held at each run."""

    def __init__(self, folder, library, bring=None):
        self.runs = []
        self.stop = threading.Event()
        self.folder = folder
        self._thread = threading.Thread(target=self._watch, args=(library, bring or self._bring), daemon=True)
        self._thread.start()

    def _bring(self, paths):
        self.runs.append({path.name: path.read_text() for path in paths[0].rglob("*.txt")})
        return Report()

    def _watch(self, library, bring):
        for _ in watched([self.folder], library, bring, self.stop):
            pass

    def until(self, condition, seconds=20):
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.runs
            time.sleep(0.02)

    def end(self):
        self.stop.set()
        self._thread.join(10)


@pytest.fixture
def watching(tmp_path):
    folder = tmp_path / "docs"
    folder.mkdir()
    made = Watching(folder, folder / ".pincite")
    made.until(lambda: made.runs)
    yield made
    made.end()


def test_a_new_file_a_moved_in_folder_and_a_deletion_each_bring_a_run(watching, tmp_path):
    (watching.folder / "a.txt").write_text("one")
    watching.until(lambda: watching.runs[-1] == {"a.txt": "one"})
    deep = tmp_path / "elsewhere" / "deep"
    deep.mkdir(parents=True)
    (deep / "b.txt").write_text("two")
    deep.parent.rename(watching.folder / "moved")
    watching.until(lambda: watching.runs[-1] == {"a.txt": "one", "b.txt": "two"})
    (watching.folder / "a.txt").unlink()
    watching.until(lambda: watching.runs[-1] == {"b.txt": "two"})


def test_a_file_that_comes_in_pieces_is_brought_in_whole_and_once(watching):
    with (watching.folder / "slow.txt").open("w") as file:
        for piece in range(8):
            file.write(f"piece {piece} ")
            file.flush()
            time.sleep(0.2)
    watching.until(lambda: len(watching.runs) > 1)
    assert watching.runs[1]["slow.txt"].endswith("piece 7 ")
    time.sleep(1.5)
    assert len(watching.runs) == 2


def test_temporary_files_and_the_library_itself_bring_no_run(watching):
    (watching.folder / ".pincite").mkdir()
    for name in (".hidden", "a.txt~", "x.part", ".pincite/current", "#a.txt#"):
        (watching.folder / name).write_text("x")
    time.sleep(2)
    assert len(watching.runs) == 1


def test_metadata_that_changes_brings_a_run(watching):
    (watching.folder / "metadata.csv").write_text("file,title\n")
    watching.until(lambda: len(watching.runs) > 1)


def test_a_folder_that_goes_away_and_comes_back_is_watched_on(watching, tmp_path):
    (watching.folder / "a.txt").write_text("one")
    watching.until(lambda: watching.runs[-1] == {"a.txt": "one"})
    watching.folder.rename(tmp_path / "away")
    time.sleep(0.5)
    watching.folder.mkdir()
    (watching.folder / "b.txt").write_text("two")
    watching.until(lambda: watching.runs[-1] == {"b.txt": "two"})
    (watching.folder / "c.txt").write_text("three")
    watching.until(lambda: watching.runs[-1] == {"b.txt": "two", "c.txt": "three"})


def test_a_folder_inside_that_is_renamed_brings_a_run(watching):
    (watching.folder / "old").mkdir()
    (watching.folder / "old" / "a.txt").write_text("one")
    watching.until(lambda: watching.runs[-1] == {"a.txt": "one"})
    seen = len(watching.runs)
    (watching.folder / "old").rename(watching.folder / "new")
    watching.until(lambda: len(watching.runs) > seen)


def test_a_folder_that_is_not_there_at_the_start_is_told(tmp_path):
    with pytest.raises(SourcePathError):
        next(watched([tmp_path / "nowhere"], tmp_path / ".pincite", lambda _: Report()))


def test_while_another_writes_it_tries_again(tmp_path, monkeypatch):
    monkeypatch.setattr("indexer.watch._RETRY", 0.05)
    tried = []

    def bring(paths):
        tried.append(paths)
        if len(tried) < 3:
            raise LibraryLockedError("x", "another")
        return Report()

    stop = threading.Event()
    first = next(watched([tmp_path], tmp_path / ".pincite", bring, stop))
    assert first == Report()
    assert len(tried) == 3
