"""The page of a document in every format: whether the source still holds what is cited, and the way there."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer import Library, index, search
from indexer.records import Options
from tests.formats import ARTICLES, written
from tests.webui.page import Page, get
from webui import create_app

KINDS = dict(zip(ARTICLES, ["txt", "md", "html", "pdf", "docx", "epub", "jats", "jsonl"], strict=True))


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library of an article in every format."""
    top = tmp_path_factory.mktemp("formats")
    index(top / ".pincite", [written(top)])
    return top


@pytest.fixture(scope="module")
def client(top: Path) -> FlaskClient:
    return create_app(top / ".pincite").test_client()


def page_of(top: Path, client: FlaskClient, name: str) -> Page:
    """The page of the article of a format, at the passage that speaks of drop metastasis."""
    with Library.open(top / ".pincite").reader() as reader:
        hit = search(reader, "drop metastasis", options=Options(filters=(f"format:{KINDS[name]}",))).hits[0]
    return get(client, f"/documents/{hit.document.id}", passage=hit.passage.id)


def standing(page: Page) -> str:
    """The title of what the page says about the source."""
    (found,) = (text for given, text in page.all("p") if "standing" in (given.get("class") or ""))
    return next(title for title in ("Verified.", "Moved.", "Source changed.", "Source missing.") if title in found)


@pytest.mark.parametrize("name", ARTICLES)
def test_a_file_that_is_as_it_was_holds_the_passage(top: Path, client: FlaskClient, name: str) -> None:
    page = page_of(top, client, name)
    assert standing(page) == "Verified."
    assert "drop metastasis lay below the conus" in " ".join(text for _, text in page.all("mark"))


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("article.pdf", "/source#page=2"),
        ("article.html", "https://journal.example/drops#:~:text=The%20drop%20metastasis%20lay%20below%20the,"),
    ],
)
def test_the_link_opens_the_source_at_the_passage(top: Path, client: FlaskClient, name: str, link: str) -> None:
    links = [given["href"] or "" for given, text in page_of(top, client, name).all("a") if "in the source" in text]
    assert [link in found for found in links] == [True]


CHANGED = {
    name: (b"PK\x03\x04 is all that is left" if name.endswith((".docx", ".epub")) else data.replace(b"metas", b"paras"))
    for name, data in ARTICLES.items()
}
MOVED = {
    "article.txt": ARTICLES["article.txt"].replace(b"Results", b"A line that is new.\n\nResults"),
    "article.md": ARTICLES["article.md"].replace(b"## Results", b"A line that is new.\n\n## Results"),
    "article.html": ARTICLES["article.html"].replace(b"<h2>", b"<p>A line that is new.</p><h2>"),
    "article.xml": ARTICLES["article.xml"].replace(b"<body>", b"<body><p>A line that is new.</p>"),
    "articles.jsonl": ARTICLES["articles.jsonl"].replace(b'"text": "The', b'"text": "A line that is new.\\n\\nThe'),
}


@pytest.mark.parametrize(
    ("name", "data", "title"),
    [
        *((name, data, "Source changed.") for name, data in CHANGED.items()),
        *((name, data, "Moved.") for name, data in MOVED.items()),
        *((name, None, "Source missing.") for name in ARTICLES),
    ],
)
def test_a_file_that_is_not_as_it_was_is_told(
    top: Path, client: FlaskClient, name: str, data: bytes | None, title: str
) -> None:
    path = top / "docs" / name
    try:
        path.unlink() if data is None else path.write_bytes(data)
        assert standing(page_of(top, client, name)) == title
    finally:
        path.write_bytes(ARTICLES[name])
