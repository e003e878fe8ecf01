"""Which part of an article a heading opens: abstract, methods, results, references ..."""

from __future__ import annotations

import re
from functools import lru_cache

# What headings begin with, in the order they are tried; the innermost heading that says something decides.
_OPENING = (
    ("references", r"references?$|bibliography|literature cited|works cited|further reading|notes and references"),
    ("abstract", r"(?:structured |graphical )?abstract|summary$|synopsis|key points|highlights|author summary"),
    ("case report", r"case (?:report|presentation|description|history|series|study)s?"
                    r"|report of (?:a |the )?cases?|cases?(?: \d+| [ivx]+)?$"
                    r"|patients? (?:information|presentation)"),
    ("methods", r"(?:materials?|patients|subjects|participants)(?:,? (?:and|&) (?:the )?methods)|methods?"
                r"|methodology|experimental (?:procedures?|section|design|methods)|study design"
                r"|statistical (?:analysis|methods)"),
    ("results", r"results?|findings|outcomes?$"),
    ("discussion", r"discussion|comments?$|interpretation|limitations"),
    ("conclusion", r"conclusions?|concluding remarks|summary and conclusions?|take[- ]home"),
    ("introduction", r"introduction|background|overview$|objectives?|aims?$|purpose"),
    ("acknowledgements", r"acknowledge?ments?|funding|competing interests|conflicts? of interest|disclosures?"
                         r"|author contributions?|data availability|ethics"),
)  # fmt: skip
_NAMES = tuple(name for name, _ in _OPENING)
_NAMED = re.compile("|".join(rf"((?:{pattern})\b)" for _, pattern in _OPENING), re.IGNORECASE)  # a group for each
_NUMBER = re.compile(r"^\W*(?:(?:\d+|[ivx]+|[a-h])(?:\.\d+)*[.):]?\s+)?", re.IGNORECASE)
_BY_KIND = {"caption": "caption", "references": "references", "footnote": "footnote"}
SECTIONS = tuple(dict.fromkeys((*_NAMES, *_BY_KIND.values())))


@lru_cache(maxsize=4096)  # all stretches of a section ask for it
def section(kind: str, heading: tuple[str, ...]) -> str:
    """The section of a passage of this kind under this heading path; empty when nothing tells."""
    if kind in _BY_KIND:
        return _BY_KIND[kind]
    return next((name for text in reversed(heading) if (name := _named(text))), "")


@lru_cache(maxsize=4096)  # all headings under one ask for it
def _named(heading: str) -> str:
    """The section that one heading opens: '2. Materials and Methods' opens the methods."""
    found = _NAMED.match(heading[_numbered(heading) :].strip(" .:"))
    return _NAMES[found.lastindex - 1] if found and found.lastindex else ""


def _numbered(heading: str) -> int:
    """Where a heading's words begin, after a number such as '2.1' or 'IV.'."""
    found = _NUMBER.match(heading)
    return found.end() if found else 0
