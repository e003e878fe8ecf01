"""Journal articles in XML, read and cleaned, against gold: words, order, headings, references, metadata, places.

`python -m tests.evaluation.jats` prints the measures, article by article where one is not whole, and the speed.

Gold repeats the items of a list that stands inside a paragraph, once within it and once on their own; such repeats
count once. What an article says about itself is read a second time with ElementTree to compare, as gold has titles
and reference counts only.
"""

from __future__ import annotations

import html
import json
import re
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from indexer.clean import clean
from indexer.read import jats
from indexer.records import CONTENT, Document, Extract, Source
from tests.evaluation.floors import Outcome
from tests.evaluation.libraries import SHARED

_WORD = re.compile(r"\w+")
_FIRST_WORDS = 8  # that name a paragraph, when order is looked at
_DASHES = str.maketrans("-\u2013", 2 * "\u2212")


class Article(NamedTuple):
    """An article, as read and as it should be."""

    name: str
    extract: Extract
    document: Document
    gold: dict[str, Any]
    root: ET.Element


class Measures(NamedTuple):
    """What one article comes to, each from 0 to 1."""

    words: float  # of the body
    abstract: float  # words of the abstract
    order: float  # pairs of paragraphs that stand in the order of gold
    headings: float  # section titles found as headings
    references: float  # 1 when there are as many as in gold
    metadata: float  # 1 when title, authors, journal, date, DOI and PMID are right
    anchors: float  # characters that stand in the XML where they say


def articles(folder: Path) -> Iterable[Article]:
    """The collection's articles, read and cleaned."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for path in sorted((folder / "xml").iterdir()):
        data = path.read_bytes()
        (extract,) = jats.extracts(data, Source(path.name, "0" * 64))
        yield Article(path.name, extract, clean(extract), gold[path.name], ET.fromstring(data))  # noqa: S314 our own data


def measures(article: Article) -> Measures:
    """How well an article was read."""
    document = article.document
    text = " ".join(block.span.of(document.text.text) for block in document.blocks if block.kind in CONTENT)
    headings = {_plain(block.span.of(document.text.text)) for block in document.blocks if block.kind == "heading"}
    titles = [_plain(title) for title in article.gold["section_titles"] if title]
    references = sum(block.kind == "references" for block in document.blocks)
    return Measures(
        words=_recall(" ".join(_once(article.gold["body_paragraphs"])), text),
        abstract=_recall(_abstract(article.root), text),
        order=_order(article.gold["body_paragraphs"], text),
        headings=sum(title in headings for title in titles) / len(titles) if titles else 1.0,
        references=float(references == article.gold["n_refs"]),
        metadata=float(_said(article.extract) == _stated(article)),
        anchors=_anchored(article),
    )


def measured(folder: Path) -> Outcome:
    """The measures over all articles: the mean of each, and the least of the words."""
    found = {article.name: measures(article) for article in articles(folder)}
    means = {
        name: sum(column) / len(found)
        for name, column in zip(Measures._fields, zip(*found.values(), strict=True), strict=True)
    }
    remarks = [f"{name}: {_short(of)}" for name, of in found.items() if min(of) < 1]
    return Outcome({"least words": min(of.words for of in found.values()), **means}, (*remarks, _speed(folder)))


def _short(of: Measures) -> str:
    return ", ".join(f"{name} {value:.4f}" for name, value in of._asdict().items() if value < 1)


def _recall(right: str, said: str) -> float:
    """The share of the right words that were said."""
    gold, found = Counter(_WORD.findall(right)), Counter(_WORD.findall(said))
    return (gold & found).total() / gold.total() if gold else 1.0


def _once(paragraphs: list[str]) -> list[str]:
    """The paragraphs without those that another one holds whole."""
    plain = [_plain(paragraph) for paragraph in paragraphs]
    return [
        paragraph
        for place, (paragraph, text) in enumerate(zip(paragraphs, plain, strict=True))
        if not any(text in other for other in (*plain[max(0, place - 20) : place], *plain[place + 1 : place + 20]))
    ]


def _order(paragraphs: list[str], said: str) -> float:
    """The share of gold's paragraphs, of those found, that stand behind the one before them in gold."""
    words = " ".join(_WORD.findall(said))
    found = behind = at = 0
    for start in (" ".join(_WORD.findall(paragraph)[:_FIRST_WORDS]) for paragraph in _once(paragraphs)):
        place = words.find(start, at)
        found += bool(start) and start in words
        behind += bool(start) and place >= 0
        at = max(at, place)
    return behind / found if found else 1.0


def _plain(text: str) -> str:
    """The letters and digits of the text."""
    return "".join(_WORD.findall(text))


def _abstract(root: ET.Element) -> str:
    found = root.findall("front/article-meta/abstract//p")
    return " ".join("".join(paragraph.itertext()) for paragraph in found)


def _said(extract: Extract) -> tuple[object, ...]:
    return (_plain(extract.title), extract.authors, extract.journal, extract.date, extract.doi, extract.pmid)


def _stated(article: Article) -> tuple[object, ...]:
    """What the XML says, read in another way."""
    root = article.root
    people = root.findall("front/article-meta/contrib-group/contrib[@contrib-type='author']")
    names = tuple(
        " ".join(
            "".join(part.itertext()) for name in (person.find("name"),) if name is not None for part in _ordered(name)
        )
        or "".join(person.find("collab").itertext())  # type: ignore[union-attr]
        for person in people
    )
    ids = {found.get("pub-id-type"): found.text for found in root.findall("front/article-meta/article-id")}
    date = root.find("front/article-meta/pub-date[@pub-type='epub']")
    parts = [int(date.findtext(part, "0")) for part in ("year", "month", "day")] if date is not None else []
    return (
        _plain(article.gold["title"]),
        names,
        root.findtext("front/journal-meta//journal-title"),
        "{}-{:02}-{:02}".format(*parts),
        ids["doi"],
        ids.get("pmid", ""),
    )


def _ordered(name: ET.Element) -> Iterable[ET.Element]:
    """The parts of a name, the given one first."""
    return (part for key in ("given-names", "surname", "suffix") for part in name.findall(key))


def _anchored(article: Article) -> float:
    """The share of the clean text's letters and signs that stand in the XML where they say."""
    aligned, original = article.document.text, article.extract.original
    right = every = at = 0
    for length, start, end in aligned.runs:
        text, source = _spelled(aligned.text[at : at + length]), original[start:end]
        at += length
        every += len(text)
        right += len(text) * (text in _spelled(source) or text in _spelled(html.unescape(source)))
    return right / every


def _spelled(text: str) -> str:
    """The text without white space, each letter in its plain, composed form and in lower case, a dash as a minus.

    "10<sup>-5</sup>" is shown as 10⁻⁵, and the sign stands for the dash.
    """
    return "".join(unicodedata.normalize("NFKC", text).split()).lower().translate(_DASHES)


def _speed(folder: Path) -> str:
    """Megabytes of XML in a second of processor time."""
    data = [path.read_bytes() for path in sorted((folder / "xml").iterdir())]
    started = time.process_time()
    for article in data:
        jats.extracts(article, Source("x.xml", "0" * 64))
    return f"{sum(map(len, data)) / 1e6 / (time.process_time() - started):.1f} MB per second of processor time"


def main() -> int:
    """Print the measures; 1 when the collection is not there."""
    folder = SHARED / "jats"
    if not folder.exists():
        print("skipped: the public collection jats is not in ../shared/data")
        return 1
    outcome = measured(folder)
    print("\n".join([f"{name:12} {value:.4f}" for name, value in outcome.values.items()] + list(outcome.remarks)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
