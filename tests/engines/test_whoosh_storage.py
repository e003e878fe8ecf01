from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from zlib import crc32

import pytest

from indexer.engines import whoosh_storage
from indexer.engines.whoosh_storage import BrokenSealError, DurableStorage, MappedFile, parts


@pytest.fixture
def storage(tmp_path: Path) -> DurableStorage:
    return DurableStorage(tmp_path)


def write(storage: DurableStorage, name: str, content: bytes) -> Path:
    with storage.create_file(name) as file:
        file.write(content)
    return Path(storage.folder) / name


def resident() -> int:
    """Kilobytes of files that count as this process's memory."""
    rows = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(rows["RssFile"].split()[0]) + int(rows["RssShmem"].split()[0])


told_by_linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells what is resident")


@told_by_linux
def test_pages_that_were_read_are_let_go_of_and_read_again(storage: DurableStorage) -> None:
    content = os.urandom(16 << 20)
    write(storage, "MAIN_x.seg", content)
    file = storage.open_file("MAIN_x.seg")
    assert bytes(file.view(0)) == content
    before = resident()
    storage.forget()
    assert resident() < before - (12 << 10)  # kB
    assert bytes(file.view(0)) == content


@told_by_linux
def test_a_file_that_is_read_in_parts_is_never_held_whole(storage: DurableStorage) -> None:
    content = os.urandom(16 << 20) + b"the end"
    write(storage, "MAIN_x.pst", content)
    file = storage.open_file("MAIN_x.pst")
    before, at, most = resident(), 0, 0
    for part in parts(file.view(0)):
        assert part == content[at : at + len(part)]
        at += len(part)
        most = max(most, resident())
    assert at == len(content)
    assert most < before + (4 << 10)  # kB
    assert list(parts(memoryview(b""))) == []
    assert [bytes(part) for part in parts(memoryview(b"not mapped"))] == [b"not mapped"]


