import json
import os
import sys
from dataclasses import replace

import pytest

from indexer import LibraryLockedError, SourcePathError, index, prepare, run, search
from indexer.discover import discover
from indexer.fingerprint import pipeline
from indexer.index import FIRST, SECONDS
from indexer.index import _batches as batches
from indexer.library import Library
from indexer.records import Renamed
from indexer.run import Run, bring

whole_run = sys.modules[index.__module__]  # `indexer.index` is the function


class Folder:
    """A folder of sources with a library beside it."""

    def __init__(self, top):
        self.docs = top / "docs"
        self.docs.mkdir()
        self.library = top / ".pincite"

    def put(self, name, text):
        path = self.docs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def index(self, **options):
        return index(self.library, [self.docs], **options)

    def found(self, query):
        with Library.open(self.library).reader() as reader:
            return [hit.document.path for hit in search(reader, query).hits]

    def rows(self):
        with Library.open(self.library).reader() as reader:
            return {row.path: row for row in reader.documents()}


@pytest.fixture
def folder(tmp_path):
    made = Folder(tmp_path)
    made.put("a.txt", "Apples grow on trees.")
    made.put("b.txt", "Bananas are berries.")
    yield made
    pipeline.cache_clear()


def another_pipeline(monkeypatch):
    """Code that turns sources into terms in another way."""
    monkeypatch.setattr("indexer.fingerprint._STAGES", ["errors"])
    pipeline.cache_clear()


def test_add_change_remove(folder):
    first = folder.index()
    assert (first.added, first.documents, first.passages) == (("docs/a.txt", "docs/b.txt"), 2, 2)
    folder.put("a.txt", "Apricots grow on trees.")
    folder.put("c.txt", "Cherries are red.")
    (folder.docs / "b.txt").unlink()
    second = folder.index()
    assert (second.added, second.changed, second.removed) == (("docs/c.txt",), ("docs/a.txt",), ("docs/b.txt",))
    assert folder.found("apples") == folder.found("bananas") == []
    assert folder.found("apricots") == ["docs/a.txt"]


def test_a_second_run_does_nothing_and_says_so(folder):
    folder.index()
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.library.rglob("*") if path.name != "lock")
    again = folder.index()
    after = sorted((path.name, path.stat().st_mtime_ns) for path in folder.library.rglob("*") if path.name != "lock")
    assert again.unchanged == ("docs/a.txt", "docs/b.txt")
    assert again.added + again.changed + again.removed == ()
    assert before == after


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n ", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "not text"),
        ("picture.xyz", b"anything", "unsupported"),
        ("picture", bytes(range(256)), "not text"),
        ("banner.txt", b"Find a Doctor\n", "no content"),
    ],
)
def test_a_source_that_gives_nothing_is_told_and_in_the_ledger_each_time(folder, name, data, status):
    folder.put(name, data)
    for report in (folder.index(), folder.index()):
        assert [(f.path, f.status) for f in report.failed] == [(f"docs/{name}", status)]
        assert report.failed[0].reason
        assert (len(report.added + report.unchanged), report.documents) == (2, 2)
    assert folder.rows()[f"docs/{name}"].status == status
    assert folder.found("apples") == ["docs/a.txt"]


def test_a_failed_source_that_is_mended_is_indexed_and_the_other_way_round(folder):
    folder.put("x.txt", b"")
    folder.index()
    folder.put("x.txt", "Quinces.")
    assert folder.index().changed == ("docs/x.txt",)
    assert folder.found("quinces") == ["docs/x.txt"]
    folder.put("x.txt", b"")
    assert folder.index().failed[0].status == "empty"
    assert folder.found("quinces") == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_keeps_the_copy_held_before(folder):
    folder.index()
    (folder.docs / "a.txt").chmod(0)
    report = folder.index()
    assert report.failed[0].status == "unreadable"
    assert folder.found("apples") == ["docs/a.txt"]


