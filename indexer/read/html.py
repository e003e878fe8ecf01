"""HTML: the decoded page is the source's text as read; the text is all that the page shows, labelled.

What is main text is told by `html_content`, on the page's own elements; navigation, comments, promotion and the like
are labelled "other" and stay in their place, so that a reader can see what was left out of the index. Nothing is
fetched, no script is run, and no pattern or walk takes more than time in proportion to the page's length.
"""

from __future__ import annotations

import codecs
import re

from indexer.errors import UnreadableSourceError
from indexer.read import text
from indexer.read.blocks import assembled
from indexer.read.html_labels import begins_title, labelled, names_title
from indexer.read.html_metadata import plain, said
from indexer.read.html_page import Page, TooManyStretchesError, page
from indexer.records import Extract, Source

_MOST_STRETCHES = 200_000  # of text; a page has some 200, the largest of 91 has 1,300
_STRAY = 0.005  # NULs to a byte; UTF-16 text has far more
_HEAD = 4096  # bytes in which a page names its encoding; browsers look at 1,024
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
# What browsers take these names for: the older encodings are parts of the wider ones.
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "gb2312": "gb18030",
    "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "utf-16": "utf-8", "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}  # fmt: skip
_KNOWN = re.compile(r"cp\d+|iso8859-\d+|koi8-[ru]|mac-|gb18030|big5|euc|iso2022_jp|utf-8")


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of a page."""
    original = decode(data, source.path)
    walked = _walked(original, source.path)
    told = said(walked)
    stretches = labelled(walked.stretches, told.titles)
    aligned, blocks = assembled(stretches)
    if not blocks:
        raise UnreadableSourceError(source.path, "the page shows no text", "empty")
    shown = next((plain(stretch.text.text) for stretch in stretches if stretch.kind == "title"), "")
    return (
        Extract(
            source,
            original,
            aligned,
            title=_title(told.titles, shown),
            authors=told.authors,
            date=told.date,
            url=told.url,
            blocks=blocks,
            doi=told.doi,
            pmid=told.pmid,
            guessed=() if told.titles or not shown else ("title",),
        ),
    )


def _walked(original: str, path: str) -> Page:
    try:
        return page(original, _MOST_STRETCHES)
    except TooManyStretchesError as error:
        raise UnreadableSourceError(path, f"the page has over {error} pieces of text", "too large") from error


def decode(data: bytes, path: str) -> str:
    """The page's text; UnreadableSourceError when it is none.

    What reads as UTF-8 is UTF-8 whatever the page says; else the page is believed, as far as it names an encoding.
    """
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return text.decode(data, path)
    if data.count(0) < _STRAY * len(data):
        data = data.replace(b"\0", b" ")  # one stray NUL is no sign of a binary file
    declared = _declared(data)
    if not declared:
        return text.decode(data, path)
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError:
        if declared == "utf-8" and not _mostly_utf8(data):
            return text.decode(data, path)
        decoded = data.decode(declared, "replace")
    return text.decode(decoded.encode("utf-8"), path)


def _declared(data: bytes) -> str:
    """Python's name of the encoding that a page says it has; empty when it says none that pages may have."""
    found = _DECLARED.search(data[:_HEAD])
    return encoding(found[1].decode("ascii")) if found else ""


def encoding(name: str) -> str:
    """Python's name of an encoding that is called so; empty of one that pages and letters may not have."""
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    found = _WIDER.get(found, found)
    return found if _KNOWN.match(found) else ""


def _mostly_utf8(data: bytes) -> bool:
    """True when few characters are broken, as in a page that was cut or put together from two."""
    decoded = data.decode("utf-8", "replace")
    broken = decoded.count("\ufffd")
    return broken < 0.1 * sum(not character.isascii() for character in decoded)


def _title(titles: tuple[str, ...], shown: str) -> str:
    """The page's title: as it is shown when that is one of those given, else as given first."""
    if not titles or any(names_title(shown, title) or begins_title(shown, title) for title in titles):
        return shown
    return titles[0]
