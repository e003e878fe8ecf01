"""Marks that lead to notes, "[12]", "*": told from the text of an element that ends behind nothing but such a sign.

What a mark holds is not shown. So an element is one only when all up to its closing tag has been looked at: what is
never closed, or says more than a mark, is text.
"""

from __future__ import annotations

import re
from html import unescape

from indexer.read.html_markup import Token

_ATTRIBUTES = r"(?:[^<>\"']|\"[^<>\"]*\"|'[^<>']*')*"
_SHOWN = "a abbr b bdi cite em font i img small span strong sub sup u wbr".split()  # in line, what marks are set with
# All up to the closing tag. It stops at the next opening tag of its name, so that a page is looked at once, and each
# character has one way to match.
_INSIDE = {
    name: re.compile(
        rf"((?:[^<]|</?(?:{'|'.join(other for other in _SHOWN if other != name)})(?=[\s/>]){_ATTRIBUTES}>)*)"
        rf"</{name}\s*>",
        re.IGNORECASE,
    )
    for name in ("a", "span", "sup")
}
_LONGEST = 1500  # characters of a mark with its tags; links of MediaWiki and EPUB have long addresses
_TAG = re.compile(r"<[^>]*>")
_SIGN = r"(?:\d{1,4}|[a-z]|[ivx]{1,5}|[*†‡§¶])"
_SIGNS = re.compile(rf"[\s\[]*{_SIGN}(?:[\s,;\[\]\u2013-]+{_SIGN})*[\s,\]]*", re.IGNORECASE)
# Where the page says that it is a mark, a word may stand before: "[note 1]", "[lower-alpha 1]", ": p. 12".
_SAID_SIGN = r"(?:\d{1,4}|[ivx]{1,5}|[^\W\d_]{1,2})"
_SAID = re.compile(  # nothing but a picture or "*" too
    rf"\W*(?:(?:[^\W\d][\w.-]{{0,19}}(?:\W+|(?=\d)))?{_SAID_SIGN}(?:\W+{_SAID_SIGN})*\W*)?", re.IGNORECASE
)
_LONGEST_SAID = 60  # characters of a mark's text
# What makes of `sup` a mark, "[12]", where nothing says so, and of a link.
_LEADS = {
    "sup": re.compile(r"(?:\s|\[|&#91;|&nbsp;|<(?!a\b)[^>]*>)*<a\s[^>]*#", re.IGNORECASE),
    "a": re.compile(r"\s?<sup\b", re.IGNORECASE),
}


def is_mark(html: str, token: Token, attributes: dict[str, str]) -> bool:
    """True for the opening tag of a mark that leads to a note."""
    is_said = _is_said(token.name, attributes)
    if not is_said and not (token.name == "sup" or (token.name == "a" and "#" in attributes.get("href", ""))):
        return False
    found = _INSIDE[token.name].match(html, token.end) if token.name in _INSIDE else None
    if not found or len(found[1]) > _LONGEST:
        return False
    text = unescape(_TAG.sub(" ", found[1])).strip()
    if len(text) > _LONGEST_SAID:
        return False
    if is_said:
        return _SAID.fullmatch(text) is not None
    return _LEADS[token.name].match(found[1]) is not None and _SIGNS.fullmatch(text) is not None


def _is_said(name: str, attributes: dict[str, str]) -> bool:
    """True where the page says that it is a mark, as MediaWiki and EPUB do."""
    is_named = attributes.get("role") == "doc-noteref" or attributes.get("epub:type") == "noteref"
    return is_named or (name == "sup" and "reference" in attributes.get("class", "").split())
