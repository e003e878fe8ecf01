"""Characters: mojibake undone, letters composed, one kind of white space, nothing invisible.

Hyphen marks of PDF text (U+0002, U+FFFE) stay: `hyphens` decides what they stand for.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from operator import eq

import ftfy
import numpy as np

from indexer.aligned import AlignedText, Edit
from indexer.arrays import indices
from indexer.cut import CODES, codes_of

GAP = 3  # spaces between two cells at least; typewriters put two behind a sentence and a number
RAISED = "⁰¹²³⁴-⁹"  # digits, as a class of a pattern has them
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}

_FOREIGN = re.compile(r"[\x80-\U0010ffff][\x80-\U0010ffff]*")  # a class alone first, for the engine skips to it
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u3099\u309a"  # that combine with the letter before
_JAMO = range(0x1100, 0x1200)  # parts of Korean syllables
_DECOMPOSED = re.compile(rf"[{_MARKS}\u1100-\u11ff](?:(?<=[{_MARKS}])[{_MARKS}]*|[\u1100-\u11ff]*)")
_SINGLE = re.compile(
    r"[\r\xad\x00\x01\x03-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\ufb00-\ufb06\u1680\u180e\u2000-\u2011\u2028-\u202f"
    r"\u205f-\u2064\u2066-\u206f\u3000\ufeff\ufff9-\ufffb]"
    r"(?:(?<=\r)\n|(?<=\u00ad)[ \t]*\r?\n[ \t]*)?"
)
_SINGLES = np.zeros(CODES, bool)  # by code, whether it is one of them
_SINGLES[[found.start() for found in _SINGLE.finditer("".join(map(chr, range(CODES))))]] = True
_HIGH = 0xFB00  # from here on some are again
_CONTROLS = bytes(indices(_SINGLES[:128]).tolist())
_BREAKS = frozenset("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028")
_LINE_END = ord("\n")
_HYPHENS = frozenset("\u2010\u2011")


def tidied(text: AlignedText, *, cells: bool = False) -> AlignedText:
    """The text with plain characters and plain spaces; line ends, indents and, if asked for, gaps of cells are kept."""
    if not text.text.isascii():
        text = text.edit(mojibake(text.text))
    text = text.edit(replaced(text.text))
    text = text.edit(composed(text.text))
    return text.edit(spaces(text.text, cells=cells))


def odd(text: str) -> bool:
    """True when `tidied` has something to do other than to the spaces."""
    return bool(replaced(text) or (not text.isascii() and (mojibake(text) or composed(text))))


def mojibake(text: str) -> list[Edit]:
    """UTF-8 once read as another encoding, read again: each run of such characters by itself, where it changes."""
    edits = []
    for run in _FOREIGN.finditer(text):
        repaired = _decoded(run[0])
        if repaired != run[0]:
            before = _shared(run[0], repaired)
            after = _shared(run[0][:before:-1], repaired[:before:-1])
            edits.append((run.start() + before, run.end() - after, repaired[before : len(repaired) - after]))
    return edits


def _shared(left: str, right: str) -> int:
    """How many characters two texts have in common at their start."""
    return sum(1 for _ in takewhile(bool, map(eq, left, right)))


@lru_cache(maxsize=8192)
def _decoded(run: str) -> str:
    """A run of characters beyond ASCII, decoded as it was meant.

    Not to a mark that is composed to two, which would seem to stand for one character of the source each.
    """
    meant = ftfy.fix_encoding(run)
    return meant if len(unicodedata.normalize("NFC", meant)) <= len(meant) else run


def replaced(text: str) -> list[Edit]:
    """Single characters: line ends, spaces, hyphens, ligatures, and the invisible ones left out."""
    if text.isascii() and len(text.encode().translate(None, _CONTROLS)) == len(text):  # in a tenth of the time
        return []
    codes = codes_of(text)
    maybe = _SINGLES.take(codes, mode="clip")
    if codes.itemsize > 1:
        maybe |= codes >= _HIGH
    edits: list[Edit] = []
    done = 0
    for at in indices(maybe).tolist():
        if at >= done and (found := _SINGLE.match(text, at)):
            done = found.end()
            edits += [] if _joins_script(text, at) else [(at, done, _plain(found[0]))]
    return edits


def _joins_script(text: str, at: int) -> bool:
    """True for the joiners that other scripts than Latin are written with; of several in a row it is the first."""
    return text[at] in "‌‍" and at > 0 and text[at - 1] > "˿" and text[at - 1] not in "‌‍"


def _plain(found: str) -> str:
    """The plain form of a character that `_SINGLE` finds."""
    if found[0] in LIGATURES:
        return LIGATURES[found[0]]
    if found[0] in _BREAKS:
        return "\n"
    if found == "\u2029":
        return "\n\n"
    if found[0] in _HYPHENS:
        return "-"
    if found[0] == "\u00ad" and len(found) > 1:
        return "\ufffe"
    return " " if unicodedata.category(found[0]) == "Zs" else ""


def composed(text: str) -> list[Edit]:
    """Letters and their combining marks made one character where Unicode has one."""
    edits: list[Edit] = []
    if text.isascii():
        return edits
    done = 0
    for found in _DECOMPOSED.finditer(text):
        jamo = ord(found[0][0]) in _JAMO
        start = found.start() if jamo else max(done, found.start() - 1)
        done = found.end()
        whole = unicodedata.normalize("NFC", text[start:done])
        if whole != text[start:done]:
            edits.append((start, done, whole))
    return edits


def spaces(text: str, *, cells: bool = False) -> list[Edit]:
    """White space at a line's end taken away; inside a line one space, between cells one tab; an indent in spaces."""
    if "\t" not in text and "  " not in text and " \n" not in text and not text.endswith(" "):
        return []
    codes = codes_of(f"\n{text}\n")
    tabs = codes == ord("\t")
    blank = tabs | (codes == ord(" "))
    line_ends = codes == _LINE_END
    # A space between two words and a tab between two cells, as nearly all are, are what they should be: half the time.
    odd = blank[:-2] | blank[2:] | line_ends[2:]
    odd |= tabs[1:-1] & line_ends[:-2] if cells else tabs[1:-1]
    blank[1:-1] &= odd
    edges = indices(blank[1:] != blank[:-1])
    if not len(edges):
        return []
    starts, ends = edges[::2], edges[1::2]  # of stretches of spaces and tabs
    indent, trailing = codes[starts] == _LINE_END, codes[ends + 1] == _LINE_END
    tabbed = np.zeros(len(starts), bool)
    tabbed[np.searchsorted(ends, indices(tabs & blank) - 1, side="right")] = True
    wide = cells & ~indent & (tabbed | (ends - starts >= GAP))
    wrong = trailing | (~indent & (ends - starts > 1)) | (tabbed & ~wide)
    sizes = np.where(trailing, 0, np.where(indent, ends - starts, 1))
    stretches = zip(*(each[wrong].tolist() for each in (starts, ends, sizes, wide)), strict=True)
    return [(start, end, ("\t" if is_wide else " ") * size) for start, end, size, is_wide in stretches]
