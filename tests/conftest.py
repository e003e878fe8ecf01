"""What tests of all parts share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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
