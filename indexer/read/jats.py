"""JATS, the XML of journal articles (PubMed Central and most publishers): sections, captions, tables, references.

The decoded XML is the source's text as read; every character of the text has its place there, an entity reference
being the place of the character that it stands for. What floats (figures, tables, notes) follows the paragraph it
stands in, so that no sentence is interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from indexer.aligned import AlignedText
from indexer.errors import UnreadableSourceError
from indexer.read.blocks import Labelled, assembled, joined
from indexer.read.jats_front import front, named
from indexer.read.jats_inline import data_line, line, paragraph
from indexer.read.metadata import doi_url
from indexer.read.tables import Cell, Grid, Rows
from indexer.read.xml_tree import Element, Piece, decode, parse
from indexer.records import Extract, Source

_FRONT = {  # what is shown of the front matter, and how it is labelled
    "contrib-group": "author",
    "aff": "author",
    "author-notes": "author",
    "history": "dates",
    "pub-date": "dates",
    "permissions": "other",
    "funding-group": "disclosure",
    "kwd-group": "other",
    "custom-meta-group": "other",
}
_KINDS = {  # of the paragraphs in an element of this name, or of this sec-type or fn-type
    "ack": "other",
    "bio": "author",
    "COI-statement": "disclosure",
    "conflict": "disclosure",
    "financial-disclosure": "disclosure",
    "fn": "footnote",
    "list": "item",
    "table-wrap-foot": "footnote",
}


class _Place(NamedTuple):
    """Where in an article a block stands."""

    level: int = 1  # of a heading here
    kind: str = "prose"  # of a paragraph here


def extracts(data: bytes, source: Source) -> tuple[Extract, ...]:
    """The articles in the file; UnreadableSourceError when there is none."""
    original = decode(data, source.path)
    root = parse(original, source.path)
    articles = [root] if root.name == "article" else list(root.all("article"))
    if not articles:
        raise UnreadableSourceError(source.path, f"the XML is no journal article but <{root.name}>", "unsupported")
    found = [_extract(article, original, source) for article in articles]
    if not any(extract.text.text for extract in found):
        raise UnreadableSourceError(source.path, "the article holds no text", "empty")
    return (found[0],) if len(found) == 1 else tuple(_parted(found))


def _parted(found: list[Extract]) -> Iterator[Extract]:
    """The articles of a file that holds several, each named by its DOI or PMID, else by its number."""
    used: set[str] = set()
    for number, extract in enumerate(found, 1):
        name = extract.doi or extract.pmid
        name = str(number) if name in used or not name else name
        used.add(name)
        yield replace(extract, source=replace(extract.source, part=name))


def _extract(article: Element, original: str, source: Source) -> Extract:
    """One article."""
    said = front(article)
    text, blocks = assembled(_article(article, _Place()))
    return Extract(
        source=source,
        original=original,
        text=text,
        title=said.title,
        authors=said.authors,
        date=said.date,
        url=doi_url(said.doi),
        blocks=blocks,
        journal=said.journal,
        doi=said.doi,
        pmid=said.pmid,
    )


def _article(article: Element, place: _Place) -> Iterator[Labelled]:
    """All of an article, or of a part of one that has its own title."""
    for child in article.elements():
        if child.name in {"front", "front-stub"}:
            yield from _front(child.first("article-meta") or child, place)
        elif child.name in {"sub-article", "response"}:
            yield from _article(child, place._replace(level=2))
        elif child.name != "processing-meta":
            yield from _inside(child, place)


def _front(meta: Element, place: _Place) -> Iterator[Labelled]:
    """The parts of the front matter that are text."""
    for child in meta.elements():
        if child.name in {"title-group", "article-title"}:
            titles = [child] if child.name == "article-title" else named(child, "article-title", "subtitle")
            kind, level = ("title", 0) if place.level == 1 else ("heading", 1)
            yield Labelled(kind, joined(map(line, titles), " "), level)
        elif child.name in {"abstract", "trans-abstract"}:
            yield from _abstract(child)
        elif child.name in _FRONT:
            yield Labelled(_FRONT[child.name], data_line(child))


def _abstract(abstract: Element) -> Iterator[Labelled]:
    """An abstract; without a title of its own, the word in the tag's name is its heading."""
    if abstract.first("title"):
        yield from _section(abstract, _Place())
        return
    at = abstract.start + abstract.name.index("abstract")
    yield Labelled("heading", AlignedText.build("Abstract", [(8, at, at + 8)]), 1)
    yield from _inside(abstract, _Place(level=2))


