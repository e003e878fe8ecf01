"""Modules that ask for parts of NLTK, imported without what its packages import, where no code runs but ours.

We ask for a stemmer and a tokenizer. The packages that these stand in import all others, readers of corpora too: that
is a fifth of the processor time until a worker is ready, 90 of 470 ms.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType

_EMPTY = ("nltk", "nltk.stem", "nltk.tokenize", "nltk.corpus")
_UNUSED = "stopwords"  # what the stemmer's module imports by name from the last of them


def imported(name: str) -> ModuleType:
    """A module, imported with NLTK's packages left empty; with all that they hold where an NLTK needs more of them."""
    if "nltk" in sys.modules:
        return import_module(name)
    for package in _EMPTY:
        spec = find_spec(package)
        if spec:
            sys.modules[package] = module_from_spec(spec)
            setattr(sys.modules[package], _UNUSED, None)
    try:
        return import_module(name)
    except (ImportError, AttributeError):
        for module in [module for module in sys.modules if module.partition(".")[0] == "nltk"]:
            del sys.modules[module]
        return import_module(name)
