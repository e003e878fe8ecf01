"""The inner loops in C: there where a compiler built them and PINCITE_KERNEL in the environment is not "numpy"."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any


def _built(name: str, api: int) -> Any:
    """The extension of the name; None when it is not there, or was built for code that asks for another number."""
    try:
        found = import_module(name)
    except ImportError:  # no compiler was there
        return None
    return found if getattr(found, "API", 0) == api and os.environ.get("PINCITE_KERNEL") != "numpy" else None


KERNEL = _built("indexer.engines._kernel", 22)  # of searching and writing
WORDS = _built("indexer._words", 16)  # of cleaning and analysis