def test_hidden_files_are_not_read_and_named(folder):
    folder.put(".hidden.txt", "Figs.")
    folder.put("metadata.csv", "file,title\na.txt,On apples\n")
    report = folder.index()
    assert (report.passed, report.documents) == (("docs/.hidden.txt",), 2)


def test_what_lies_elsewhere_stays(folder, tmp_path):
    folder.index()
    other = tmp_path / "other"
    other.mkdir()
    (other / "d.txt").write_text("Dates are sweet.")
    report = index(folder.library, [other])
    assert (report.added, report.removed, report.documents) == (("other/d.txt",), (), 3)


def test_a_rebuild_holds_just_the_paths_given_and_does_not_open_what_is_damaged(folder):
    folder.index()
    for path in folder.library.rglob("*.seg"):
        path.write_bytes(b"garbage")
    (folder.docs / "b.txt").unlink()
    report = folder.index(rebuild=True)
    assert (report.added, report.documents, report.generation) == (("docs/a.txt",), 1, 2)
    assert folder.found("apples") == ["docs/a.txt"]


def test_an_index_of_another_pipeline_is_built_anew_beside_the_old_one(folder, monkeypatch):
    folder.index()
    another_pipeline(monkeypatch)
    report = folder.index()
    assert (report.generation, report.documents) == (2, 2)
    assert folder.index().unchanged == ("docs/a.txt", "docs/b.txt")


def test_a_library_built_anew_for_a_new_pipeline_is_told_as_against_what_it_held(folder, monkeypatch):
    folder.index()
    another_pipeline(monkeypatch)
    (folder.docs / "b.txt").unlink()
    folder.put("c.txt", "Cherries are red.")
    report = folder.index()
    assert (report.added, report.changed, report.removed) == (("docs/c.txt",), ("docs/a.txt",), ("docs/b.txt",))


def test_a_rebuild_for_a_new_pipeline_keeps_documents_from_other_folders(folder, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "d.txt").write_text("Dates are sweet.")
    index(folder.library, [folder.docs, other])
    another_pipeline(monkeypatch)
    assert folder.index().documents == 3
    assert folder.found("dates") == ["other/d.txt"]


def test_a_dry_run_tells_and_writes_nothing(folder):
    assert folder.index(dry_run=True).added == ("docs/a.txt", "docs/b.txt")
    assert not folder.library.exists()
    folder.index()
    folder.put("c.txt", "Cherries.")
    folder.put("d.txt", "")
    (folder.docs / "a.txt").unlink()
    (folder.docs / "b.txt").rename(folder.docs / "bananas.txt")
    foreseen = folder.index(dry_run=True)
    assert folder.found("cherries") == []
    assert (foreseen.added, foreseen.removed, foreseen.documents) == (("docs/c.txt",), ("docs/a.txt",), 2)
    assert foreseen == replace(folder.index(), seconds=foreseen.seconds)
    anew = folder.index(dry_run=True, rebuild=True)
    assert anew == replace(folder.index(rebuild=True), seconds=anew.seconds, generation=1)


def test_a_path_that_is_not_there_removes_nothing(folder, tmp_path):
    folder.index()
    folder.docs.rename(tmp_path / "moved")
    with pytest.raises(SourcePathError, match="it is gone; the library keeps 2 files of it until an empty folder"):
        folder.index()
    assert folder.found("apples") == ["docs/a.txt"]
    folder.docs.mkdir()
    assert len(folder.index().removed) == 2


def test_a_path_that_never_was_there_is_told(folder, tmp_path):
    for _ in range(2):
        with pytest.raises(SourcePathError, match="nowhere: no such file or folder"):
            index(folder.library, [tmp_path / "nowhere"])
        folder.index()


def test_a_second_writer_is_refused_and_told_who_writes(folder):
    folder.index()
    with Library.open(folder.library).writing(), pytest.raises(LibraryLockedError, match=f"process {os.getpid()}"):
        folder.index()


