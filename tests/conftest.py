"""What tests of all parts share."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The folder of a public collection; skips the test where it is absent."""
    folder = SHARED / name
    if not folder.exists():
        pytest.skip(f"needs the public collection {name} in ../shared/data")
    return folder
