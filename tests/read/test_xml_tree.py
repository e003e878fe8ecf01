"""The XML tree: the place of every character, and what hostile files come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.xml_tree import Element, Piece, aligned, collapsed, decode, parse


def places(xml: str) -> list[tuple[str, str]]:
    """Each piece of text in the XML, and the source characters it stands for."""
    return [(text, xml[start:end]) for text, start, end in parse(xml, "x.xml").pieces()]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<a>one<b>two</b>three</a>", [("one", "one"), ("two", "two"), ("three", "three")]),
        ("<a>β𝒪é<b>x</b></a>", [("β𝒪é", "β𝒪é"), ("x", "x")]),
        ("<a>&#x03b2;&#946;&lt;</a>", [("β", "&#x03b2;"), ("β", "&#946;"), ("<", "&lt;")]),
        ("<a>&alpha;&fjlig;&nbsp;</a>", [("α", "&alpha;"), ("fj", "&fjlig;"), ("\xa0", "&nbsp;")]),
        ("<a>&nosuch;</a>", [("&nosuch;", "&nosuch;")]),
        ("<a>x\r\ny\rz</a>", [("x", "x"), ("\n", "\r\n"), ("y", "y"), ("\n", "\r"), ("z", "z")]),
        ("<a><![CDATA[&amp;<]]>&amp;</a>", [("&amp;<", "&amp;<"), ("&", "&amp;")]),
        ("<!-- β --><?pi?><a b='>&lt;'>x<!-- y --></a>", [("x", "x")]),
        ("<!DOCTYPE a PUBLIC 'p' 'http://example.invalid/a.dtd'><a>&beta;</a>", [("β", "&beta;")]),
    ],
)
def test_each_piece_has_its_place(xml: str, expected: list[tuple[str, str]]) -> None:
    assert places(xml) == expected


def test_names_are_without_their_namespace() -> None:
    root = parse('<m:math xmlns:m="u" m:form="x"><m:mi>a</m:mi></m:math>', "x.xml")
    assert (root.name, root.attributes["form"], root.start) == ("math", "x", 3)
    assert list(root.elements()) == [Element("mi", {}, 34, [Piece("a", 37, 38)])]


def test_finding_elements() -> None:
    root = parse("<a><b><c>1</c></b><c>2</c><b><d><c>3</c></d></b></a>", "x.xml")
    assert [element.words() for element in root.all("c")] == ["1", "2", "3"]
    assert [element.name for element in root.elements()] == ["b", "c", "b"]
    assert root.first("b", "c").words() == "1"  # type: ignore[union-attr]
    assert root.first("d", "c") is None
    assert root.words() == "123"


def test_collapsed_white_space_stands_for_no_tag() -> None:
    xml = "<a>one <b>\n two</b>\n</a>"
    text = collapsed(aligned(list(parse(xml, "x.xml").pieces())))
    assert text.text == "one two "
    assert [span.of(xml) for span in text.sources(0, 7)] == ["one ", "two"]


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        ("", "not well-formed"),
        ("plain text", "not well-formed"),
        ("<a>", "not well-formed"),
        ("<a><b></a>", "not well-formed"),
        ("<a/><b/>", "not well-formed"),
        ("<a>\0</a>", "not well-formed"),
        ("<a>&#0;</a>", "not well-formed"),
        ("<a>" * 100_000 + "</a>" * 100_000, "nested more than 128"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://example.invalid/x">%x;]><a/>', "declares entities"),
    ],
)
def test_bad_xml_is_a_clear_error(xml: str, reason: str) -> None:
    with pytest.raises(UnreadableSourceError, match=reason) as error:
        parse(xml, "x.xml")
    assert (error.value.path, error.value.status) == ("x.xml", "failed")


def test_xml_of_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.read.xml_tree._MAX_NODES", 10)
    with pytest.raises(UnreadableSourceError, match="more than 10 parts") as error:
        parse("<a>" + "<b/>" * 10 + "</a>", "x.xml")
    assert error.value.status == "too large"


@pytest.mark.parametrize(
    "data",
    [
        "<a>é</a>".encode(),
        "\ufeff<a>é</a>".encode(),
        "<a>é</a>".encode("utf-16"),
        "<a>é</a>".encode("utf-16-le"),
        '<?xml version="1.0"?><a>é</a>'.encode("utf-16-be"),
        "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode("latin-1"),
        '<?xml version="1.0" encoding="windows-1252" ?><a>é</a>'.encode("cp1252"),
    ],
)
def test_encodings(data: bytes) -> None:
    assert parse(decode(data, "x.xml"), "x.xml").words() == "é"


@pytest.mark.parametrize(
    "data",
    [
        b"<a>\xe9</a>",
        b"\xff\xfe<\x00a",
        b"\xff\xfe\x00\xd8",
        b'<?xml version="1.0" encoding="utf-7000"?><a/>',
        b'<?xml version="1.0" encoding="base64"?><a/>',
        b'<?xml version="1.0" encoding="unicode_escape"?><a>\\ud800</a>',
        b'<?xml version="1.0" encoding="utf-8"?><a>\xed\xa0\x80</a>',
    ],
)
def test_wrong_encodings_are_a_clear_error(data: bytes) -> None:
    with pytest.raises(UnreadableSourceError, match=r"is not valid|not well-formed"):
        parse(decode(data, "x.xml"), "x.xml")


@given(st.binary(max_size=100) | st.text("<>a/&;#x!- \"'[]\n\0é", max_size=60).map(str.encode))
def test_anything_is_read_or_refused(data: bytes) -> None:
    try:
        xml = decode(data, "x.xml")
        root = parse(xml, "x.xml")
    except UnreadableSourceError:
        return
    for text, start, end in root.pieces():
        assert text == xml[start:end] or xml[start] in "&\r"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1), min_size=1))
def test_text_comes_back_from_its_places(texts: list[str]) -> None:
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in texts]
    xml = "<a>" + "".join(f"<b>{text}</b>" for text in escaped) + "</a>"
    try:
        root = parse(xml, "x.xml")
    except UnreadableSourceError:  # characters that XML does not allow
        return
    assert ["".join(piece.text for piece in element.pieces()) for element in root.elements()] == texts
    spans = [[xml[start:end] for _, start, end in element.pieces()] for element in root.elements()]
    assert ["".join(parts) for parts in spans] == escaped
