"""The marks inside a Markdown paragraph, as edits that leave its words.

Each edit takes marks away and adds nothing, but for entities, escapes and raised numbers, so every word keeps its exact
place.
What CommonMark reads as text stays: snake_case, 2 * 3, code between backticks; and so does 2*3*4, where CommonMark
sees emphasis and readers see a product. Every rule is linear in the length of the paragraph.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from indexer.aligned import AlignedText, Edit
from indexer.read.raised import raised

_MARK = re.compile(r"\\.|`+|!?\[|\]|\*+|_+|~+|[<&]")
_TAG = re.compile(  # without "=" only few attributes: "a <b and c> d" is no tag
    r"""</?([A-Za-z][A-Za-z0-9]{0,15})(?:\s+(?:open|checked|controls|disabled|hidden|nowrap|[A-Za-z_:@][\w:.@-]{0,50}"""
    r"""\s*=\s*(?:"[^"<]{0,2000}"|'[^'<]{0,2000}'|[^\s"'=<>`]{1,2000}))){0,30}\s*/?>"""
)
_HTML = frozenset(  # other names between angle brackets are an author's: <VERSION>
    """a abbr address article aside audio b bdi bdo big blockquote br button canvas caption center cite code
    col colgroup data dd del details dfn div dl dt em figcaption figure font footer form h1 h2 h3 h4 h5 h6
    header hgroup hr i iframe img input ins kbd label li link main map mark nav nobr ol p param picture pre
    q rp rt ruby s samp section small source span strike strong sub summary sup svg table tbody td tfoot th
    thead time tr tt u ul var video wbr""".split()
)
_ADDRESS = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]{1,2000}|[^\s<>@]{1,100}@[^\s<>@]{1,200})>")
_RAISED = re.compile(r"([^<>]{1,30})</sup\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TARGET = re.compile(
    r"""\(\s{0,9}(?:<[^<>\n]{0,2000}>|(?:[^\s()<]|\([^\s()]{0,500}\)){0,2000})"""
    r"""(?:\s{1,9}(?:"[^"]{0,1000}"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s{0,9}\)"""
)
_LABEL = re.compile(r"\[([^\[\]]{0,200})\]")
_NOTE = re.compile(r"\[(\^[^\[\]\s]{1,100})\]")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def label(text: str) -> str:
    """A link's label as labels are compared."""
    return " ".join(text.split()).casefold()


def unmarked(text: AlignedText, labels: Container[str]) -> AlignedText:
    """A paragraph without its marks; `labels` are those of the document's link and note definitions."""
    edits = _Marks(text.text, labels).edits
    return text.edit(sorted(edits)) if edits else text


@dataclass(slots=True)
class _Opener:
    """Emphasis marks that may begin emphasis."""

    end: int  # of those not used yet
    size: int
    inside_word: bool  # a letter or digit stands before


