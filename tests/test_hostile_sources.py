"""Files that are broken, or meant to break the reader: each has its row in the ledger, the others are searchable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from indexer import Library, index, search
from indexer.records import Report, Summary
from tests.read.pdf_writer import Text, pdf
from tests.read.test_archive import packed
from tests.read.test_docx import docx, p
from tests.read.test_epub import chapter, epub

SQUARE = "9 9 50 50 re f\n"
PROSE = "Quinces grow on trees and are picked late in the year."
WHOLE = pdf([Text(72, 700, PROSE)], [Text(72, 700, PROSE)])
ENCRYPTED = f"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>"
LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
JATS = "<article><body><p>{}</p></body></article>"

# What is put into a file -> its status, and words of the reason.
SOURCES: dict[str, tuple[bytes, str, str]] = {
    "blank.pdf": (pdf([]), "empty", "blank"),
    "encrypted.pdf": (pdf([Text(9, 9, "x")], trailer=ENCRYPTED), "encrypted", "password"),
    "truncated.pdf": (WHOLE[: len(WHOLE) // 4], "failed", "damaged or cut short"),
    "images.pdf": (pdf([], [], drawn=SQUARE), "no text layer", "text recognition"),
    "half images.pdf": (pdf([Text(72, 700, PROSE)], [], drawn=SQUARE), "partial", "1 of 2 pages: no text layer"),
    "end is lost.pdf": (WHOLE.removesuffix(b"%%EOF\n"), "partial", "before its end mark"),
    "bomb.docx": (docx(p("\0" * 20_000_000)), "too large", "unpacks to 20,0"),
    "bomb.epub": (epub(chapter("<p>x</p>"), parts={"OEBPS/text/c 0.xhtml": b" " * 20_000_000}), "too large", "unpacks"),
    "many parts.docx": (packed({f"{n}": b"" for n in range(20_001)}, 0), "too large", "20,001 parts"),
    "truncated.docx": (docx(p(PROSE))[:-30], "failed", "cut"),
    "encrypted.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted", ""),
    "laughs.docx": (packed({"word/document.xml": f"<!DOCTYPE d [{LAUGHS}]><d/>".encode()}), "failed", "entities"),
    "laughs.xml": (f"<!DOCTYPE article [{LAUGHS}]>{JATS.format('&e9;')}".encode(), "failed", "entities"),
    "outside.xml": (
        f'<!DOCTYPE article [<!ENTITY x SYSTEM "file:///etc/hostname">]>{JATS.format("&x;")}'.encode(),
        "failed",
        "entities",
    ),
    "nested.xml": (JATS.format("<b>" * 100_000 + "</b>" * 100_000).encode(), "failed", "deep"),
    "cut.xml": (JATS.format(PROSE).encode()[:-9], "failed", "not well-formed"),
    "no article.xml": (b"<invoice><sum>1</sum></invoice>", "unsupported", "<invoice>"),
    "cut line.jsonl": (b'{"_id": "j1", "text": "Quinces are red."}\n{"_id": "j2", "te', "partial", "line 2"),
    "nested.jsonl": (b'{"_id": ' + b"[" * 200_000, "failed", ""),
    "archive.docx": (b"PK\x03\x04" + PROSE.encode(), "failed", "was cut"),
    "archive.txt": (b"PK\x03\x04" + PROSE.encode(), "not text", "binary"),
    "compiled": (b"\x7fELF" + PROSE.encode(), "not text", "binary"),
    "without suffix": (f"{PROSE} No suffix.".encode(), "ok", ""),
    "binary.txt": (bytes(range(256)) * 100, "not text", "binary"),
    "empty.md": (b"", "empty", "empty"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(100), "unsupported", ".png"),
    "script.html": (b"<html><body><script>let x</script></body></html>", "empty", ""),
    "nested.html": (f"<title>Deep</title>{'<div>' * 100_000}{PROSE}{'</div>' * 100_000}".encode(), "ok", ""),
    "name\nof\ttwo lines.txt": (f"{PROSE} Two lines.".encode(), "ok", ""),  # no copies, which would be folded
    os.fsdecode(b"name \xff\xfe.txt"): (f"{PROSE} Two bytes.".encode(), "ok", ""),
}  # fmt: skip
NAMES = {os.fsdecode(b"name \xff\xfe.txt"): "name \\xff\\xfe.txt"}  # as the ledger spells them


class Told(NamedTuple):
    """A folder of hostile files and one good one, indexed."""

    top: Path
    report: Report
    rows: dict[str, Summary]  # by file name

    def found(self, query: str) -> set[str]:
        with Library.open(self.top / ".pincite").reader() as reader:
            return {hit.document.path.removeprefix("docs/") for hit in search(reader, query, 100).hits}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    top = tmp_path_factory.mktemp("hostile")
    docs = top / "docs"
    docs.mkdir()
    for name, (data, _, _) in SOURCES.items():
        (docs / name).write_bytes(data)
    (docs / "zz good.txt").write_text("Medlars grow on trees.\n")
    with (docs / "vast.txt").open("wb") as file:
        file.truncate(65 << 20)
    (top / "secret.txt").write_text("Quinces are a secret.")
    (docs / "link.txt").symlink_to(top / "secret.txt")
    (docs / "folder").symlink_to(top)
    (docs / "round.txt").symlink_to(docs / "round.txt")
    (docs / "nowhere.txt").symlink_to(docs / "is not there.txt")
    os.mkfifo(docs / "pipe.txt")
    os.mkfifo(docs / "pipe")
    report = index(top / ".pincite", [docs])
    with Library.open(top / ".pincite").reader() as reader:
        rows = {row.path.removeprefix("docs/"): row for row in reader.documents()}
    return Told(top, report, rows)


@pytest.mark.parametrize("name", SOURCES, ids=ascii)
def test_each_has_its_status_and_the_reason_why(told: Told, name: str) -> None:
    _, status, reason = SOURCES[name]
    row = told.rows[NAMES.get(name, name)]
    assert (row.status, reason in row.reason) == (status, True), row
    failures = {failure.path: failure.status for failure in told.report.failed}
    assert failures.get(row.path, "ok") == status


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("vast.txt", "too large", "68 MB is over the limit"),
        ("link.txt", "not followed", "out of the folder"),
        ("folder", "not followed", "out of the folder"),
        ("round.txt", "unreadable", "a link that leads back to itself"),
        ("nowhere.txt", "unreadable", "which is not there"),
        ("pipe.txt", "failed", "not a plain file"),
        ("pipe", "failed", "not a plain file"),
    ],
)
def test_what_is_no_file_of_the_folder_is_not_read(told: Told, name: str, status: str, reason: str) -> None:
    row = told.rows[name]
    assert (row.status, reason in row.reason, row.passages) == (status, True, 0), row


def test_what_can_be_read_is_searchable_and_nothing_else(told: Told) -> None:
    readable = {name for name, (_, status, _) in SOURCES.items() if status in ("ok", "partial")}
    assert told.found("medlars") == {"zz good.txt"}
    assert told.found("quinces") == {NAMES.get(name, name) for name in readable}


def test_pages_have_their_own_row(told: Told) -> None:
    (note,) = told.rows["half images.pdf"].page_notes
    assert (note.page, note.status, note.characters) == (2, "no text layer", 0)


def test_a_second_run_tells_the_same_and_reads_nothing_anew(told: Told) -> None:
    again = index(told.top / ".pincite", [told.top / "docs"])
    assert (again.added, again.changed, again.removed) == ((), (), ())
    assert sorted(again.failed, key=str) == sorted(told.report.failed, key=str)


def test_a_file_that_changes_while_it_is_read_is_told_and_read_the_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs").mkdir()
    path = tmp_path / "docs" / "a.txt"
    path.write_text("Apples grow.")

    def growing(path: Path, _: str) -> bytes:
        path.write_text("Apples grow, and pears.")
        return b"Apples grow."

    with monkeypatch.context() as patch:
        patch.setattr("indexer.prepare.load", growing)
        (failure,) = index(tmp_path / ".pincite", [path.parent]).failed
    assert (failure.status, failure.reason) == ("unreadable", "it changed while it was read: run again")
    assert index(tmp_path / ".pincite", [path.parent]).failed == ()
    with Library.open(tmp_path / ".pincite").reader() as reader:
        assert [hit.passage.text for hit in search(reader, "pears").hits] == ["Apples grow, and pears."]
