"""Text as messy as sources are, for property tests, and what may stand for what in a cleaned text."""

import unicodedata

import ftfy
from ftfy.fixes import fix_c1_controls
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.records import KINDS

# Each sets off a rule, or is what a rule must not be set off by.
_PIECES = (
    "the ", "The patient ", "metasta-\nses8)", "very rare3,10). ", "appro- \nximately ", "well-\nenhanced ",
    " Fig. 1. A photograph of it.\n", "Fig. 2. Another\nview (A).\n\n", "as shown in\n", "\n", "\n\n", "\n\n", "  ",
    "\t", "• ", "1. ", "2. ", "a) ", "- ", "References\n", "INTRODUCTION\n", "Learn more.", "Find a Doctor\n",
    "Please log in, subscribers.", "We use cookies", "Page 3 of 9\n\n", "\n\n4\n\n", "ﬁ", "\u00ad", "\u200b",
    "e\u0301", "\u1100\u1161", "â€™", "Ã©", "\ufffe", "\x02", "pa- tients ", "inten\nsity ", "di fferent ", ". ", ", ",
    "(", ")", "rare.12 The ", "rare¹² ", "A Case Report of the Title Here\n", "A Case Report of the Title Here ",
    "of T12, L1 was performed.\n", "\r\n", "\x0c", "\xa0", "A", "b", "7)", "-", "’", ":", "Published May 9, 1997",
    "John Smith MD", "in several columns that are broken by a typesetter\n", "https://example.org/a ", "mRNA ",
    "here it goes on with the same thing and some more\n", "word ", "Results may vary. ", "The patient appears. ",
)  # fmt: skip

pieces = st.sampled_from(_PIECES)
messy = st.lists(pieces | pieces | st.text(max_size=6), max_size=40).map("".join)
blocks = st.lists(st.tuples(st.sampled_from(sorted(KINDS)), messy), min_size=1, max_size=6)

_HYPHENS = frozenset("-\u00ad\u2010\u2011\x02\ufffe")


def unbacked(text: AlignedText, original: str) -> list[tuple[str, str]]:
    """Characters of a cleaned text that their source does not hold, with that source; white space aside."""
    found = []
    for at, character in enumerate(text.text):
        span = text.source(at, at + 1)
        if not character.isspace() and not _backs(original[span.start : span.end], character):
            found.append((character, original[span.start : span.end]))
    return found


def _backs(source: str, character: str) -> bool:
    """True when the source holds the character: as it is, composed, in a ligature, as mojibake or a hyphen mark."""
    if character in source or (character == "-" and _HYPHENS & set(source)):
        return True
    forms = {unicodedata.normalize("NFKC", source), unicodedata.normalize("NFC", source), source}
    for _ in range(3):  # what is left out between two characters can make mojibake of them
        forms |= {change(form) for form in forms for change in (ftfy.fix_encoding, fix_c1_controls, _visible)}
    forms |= {unicodedata.normalize("NFC", form) for form in forms}
    return any(character in form for form in forms)


def _visible(text: str) -> str:
    """The text without control and format characters."""
    return "".join(each for each in text if unicodedata.category(each) not in ("Cc", "Cf"))
