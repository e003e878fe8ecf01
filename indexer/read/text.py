"""Plain text: the decoded file is the source's text as read, a byte order mark left out."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read.text_mail import mail, unquoted
from indexer.read.text_masthead import masthead
from indexer.records import Extract, Source

_MARKS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 65536  # bytes to detect an encoding from; detection costs about a second per megabyte
_BINARY_SHARE = 0.02  # control characters among all; text has none, compiled files above .1
_BEGINNING = 4  # characters from the top with one of them in nearly every binary format: PK␃␄, ␡ELF, MZ␐␀
_LATIN = re.compile(r"cp125[0247]$|cp(?:437|775|850|852|858)$|iso8859_(?:1|2|3|4|9|10|13|14|15|16)$|latin|mac_")
_RARE = frozenset({"iso8859_3", "iso8859_4", "iso8859_10", "iso8859_16"})  # Polish is taken for them
_CENTRAL = frozenset(
    "Czech Polish Hungarian Slovak Slovene Croatian Romanian Lithuanian Latvian Estonian Turkish".split()
)
_SIGN_IN_WORD = re.compile(r"[^\W\d_][\xa1-\xa9\xab-\xb9\xbb-\xbf\xd7\xf7\ufffd†‡ˆ‰‹•˜™›¤][^\W\d_]")
_STRAY = 8  # control characters that a short text of UTF-8 may hold all the same


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one document of a text file."""
    original = decode(data, source.path)
    if not original.strip():
        raise UnreadableSourceError(source.path, "the file holds only white space", "empty")
    text = AlignedText.of(original)
    if (letter := mail(original)).title:
        text = text.edit(letter.edits)
        return (Extract(source, original, text, title=letter.title, authors=(letter.author,), date=letter.date),)
    said = masthead(original)
    guessed = tuple(name for name in ("date", "title") if getattr(said, name))
    text = text.edit(unquoted(original))
    return (Extract(source, original, text, title=said.title, date=said.date, guessed=guessed),)


def decode(data: bytes, path: str) -> str:
    """The text of the bytes; UnreadableSourceError when they are not text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _text(data[len(mark) :].decode(encoding, "replace"), path, _STRAY)
    if encoding := _wide(data):  # before UTF-8, which it is as well where no letter has an accent
        return _text(data.decode(encoding, "replace"), path, _STRAY)
    try:
        return _text(data.decode("utf-8"), path, _STRAY)
    except UnicodeDecodeError:
        return _text(_guessed(data, path), path, 0)


def _guessed(data: bytes, path: str) -> str:
    """The bytes decoded by the most likely encoding, undecodable ones replaced."""
    if b"\x00" in data[:_SAMPLE]:
        raise UnreadableSourceError(path, "the file is binary, not text", "not text")
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None or _is_western(best.encoding, best.language, data):
        return data.decode("cp1252", "replace")
    return data.decode(_latin(best.encoding, data) if _LATIN.match(best.encoding) else best.encoding, "replace")


def _latin(guess: str, data: bytes) -> str:
    """The guess, or the alphabet of Central Europe that it was mistaken for: one that puts no signs into words."""
    tried = ("cp1250", "iso8859_2", guess) if guess in _RARE else (guess, "cp1250", "iso8859_2")
    return next((name for name in tried if not _SIGN_IN_WORD.search(data[:_SAMPLE].decode(name, "replace"))), guess)


def _is_western(encoding: str, language: str, data: bytes) -> bool:
    """True for a Latin guess of one byte a character that Windows-1252, by far the commonest, fits as well.

    A few accented letters in English prose are too little to tell Latin alphabets apart: the guess is then as good as
    any. Signs inside words ("³", "¹") or a language of Central Europe speak for the guess.
    """
    if not _LATIN.match(encoding) or language in _CENTRAL:
        return False
    return not _SIGN_IN_WORD.search(data[:_SAMPLE].decode("cp1252", "replace"))


def _wide(data: bytes) -> str:
    """The encoding of UTF-16 text without a mark, of which every other byte is mostly NUL; empty for other bytes."""
    sample = data[:_SAMPLE]
    halves = enumerate(("utf-16-be", "utf-16-le"))
    return next((name for half, name in halves if sample[half::2].count(0) > 0.4 * len(sample) / 2), "")


def _text(decoded: str, path: str, stray: int) -> str:
    """The decoded text, refused when it begins as no text does or is full of control characters."""
    found = len(_BINARY.findall(decoded))
    if found > max(stray, _BINARY_SHARE * len(decoded)) or _BINARY.search(decoded, 0, _BEGINNING):
        raise UnreadableSourceError(path, "the file is binary, not text", "not text")
    return decoded
