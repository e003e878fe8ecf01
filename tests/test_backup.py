import json
import zipfile

import pytest

from indexer import Library, index, search
from indexer.backup import backup, restore
from indexer.errors import BackupError


@pytest.fixture
def place(tmp_path):
    docs = tmp_path / "here" / "docs"
    docs.mkdir(parents=True)
    (docs / "a.txt").write_text("Apples grow on trees.")
    (docs / "copy.txt").write_text("Apples grow on trees.")
    (docs / "b.txt").write_bytes("Größe der Bananen.".encode("latin-1") * 20)
    index(tmp_path / "here" / ".pincite", [docs])
    return tmp_path


def found(library, query):
    with Library.open(library).reader() as reader:
        return sorted(hit.document.path for hit in search(reader, query).hits)


def test_a_backup_goes_to_another_place_and_finds_the_same(place):
    saved = backup(place / "here" / ".pincite", place / "b.zip")
    assert saved.sources == ("docs/a.txt", "docs/b.txt", "docs/copy.txt")
    assert saved.failed == ()
    again, report = restore(place / "there" / ".pincite", place / "b.zip")
    assert (again.sources, report.documents) == (saved.sources, 3)
    for query in ("apples", "Größe"):
        assert found(place / "there" / ".pincite", query) == found(place / "here" / ".pincite", query) != []


def test_what_a_folder_says_about_its_files_comes_back_and_other_documents_stay(place):
    (place / "here" / "docs" / "metadata.csv").write_text("file,title\na.txt,On Apples\n")
    index(place / "here" / ".pincite", [place / "here" / "docs"])
    backup(place / "here" / ".pincite", place / "b.zip")
    other = place / "there" / "other"
    other.mkdir(parents=True)
    (other / "v.txt").write_text("Vicunas graze.")
    index(place / "there" / ".pincite", [other])
    restore(place / "there" / ".pincite", place / "b.zip")
    assert found(place / "there" / ".pincite", "vicunas") == ["other/v.txt"]
    with Library.open(place / "there" / ".pincite").reader() as reader:
        assert "On Apples" in {row.title for row in reader.documents()}


def test_nothing_of_the_index_is_in_it(place):
    backup(place / "here" / ".pincite", place / "b.zip")
    with zipfile.ZipFile(place / "b.zip") as archive:
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {"sources", "manifest.json"}
        assert len(names) == 3
        assert json.loads(archive.read("manifest.json"))["ledger"][0]["status"] == "ok"


def test_a_source_that_is_gone_is_told(place):
    (place / "here" / "docs" / "a.txt").unlink()
    saved = backup(place / "here" / ".pincite", place / "b.zip")
    assert [(failure.path, failure.status) for failure in saved.failed] == [("docs/a.txt", "unreadable")]


def contents(file):
    with zipfile.ZipFile(file) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_what_index_did_not_read_is_left_out_and_named(place):
    docs = place / "here" / "docs"
    (place / "here" / "secret").write_text("The vault's secret.")
    (place / "secret.csv").write_text("file,title\na.txt,The vault's secret\n")
    (docs / "out.txt").symlink_to(place / "here" / "secret")
    (docs / "dangling.txt").symlink_to("nowhere.txt")
    (docs / "folder").symlink_to(docs, target_is_directory=True)
    (docs / ".a.txt").write_text("A hidden apple.")
    (docs / "inner.txt").symlink_to(".a.txt")
    (docs / "metadata.csv").symlink_to(place / "secret.csv")
    (docs / "empty.txt").touch()
    report = index(place / "here" / ".pincite", [docs])
    saved = backup(place / "here" / ".pincite", place / "b.zip")
    assert saved.sources == ("docs/a.txt", "docs/b.txt", "docs/copy.txt", "docs/inner.txt")
    assert saved.failed == ()
    assert sorted(saved.left_out, key=str) == sorted((*report.failed, *report.unused), key=str)
    assert [failure.path.removeprefix("docs/") for failure in saved.left_out] == [
        "dangling.txt", "empty.txt", "folder", "out.txt", "metadata.csv"
    ]  # fmt: skip
    assert not any(b"vault" in data for data in contents(place / "b.zip"))