def test_a_document_that_our_own_code_fails_on_costs_that_document_only(folder, monkeypatch):
    folder.put("c.txt", "Cherries.")
    real = prepare.clean

    def faulty(extract, steps):
        if "Cherries" in extract.original:
            raise RecursionError("too deep")
        return real(extract, steps)

    monkeypatch.setattr(prepare, "clean", faulty)
    report = folder.index()
    assert [(f.path, f.status) for f in report.failed] == [("docs/c.txt", "failed")]
    assert "too deep" in report.failed[0].reason
    assert folder.found("bananas") == ["docs/b.txt"]


def test_more_documents_than_a_batch_are_all_there(folder, monkeypatch):
    monkeypatch.setattr(whole_run, "BATCH", 20)
    for number in range(50):
        folder.put(f"many/{number}.txt", f"Fruit number {number}.")
    seen = []
    report = folder.index(progress=lambda *told: seen.append(told[1:3]))
    assert report.documents == 52
    assert seen[-1] == (52, 52)
    assert folder.found('"number 23"') == ["docs/many/23.txt"]


def test_a_folder_that_cannot_be_listed_keeps_what_it_held(folder, monkeypatch):
    folder.put("locked/c.txt", "Cherries are red.")
    folder.index()
    real = os.scandir

    def scandir(path):
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    report = folder.index()
    assert report.removed == ()
    assert [(f.path, f.status) for f in report.failed] == [("docs/locked", "unreadable")]
    assert "cannot be listed (Permission denied)" in report.failed[0].reason
    assert folder.found("cherries") == ["docs/locked/c.txt"]
    monkeypatch.undo()
    again = folder.index()
    assert (again.failed, again.removed, again.documents) == ((), ("docs/locked",), 3)


def test_a_folder_that_cannot_be_entered_costs_only_itself(folder, monkeypatch):
    folder.put("locked/inner/c.txt", "Cherries are red.")
    (folder.docs / "locked" / "d.txt").symlink_to("inner/c.txt")
    folder.index()
    _lock(monkeypatch, folder.docs / "locked")
    report = folder.index()
    assert (report.removed, report.unchanged) == ((), ("docs/a.txt", "docs/b.txt"))
    assert {f.path: f.reason for f in report.failed} == {
        "docs/locked/d.txt": "Permission denied",
        "docs/locked/inner": "a folder that cannot be listed (Permission denied)",
    }


def _lock(monkeypatch, locked):
    """Make the system answer as it does where a folder can be listed and not entered, to root too."""
    for name in ("stat", "lstat", "scandir", "open"):
        real = getattr(os, name)

        def refuse(path, *args, real=real, **more):
            if not isinstance(path, int) and str(path).startswith(f"{locked}/"):
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, *args, **more)

        monkeypatch.setattr(os, name, refuse)


def test_a_library_whose_making_was_cut_short_is_made(folder):
    folder.index()
    (folder.library / "format").unlink()  # which is written last
    assert folder.index(dry_run=True).added == ("docs/a.txt", "docs/b.txt")
    assert folder.index().documents == 2


def test_few_documents_are_held_at_a_time(monkeypatch):
    """They are written as they are made: 500 books in a list would be gigabytes."""
    entries = iter(range(5))
    monkeypatch.setattr(whole_run, "BATCH", 2)
    assert [list(batch) for batch in batches(entries, Run({}))] == [[0, 1], [2, 3], [4]]
    first = next(batches(entries := iter(range(5)), Run({})))
    assert next(first) == 0
    assert next(entries) == 1


def test_a_batch_ends_when_its_time_is_up(monkeypatch):
    monkeypatch.setattr(whole_run, "FIRST", 0.0)
    assert [list(batch) for batch in batches(range(5), Run({}))] == [[0, 1], [2, 3, 4]]
    monkeypatch.setattr(whole_run, "SECONDS", 0.0)
    assert [list(batch) for batch in batches(range(5), Run({}))] == [[0, 1], [2, 3], [4]]


