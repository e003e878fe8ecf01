"""Zip archives: what is read of them, and what hostile ones come to."""

import io
import struct
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.archive import Archive


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def refused(data: bytes, name: str = "a") -> tuple[str, str]:
    """Status and reason of the error that reading a part raises."""
    with pytest.raises(UnreadableSourceError) as error:
        Archive(data, "x.docx").read(name)
    return error.value.status, error.value.reason


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_parts_are_read(method: int) -> None:
    archive = Archive(packed({"a": b"one", "../../b": b"two" * 1000}, method), "x.docx")
    assert "a" in archive
    assert "b" not in archive
    assert archive.read("a") == b"one"
    assert archive.read("../../b") == b"two" * 1000


def test_what_is_no_archive() -> None:
    assert refused(b"plain text")[0] == "failed"
    assert refused(b"")[0] == "failed"
    assert refused(packed({"a": b"one"})[:-10]) == (
        "failed",
        "the file is no zip archive, or was cut: File is not a zip file",
    )
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512)[0] == "encrypted"
    assert refused(packed({"a": b"one"}), "b") == ("failed", "the archive has no part b")


def test_bombs_are_refused_before_they_are_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(packed({"a": b"\0" * 11_000_000})) == ("too large", "its part a unpacks to 11,000,000 bytes")
    monkeypatch.setattr("indexer.read.archive._MOST_BYTES", 1000)
    assert refused(packed({"a": b"x" * 1001})) == ("too large", "its part a unpacks to 1,001 bytes")
    archive = Archive(packed({"a": b"x" * 600, "b": b"x" * 600}), "x.docx")
    archive.read("a")
    with pytest.raises(UnreadableSourceError, match="part b unpacks to 600"):
        archive.read("b")


def test_a_directory_that_lies_about_sizes() -> None:
    data = packed({"a": b"x" * 5000})
    start = data.index(b"PK\x01\x02")
    lying = data[: start + 24] + struct.pack("<I", 10) + data[start + 28 :]
    assert refused(lying)[0] == "failed"


def test_well_packed_text_is_no_bomb() -> None:
    text = b"<w:p><w:r><w:t>The same paragraph again and again.</w:t></w:r></w:p>" * 50_000
    assert Archive(packed({"a": text}), "x.docx").read("a") == text


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_ways_of_packing(method: int) -> None:
    assert refused(packed({"a": b"one"}, method)) == ("failed", "its part a is packed in a way that is not read")


def test_encrypted_parts() -> None:
    data = bytearray(packed({"a": b"one"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == ("encrypted", "its part a is encrypted")


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.read.archive._MOST_PARTS", 3)
    assert refused(packed({str(number): b"" for number in range(4)})) == ("too large", "the archive has 4 parts")


@given(st.data())
def test_damaged_archives_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(packed({"a": b"one" * 50, "b": b"two"}))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(UnreadableSourceError):
        Archive(bytes(whole), "x.docx").read("a")
