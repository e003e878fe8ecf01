"""Labels in the chapters of books."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.read.epub_labels import labelled
from indexer.read.html_page import page

LONG = "word " * 100


def kinds(body: str, part: str = "") -> list[tuple[str, int]]:
    """Kind and level of each stretch of a chapter."""
    return [(found.kind, found.level) for found in labelled(page(f"<?xml?>{body}", 1000), part)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h3>a</h3>", ("heading", 3)),
        ("<li><h3>a</h3></li>", ("heading", 3)),
        ("<li>a</li>", ("item", 0)),
        ("<dl><dt>a</dt></dl>", ("item", 0)),
        ("<li><p><b>a</b></p></li>", ("item", 0)),
        ("<li><pre><code>a</code></pre></li>", ("code", 0)),
        ("<pre class='programlisting'>a</pre>", ("code", 0)),
        ("<pre data-type='programlisting'>a</pre>", ("code", 0)),
        ("<pre>a</pre>", ("prose", 0)),
        ("<figure><figcaption><p>a</p></figcaption></figure>", ("caption", 0)),
        ("<table><caption>a</caption></table>", ("caption", 0)),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ("row", 1)),
        ("<table><tr><th>a</th><th>b</th></tr></table>", ("columns", 1)),
        ("<aside epub:type='footnote'><p>a</p></aside>", ("footnote", 0)),
        ("<ol epub:type='footnotes'><li>a</li></ol>", ("footnote", 0)),
        ("<section epub:type='endnotes'><h2>Notes</h2></section>", ("heading", 2)),
        ("<li role='doc-biblioentry'>a</li>", ("references", 0)),
        ("<nav><h2>Contents</h2></nav>", ("other", 0)),
        ("<nav><div epub:type='footnote'>a</div></nav>", ("other", 0)),
        ("<section epub:type='index'><ul><li>a</li></ul></section>", ("other", 0)),
        ("<section epub:type='copyright-page'><p>" + LONG + "</p></section>", ("other", 0)),
        ("<section epub:type='titlepage'><p>a</p></section>", ("other", 0)),
        ("<section epub:type='titlepage'><h1>a</h1></section>", ("other", 0)),
        ("<section epub:type='titlepage'><p>" + LONG + "</p></section>", ("prose", 0)),
        ("<div hidden='hidden'><p>a</p></div>", ("other", 0)),
        ("<section epub:type='bodymatter chapter'><p>a</p></section>", ("prose", 0)),
        ("<p class='toc'>a</p>", ("prose", 0)),
    ],
)
def test_kinds(body: str, expected: tuple[str, int]) -> None:
    assert kinds(body) == [expected]


def test_code_stands_line_by_line() -> None:
    assert [told.text for told in labelled(page("<pre class=code>if a:\n    b()</pre>", 9))] == ["if a:", "    b()"]


@pytest.mark.parametrize(
    ("part", "body", "expected"),
    [
        ("toc", "<p><a href='x'>One</a> 1</p><p>Text without a link.</p>", ["other", "prose"]),
        ("copyright-page", "<p>a</p>", ["other"]),
        ("title-page", "<h1>a</h1>", ["other"]),
        ("text", "<p>a</p>", ["prose"]),
        ("cover", f"<p>a</p><p>{LONG * 20}</p>", ["prose", "prose"]),
    ],
)
def test_what_the_book_says_of_a_chapter(part: str, body: str, expected: list[str]) -> None:
    assert [kind for kind, _ in kinds(body, part)] == expected


@given(
    st.lists(st.sampled_from(["<div>", "<li>", "<nav>", "<h1>", "<aside role='doc-footnote'>", "</div>", "</li>", "x"]))
)
def test_each_stretch_has_one_label(tags: list[str]) -> None:
    found = page("".join(tags), 1000)
    texts = [written.text for written in labelled(found)]
    assert texts == [stretch.text.text for stretch in found.stretches]