def _block(element: Element, place: _Place) -> Iterator[Labelled]:
    """An element of the body."""
    match element.name:
        case "fig" | "media" | "supplementary-material":
            yield from _figure(element)
        case "caption":
            yield Labelled("caption", line(element))
        case "table-wrap":
            yield from _figure(element)
            yield from _tables(element)
        case "list-item" | "fn":
            yield from _inside(element, place)
        case "def-item":
            yield Labelled("item", joined((line(child) for child in element.elements()), " "))
        case "ref":
            yield Labelled("references", data_line(element))
        case "disp-formula":
            yield Labelled("other", line(element))
        case "p" | "label" | "attrib":
            yield from _paragraph(element, place)
        case _ if any(isinstance(child, Piece) and child.text.strip() for child in element.children):
            yield from _paragraph(element, place)
        case _:
            yield from _section(element, place)


def _section(element: Element, place: _Place) -> Iterator[Labelled]:
    """Its heading, and what stands under it."""
    if element.first("title"):
        titles = (line(found) for found in named(element, "label", "title"))
        yield Labelled("heading", joined(titles, " "), place.level)
        place = place._replace(level=place.level + 1)
    yield from _inside(element, place)


def _inside(element: Element, place: _Place) -> Iterator[Labelled]:
    """What stands in an element but for its heading; a number or sign without one before the first words."""
    place = _within(element, place)
    titled = element.first("title")
    label = None if titled else element.first("label")
    for child in element.elements():
        if child is label or (titled and child.name in {"label", "title"}):
            continue
        for found in _block(child, place):
            yield found._replace(text=joined([line(label), found.text], " ")) if label else found
            label = None


def _within(element: Element, place: _Place) -> _Place:
    """The place inside an element, whose name or type may say what its paragraphs are."""
    said = (element.attributes.get("sec-type"), element.attributes.get("fn-type"), element.name)
    return place._replace(kind=next((_KINDS[name] for name in said if name in _KINDS), place.kind))


def _paragraph(element: Element, place: _Place) -> Iterator[Labelled]:
    """A paragraph, then what floats beside it."""
    found = paragraph(element)
    for part in found.flow:
        if isinstance(part, AlignedText):
            yield Labelled(place.kind, part)
        else:
            yield from _block(part, place)
    for part in found.floats:
        yield from _block(part, place)


def _figure(element: Element) -> Iterator[Labelled]:
    """Number and caption of a figure, a table or an attachment, and who made it."""
    yield Labelled("caption", joined((line(found) for found in named(element, "label", "caption")), " "))
    for found in named(element, "attrib", "permissions"):
        yield Labelled("other", data_line(found))


def _tables(element: Element) -> Iterator[Labelled]:
    """The tables in an element and the notes under them."""
    for child in element.elements():
        match child.name:
            case "table":
                yield from _rows(child)
            case "alternatives":
                yield from _tables(child)
            case "table-wrap-foot":
                yield from _inside(child, _Place())


def _rows(table: Element) -> Iterator[Labelled]:
    """The rows of a table."""
    grid, made = Grid(), Rows()
    rows = [(part, row) for part in (table, *table.elements()) for row in part.elements() if row.name == "tr"]
    for at, (part, row) in enumerate(rows):
        grid.begin_row()
        cells = [
            Cell(grid.place(cell.attributes.get("colspan", ""), cell.attributes.get("rowspan", "")), line(cell))
            for cell in row.elements()
        ]
        are_heads = part.name == "thead" or (len(cells) > 1 and all(cell.name == "th" for cell in row.elements()))
        yield Labelled("columns" if are_heads else "row", made.text(cells, at, are_heads=are_heads), int(not at))