class _Marks:
    """A walk over the marks of a paragraph."""

    def __init__(self, text: str, labels: Container[str]) -> None:
        self.text = text
        self.labels = labels
        self.edits: list[Edit] = []
        self._brackets: list[tuple[int, int]] = []  # where an open bracket begins and ends
        self._emphasis: dict[str, list[_Opener]] = {"*": [], "_": [], "~": []}
        self._code = _code_spans(text)
        self._last_comment = text.rfind("-->")
        at = 0
        while found := _MARK.search(text, at):
            at = self._take(found)

    def _take(self, found: re.Match[str]) -> int:
        """Take one mark; where to go on."""
        mark = found[0]
        match mark[0]:
            case "\\":
                return self._escape(found)
            case "`":
                return self._code_span(found)
            case "]":
                return self._close(found.start())
            case "!" | "[":
                return self._open(found)
            case "<" | "&":
                return self._angle(found.start()) or self._entity(found.start()) or found.end()
        self._emphasize(found.start(), found.end())
        return found.end()

    def _drop(self, start: int, end: int) -> int:
        self.edits.append((start, end, ""))
        return end

    def _escape(self, found: re.Match[str]) -> int:
        if found[0][1] in _ESCAPED:
            self._drop(found.start(), found.start() + 1)
            return found.end()
        return found.start() + 1

    def _code_span(self, found: re.Match[str]) -> int:
        """Code stays as it is; its backticks go."""
        closing = self._code.get(found.start())
        if closing is None:
            return found.end()
        self._drop(found.start(), found.end())
        return self._drop(closing, closing + len(found[0]))

    def _open(self, found: re.Match[str]) -> int:
        """A link or image may begin; a reference to a note goes."""
        note = _NOTE.match(self.text, found.start())
        if note and label(note[1]) in self.labels:
            return self._drop(note.start(), note.end())
        self._brackets.append(found.span())
        return found.end()

    def _close(self, at: int) -> int:
        """Of a link its text stays."""
        if not self._brackets:
            return at + 1
        start, end = self._brackets.pop()
        target = _TARGET.match(self.text, at + 1)
        reference = _LABEL.match(self.text, at + 1)
        if target:
            closed = target.end()
        elif reference and label(reference[1] or self.text[end:at][:200]) in self.labels:
            closed = reference.end()
        elif at - end <= 200 and label(self.text[end:at]) in self.labels:
            closed = at + 1
        else:
            return at + 1
        self._drop(start, end)
        return self._drop(at, closed)

    def _angle(self, at: int) -> int:
        """Of an address between angle brackets the address stays; a tag or comment goes. 0 when it is neither."""
        address = _ADDRESS.match(self.text, at)
        if address:
            self._drop(at, at + 1)
            return self._drop(address.end() - 1, address.end())
        if self.text.startswith("<!--", at) and at + 4 <= self._last_comment:
            return self._drop(at, self.text.find("-->", at + 4) + 3)
        tag = _TAG.match(self.text, at)
        if not tag or tag[1].lower() not in _HTML:
            return 0
        if tag[0].lower().startswith("<sup"):
            self._raise(at, tag.end())
        return self._drop(tag.start(), tag.end())

    def _raise(self, at: int, start: int) -> None:
        """Show a number between tags so where it stands behind a digit."""
        if found := _RAISED.match(self.text, start):
            signs = raised(found[1], self._before(at))
            same = zip(found[1], signs, strict=True)
            self.edits += [(at, at + 1, new) for at, (old, new) in enumerate(same, start) if new != old]

    def _before(self, at: int) -> str:
        """The last few characters before a place, without marks."""
        before, done = "", at
        for start, end, new in sorted(self.edits[-20:], reverse=True):
            before = new + self.text[max(end, done - 3) : done] + before
            done = start
            if len(before) >= 3:
                return before
        return self.text[max(0, done - 3) : done] + before

    def _entity(self, at: int) -> int:
        """An entity becomes its character. 0 when there is none."""
        found = _ENTITY.match(self.text, at)
        character = html.unescape(found[0]) if found else ""
        if not found or character in {found[0], "", "\ufffd"}:
            return 0
        self.edits.append((found.start(), found.end(), character))
        return found.end()

    def _emphasize(self, start: int, end: int) -> None:
        """Close what these marks close, and keep the others as openers."""
        sign = self.text[start]
        if sign == "~" and end - start != 2:
            return
        before, after = self.text[start - 1 : start] or " ", self.text[end : end + 1] or " "
        opens, closes = _flanking(sign, before, after)
        while closes and start < end and (opener := self._opener(sign, after)):
            size = min(opener.size, end - start)
            self._drop(opener.end - size, opener.end)
            self._drop(start, start + size)
            opener.end, opener.size, start = opener.end - size, opener.size - size, start + size
        if opens and start < end:
            self._emphasis[sign].append(_Opener(end, end - start, _is_word(before)))

    def _opener(self, sign: str, after: str) -> _Opener | None:
        """The nearest opener of this sign; none when the marks would stand inside a word."""
        openers = self._emphasis[sign]
        while openers and not openers[-1].size:
            openers.pop()
        if not openers or (openers[-1].inside_word and _is_word(after)):
            return None
        return openers[-1]


def _code_spans(text: str) -> dict[int, int]:
    """Where each backtick run begins -> where the next run of its length does."""
    following: dict[int, int] = {}
    pairs: dict[int, int] = {}
    for run in reversed(list(re.finditer("`+", text))):
        length = run.end() - run.start()
        if length in following:
            pairs[run.start()] = following[length]
        following[length] = run.start()
    return pairs


def _flanking(sign: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether marks between two characters can open emphasis, and whether they can close it."""
    opens = not after.isspace() and (not _is_sign(after) or before.isspace() or _is_sign(before))
    closes = not before.isspace() and (not _is_sign(before) or after.isspace() or _is_sign(after))
    if sign == "_":
        return opens and not before.isalnum(), closes and not after.isalnum()
    return opens, closes


def _is_sign(character: str) -> bool:
    """True for punctuation and symbols."""
    return unicodedata.category(character)[0] in "PS"


def _is_word(character: str) -> bool:
    """True for a letter or digit of a script that parts words by spaces, Latin above all."""
    return character.isascii() and character.isalnum()
