"""Bytes -> Extract: one module per format, chosen by what the bytes are, then by the suffix.

Every format module has `extracts(data: bytes, source: Source) -> tuple[Extract, ...]`, the documents in a file, and
raises UnreadableSourceError alone. Modules are imported when their format first turns up.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from indexer.errors import UnreadableSourceError
from indexer.records import Extract, Source

SUFFIXES = {
    "": "text",
    ".csv": "delimited",
    ".docx": "docx",
    ".eml": "mbox",
    ".epub": "epub",
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".markdown": "markdown",
    ".mbox": "mbox",
    ".md": "markdown",
    ".ndjson": "jsonl",
    ".nbib": "nbib",
    ".nxml": "jats",
    ".pdf": "pdf",
    ".ris": "nbib",
    ".srt": "subtitles",
    ".text": "text",
    ".tsv": "delimited",
    ".txt": "text",
    ".vtt": "subtitles",
    ".xhtml": "html",
    ".xml": "jats",
}
# How a letter begins in a file of many: who sent it, and the day and time as C's asctime writes them; then its head.
LETTER = (
    rb"From \S+(?: at \S+)? +(?:[A-Z][a-z]{2} ){2} ?\d\d? \d\d:\d\d[^\r\n]{0,20} \d{4}[^\r\n]{0,20}(?:\r\n?|\n)"
    rb"(?=[A-Za-z][\w-]*:)"
)
_SIGNATURES = (
    (re.compile(rb"PMID- \d{1,9}[ \t]*\r?\n[A-Z]{2,4} {0,2}- |TY  - [A-Z]{2,6}[ \t]*\r?\n[A-Z][A-Z0-9]  - "), "nbib"),
    (re.compile(LETTER), "mbox"),
    (re.compile(rb"%PDF-\d\.\d[ \t]*[\r\n]"), "pdf"),
    (re.compile(rb"PK\x03\x04(?=.*META-INF/container\.xml)", re.DOTALL), "epub"),
    (re.compile(rb"PK\x03\x04(?=.*word/document\.xml)", re.DOTALL), "docx"),
)
# What stands before the first element of markup; then what says which kind it is. One tag alone does not: notes on HTML
# may begin with it. Possessive, as comments could be paired in exponentially many ways.
_BEFORE = rb"(?:\s++|<\?xml[^>]*+>|<!--(?>.*?-->))*+"
_MARKUP = (
    (
        _BEFORE
        + rb"(?:<!doctype\s+html\b[^>]*+>"
        + _BEFORE
        + rb"<[a-z]|<html\b[^>]*+>"
        + _BEFORE
        + rb"<(?:head|body)\b)",
        "html",
    ),
    (_BEFORE + rb"(?:<!doctype\s+article\s|<article\s[^>]*(?:article-type|dtd-version)=)", "jats"),
)
_KINDS = (*_SIGNATURES, *((re.compile(pattern, re.IGNORECASE | re.DOTALL), name) for pattern, name in _MARKUP))
_PACKED = ("docx", "epub", "pdf")  # formats that are no text
_CODE = re.compile(rb"[<{\[]|%!|PK[\x03\x05]")  # what markup, JSON, RTF, PostScript and archives begin with
_PDF = re.compile(rb"%PDF-|\bendobj\b")
_OFFICE = (".doc", ".rtf", ".odt", ".wpd", ".pages", ".ppt", ".pptx", ".odp")
_SHEETS = (".xls", ".xlsx", ".ods", ".numbers")
_MARKED_UP = (".rst", ".org", ".adoc", ".tex", ".textile", ".mediawiki", ".log")
# What can be done about a suffix that has no reader.
_INSTEAD = (
    dict.fromkeys(_OFFICE, ": save it as .docx or .pdf")
    | dict.fromkeys(_SHEETS, ": save it as .csv")
    | dict.fromkeys(_MARKED_UP, ": a copy named .txt is read as plain text, signs and all")
    | {".json": ": one object a line is read as .jsonl", ".zip": ": unpack it"}
)
_NAMES = {
    "delimited": "csv",
    "mbox": "txt",
    "nbib": "txt",
    "subtitles": "txt",
    "text": "txt",
    "markdown": "md",
}  # module -> its name among FORMATS, where that is another
_HEAD = 4096  # bytes at a file's beginning that tell what it is
_TAIL = 64 * 1024  # bytes at its end, where a zip archive lists what it holds
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
MAX_BYTES = 64 * 1024 * 1024


def readable(path: Path) -> bool:
    """True when the file's suffix names a format that Pincite reads, or else its bytes do."""
    return path.suffix.lower() in SUFFIXES or _signed(_ends(path)) is not None