def test_the_first_batch_is_soon_committed(monkeypatch):
    now = iter(range(1000))
    monkeypatch.setattr(whole_run.time, "monotonic", lambda: float(next(now)))  # each entry takes a second
    sizes = [len(list(batch)) for batch in batches(range(60), Run({}))]
    assert sizes == [FIRST + 1, SECONDS + 1, 60 - FIRST - SECONDS - 2]


def test_a_long_run_commits_before_its_last_files(monkeypatch):
    monkeypatch.setattr(whole_run, "LAST", 2)
    run = Run({})

    def entries(count):
        for run.left in reversed(range(count)):
            yield run.left

    assert [list(batch) for batch in batches(entries(7), run)] == [[6, 5, 4, 3, 2], [1, 0]]
    assert [list(batch) for batch in batches(entries(5), run)] == [[4, 3, 2, 1, 0]]  # it would be a small one


def test_what_is_left_to_read_is_known(folder):
    known = Run({})
    left = [known.left for _ in bring(known, discover([folder.docs], folder.library).files, None)]
    assert left == [len("Bananas are berries."), 0]


def test_index_twice_equals_index_once(folder):
    def state():
        with Library.open(folder.library).reader() as reader:
            ids = [row.id for row in reader.documents()]
            return json.dumps([reader.known(), [[p.text for p in reader.passages(i)] for i in ids]])

    folder.index()
    once = state()
    folder.index()
    assert state() == once


def test_a_touched_file_is_known_by_its_bytes_and_an_untouched_one_is_not_even_read(folder, monkeypatch):
    folder.index()
    (folder.docs / "a.txt").touch()
    read = []
    real = run.load
    monkeypatch.setattr(run, "load", lambda path, name: read.append(path.name) or real(path, name))
    assert folder.index().unchanged == ("docs/a.txt", "docs/b.txt")
    assert read == ["a.txt"]


