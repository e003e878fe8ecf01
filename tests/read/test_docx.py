"""Word documents: what is read of them, what tracked changes come to, and what broken files do."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.docx import extracts
from indexer.records import Extract
from tests.read.soundness import SOURCE, blocks, check_reading, check_sound, unlabelled

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Bullets"><w:name w:val="Dots"/>
<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""


def docx(body: str, **parts: str) -> bytes:
    """A Word document with this body; other parts by their names, dots as underscores."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            folder = "docProps/" if name == "core_xml" else "word/"
            archive.writestr(folder + name.replace("_", "."), xml)
    return file.getvalue()


def read(body: str, **parts: str) -> Extract:
    """The document of such a file."""
    (extract,) = extracts(docx(body, **parts), SOURCE)
    check_sound(extract)
    assert not unlabelled(extract)
    assert extract.original == extract.text.text
    return extract


def p(text: str, properties: str = "") -> str:
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def styled(name: str, text: str) -> str:
    """A paragraph of a style."""
    return p(text, f'<w:pStyle w:val="{name}"/>')


def test_a_whole_document() -> None:
    extract = read(
        styled("Titel", "On bats")
        + styled("TOC1", "Kinds 1")
        + styled("berschrift1", "Kinds")
        + p("Bats &amp; birds fly.")
        + styled("Bullets", "big")
        + styled("Bullets", "small")
        + "<w:tbl><w:tr><w:tc>" + p("Bat") + "</w:tc><w:tc>" + p("cm") + p("in all") + "</w:tc></w:tr></w:tbl>"
        + styled("Caption", "Table 1. Sizes."),
        styles_xml=STYLES,
        footnotes_xml=f'<w:footnotes {W}><w:footnote w:type="separator">{p("-")}</w:footnote>'
        f"<w:footnote>{p('See')}{p('a book.')}</w:footnote></w:footnotes>",
        endnotes_xml=f"<w:endnotes {W}><w:endnote>{p('The end.')}</w:endnote></w:endnotes>",
        core_xml="<c><dc:title xmlns:dc='d'>Old title</dc:title><creator>Jane Roe; Al Poe</creator>"
        "<created>2004-05-01T10:00:00Z</created></c>",
    )  # fmt: skip
    assert blocks(extract) == [
        ("title", "On bats"),
        ("other", "Kinds 1"),
        ("heading", "Kinds"),
        ("prose", "Bats & birds fly."),
        ("item", "big"),
        ("item", "small"),
        ("row", "Bat\tcm in all"),
        ("caption", "Table 1. Sizes."),
        ("footnote", "See a book."),
        ("footnote", "The end."),
    ]
    assert (extract.title, extract.authors, extract.date) == ("On bats", ("Jane Roe", "Al Poe"), "2004-05-01")
    assert extract.guessed == ("authors", "date")
    assert extract.notes == ()


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ('<w:pStyle w:val="Chapter"/>', ("heading", 1)),
        ('<w:outlineLvl w:val="2"/>', ("heading", 3)),
        ('<w:pStyle w:val="berschrift1"/><w:outlineLvl w:val="9"/>', ("heading", 1)),
        ('<w:pStyle w:val="Heading2"/>', ("heading", 2)),
        ('<w:pStyle w:val="ListBullet"/>', ("item", 0)),
        ('<w:numPr><w:numId w:val="3"/></w:numPr>', ("item", 0)),
        ('<w:pStyle w:val="Bullets"/><w:numPr><w:numId w:val="0"/></w:numPr>', ("prose", 0)),
        ('<w:pStyle w:val="Loop"/>', ("prose", 0)),
        ('<w:pStyle w:val="Absent"/>', ("prose", 0)),
        ('<w:outlineLvl w:val="x"/>', ("prose", 0)),
    ],
)
def test_styles_tell_what_a_paragraph_is(properties: str, expected: tuple[str, int]) -> None:
    (block,) = read(p("x", properties), styles_xml=STYLES).blocks
    assert (block.kind, block.level) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:ins><w:r><w:t>new </w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "new"),
        ("<w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>to</w:t></w:r></w:moveTo>", "to"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r>", "a\u2011bc"),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "link"),
        ("<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>7</w:t></w:r>", "7"),
        (
            "<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr>"
            "<w:sdtContent><w:r><w:t>in</w:t></w:r></w:sdtContent></w:sdt>",
            "in",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>shown</w:t></w:r>", "shown"),
        ("<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>shown</w:t></w:r>", "shown"),
        ("<w:r><w:sym w:char='03B2'/><w:sym w:char='F0B7'/><w:sym w:char='zz'/><w:sym w:char='110000'/></w:r>", "β"),
        ("<m:oMath xmlns:m='m'><m:r><m:t>x=1</m:t></m:r></m:oMath>", "x=1"),
    ],
)
def test_what_paragraphs_say(inside: str, expected: str) -> None:
    assert read(f"<w:p>{inside}</w:p>").original == expected


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    joined = p("One ", "<w:rPr><w:del/></w:rPr>") + p("two.") + p("Three", "<w:rPr><w:del/></w:rPr>")
    assert blocks(read(joined)) == [("prose", "One two."), ("prose", "Three")]


