"""Superscript citation numbers that plain text leaves glued to their words, taken away."""

from __future__ import annotations

import re

from indexer.aligned import Edit

CLOSED_LEAST = 3  # "rare3,10)": fewer in a document may be anything
POINTED_LEAST = 5  # "rare.12 The"

# Both start with a class, so that the engine skips to it, and look back from there.
_CLOSED = re.compile(r"[0-9](?<=[a-z]{3}.)[0-9]{0,2}(?:\s?[,–-]\s?[0-9]{1,3})*\)")
_POINTED = re.compile(r"[0-9](?<=[a-z]{3}[.,].)[0-9]{0,2}(?:[,–-][0-9]{1,3})*(?=\s+[A-Z]|\s*$)", re.MULTILINE)
_REACH = 400  # characters back to look for the bracket that ")" closes


def unglued(text: str) -> list[Edit]:
    """The glued citation numbers, to be deleted, where a document has enough of a kind to show its habit."""
    closed = [found for found in _CLOSED.finditer(text) if not _closes_bracket(text, found.start())]
    pointed = list(_POINTED.finditer(text))
    found = closed if len(closed) >= CLOSED_LEAST else []
    found += pointed if len(pointed) >= POINTED_LEAST else []
    return sorted((match.start(), match.end(), "") for match in found)


def _closes_bracket(text: str, at: int) -> bool:
    """True when a bracket opened before the number and not yet closed is what ")" belongs to."""
    paragraph = text[max(text.rfind("\n\n", max(0, at - _REACH), at), at - _REACH, 0) : at]
    closed = paragraph.count(")") - len(_CLOSED.findall(paragraph))
    return paragraph.count("(") > closed
