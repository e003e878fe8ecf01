"""`metadata.csv`: what its rows say, and what a bad row costs."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.read.metadata import Metadata, bare_doi, overridden, overruled, read_metadata
from indexer.records import Extract, Source
from tests.documents import document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that rows can name."""
    (tmp_path / "a.pdf").write_bytes(b"a")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.txt").write_bytes(b"b")
    return tmp_path


def reasons(folder: Path, content: str | bytes) -> list[str]:
    """Why the rows of this `metadata.csv` could not be used."""
    (folder / "metadata.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    return [failure.reason for failure in read_metadata(folder).failures]


def test_a_row_for_each_file(folder: Path) -> None:
    content = """file,title,authors,date,url,doi,status
a.pdf,"Tumours, spinal",A. One; B. Two,2004-05-01,https://a.example,doi:10.1371/journal.x,preprint
sub/b.txt,,,,,,
"""
    assert reasons(folder, content) == []
    assert read_metadata(folder).rows == {
        "a.pdf": Metadata(
            "Tumours, spinal",
            ("A. One", "B. Two"),
            "2004-05-01",
            "https://a.example",
            "10.1371/journal.x",
            "preprint",
        ),
        "sub/b.txt": Metadata(),
    }


def test_a_link_out_of_the_folder_is_not_followed(folder: Path) -> None:
    (folder / "metadata.csv").write_text("file,title\nb.txt,One\n")
    (folder / "sub" / "metadata.csv").symlink_to(folder / "metadata.csv")
    assert read_metadata(folder / "sub").rows == {}
    assert [failure.status for failure in read_metadata(folder / "sub").failures] == ["not followed"]


def test_no_file_says_nothing(folder: Path) -> None:
    assert read_metadata(folder) == ({}, ())
    assert read_metadata(folder / "absent") == ({}, ())


@pytest.mark.parametrize(
    "content",
    [
        "\ufefftitle;file\r\nOne;./a.pdf\r\n",
        "Title\tFILE\rOne\ta.pdf",
        '"title","file"\n"One","a.pdf"',
        "file,title,shelf\na.pdf,One,12\n,,\n\n",
        "file,title\nsub\\..\\a.pdf,Two\na.pdf,One",
    ],
)
def test_spellings_of_one_table(folder: Path, content: str) -> None:
    reasons(folder, content)
    assert read_metadata(folder).rows == {"a.pdf": Metadata(title="One")}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",One", "line 2: names no file"),
        ("absent.pdf,One", "line 2: there is no file absent.pdf in the folder"),
        ("/etc/hostname,One", "line 2: there is no file /etc/hostname in the folder"),
        ("../a.pdf,One", "line 2: there is no file ../a.pdf in the folder"),
        ("sub,One", "line 2: there is no file sub in the folder"),
        ("a.pdf,One,two", "line 2: 3 cells for 2 columns"),
        ('a.pdf,"One', "line 2: unexpected end of data"),
        ("a.pdf," + "x" * 200_000, "line 2: field larger than field limit (131072)"),
    ],
)
def test_a_bad_row_costs_that_row_only(folder: Path, row: str, reason: str) -> None:
    assert reasons(folder, f"file,title\n{row}\nsub/b.txt,Good") == [reason]
    assert read_metadata(folder).rows == {"sub/b.txt": Metadata(title="Good")}


def test_a_name_longer_than_any_file(folder: Path) -> None:
    (reason,) = reasons(folder, f"file\n{'x' * 5000}")
    assert reason.startswith("line 2: there is no file xxx")


def test_a_name_that_cannot_be_one(folder: Path) -> None:
    filler = "\n" * 100  # one NUL among few characters and the file would not pass for text
    assert reasons(folder, f"file\n\0{filler}") == ["line 2: there is no file \0 in the folder"]


def test_the_first_of_two_rows_counts(folder: Path) -> None:
    assert reasons(folder, "file,title\na.pdf,One\n./a.pdf,Two") == ["line 3: a.pdf has a row already"]
    assert read_metadata(folder).rows["a.pdf"].title == "One"


def test_files_that_are_no_table(folder: Path) -> None:
    assert reasons(folder, "name,title\na.pdf,One") == ["line 1: there is no column named file"]
    assert reasons(folder, b"") == ["line 1: there is no column named file"]
    assert reasons(folder, b"\x00\x01\x02\xff" * 100) == ["the file is binary, not text"]


