"""Electronic mail as programs keep it, one letter (`.eml`) or many (`.mbox`): each letter is a document.

The source's text as read is what the letter's head says in the fields that a reader looks at, and its text; where some
of that is HTML, a page. Attachments, and letters in letters, are not read. A letter without text says its subject.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from hashlib import sha256
from html import escape
from itertools import pairwise, repeat
from typing import NamedTuple, TypeGuard

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read import LETTER, html, text
from indexer.read.parts import noted
from indexer.read.text_mail import Mail, mail
from indexer.records import Extract, Source

_BEGINS = re.compile(rb"(?:(?<=\n\n)|\A)" + LETTER)
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)  # so that no letter seems to begin there
_STUFFED = re.compile(r"^ ", re.MULTILINE)  # what `format=flowed` puts before lines that would be taken for others
_FLOWS = re.compile(r"^(?!>|-- $)([^\n]*) \n(?![>\n]|-- $)", re.MULTILINE)
_SHOWN = ("From", "To", "Date", "Subject")
_DAMAGED = (LookupError, MessageError, RecursionError, TypeError, ValueError)  # what the parser raises of some letters


class _Part(NamedTuple):
    """Words of a letter."""

    text: str
    is_page: bool  # HTML


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents of the letters; UnreadableSourceError when none has text."""
    data = _lined(data)
    letters = [data] if source.path.lower().endswith(".eml") else list(_letters(data))
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
    return noted(found.values(), (f"{missing} of {len(letters)} letters hold no text",) if missing else ())


def _lined(data: bytes) -> bytes:
    """The bytes without a byte order mark, and with the line ends of Unix."""
    data = data.lstrip().removeprefix(BOM_UTF8).lstrip().replace(b"\r\n", b"\n")
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _letters(data: bytes) -> Iterator[bytes]:
    """The letters, without the lines that part them; what stands before the first such line is one too."""
    lines = [found.span() for found in _BEGINS.finditer(data)]
    if not lines or lines[0][0] > 0:
        lines.insert(0, (0, 0))
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
    fields = {name: value for name in _SHOWN if (value := _field(message, name, source.path))}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    said = mail(head) if head else Mail()
    parts = _parts(message, source.path)
    if any(part.is_page for part in parts):
        with suppress(UnreadableSourceError):  # a page of pictures
            (page,) = html.extracts(_page(parts).encode(), source)
            if said.title:
                page = replace(page, title=said.title, guessed=())
            return replace(page, authors=_authors(said) or page.authors, date=said.date or page.date)
    body = "\n\n".join(part.text for part in parts if not part.is_page) or fields.get("Subject", "")
    if not body:
        raise UnreadableSourceError(source.path, "the letter holds no text", "empty")
    original = f"{head}\n{body}"
    letter = AlignedText.of(original).edit(mail(original).edits)
    return Extract(source, original, letter, title=said.title, authors=_authors(said), date=said.date)


def _authors(said: Mail) -> tuple[str, ...]:
    return (said.author,) if said.author else ()


def _field(message: Message, name: str, path: str) -> str:
    """A field of the head on one line; empty where there is none."""
    raw = next((str(value) for field, value in message.raw_items() if field.lower() == name.lower()), "")
    written = raw
    with suppress(*_DAMAGED, UnreadableSourceError):
        if not raw.isascii():
            charset = next(filter(None, message.get_charsets()), "")
            written = _text(raw.encode("utf-8", "surrogateescape"), charset, path)
        written = str(make_header(decode_header(written)))
    return " ".join(written.encode("utf-8", "replace").decode().split())


def _parts(message: Message, path: str) -> list[_Part]:
    """The letter's own words in their order; of several versions of the same the plain one, where there is one."""
    kind = message.get_content_type()
    if message.is_multipart() and message.get_content_maintype() == "multipart":
        # Parts in parts may be hundreds deep, and a comprehension would go twice as deep.
        inner = list(map(_parts, filter(_is_inline, message.get_payload()), repeat(path)))
        if kind != "multipart/alternative":
            return [part for parts in inner for part in parts]
        versions = list(filter(None, inner))
        return next((parts for parts in versions if not any(part.is_page for part in parts)), (versions or [[]])[-1])
    if kind not in ("text/plain", "text/html") and message.get_content_maintype() != "multipart":
        return []
    shown = _decoded(message, path)
    return [_Part(shown, kind == "text/html")] if shown.strip() else []


def _is_inline(part: object) -> TypeGuard[Message]:
    """True for a part of a letter that is no attachment."""
    return isinstance(part, Message) and part.get_content_disposition() != "attachment" and not part.get_filename()


def _page(parts: list[_Part]) -> str:
    """One page of all parts, plain ones as preformatted text."""
    return "\n".join(part.text if part.is_page else f"<pre>{escape(part.text, quote=False)}</pre>" for part in parts)


def _decoded(part: Message, path: str) -> str:
    """The text of a part; empty where it is none."""
    data = part.get_payload(decode=True)
    shown = ""
    if isinstance(data, bytes) and data.strip():
        with suppress(UnreadableSourceError):
            shown = _text(data, str(part.get_content_charset("")), path)
    if str(part.get_param("format", "")).lower() != "flowed":
        return shown
    space = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    return _FLOWS.sub(rf"\1{space}", _STUFFED.sub("", shown.replace("\r\n", "\n")))


def _text(data: bytes, charset: str, path: str) -> str:
    """Bytes of a letter decoded as it says, else as those of a text; UnreadableSourceError when they are none."""
    named = html.encoding(charset) or "utf-8"
    for encoding in (named, "utf-8") if b"\x1b" in data else ("utf-8", named):  # Japanese of seven bits is UTF-8 too
        with suppress(UnicodeDecodeError):
            return text.decode(data.decode(encoding).encode("utf-8", "replace"), path)
    return text.decode(data, path)