class TestSeals:
    def test_a_seal_is_not_seen_by_who_reads(self, storage: DurableStorage) -> None:
        write(storage, "MAIN_x.seg", b"content")
        assert storage.open_file("MAIN_x.seg").read() == b"content"
        storage.verify("MAIN_x.seg")

    def test_only_what_outlives_a_commit_is_sealed(self, storage: DurableStorage) -> None:
        assert write(storage, "MAIN_x.pst", b"content").read_bytes() == b"content"
        for name in ("MAIN_x.seg", "_MAIN_1.toc", "_MAIN_1.toc.1700000000.5"):
            assert write(storage, name, b"content").stat().st_size > len(b"content")

    @pytest.mark.parametrize("content", [b"", b"content", b"x" * 3_000_000])
    def test_every_cut_is_told_at_once(self, storage: DurableStorage, content: bytes) -> None:
        path = write(storage, "MAIN_x.seg", content)
        whole = path.read_bytes()
        for kept in (0, 1, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:kept])
            with pytest.raises(BrokenSealError, match="is cut short"):
                storage.open_file("MAIN_x.seg")

    def test_a_changed_byte_is_told_when_the_file_is_opened(self, storage: DurableStorage) -> None:
        path = write(storage, "MAIN_x.seg", b"content")
        assert storage.open_file("MAIN_x.seg").read() == b"content"
        path.write_bytes(path.read_bytes().replace(b"tent", b"tint"))
        with pytest.raises(BrokenSealError, match="has changed"):
            storage.open_file("MAIN_x.seg")

    def test_a_file_is_read_to_its_end_once(self, storage: DurableStorage, monkeypatch: pytest.MonkeyPatch) -> None:
        write(storage, "MAIN_x.seg", b"content")
        read: list[int] = []
        monkeypatch.setattr(whoosh_storage, "_checksum", lambda part: read.append(len(part)) or crc32(part))
        for _ in range(3):
            storage.open_file("MAIN_x.seg")
        assert read == [7]

    def test_a_changed_byte_of_a_large_file_is_told_by_verify(
        self, storage: DurableStorage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(whoosh_storage, "_CHECKED_AT_ONCE", 10)
        path = write(storage, "MAIN_x.seg", b"content")
        path.write_bytes(path.read_bytes().replace(b"tent", b"tint"))
        assert storage.open_file("MAIN_x.seg").read() == b"contint"
        with pytest.raises(BrokenSealError, match="has changed"):
            storage.verify("MAIN_x.seg")

    def test_a_changed_table_of_contents_is_never_read(self, storage: DurableStorage) -> None:
        """It is a pickle: what its bytes say would be done."""
        path = write(storage, "_MAIN_1.toc", b"content")
        path.write_bytes(path.read_bytes().replace(b"tent", b"tint"))
        with pytest.raises(BrokenSealError, match="has changed"):
            storage.open_file("_MAIN_1.toc")


class TestReading:
    def test_positions_and_parts(self) -> None:
        file = MappedFile(memoryview(b"0123456789"), "name")
        assert (file.get(2, 3), bytes(file.view(7)), file.read(4), file.tell()) == (b"234", b"789", b"0123", 4)
        file.seek(-2, os.SEEK_END)
        assert (file.read(), file.read(1)) == (b"89", b"")
        part = file.subset(3, 4)
        assert (part.read(), part.get(1, 2), str(part)) == (b"3456", b"45", "name")
        file.seek(1)
        file.seek(1, os.SEEK_CUR)
        assert file.read(1) == b"2"

    def test_a_file_is_read_on_after_its_name_is_gone(self, storage: DurableStorage) -> None:
        write(storage, "MAIN_x.seg", b"content")
        file = storage.open_file("MAIN_x.seg")
        storage.delete_file("MAIN_x.seg")
        file.close()
        assert file.get(0, 7) == b"content"

    def test_an_empty_file_can_be_read(self, storage: DurableStorage) -> None:
        write(storage, "MAIN_x.pst", b"")
        assert storage.open_file("MAIN_x.pst").read() == b""


class TestDurability:
    def test_what_is_renamed_last_is_on_the_disk_last(
        self, storage: DurableStorage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        synced: list[str] = []
        fsync = os.fsync
        monkeypatch.setattr(os, "fsync", lambda handle: (synced.append(_name(handle)), fsync(handle)))
        for name in ("MAIN_x.pst", "MAIN_x.seg", "_MAIN_1.toc.5"):
            write(storage, name, b"content")
        storage.delete_file("MAIN_x.pst")
        storage.rename_file("_MAIN_1.toc.5", "_MAIN_1.toc", safe=True)
        assert synced == ["MAIN_x.seg", "_MAIN_1.toc.5", Path(storage.folder).name]
        write(storage, "_MAIN_2.toc.5", b"content")
        storage.rename_file("_MAIN_2.toc.5", "_MAIN_2.toc")
        assert synced[3:] == ["_MAIN_2.toc.5", Path(storage.folder).name]

    def test_strays_are_removed(self, storage: DurableStorage) -> None:
        for name in ("_MAIN_1.toc.5", "_MAIN_2.toc", "MAIN_x.seg", "MAIN_y.seg", "MAIN_y.head.col"):
            write(storage, name, b"content")
        storage.remove_strays("MAIN", 2, [SimpleNamespace(segment_id=lambda: "MAIN_x")])
        assert sorted(storage.list()) == ["MAIN_x.seg", "_MAIN_2.toc"]

    def test_locks_are_released(self, storage: DurableStorage) -> None:
        assert storage.lock("WRITELOCK").acquire()
        assert not DurableStorage(Path(storage.folder)).lock("WRITELOCK").acquire()
        storage.release()
        assert DurableStorage(Path(storage.folder)).lock("WRITELOCK").acquire()


def _name(handle: int) -> str:
    return Path(f"/proc/self/fd/{handle}").readlink().name