def test_text_boxes_follow_their_paragraph_and_are_read_once() -> None:
    box = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    drawing = (
        "<mc:AlternateContent xmlns:mc='m'><mc:Choice><w:drawing>" + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    extract = read(f"<w:p><w:r><w:t>One </w:t></w:r><w:r>{drawing}</w:r><w:r><w:t>two.</w:t></w:r></w:p>")
    assert blocks(extract) == [("prose", "One two."), ("prose", "In the box.")]


def test_tables_that_lay_out_a_page_are_no_rows() -> None:
    long = "word " * 100

    def table(*rows: str) -> str:
        return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"

    def cell(text: str) -> str:
        return f"<w:tc>{p(text)}</w:tc>"

    assert [kind for kind, _ in blocks(read(table(cell("a") + cell(long))))] == ["prose", "prose"]
    assert blocks(read(table(cell("a"), cell("b")))) == [("prose", "a"), ("prose", "b")]
    assert blocks(read(table(cell("Group"), cell("a") + cell("b")))) == [("row", "Group"), ("row", "a\tb")]
    nested = f"<w:tc>{table(cell('b') + cell('c'))}{p('d')}</w:tc>"
    assert blocks(read(table(cell("a") + nested))) == [("row", "a\tb c d")]
    deleted = f"<w:trPr><w:del/></w:trPr>{cell('x')}{cell('y')}"
    assert blocks(read(table(deleted, cell("a") + cell("b")))) == [("row", "a\tb")]


@pytest.mark.parametrize(
    ("properties", "run", "kind"),
    [
        ("<w:tblHeader/>", "", "columns"),
        ('<w:tblHeader w:val="0"/>', "", "row"),
        ("", "<w:b/>", "columns"),
        ("", '<w:b w:val="false"/>', "row"),
        ("", "<w:i/>", "row"),
    ],
)
def test_heads_of_columns_repeat_on_every_page_or_are_a_first_row_in_bold(properties: str, run: str, kind: str) -> None:
    def row(properties: str, run: str) -> str:
        cell = f"<w:tc><w:p><w:r><w:rPr>{run}</w:rPr><w:t>a</w:t></w:r></w:p></w:tc>"
        return f"<w:tr><w:trPr>{properties}</w:trPr>{cell}{cell}</w:tr>"

    found = blocks(read(f"<w:tbl>{row(properties, run)}{row('', '<w:b/>')}</w:tbl>"))
    assert found == [(kind, "a\ta"), ("row", "a\ta")]


def test_the_first_row_of_a_table_says_so() -> None:
    row = f"<w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    table = f"<w:tbl>{row}{row}</w:tbl>"
    assert [block.level for block in read(f"{table}<w:p/>{table}").blocks] == [1, 0, 1, 0]


def test_cells_that_take_several_columns_or_rows() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    rows = (
        cell("") + cell("Dose", '<w:gridSpan w:val="2"/>') + cell("Age"),
        cell("Mice", '<w:vMerge w:val="restart"/>') + cell("1") + cell("2") + cell("3"),
        cell("", "<w:vMerge/>") + cell("4") + cell("5") + cell("6"),
        '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + cell("8") + cell("9"),
    )
    found = blocks(read("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"))
    assert [text for _, text in found] == ["\tDose\t\tAge", "Mice\t1\t2\t3", "Mice\t4\t5\t6", "\t\t8\t9"]


@pytest.mark.parametrize("title", ["Microsoft Word - draft.doc", "Document1", "Untitled", "thesis.docx", ""])
def test_titles_that_are_none(title: str) -> None:
    assert read(p("x"), core_xml=f"<c><title>{title}</title></c>").title == ""


def test_a_title_from_the_properties_is_a_guess() -> None:
    extract = read(p("x"), core_xml="<c><title>Notes on the Document 1945</title></c>")
    assert (extract.title, extract.guessed) == ("Notes on the Document 1945", ("title",))


def test_the_main_part_can_have_another_name() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "_rels/.rels", '<R><r Type="http://x/relationships/officeDocument" Target="/word/main2.xml"/></R>'
        )
        archive.writestr("word/main2.xml", f"<w:document {W}><w:body>{p('x')}</w:body></w:document>")
    assert extracts(file.getvalue(), SOURCE)[0].original == "x"