def unsupported(source_path: str) -> UnreadableSourceError:
    """What is said of a file whose format has no reader, and what can be done about it."""
    suffix = Path(source_path).suffix
    return UnreadableSourceError(
        source_path, f"no reader for {suffix}{_INSTEAD.get(suffix.lower(), '')}", "unsupported"
    )


def leads_out(link: Path, folder: Path) -> bool:
    """True when a link leads out of a folder, to what nobody has asked to be read."""
    return not link.resolve().is_relative_to(folder.resolve())


def load(path: Path, source_path: str, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes; UnreadableSourceError when it is missing, not a plain file, empty, or over `limit` bytes."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableSourceError(source_path, "not a plain file")
        if size > limit:
            reason = f"{size / 1e6:.0f} MB is over the limit of {limit / 1e6:.0f} MB"
            raise UnreadableSourceError(source_path, reason, "too large")
        data = _read_to(path, limit)
    except OSError as error:
        raise UnreadableSourceError(source_path, _refusal(path, error), "unreadable") from error
    if not data.strip():
        raise UnreadableSourceError(source_path, "the file is empty", "empty")
    return data


def _refusal(path: Path, error: OSError) -> str:
    """Why a file cannot be read; of a link, what is wrong with it."""
    if error.errno == errno.ELOOP:
        return "a link that leads back to itself"
    if error.errno == errno.ENOENT and path.is_symlink():
        return f"a link to {os.fsencode(path.readlink()).decode('utf-8', 'backslashreplace')}, which is not there"
    return error.strerror or str(error)


def _read_to(path: Path, limit: int) -> bytes:
    """The file's bytes, `limit` at most: it may grow while it is read."""
    with path.open("rb") as file:
        return file.read(limit)


def read(path: Path, source_path: str, limit: int = MAX_BYTES) -> tuple[Extract, ...]:
    """The documents in a file; UnreadableSourceError tells why there are none."""
    data = load(path, source_path, limit)
    return extracts(data, Source(source_path, hashlib.sha256(data).hexdigest()))


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The documents in the bytes of a file."""
    name = format_of(data, source.path)
    if name is None:
        raise unsupported(source.path)
    source = replace(source, format=_NAMES.get(name, name))
    found: tuple[Extract, ...] = import_module(f"indexer.read.{name}").extracts(data, source)
    return found


def misnamed(source: Source) -> str:
    """What a file is, in a sentence, when its suffix says that it is something else; empty when it does not."""
    suffix = Path(source.path).suffix.lower()
    named = SUFFIXES.get(suffix, "")
    if not suffix or not named or _NAMES.get(named, named) == source.format:
        return ""
    return f"read as {source.format}, which its bytes are, though it is named {suffix}"


def format_of(data: bytes, path: str) -> str | None:
    """The name of the module that reads the bytes; None when there is none.

    A signature counts more than the suffix: a PDF that is named .txt is read as a PDF, and so is a page of HTML that
    a web server gave in place of a PDF. Text has none: JSON that is named .txt stays text. Plain text without a suffix,
    or under the name of a format that is no text, is read as text.
    """
    named = SUFFIXES.get(Path(path).suffix.lower())
    return _signed(data) or ("text" if named in _PACKED and _is_plain_text(data) else named)


def _is_plain_text(data: bytes) -> bool:
    """True for bytes that are text, but not markup, code, or a PDF that was cut or damaged."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _CODE.match(head) or _PDF.search(head):
        return False
    try:
        import_module("indexer.read.text").decode(data, "")
    except UnreadableSourceError:
        return False
    return True


def _signed(data: bytes) -> str | None:
    """The format that the bytes themselves say they are; None when they do not."""
    head = data[:_HEAD].lstrip()
    if head.startswith(_UTF_16):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    whole = head + data[-_TAIL:] if head.startswith(b"PK") else head
    return next((name for signature, name in _KINDS if signature.match(whole)), None)


def _ends(path: Path) -> bytes:
    """The beginning and the end of a file; nothing when it cannot be read."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            head = file.read(_HEAD)
            file.seek(max(len(head), path.stat().st_size - _TAIL))
            return head + (file.read(_TAIL) if head.startswith(b"PK") else b"")
    except OSError:
        return b""