def test_a_change_that_keeps_size_and_time_is_seen(folder):
    folder.index()
    before = (folder.docs / "a.txt").stat()
    folder.put("a.txt", "Orange grow on trees.")
    os.utime(folder.docs / "a.txt", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert folder.index().changed == ("docs/a.txt",)


def test_a_renamed_folder_is_not_read_again(folder, monkeypatch):
    folder.put("old/a.txt", "About apples\n\nApples grow on trees.")
    folder.index()
    (folder.docs / "old").rename(folder.docs / "new")
    monkeypatch.setattr(prepare, "extracts", lambda *_: pytest.fail("it was read again"))
    report = folder.index()
    assert report.renamed == (Renamed("docs/old/a.txt", "docs/new/a.txt"),)
    assert (report.added, report.removed, report.documents) == ((), (), 3)
    assert "docs/new/a.txt" in folder.found("apples")


def test_a_renamed_file_whose_title_is_stated_is_not_read_again(folder, monkeypatch):
    folder.put("page.html", "<html><head><title>On plums</title></head><body><p>Plums are blue.</p></body></html>")
    folder.index()
    (folder.docs / "page.html").rename(folder.docs / "other.html")
    monkeypatch.setattr(run, "_brought", lambda *_: pytest.fail("it was read again"))
    assert folder.index().renamed == (Renamed("docs/page.html", "docs/other.html"),)
    assert folder.found("plums") == ["docs/other.html"]


def test_a_renamed_file_that_has_its_title_from_its_name_has_another_title(folder):
    folder.index()
    assert folder.rows()["docs/a.txt"].title == "A"
    (folder.docs / "a.txt").rename(folder.docs / "apples-and-trees.txt")
    (folder.docs / "b.txt").rename(folder.docs / "b.md")
    report = folder.index()
    assert [renamed.new for renamed in report.renamed] == ["docs/apples-and-trees.txt", "docs/b.md"]
    assert (report.added, report.removed) == ((), ())
    assert folder.rows()["docs/apples-and-trees.txt"].title == "Apples and trees"


def test_metadata_of_the_folder_overrides_what_was_guessed_and_a_change_of_it_counts(folder):
    folder.index()
    assert "title" in folder.rows()["docs/a.txt"].guessed
    folder.put("metadata.csv", "file,title,authors,date\na.txt,On Apples,A. Eve; A. Adam,2001\nnone.txt,x,,\n")
    report = folder.index()
    assert report.changed == ("docs/a.txt",)
    assert [(f.path, "none.txt" in f.reason) for f in report.unused] == [("docs/metadata.csv", True)]
    row = folder.rows()["docs/a.txt"]
    assert (row.title, row.authors, row.date, row.guessed) == ("On Apples", ("A. Eve", "A. Adam"), "2001", ())
    assert "docs/metadata.csv" not in folder.rows()


def test_a_librarian_overrules_what_is_content_and_says_what_a_document_is(folder):
    listed = ["1. Eve A, Adam B. On pears. Fruit 2001;3:12-15.", "2. Abel C, Cain D. On quinces. Fruit 2002;4:1-9."]
    whole = ["About apples", "Apples grow on trees.", "Find a Doctor", "References", *listed]
    folder.put("a.txt", "\n\n".join(whole))
    folder.index()
    assert folder.found("doctor") == []
    assert folder.found("pears") == ["docs/a.txt"]
    assert folder.rows()["docs/a.txt"].left_out == (("action", 13),)
    folder.put("metadata.csv", "file,keep,leave_out,status\na.txt,action,references,retracted\n")
    assert folder.index().changed == ("docs/a.txt",)
    assert folder.found("doctor") == ["docs/a.txt"]
    assert folder.found("pears") == []
    row = folder.rows()["docs/a.txt"]
    assert (row.status, row.notice, row.left_out) == ("ok", "retracted", (("other", len("".join(listed))),))


def test_nearly_the_same_documents_are_named(folder):
    words = " ".join(f"word{n} grows" for n in range(200))
    folder.put("one.txt", f"{words} in the first copy.")
    folder.put("two.txt", f"{words} in the second copy of it.")
    folder.index()
    rows = folder.rows()
    assert rows["docs/two.txt"].original == rows["docs/one.txt"].id
    assert rows["docs/one.txt"].original == rows["docs/a.txt"].original == ""
    assert len(folder.found("word7")) == 1


def test_a_document_whose_id_another_file_has_gets_another_which_stays(folder):
    folder.put("one.jsonl", '{"_id": "1", "text": "Alpacas graze."}')
    folder.put("two.jsonl", '{"_id": "1", "text": "Vicunas graze."}\n{"_id": "2", "text": ""}')
    folder.put("zoo.jsonl", '{"_id": "2", "text": ""}\n{"_id": "3", "text": "Llamas spit."}')
    assert folder.index().failed == folder.index().failed
    first = folder.rows()
    assert (first["docs/one.jsonl"].id, first["docs/one.jsonl"].reason) == ("1", "")
    assert first["docs/two.jsonl"].reason == "the id '1' is taken by docs/one.jsonl"
    assert folder.found("vicunas graze") == ["docs/two.jsonl", "docs/one.jsonl"]
    folder.put("two.jsonl", '{"_id": "1", "text": "Vicunas still graze."}')
    (folder.docs / "one.jsonl").write_text('{"_id": "1", "text": "Alpacas rest."}')
    folder.index()
    assert (folder.rows()["docs/one.jsonl"].id, folder.rows()["docs/two.jsonl"].id) == ("1", first["docs/two.jsonl"].id)
    assert (folder.found("still"), folder.found("alpacas")) == (["docs/two.jsonl"], ["docs/one.jsonl"])