@pytest.mark.parametrize("link", ["a.txt", "folder"])
def test_a_link_to_something_else_than_was_indexed_is_told_and_not_followed(place, link):
    docs = place / "here" / "docs" / "deep"
    (docs / "folder").mkdir(parents=True)
    for name in ("a.txt", "folder/a.txt"):
        (docs / name).write_text("Apples grow on trees.")
    index(place / "here" / ".pincite", [docs])
    (place / "elsewhere").mkdir()
    (place / "elsewhere" / "a.txt").write_text("The vault's secret.")
    (docs / link).rename(place / "before")
    (docs / link).symlink_to(place / "elsewhere" / link.replace("folder", ""))
    saved = backup(place / "here" / ".pincite", place / "b.zip")
    name = {"a.txt": "a.txt", "folder": "folder/a.txt"}[link]
    assert [(failure.path, failure.status) for failure in saved.failed] == [(f"docs/deep/{name}", "not followed")]
    assert not any(b"vault" in data for data in contents(place / "b.zip"))


def test_what_a_link_leads_to_is_checked_as_it_is_stored(place, monkeypatch):
    docs = place / "here" / "docs"
    (docs / ".hidden.txt").write_text("Apples grow on trees.")
    (docs / "inner.txt").symlink_to(".hidden.txt")
    index(place / "here" / ".pincite", [docs])
    # The link leads elsewhere while the file is read, and back behind that.
    monkeypatch.setattr("indexer.backup.load", lambda file, _: b"The vault's secret." if file.is_symlink() else b"")
    saved = backup(place / "here" / ".pincite", place / "b.zip")
    assert [(failure.path, failure.status) for failure in saved.failed] == [("docs/inner.txt", "not followed")]


def test_a_place_where_nothing_can_be_written_is_told(place):
    with pytest.raises(BackupError, match=r"a\.txt"):
        backup(place / "here" / ".pincite", place / "here" / "docs" / "a.txt" / "b.zip")


def test_a_file_in_the_way_is_not_overwritten(place):
    backup(place / "here" / ".pincite", place / "b.zip")
    (place / "there" / "docs").mkdir(parents=True)
    (place / "there" / "docs" / "a.txt").write_text("Mine.")
    saved, _ = restore(place / "there" / ".pincite", place / "b.zip")
    assert [(failure.path, failure.status) for failure in saved.failed] == [("docs/a.txt", "kept")]
    assert (place / "there" / "docs" / "a.txt").read_text() == "Mine."
    assert found(place / "there" / ".pincite", "mine") == ["docs/a.txt"]


def test_sources_from_outside_are_put_aside_inside(place):
    outside = place / "outside"
    outside.mkdir()
    (outside / "c.txt").write_text("Cherries.")
    index(place / "here" / ".pincite", [outside])
    backup(place / "here" / ".pincite", place / "b.zip")
    restore(place / "there" / ".pincite", place / "b.zip")
    assert found(place / "there" / ".pincite", "cherries") == ["restored/outside/c.txt"]
    assert not (place / "there" / "outside").exists()


def crafted(file, sources, members):
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": "pincite backup 1", "sources": sources}))
        for name, data in members.items():
            archive.writestr(name, data)


@pytest.mark.parametrize("path", ["../../evil.txt", "/etc/evil.txt", "a/../../../evil.txt"])
def test_no_path_of_a_crafted_backup_leads_out(tmp_path, path):
    digest = "185f8db32271fe25f561a6fc938b2e264306ec304eda518007d1764826381969"
    crafted(tmp_path / "b.zip", {path: digest}, {f"sources/{digest}": b"Hello"})
    restore(tmp_path / "x" / "y" / ".pincite", tmp_path / "b.zip")
    assert [file.relative_to(tmp_path).parts[:3] for file in tmp_path.rglob("evil.txt")] == [("x", "y", "restored")]


@pytest.mark.parametrize(
    "write",
    [
        lambda file: file.write_bytes(b"no zip"),
        lambda file: file.write_bytes(b""),
        lambda file: crafted(file, {"a.txt": "0" * 64}, {"sources/" + "0" * 64: b"other bytes"}),
        lambda file: crafted(file, {"a.txt": "0" * 64}, {}),
        lambda file: zipfile.ZipFile(file, "w").close(),
    ],
)
def test_what_is_no_backup_is_told_and_changes_nothing(tmp_path, write):
    write(tmp_path / "b.zip")
    with pytest.raises(BackupError, match=r"b\.zip"):
        restore(tmp_path / "x" / ".pincite", tmp_path / "b.zip")
    assert not (tmp_path / "x" / ".pincite").exists()


def test_a_disk_error_leaves_no_half_backup(place):
    with pytest.raises(BackupError):
        backup(place / "here" / ".pincite", place / "nowhere" / "b.zip")
    assert not (place / "nowhere").exists()
