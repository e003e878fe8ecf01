"""A small article in every format, with what each format does to text: broken lines, references, ligatures, runs."""

from __future__ import annotations

import json
from pathlib import Path

from tests.read.pdf_writer import Text, bold, column, pdf
from tests.read.test_docx import docx, p
from tests.read.test_epub import chapter, epub

WORDS = "The drop metastasis lay below the conus & grew by 5 mm a year."
_BROKEN = "The drop metas-\ntasis lay below the conus & grew by 5 mm a year."
_ESCAPED = WORDS.replace("&", "&amp;")
_BOLD = _ESCAPED.replace("drop", "**drop**")
_OWN = "Of alpha{0} beta{0} gamma{0} delta{0} zeta{0} eta{0} theta{0} iota{0} only {0} speaks."  # else all are copies
_HEADING = '<w:pStyle w:val="Heading1"/>'

ARTICLES: dict[str, bytes] = {
    "article.txt": f"About drops\n\nResults\n\n{_BROKEN} {_OWN.format('txt')}\n\nFind a Doctor\n".encode(),
    "article.md": f"# About drops\n\n## Results\n\n{_BOLD}\n{_OWN.format('md')}\n\n- one item\n".encode(),
    "article.html": (
        "<!doctype html><html><head><title>About drops</title><meta charset=utf-8>"
        "<link rel=canonical href='https://journal.example/drops'></head><body><nav><a href=/>Home</a></nav><main>"
        f"<h1>About drops</h1><h2>Results</h2><p>{_ESCAPED.replace('drop', '<b>drop</b>')}\n "
        f"{_OWN.format('html')}&nbsp;</p></main></body></html>"
    ).encode(),
    "article.pdf": pdf(
        [bold(72, 740, "About drops", 16), Text(72, 700, "This page has words of its own, and quite a few of them.")],
        [bold(72, 740, "Results", 12), *column(72, 700, f"{_BROKEN.replace(chr(10), '|')} {_OWN.format('pdf')}", 60)],
    ),
    "article.docx": docx(
        p("Results", _HEADING)
        + p(_ESCAPED.replace("metastasis", "metas</w:t></w:r><w:r><w:t>tasis"))
        + p(_OWN.format("docx"))
    ),
    "article.epub": epub(
        chapter(f"<h1>Results</h1><p>{_ESCAPED} <i>{_OWN.format('epub')}</i></p>"), chapter("<p>The end of it.</p>")
    ),
    "article.xml": (
        "<article><front><article-meta><title-group><article-title>About drops</article-title></title-group>"
        "<pub-date><year>2001</year></pub-date></article-meta></front><body><sec><title>Results</title>"
        f"<p>{_ESCAPED.replace('drop', '<italic>drop</italic>')} {_OWN.format('xml')}"
        "<xref ref-type='bibr'>1</xref></p></sec></body>"
        "<back><ref-list><ref><mixed-citation>Eve A. The drop metastasis of the conus. 1999;1:2-3.</mixed-citation>"
        "</ref></ref-list></back></article>"
    ).encode(),
    "articles.jsonl": "".join(
        json.dumps({"_id": name, "title": "About drops", "text": text}) + "\n"
        for name, text in {
            "j1": f"{WORDS} {_OWN.format('jsonl')}",
            "j2": "Another \u201ctext\u201d\nabout a \ufb01lum.",
        }.items()
    ).encode(),
}


def written(folder: Path) -> Path:
    """A new folder in another, with the articles in it."""
    docs = folder / "docs"
    docs.mkdir()
    for name, data in ARTICLES.items():
        (docs / name).write_bytes(data)
    return docs
