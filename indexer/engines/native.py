"""The C kernel, where a compiler built it and the environment's PINCITE_KERNEL=numpy does not ask to go without."""

from __future__ import annotations

import os
from typing import Any

try:
    from indexer.engines import _kernel  # type: ignore[attr-defined]
except ImportError:  # no compiler was there
    _kernel = None
_API = 9  # what is asked of the kernel; one that was built for other code is left alone

KERNEL: Any = None if getattr(_kernel, "API", 0) != _API or os.environ.get("PINCITE_KERNEL") == "numpy" else _kernel
