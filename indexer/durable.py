"""Files that survive a power cut: what is named has been written to the disk."""

from __future__ import annotations

import os
from pathlib import Path


def sync(path: Path) -> None:
    """Wait until a file, or the list of names in a folder, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(old: Path, new: Path) -> None:
    """Give a synced file or folder a new name, which replaces a file of that name in one step."""
    old.replace(new)
    sync(new.parent)


def write_text(path: Path, text: str) -> None:
    """Write a small file so that its name always holds the whole old text or the whole new one."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    sync(fresh)
    rename(fresh, path)


def make_folder(path: Path) -> None:
    """Make a folder, and its parents, that are still there after a power cut."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)
