"""HTML characters -> tokens, each with its place: text, opening and closing tags, raw text such as scripts.

A tokenizer of our own because every character needs its offset, and because a hostile page must cost no more than its
length: html.parser and lxml give no offsets inside text, and both have inputs that take quadratic time or stop them.
It follows the HTML standard where pages in use depend on it: quotes only after `=`, comments, raw text elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from html.entities import html5
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of markup and where it stands."""

    kind: str  # "text", "open", "close" or "raw"
    start: int
    end: int  # of raw text: of the text between its tags
    name: str = ""  # of the element, in lower case
    attributes: str = ""  # as written, of "open" and "raw"


Piece = tuple[str, int, int]  # (characters, source start, source end): one to one, or one character

# Their text is no markup. Readers without scripts get <noscript> as markup, so it is not among them.
RAW = frozenset({"script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"})

_MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
# Possessive, so that no input makes it try again. A quote that is never closed counts as a plain character.
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)>"
)
_NAME = re.compile(r"</?[a-zA-Z]")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"([^\s\"'>/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,9};?|#[xX][0-9a-fA-F]{1,8};?|[a-zA-Z][a-zA-Z0-9]{1,31};?)")
_SPECIAL = re.compile(rf"{_REFERENCE.pattern}|\0++|[ \t\n\r\f]{{2,}}+|[\t\n\r\f]")


def tokens(html: str) -> Iterator[Token]:
    """The tokens of a page in order; comments, declarations and instructions are left out."""
    xml = html[:200].lstrip().startswith("<?xml")
    at = 0
    while found := _MARKUP.search(html, at):
        start = found.start()
        if start > at:
            yield Token("text", at, start)
        if not _NAME.match(html, start):
            text, at = _declaration(html, start, xml)
            if text:
                yield text
            continue
        tag = _TAG.match(html, start)
        if not tag:
            return  # a tag that is never closed swallows the rest, as in a browser
        token = _tag(html, tag, xml)
        yield token
        at = token.end
    if at < len(html):
        yield Token("text", at, len(html))


def attributes(written: str) -> dict[str, str]:
    """Attribute names in lower case -> values; of a repeated name the first one, as in a browser."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        value = next((value for value in values if value), "")
        found.setdefault(name.lower(), unescape(value) if "&" in value else value)
    return found


def pieces(html: str, start: int, end: int, preformatted: bool = False) -> Iterator[Piece]:
    """The text of html[start:end] as shown: references decoded, white space folded to single spaces, no NULs."""
    at = start
    for found in _SPECIAL.finditer(html, start, end):
        if found.start() > at:
            yield html[at : found.start()], at, found.start()
        at = found.end()
        written = found[0]
        if written[0] == "&":
            yield from _reference(written, found.start())
        elif written[0] != "\0":
            if preformatted:
                yield written, found.start(), at
            else:
                yield " ", found.start(), at
    if at < end:
        yield html[at:end], at, end


def _tag(html: str, tag: re.Match[str], xml: bool) -> Token:
    """The token of a tag; a raw text element is one token from its opening to its closing tag."""
    name, written = tag["name"].lower(), tag["attributes"]
    if tag["close"]:
        return Token("close", tag.start(), tag.end(), name)
    # SVG pictures have titles, and XHTML any element, that close themselves.
    if name in RAW and not (written.endswith("/") and (xml or name == "title")):
        closing = _closing(name).search(html, tag.end())
        return Token("raw", tag.end(), closing.start() if closing else len(html), name, written)
    return Token("open", tag.start(), tag.end(), name, written)


def _declaration(html: str, start: int, xml: bool) -> tuple[Token | None, int]:
    """The text of a CDATA section in XHTML, else nothing; and where the comment or declaration ends."""
    if html.startswith("<!--", start):
        found = _COMMENT_END.search(html, start + 2)
        return None, found.end() if found else len(html)
    if xml and html.startswith("<![CDATA[", start):
        end = html.find("]]>", start)
        end = len(html) if end < 0 else end
        return Token("text", start + len("<![CDATA["), end), min(end + 3, len(html))
    end = html.find(">", start)
    return None, len(html) if end < 0 else end + 1


@lru_cache(maxsize=len(RAW))
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def _reference(written: str, start: int) -> Iterator[Piece]:
    """A character reference decoded; what names no character stays as written."""
    length = len(written) if written[1] == "#" else _known(written[1:]) + 1
    shown = unescape(written[:length]) if length > 1 else ""
    for character in shown:
        yield character, start, start + length
    if length == 1 or length < len(written):
        rest = 0 if length == 1 else length
        yield written[rest:], start + rest, start + len(written)


def _known(name: str) -> int:
    """How many characters of the name the standard knows: "copy" of "copy2020"; 0 when none."""
    return next((length for length in range(len(name), 1, -1) if name[:length] in html5), 0)
