"""One small frozen Settings, read from the environment; limits stand in the modules they protect."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set."""

    library: Path = Path(".pincite")  # PINCITE_LIBRARY: the library's folder
    token: str = ""  # PINCITE_TOKEN: what a person must give who writes by way of the page; empty: nobody may

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings that the environment names."""
        return cls(
            library=Path(os.environ.get("PINCITE_LIBRARY") or ".pincite"), token=os.environ.get("PINCITE_TOKEN", "")
        )
