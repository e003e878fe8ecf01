"""What a line's first and last words and characters say about it."""

from __future__ import annotations

import re

from indexer.clean.words import word_set

# Words that join what stands before them to what stands after them: no title, no sentence ends in one.
BINDING = word_set(
    "a an the of in on at by for to from with without and or nor as but via per between into than that which"
)

_PARTICLES = word_set("in on at for to from by")

END_MARKS, CLOSERS = ".!?:;…", "\"'”’»)]"  # of sentences; what may stand behind an end mark
OPENERS = ",(&/-–"  # what stands behind these belongs to what stands before them
BULLETS = "•●▪◦‣·∙○■–*-"
HEADING, HEADING_WORDS = 90, 12  # characters and words of a heading at most
LABELS = ("Su", "Fi", "FI", "Ta", "TA", "Sc", "Ch", "Pl", "Bo")  # what the label of a caption begins with

_END_MARK = re.compile(rf"[{END_MARKS}][{re.escape(CLOSERS)}]*\s*$")
_ITEM = re.compile(rf"\s*(?:[{BULLETS}]\s+|\(?\d{{1,3}}[.)]\s+|\[\d{{1,3}}\]\s+|\(?[a-z]\)\s+)(?=\S)")
_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})[.)\]]\s")
_LABEL = r"(?:Supplement(?:ary|al) )?(?:Fig(?:ure|s)?\.?|FIG(?:URE|S)?\.?|Tables?|TABLES?|Scheme|Chart|Plate|Box)"
_CAPTION = re.compile(
    rf"\s*{_LABEL}\s*(?:S?\d{{1,3}}|[IVX]{{1,5}})[A-Za-z]?(?:\s*[.:|]\s|\s+[-–—]\s|\s+(?=[A-Z][a-z]+\s[a-z]))"
)

_POINTING = re.compile(r"(?:\(|\b(?:in|see|and|or|of|cf\.))$")
_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)(?![\w])")
_DIGITS = re.compile(r"\d+")
_ADDRESS = re.compile(r"\s*(?:https?:|www\.|\S+@)")


def ends_sentence(line: str) -> bool:
    """True when the line ends with an end mark, quotes and brackets aside."""
    return not line[-1:].isalnum() and bool(_END_MARK.search(line[-12:]))


def ends_open(line: str) -> bool:
    """True when the line cannot be the end of anything: it ends with a comma or a binding word."""
    words = line[-24:].split()
    return bool(words) and (words[-1][-1] in OPENERS or words[-1] in BINDING)


def is_unfinished(line: str) -> bool:
    """True when no heading can end as the line does; some end with a particle ("How to sign in")."""
    return ends_open(line) and line.split()[-1] not in _PARTICLES


def is_item(line: str) -> bool:
    """True when the line starts with a bullet or a number in a list."""
    return not line.lstrip()[:2].isalpha() and bool(_ITEM.match(line))


def item_number(line: str) -> int:
    """The number that a list item starts with; 0 when there is none."""
    found = None if line.lstrip()[:1].isalpha() else _NUMBER.match(line)
    return int(found[1]) if found else 0


def is_caption(line: str, before: str = "") -> bool:
    """True when the line starts as the caption of a figure or a table does, and does not go on the one before."""
    if line.lstrip()[:2] not in LABELS or not _CAPTION.match(line):
        return False
    return not _POINTING.search(before[-12:])


def starts_lower(line: str) -> bool:
    """True when the line starts with a word in lower case: no name such as mRNA or p53, no address."""
    first = line.lstrip()[:1]
    if first.isascii() and not first.islower():
        return False
    word = _FIRST_WORD.match(line)
    return word is not None and word[1].islower() and not _ADDRESS.match(line)


def masked(line: str) -> str:
    """The line with its numbers made alike, so that a running head is the same on every page."""
    return _DIGITS.sub("#", line.strip())
