"""EPUB books: the chapters in reading order.

A place inside a zip archive is no use to a reader, so the source's text as read is what this module puts together,
block after block. Reading the same file again gives the same text. Nothing is fetched, and no script is run.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read import html
from indexer.read.archive import Archive
from indexer.read.blocks import Written, written
from indexer.read.epub_labels import labelled
from indexer.read.html_page import TooManyStretchesError, page
from indexer.read.metadata import bare_doi, doi_url
from indexer.read.xml_tree import Element, decode, parse
from indexer.records import Extract, Source

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_TEXT = frozenset({"application/xhtml+xml", "text/html", "application/xml", "text/xml", ""})
_MOST_STRETCHES = 400_000  # of text, in the whole book; a long novel has 20,000
_AUTHOR = frozenset({"", "aut", "cre"})
_NO_TITLE = frozenset({"unknown", "untitled", "[untitled]"})


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The one book of the file."""
    book = _Book(data, source.path)
    original, blocks = written(book.blocks())
    if not original:
        raise UnreadableSourceError(source.path, *book.why_empty())
    said = book.said()
    return (
        Extract(
            source,
            original,
            AlignedText.of(original),
            title=said.title,
            authors=said.authors,
            date=said.date,
            url=doi_url(said.doi),
            blocks=blocks,
            doi=said.doi,
            notes=tuple(book.notes),
        ),
    )


class _Said(NamedTuple):
    """What a book says about itself."""

    title: str
    authors: tuple[str, ...]
    date: str
    doi: str


class _Chapter(NamedTuple):
    """A file in reading order."""

    name: str  # in the archive
    kind: str  # media type
    part: str  # what the book says it is: toc, cover, ...; mostly nothing


class _Book:
    """The parts of a book."""

    def __init__(self, data: bytes, path: str) -> None:
        self._archive = Archive(data, path)
        self._path = path
        self._left = _MOST_STRETCHES
        self._name = self._package_name()
        self._package = self._tree(self._name)
        self.notes: list[str] = []  # which chapters could not be read, and why
        self._statuses: list[str] = []  # of those errors
        self._locked = self._encrypted()

    def said(self) -> _Said:
        """Title, authors, date and DOI."""
        meta = self._package.first("metadata") or Element("metadata", {}, 0)
        found = [*(meta.first("dc-metadata") or meta).elements()]

        def words(name: str) -> list[str]:
            return [text for element in found if element.name == name and (text := element.words())]

        authors = [
            element.words()
            for element in found
            if element.name == "creator" and element.attributes.get("role", "").lower() in _AUTHOR
        ]
        titles = [title for title in words("title") if title.lower() not in _NO_TITLE]
        doi = next((doi for text in words("identifier") if (doi := bare_doi(text))), "")
        date = next((date for date in words("date") if not date.startswith("0101")), "")  # Calibre's "unknown"
        return _Said(next(iter(titles), ""), tuple(filter(None, authors)), date.partition("T")[0], doi)

    def blocks(self) -> Iterator[Written]:
        """The text of all chapters."""
        for chapter in self._chapters():
            try:
                yield from self._chapter(chapter)
            except UnreadableSourceError as error:
                if error.status == "too large":
                    raise
                self._statuses.append(error.status)
                self.notes.append(f"{chapter.name} could not be read: {error.reason}")

    def why_empty(self) -> tuple[str, str]:
        """Reason and status of a book without text."""
        return (self.notes[0], self._statuses[0]) if self.notes else ("the book holds no text", "empty")

    def _chapter(self, chapter: _Chapter) -> list[Written]:
        """The text of a chapter."""
        if chapter.name in self._locked:
            raise UnreadableSourceError(self._path, "it is encrypted", "encrypted")
        text = html.decode(self._archive.read(chapter.name), self._path)
        text = text if text.lstrip().startswith("<?xml") else f"<?xml?>{text}"  # elements may close themselves
        try:
            found = page(text.lstrip(), self._left)
        except TooManyStretchesError:
            reason = f"the book has over {_MOST_STRETCHES:,} pieces of text"
            raise UnreadableSourceError(self._path, reason, "too large") from None
        self._left -= len(found.stretches)
        return list(labelled(found, chapter.part))

    def _chapters(self) -> Iterator[_Chapter]:
        """The files in reading order, each once."""
        items = {item.attributes.get("id", ""): item.attributes for item in self._listed("manifest", "item")}
        parts = {self._whole(said["href"]): said.get("type", "") for said in self._guide()}
        seen: set[str] = set()
        for place in self._listed("spine", "itemref"):
            item = items.get(place.attributes.get("idref", ""), {})
            name = self._whole(item.get("href", ""))
            chapter = _Chapter(name, item.get("media-type", "").lower(), parts.get(name, "").lower())
            if item and chapter.kind in _TEXT and name not in seen:
                seen.add(name)
                yield chapter

    def _guide(self) -> Iterator[dict[str, str]]:
        """What an EPUB 2 says its special files are, places inside a file left out."""
        said = (reference.attributes for reference in self._listed("guide", "reference"))
        return (found for found in said if "#" not in found.get("href", "#"))

    def _listed(self, group: str, name: str) -> Iterator[Element]:
        """The elements of a name in a group of the package."""
        found = self._package.first(group)
        return (element for element in found.elements() if element.name == name) if found else iter(())

    def _whole(self, href: str) -> str:
        """The name in the archive that a reference from the package means."""
        inside = unquote(href.partition("#")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._name), inside))

    def _package_name(self) -> str:
        """The name of the package document."""
        if _CONTAINER not in self._archive:
            raise UnreadableSourceError(self._path, "the archive holds no book")
        for file in self._tree(_CONTAINER).all("rootfile"):
            name = file.attributes.get("full-path", "")
            if name in self._archive:
                return name
        raise UnreadableSourceError(self._path, "the book's list of contents is missing")

    def _encrypted(self) -> set[str]:
        """The names of the parts that are encrypted; in many books only fonts are."""
        if _ENCRYPTION not in self._archive:
            return set()
        return {unquote(found.attributes.get("URI", "")) for found in self._tree(_ENCRYPTION).all("CipherReference")}

    def _tree(self, name: str) -> Element:
        """The root of a part that is XML."""
        return parse(decode(self._archive.read(name), self._path), self._path)