def test_a_damaged_part_costs_that_part_only() -> None:
    extract = read(p("x"), styles_xml="<w:styles", footnotes_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")
    assert extract.original == "x"
    assert [note.partition(":")[0] for note in extract.notes] == [
        "word/styles.xml could not be read",
        "word/footnotes.xml could not be read",
    ]


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"A text renamed to .docx", "failed", "no zip archive"),
        (docx(p("x"))[:-40], "failed", "no zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, "encrypted", "encrypted"),
        (docx(""), "empty", "no text"),
        (docx(p(" ")), "empty", "no text"),
        (docx("<w:p>"), "failed", "not well-formed"),
        (docx("<w:p>" * 100_000 + "</w:p>" * 100_000), "failed", "nested"),
        (docx(" " * 11_000_000), "too large", "11,0"),
        (docx(p("x"), styles_xml=" " * 11_000_000), "too large", "11,0"),
        (docx("").replace(b"word/document", b"word/documXnt"), "failed", "no Word document"),
    ],
)
def test_what_cannot_be_read(data: bytes, status: str, reason: str) -> None:
    with pytest.raises(UnreadableSourceError) as error:
        extracts(data, SOURCE)
    assert error.value.status == status
    assert reason in error.value.reason


@pytest.mark.parametrize("name", ["p", "sdt", "ins", "r", "tbl", "txbxContent"])
def test_nesting_to_the_limit_is_read(name: str) -> None:
    inside = "<w:tr><w:tc>" if name == "tbl" else "<w:p>" if name == "txbxContent" else ""
    depth = 120 // (1 + inside.count("<"))
    closing = "".join(f"</{part}" for part in reversed(inside.split("<")[1:])) + f"</w:{name}>"
    body = f"<w:{name}>{inside}" * depth + p("x") + closing * depth + p("y")
    assert check_reading(extracts, docx(body))


NAMES = ["p", "r", "t", "tbl", "tr", "tc", "sdt", "ins", "del", "txbxContent", "tab", "pPr", "numPr"]


@st.composite
def trees(draw: st.DrawFn) -> str:
    """A tree of elements that documents have, in places where they do not have them."""
    children = st.one_of(st.sampled_from(["x", " ", "é"]), st.deferred(lambda: trees()))
    name = draw(st.sampled_from(NAMES))
    return f"<w:{name}>{''.join(draw(st.lists(children, max_size=4)))}</w:{name}>"


@settings(max_examples=40)
@given(st.lists(trees(), max_size=4))
def test_any_tree_is_read(found: list[str]) -> None:
    for extract in check_reading(extracts, docx("".join(found))):
        assert not unlabelled(extract)


@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_files_are_read_or_refused(damage: list[tuple[int, int]]) -> None:
    data = bytearray(docx(p("One.") + p("Two."), styles_xml=STYLES))
    for place, byte in damage:
        data[place % len(data)] = byte
    check_reading(extracts, bytes(data))


def test_a_question_in_bold_letters_heads_its_answer() -> None:
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    told = blocks(read(bold.format("Can they see red?") + p("No.") + bold.format("Beware.") + p("Why is it?")))
    assert [kind for kind, _ in told] == ["heading", "prose", "prose", "prose"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2. Membership and fees", "heading"),
        ("§ 3 Fees:", "heading"),
        ("Article 4", "heading"),
        ("Use of boats", "heading"),
        ("Any Other Business:", "heading"),
        ("As adopted on 14 March 2009", "prose"),
        ("2.1 Whoever can swim 200 metres may apply.", "prose"),
        ("Fees are due by the end of the year", "prose"),
        ("Warning!", "prose"),
    ],
)
def test_a_short_or_numbered_paragraph_in_bold_letters_is_a_heading(text: str, kind: str) -> None:
    bold = f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r></w:p>"
    assert blocks(read(bold + p("No."))) == [(kind, text), ("prose", "No.")]
    assert blocks(read(p(text) + p("No.")))[0] == ("prose", text)
