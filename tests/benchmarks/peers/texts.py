"""Text files -> passages of about 120 words of prose, on paragraph ends.

The prose is that of the RFCs, which Debian packages as text. Page heads and feet, contents, boilerplate, diagrams and
code are left out.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import NamedTuple

WORDS = 120  # in a passage, about
_LEAST, _MOST = 100, 180  # words: a passage ends with a paragraph in between, or within one that is longer
SHIFTS = (0.0, 0.5, 0.25, 0.75)  # of a passage: where each further cut of the same texts begins
INSTALLED = Path("/usr/share/doc/RFC")
HOW_TO_GET = """\
The prose is Debian's doc-rfc packages, 494 MB of text in the section non-free. With that section in the sources list:
    apt-get install doc-rfc                      then /usr/share/doc/RFC is found by itself; or, without installing,
    apt-get download doc-rfc-{experimental,fyi-bcp,informational,misc,old-std,others,std,std-proposed}
    for each file: dpkg -x FILE DIR              and name the folder: --texts DIR/usr/share/doc/RFC"""

_PAGE_FOOT = re.compile(r"\[Page \S+\]\s*$")
_LEADERS = re.compile(r"\.{4}|(?: \.){4}")  # from a title to its page number
_LETTERS = 0.75  # of what is printed; below it is a diagram, a table or code
_DROPPED = re.compile(
    r"(?:\d+\.?\s+)?(?:status of this memo|(?:full )?copyright|table of contents|intellectual property"
    r"|author|acknowledge?ment|.*references$)",
    re.IGNORECASE,
)


class Cut(NamedTuple):
    """A document cut to passages."""

    title: str
    passages: list[str]


def documents(folder: Path, shift: float = 0.0) -> Iterator[Cut]:
    """The text files of a folder, by name, each cut to passages; a cut that is shifted begins within a passage."""
    for path in sorted(path for path in folder.rglob("*.txt*") if path.is_file() and not path.is_symlink()):
        found = passages(paragraphs(_read(path)))
        if shift:
            found = [_across(one, other, shift) for one, other in pairwise(found)]
        if found:
            yield Cut(_title(path), found)


def cut(folder: Path, count: int) -> Iterator[Cut]:
    """Documents of `count` passages in all; texts that give fewer are cut again, each time from another place on."""
    return _first(chain.from_iterable(documents(folder, shift) for shift in SHIFTS), count)


def _first(cuts: Iterable[Cut], count: int) -> Iterator[Cut]:
    left = count
    for title, found in cuts:
        yield Cut(title, found[:left])
        left -= len(found)
        if left <= 0:
            return


def paragraphs(text: str) -> list[str]:
    """The paragraphs of prose of an RFC, each on one line."""
    kept, dropping = [], False
    for block in re.split(r"\n\s*\n", "\n".join(_without_page_ends(text.split("\n")))):
        if _is_heading(block):
            dropping = bool(_DROPPED.match(block.strip()))
        elif not dropping and _is_prose(block):
            kept.append(" ".join(block.split()))
    return kept


def passages(found: Iterable[str]) -> list[str]:
    """Paragraphs put together, or cut, to passages; a rest of a few words is left out."""
    made: list[str] = []
    held: list[str] = []
    for paragraph in found:
        held += paragraph.split()
        while len(held) > _MOST:
            made.append(" ".join(held[:WORDS]))
            held = held[WORDS:]
        if len(held) >= _LEAST:
            made.append(" ".join(held))
            held = []
    return made


def _without_page_ends(lines: Iterable[str]) -> Iterator[str]:
    """The lines without the foot of each page and the head of the next."""
    is_head_due = False
    for line in lines:
        if _PAGE_FOOT.search(line):
            is_head_due = True
        elif is_head_due and line.strip():
            is_head_due = False
            yield ""
        else:
            yield line.replace("\f", "")


def _is_heading(block: str) -> bool:
    """True for a line that begins at the margin and is not a sentence."""
    return "\n" not in block.strip() and block[:1].strip() != "" and not block.rstrip().endswith((".", ",", ":", ";"))


def _is_prose(block: str) -> bool:
    printed = "".join(block.split())
    letters = sum(map(str.isalpha, printed))
    return not _LEADERS.search(block) and "Request for Comments:" not in block and letters > _LETTERS * len(printed)


def _across(one: str, other: str, shift: float) -> str:
    """The end of a passage from its share `shift` on, and as much of the next."""
    first, second = one.split(), other.split()
    return " ".join(chain(islice(first, int(shift * len(first)), None), islice(second, int(shift * len(second)))))


def _read(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")


def _title(path: Path) -> str:
    """The title that the file's metadata gives, or its name."""
    about = path.with_name(path.name.split(".")[0] + ".json")
    try:
        return str(json.loads(about.read_text())["title"]).strip() or about.stem
    except (OSError, ValueError, LookupError):
        return about.stem
