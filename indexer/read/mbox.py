"""Electronic mail as programs keep it, one letter (`.eml`) or many (`.mbox`): each letter is a document.

The source's text as read is what the letter's head says in the fields that a reader looks at, and its text; where that
is a page of HTML alone, the page. Attachments are not read. A letter without text is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from hashlib import sha256
from itertools import pairwise

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read import html, text
from indexer.read.text_mail import Mail, mail
from indexer.records import Extract, Source

_BEGINS = re.compile(rb"(?:(?<=\n\n)|(?<=\n\r\n)|\A)From [^\n]{0,200}\d\d:\d\d[^\n]{0,60}\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)  # so that no letter seems to begin there
_SHOWN = ("From", "To", "Date", "Subject")
_DAMAGED = (LookupError, MessageError, RecursionError, TypeError, ValueError)  # what the parser raises of some letters


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents of the letters; UnreadableSourceError when none has text."""
    letters = list(_letters(data.lstrip()))
    found: dict[str, Extract] = {}
    missing = 0
    for letter in letters:
        try:
            message = message_from_bytes(letter)
            part = _part(message, letter, found) if len(letters) > 1 else ""
            extract = _extract(message, replace(source, part=part))
        except (*_DAMAGED, UnreadableSourceError):
            missing += 1
        else:
            found[part] = extract
    if not found:
        raise UnreadableSourceError(source.path, "no letter in it holds text", "empty")
    first, *others = found.values()
    return replace(first, notes=(f"{missing} of {len(letters)} letters hold no text",) if missing else ()), *others


def _letters(data: bytes) -> Iterator[bytes]:
    """The letters, without the lines that part them; all of it where there is no such line."""
    lines = [found.span() for found in _BEGINS.finditer(data)] or [(0, 0)]
    for (_, start), (end, _) in pairwise([*lines, (len(data), 0)]):
        yield _QUOTED.sub(rb"\1", data[start:end])


def _part(message: Message, letter: bytes, taken: dict[str, Extract]) -> str:
    """What names a letter among those of its file, wherever it stands there: made of its own id, else of all of it."""
    for own in (str(message.get("Message-ID", "")).strip().encode("utf-8", "replace"), letter.strip()):
        part = sha256(own).hexdigest()[:12]
        if own and part not in taken:
            break
    return part


def _extract(message: Message, source: Source) -> Extract:
    """The document of a letter; UnreadableSourceError, or one of _DAMAGED, when it has no text."""
    fields = {name: value for name in _SHOWN if (value := _field(message, name))}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    said = mail(head) if head else Mail()
    kind, body = _body(message, source.path)
    if kind == "text/html":
        (page,) = html.extracts(body.encode(), source)
        if said.title:
            page = replace(page, title=said.title, guessed=())
        return replace(page, authors=_authors(said) or page.authors, date=said.date or page.date)
    if not body.strip():
        raise UnreadableSourceError(source.path, "the letter holds no text", "empty")
    original = f"{head}\n{body}"
    letter = AlignedText.of(original).edit(mail(original).edits)
    return Extract(source, original, letter, title=said.title, authors=_authors(said), date=said.date)


def _authors(said: Mail) -> tuple[str, ...]:
    return (said.author,) if said.author else ()


def _field(message: Message, name: str) -> str:
    """A field of the head on one line; empty where there is none."""
    written = str(message.get(name, ""))
    with suppress(*_DAMAGED):
        written = str(make_header(decode_header(written)))
    return " ".join(written.encode("utf-8", "replace").decode().split())


def _body(message: Message, path: str) -> tuple[str, str]:
    """The kind and the text of the letter's own words: plain ones, else a page; empty where it has neither."""
    parts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and (shown := _decoded(part, path)).strip():
                return kind, shown
    return "", ""


def _decoded(part: Message, path: str) -> str:
    """The text of a part; UnreadableSourceError when it is none."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    named = html.encoding(str(part.get_content_charset(""))) or "utf-8"
    for encoding in (named, "utf-8") if b"\x1b" in data else ("utf-8", named):  # Japanese of seven bits is UTF-8 too
        with suppress(UnicodeDecodeError):
            return text.decode(data.decode(encoding).encode("utf-8", "replace"), path)
    return text.decode(data, path)
