"""XML as a tree whose text knows where in the source it stands; safe on hostile files.

Expat reads it, and gives the place of every piece of text, which lxml does not. Nothing is fetched, entity
declarations are refused, and nesting is limited.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from indexer.aligned import AlignedText, Run
from indexer.errors import UnreadableSourceError

_MAX_DEPTH = 128  # elements inside one another; the deepest of 19 articles has 22
_MAX_NODES = 1_200_000  # tags and pieces of text: a gigabyte with what is made of them; an article has 5,000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_SPACES = re.compile(r"[ \t\r\n]+")
_REFERENCE = re.compile(r"&#?\w+;|\r\n")  # what stands for one character


class Piece(NamedTuple):
    """Characters between tags, and the source characters that they stand for."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Element:
    """An element; names of elements and attributes are without their namespace."""

    name: str
    attributes: dict[str, str]
    start: int  # where its name begins in the source
    children: list[Element | Piece] = field(default_factory=list)

    def elements(self) -> Iterator[Element]:
        """The elements directly inside this one."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names anywhere inside, in document order, one inside another too."""
        ahead = list(self.elements())[::-1]
        while ahead:
            element = ahead.pop()
            if element.name in names:
                yield element
            ahead += list(element.elements())[::-1]

    def first(self, *path: str) -> Element | None:
        """The first element at a path of names, each directly inside the one before."""
        here: Element | None = self
        for name in path:
            here = next((child for child in here.elements() if child.name == name), None) if here else None
        return here

    def pieces(self) -> Iterator[Piece]:
        """All text inside, in document order."""
        ahead: list[Element | Piece] = self.children[::-1]
        while ahead:
            child = ahead.pop()
            if isinstance(child, Element):
                ahead += child.children[::-1]
            else:
                yield child

    def words(self) -> str:
        """All text inside, on one line."""
        return " ".join("".join(piece.text for piece in self.pieces()).split())


def aligned(pieces: list[Piece]) -> AlignedText:
    """The pieces one after another."""
    return AlignedText.build("".join(piece.text for piece in pieces), (run for piece in pieces for run in _runs(piece)))


def collapsed(text: AlignedText) -> AlignedText:
    """The text with each stretch of white space as one space: how a line ends in XML says nothing.

    Its first character stands for it, since tags may lie between the others.
    """
    edits = []
    for match in _SPACES.finditer(text.text):
        if match[0] != " ":
            edits += [(match.start(), match.start() + 1, " "), (match.start() + 1, match.end(), "")]
    return text.edit(edits) if edits else text


def _runs(piece: Piece) -> list[Run]:
    """A piece is one to one, or it is characters that one reference stands for."""
    length = len(piece.text)
    if length == piece.end - piece.start:
        return [(length, piece.start, piece.end)]
    return [(1, piece.start, piece.end)] * length


def decode(data: bytes, path: str) -> str:
    """The text of an XML file by its byte order mark or declaration, else as UTF-8; the mark is left out."""
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
        text.encode("utf-8")
    except (LookupError, UnicodeError, ValueError):
        raise UnreadableSourceError(path, f"the XML is not valid {encoding}") from None
    return text.removeprefix("\ufeff")


def _encoding(data: bytes) -> str:
    """The encoding that the bytes claim."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    declared = _DECLARED.match(data)
    return declared[1].decode("ascii").lower() if declared else "utf-8"


def parse(text: str, path: str) -> Element:
    """The root element of the XML; UnreadableSourceError when it is not well-formed, or hostile."""
    return _Builder(text, path).root()


class _Builder:
    """Takes expat's calls, and keeps the place in the text that they belong to."""

    def __init__(self, text: str, path: str) -> None:
        self._text = text
        self._path = path
        self._bytes = text.encode("utf-8")
        self._at_byte = self._at = 0  # the same place, in bytes and in characters
        self._open = [Element("", {}, 0)]
        self._nodes = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.UseForeignDTD(True)  # names of entities that no one declares come to _skipped
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.SkippedEntityHandler = self._skipped
        self._parser.EntityDeclHandler = self._refuse

    def root(self) -> Element:
        """Parse it all."""
        try:
            self._parser.Parse(self._bytes, True)
        except expat.ExpatError as error:
            raise UnreadableSourceError(self._path, f"the XML is not well-formed: {error}") from None
        return next(self._open[0].elements())

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > _MAX_DEPTH:
            raise UnreadableSourceError(self._path, f"the XML is nested more than {_MAX_DEPTH} elements deep")
        local = _local(name)
        start = self._place() + 1 + len(name) - len(local)
        element = Element(local, {_local(key): value for key, value in attributes.items()}, start)
        self._add(element)
        self._open.append(element)

    def _end(self, _name: str) -> None:
        self._open.pop()

    def _characters(self, characters: str) -> None:
        start = self._place()
        end = start + len(characters)
        if len(characters) == 1 and (found := _REFERENCE.match(self._text, start)):
            end = found.end()
        self._add(Piece(characters, start, end))

    def _skipped(self, name: str, is_parameter: bool) -> None:
        """An entity of the format's own DTD, which is not read: HTML knows the same names."""
        if not is_parameter:
            start = self._place()
            end = start + len(name) + 2
            self._add(Piece(html5.get(f"{name};", self._text[start:end]), start, end))

    def _add(self, node: Element | Piece) -> None:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise UnreadableSourceError(self._path, f"the XML has more than {_MAX_NODES:,} parts", "too large")
        self._open[-1].children.append(node)

    def _refuse(self, *_declaration: object) -> NoReturn:
        raise UnreadableSourceError(self._path, "the XML declares entities, which are not expanded")

    def _place(self) -> int:
        """Where in the text expat is."""
        at_byte = self._parser.CurrentByteIndex
        self._at += len(self._bytes[self._at_byte : at_byte].decode("utf-8"))
        self._at_byte = at_byte
        return self._at


@lru_cache(maxsize=4096)
def _local(name: str) -> str:
    """A name without the prefix of its namespace."""
    return name.rpartition(":")[2]
