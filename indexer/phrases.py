"""Words and phrases -> which of many texts hold any of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from indexer.arrays import Array
from indexer.native import WORDS

NOT_HELD, HELD, NOT_TOLD = range(3)
_ENDINGS = {"*": r"\w*", "+": r"\w+"}


class Phrases:
    """Words and phrases of two letters or more; "allow*" stands for all that begin so, "enabl+" for all longer ones."""

    def __init__(self, listed: str) -> None:
        """They are in lower case, with "|" between them."""
        self._each = [one for one in listed.split("|") if one]
        self._lines = "\n".join(self._each).encode("ascii")

    @property
    def pattern(self) -> str:
        """What finds them in a text in lower case."""
        found = [re.escape(one.rstrip("*+")) + _ENDINGS.get(one[-1], "") for one in self._each]
        return rf"\b(?:{'|'.join(found)})\b" if found else ""

    def held(self, texts: Sequence[str]) -> Array:
        """For each text whether it holds any, in any case: HELD or NOT_HELD; NOT_TOLD where the pattern has to tell.

        In C that is one with letters that are none of ASCII, others take a tenth of the time; without C all are.
        """
        if not self._each:
            return np.full(len(texts), NOT_HELD, np.uint8)
        told = WORDS.phrases(tuple(texts), self._lines) if WORDS else bytes([NOT_TOLD]) * len(texts)
        return np.frombuffer(told, np.uint8)
