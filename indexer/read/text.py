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
# Letters of Latin, read as those of another script: each alone among Latin ones, where words of that are of several.
_RUN = re.compile(r"([A-Za-z]?)([^\x00-\x7f]+)([A-Za-z]?)")
# What is a letter in ISO 8859-2, and in cp1250, which has that elsewhere, a sign or a letter of Polish or Slovak.
_ISO = re.compile(rb"(?<=[a-z])[\xb1\xb6\xbc](?![\d+-])|(?<=[A-Za-z\xc0-\xff])[\xb9\xbe]|[\xb9\xbe](?=[a-z\xe0-\xff])")
_ELSEWHERE = re.compile(rb"[\x80-\x9f]")  # letters and quotation marks of cp1250, nothing in ISO 8859-2
_POLISH = re.compile(rb"[\xb3\xbf]")  # its commonest letters, the same in both
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
    guess, language = (best.encoding, best.language) if best else ("cp1252", "")
    if not _LATIN.match(guess) and _is_latin(data[:_SAMPLE].decode(guess, "replace")):
        guess, language = "cp1252", ""
    if best is None or _is_western(guess, language, data):
        return data.decode("cp1252", "replace")
    return data.decode(_latin(guess, data[:_SAMPLE]) if _LATIN.match(guess) else guess, "replace")


def _is_latin(decoded: str) -> bool:
    """True for text in the Latin alphabet that was taken for one in another script."""
    runs = _RUN.findall(decoded)
    return 2 * sum(len(run) == 1 and bool(before or after) for before, run, after in runs) > len(runs)


def _latin(guess: str, sample: bytes) -> str:
    """The guess, or the alphabet of Central Europe that it was mistaken for: one that puts no signs into words."""
    tried = ("cp1250", "iso8859_2", guess) if guess in _RARE else (guess, "cp1250", "iso8859_2")
    found = next((name for name in tried if not _SIGN_IN_WORD.search(sample.decode(name, "replace"))), guess)
    return "iso8859_2" if found == "cp1250" and _is_iso(sample) else found


def _is_iso(sample: bytes) -> bool:
    """True for text in an alphabet of Central Europe whose letters stand where ISO 8859-2 has them."""
    signs = {found[0] for found in _ISO.finditer(sample)}
    if _POLISH.search(sample):
        signs -= {b"\xb9", b"\xbe"}  # which is a letter of Polish in cp1250
    return bool(signs) and not _ELSEWHERE.search(sample)


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
