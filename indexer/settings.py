"""One small frozen Settings, read from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the library is, and the limits that keep one bad file or query from hurting the rest."""

    library: Path = Path(".pincite")
    max_source_bytes: int = 64 * 1024 * 1024  # a larger file is reported as too large and skipped
    max_query_chars: int = 512  # longer queries are refused with their length
    max_limit: int = 100  # hits on one page

    @classmethod
    def from_environment(cls) -> Settings:
        """The settings that `PINCITE_LIBRARY` names."""
        return cls(library=Path(os.environ.get("PINCITE_LIBRARY", ".pincite")))


DEFAULTS = Settings()