def test_a_table_beyond_all_measure(folder: Path) -> None:
    with (folder / "metadata.csv").open("wb") as file:
        file.truncate(20 * 2**20)
    assert read_metadata(folder).failures[0].status == "too large"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300).map(lambda tail: b"file,title\n" + tail) | st.binary(max_size=100))
def test_anything_is_read_or_reported(folder: Path, content: bytes) -> None:
    (folder / "metadata.csv").write_bytes(content)
    sheet = read_metadata(folder)
    assert set(sheet.rows) <= {"a.pdf", "sub/b.txt", "metadata.csv"}


def test_what_a_row_says_overrides_what_was_found() -> None:
    found = Extract(
        Source("a.pdf", "0" * 64),
        "x",
        AlignedText.of("x"),
        title="Guess",
        date="1999",
        guessed=("title", "date"),
    )
    stated = overridden(found, Metadata(title="Real", doi="10.1234/x"))
    assert (stated.title, stated.date, stated.url) == ("Real", "1999", "https://doi.org/10.1234/x")
    assert stated.guessed == ("date",)
    assert overridden(found, Metadata()) == found


def test_labels_that_a_row_overrules(folder: Path) -> None:
    assert reasons(folder, "file,keep,leave_out\na.pdf,Banner; disclaimer;,references\n") == []
    said = read_metadata(folder).rows["a.pdf"]
    assert said == Metadata(keep=frozenset({"banner", "disclaimer"}), leave_out=frozenset({"references"}))
    before = document(("heading", "Bats", 1), ("banner", "Read me"), ("references", "1. A."), ("author", "A"))
    after = overruled(before, said)
    assert [block.kind for block in after.blocks] == ["heading", "prose", "other", "author"]
    assert [block.level for block in after.blocks] == [1, 0, 0, 0]
    assert overruled(before, Metadata(title="Bats")) is before


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "a.pdf,banners,",
            "banners is none of the labels action, author, banner, dates, disclaimer, disclosure, login",
        ),
        ("a.pdf,prose,", "prose is none of the labels action"),
        (
            "a.pdf,,banner",
            "banner is none of the labels caption, code, columns, footnote, item, prose, references, row",
        ),
        ("a.pdf,,heading", "heading is none of the labels caption"),
    ],
)
def test_a_label_that_there_is_none_of_is_told(folder: Path, row: str, reason: str) -> None:
    (told,) = reasons(folder, f"file,keep,leave_out\n{row}\n")
    assert told.startswith(f"line 2: {reason}")


@pytest.mark.parametrize("given", ["2020-02-29", "2019-11", "2019-5-3", "2019", "May 2019", "2019-11-20T08:00Z"])
def test_a_date_is_taken_as_it_is_given(folder: Path, given: str) -> None:
    assert reasons(folder, f"file,date\na.pdf,{given}\n") == []
    assert read_metadata(folder).rows["a.pdf"].date == given


@pytest.mark.parametrize("given", ["2019-02-29", "2019-13", "2019-00-01", "0000-01-01"])
def test_a_day_that_there_is_not_is_told(folder: Path, given: str) -> None:
    assert reasons(folder, f"file,date\na.pdf,{given}\n") == [f"line 2: {given} is no date that there is"]


@pytest.mark.parametrize("given", ["yesterday", "3/5/19", "?"])
def test_a_date_without_a_year_is_told(folder: Path, given: str) -> None:
    (told,) = reasons(folder, f"file,date\na.pdf,{given}\n")
    assert told == f"line 2: {given} is no date with a year, such as 2019-11-20 or 2019"


@pytest.mark.parametrize(
    ("value", "doi"),
    [
        ("10.1371/journal.pbio.0020188", "10.1371/journal.pbio.0020188"),
        (
            "https://doi.org/10.1002/(SICI)1097-0258<1:AID>3.0.CO;2-X",
            "10.1002/(SICI)1097-0258<1:AID>3.0.CO;2-X",
        ),
        ("doi: 10.1234/abc def", "10.1234/abc"),
        ("version 10.5", ""),
        ("", ""),
    ],
)
def test_bare_doi(value: str, doi: str) -> None:
    assert bare_doi(value) == doi
