import os
from pathlib import Path

import pytest

from indexer import index
from indexer.discover import discover, lies_under, source_path
from indexer.errors import SourcePathError


@pytest.fixture
def folder(tmp_path):
    for name in ("docs/a.txt", "docs/deep/b.txt", "docs/.hidden.txt", "docs/.git/c.txt", "other.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path


def names(folder, *paths):
    return [found.source_path for found in discover([folder / path for path in paths], folder / ".pincite").files]


def test_files_of_a_folder_in_order_and_apart_from_them_the_hidden_ones(folder):
    (folder / "docs" / "metadata.csv").write_text("file")
    (folder / "docs" / "deep" / "c.txt~").write_text("x")
    files, passed = discover([folder / "docs"], folder / ".pincite")
    assert [found.source_path for found in files] == ["docs/a.txt", "docs/deep/b.txt"]
    assert passed == ["docs/.git", "docs/.hidden.txt", "docs/deep/c.txt~"]


def test_a_hidden_file_that_is_asked_for_is_a_source(folder):
    files, passed = discover([folder / "docs", folder / "docs" / ".hidden.txt"], folder / ".pincite")
    assert "docs/.hidden.txt" in [found.source_path for found in files]
    assert passed == ["docs/.git"]


def test_a_file_given_twice_is_found_once(folder):
    assert names(folder, "docs", "docs/a.txt", "other.txt") == ["docs/a.txt", "docs/deep/b.txt", "other.txt"]


def test_the_library_itself_is_never_a_source(folder):
    library = folder / "docs" / "library"
    (library / "generations").mkdir(parents=True)
    (library / "current.txt").write_text("x")
    found = discover([folder / "docs"], library).files
    assert [file.source_path for file in found] == ["a.txt", "deep/b.txt"]


def test_another_library_is_no_source_either(folder):
    index(folder / "docs" / "library", [folder / "other.txt"])
    assert names(folder, "docs") == ["docs/a.txt", "docs/deep/b.txt"]


def test_a_path_that_is_not_there_is_an_error_that_names_it(folder):
    with pytest.raises(SourcePathError, match=r"nowhere: no such file or folder"):
        discover([folder / "nowhere"], folder / ".pincite")


def test_names_do_not_depend_on_how_the_path_is_written(folder, monkeypatch):
    monkeypatch.chdir(folder / "docs")
    found = discover([Path("../docs/deep")], Path("../.pincite")).files
    assert [f.source_path for f in found] == ["docs/deep/b.txt"]


def test_a_link_out_of_the_folder_is_found_with_the_reason_why_it_is_not_read(folder):
    (folder / "docs" / "out.txt").symlink_to(folder / "other.txt")
    (folder / "docs" / "in.txt").symlink_to(folder / "docs" / ".git" / "c.txt")
    reasons = {f.source_path: f.reason for f in discover([folder / "docs"], folder / ".pincite").files}
    assert "leads out" in reasons["docs/out.txt"]
    assert reasons["docs/in.txt"] == ""


def test_a_file_is_read_once_though_links_lead_to_it(folder):
    (folder / "docs" / "0.txt").symlink_to("again.txt")
    (folder / "docs" / "again.txt").symlink_to("a.txt")
    files = discover([folder / "docs"], folder / ".pincite").files
    twice = "a link to docs/a.txt, which is read itself"
    assert {f.source_path: f.reason for f in files} == {
        "docs/0.txt": twice,
        "docs/a.txt": "",
        "docs/again.txt": twice,
        "docs/deep/b.txt": "",
    }


def test_a_link_to_a_folder_is_found_and_not_walked_into(folder):
    (folder / "docs" / "inside").symlink_to(folder / "docs" / "deep")
    (folder / "docs" / "outside").symlink_to(folder)
    (folder / "docs" / "round.txt").symlink_to(folder / "docs" / "round.txt")
    found = discover([folder / "docs"], folder / ".pincite").files
    reasons = {f.source_path: f.reason for f in found if f.path.is_symlink()}
    assert reasons == {
        "docs/inside": "a link to a folder",
        "docs/outside": "a link that leads out of the folder",
        "docs/round.txt": "",
    }


def test_names_with_line_ends_and_bytes_that_are_not_utf8_can_be_printed(folder):
    odd = os.fsencode(folder / "docs") + b"/bad\xff\nname.txt"
    with Path(os.fsdecode(odd)).open("w") as file:
        file.write("x")
    (found,) = [f for f in discover([folder / "docs"], folder / ".pincite").files if "bad" in f.source_path]
    assert found.source_path == "docs/bad\\xff\nname.txt"
    assert found.path.read_text() == "x"
    found.source_path.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "inside"),
    [("docs/a.txt", True), ("docs/deep/b.txt", True), ("docsy/a.txt", False), ("other.txt", False), ("../x", False)],
)
def test_what_lies_under_a_folder(folder, name, inside):
    assert lies_under([folder / "docs"], folder)(name) == inside


def test_everything_lies_under_the_folder_that_holds_the_library_but_what_is_outside(folder):
    assert lies_under([folder], folder)("docs/a.txt")
    assert not lies_under([folder], folder)("../x.txt")
    assert source_path(folder, folder) == "."
