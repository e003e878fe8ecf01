"""What tests of all parts share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.commands import run

# A busy machine is slow, not wrong: no example is timed.
settings.register_profile("pincite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pincite")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def shared_data(name: str) -> Path:
    """The folder of a public collection; skips the test where it is absent."""
    folder = SHARED / name
    if not folder.exists():
        pytest.skip(f"needs the public collection {name} in ../shared/data")
    return folder


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """A folder with two documents and a library of them."""
    top = tmp_path_factory.mktemp("cli")
    (top / "docs").mkdir()
    (top / "docs" / "fruit.txt").write_text("About fruit\n\nApples grow on trees.\n\nBananas grow on herbs in 1997.\n")
    (top / "docs" / "empty.txt").write_text("")
    done = run(top, "index", "docs")
    assert done.returncode == 0, done.stderr
    return top
