from __future__ import annotations

import pypdfium2
import pytest

from indexer.read.pdf_words import ASKEW, PageText, page_text
from tests.read.pdf_writer import Text, bold, pdf


def words(*texts: Text, page: str = "") -> PageText:
    """The words of a page with these texts."""
    with pypdfium2.PdfDocument(pdf(texts, page=page)) as document:
        return page_text(document[0])


def strings(found: PageText) -> list[str]:
    """The upright words."""
    return [found.text[word.start : word.end] for word in found.words]


def test_words_have_places() -> None:
    found = words(Text(100, 700, "two words"))
    assert strings(found) == ["two", "words"]
    first, second = found.words
    assert [first.left, second.left] == pytest.approx([100, 124])
    assert [first.right, second.right] == pytest.approx([118, 154])
    assert first.base == second.base == pytest.approx(-700)


def test_y_grows_down_the_page() -> None:
    upper, lower = words(Text(100, 700, "upper"), Text(100, 600, "lower")).words
    assert upper.base < lower.base


def test_a_word_has_one_style() -> None:
    found = words(Text(100, 700, "H", 10), Text(106, 698, "2", 6), Text(109.6, 700, "O", 10))
    assert [(found.text[word.start : word.end], word.style.size) for word in found.words] == [
        ("H", 10),
        ("2", 6),
        ("O", 10),
    ]


@pytest.mark.parametrize(
    ("font", "is_bold", "is_italic"),
    [
        ("Courier", False, False),
        ("Courier-Bold", True, False),
        ("Courier-Oblique", False, True),
        ("Times-Roman", False, False),
    ],
)
def test_a_font_tells_bold_and_italic_by_its_name(font: str, is_bold: bool, is_italic: bool) -> None:
    (word,) = words(Text(100, 700, "word", font=font)).words
    assert (word.style.bold, word.style.italic) == (is_bold, is_italic)
    assert word.style.font == font


@pytest.mark.parametrize(
    ("name", "is_bold"),
    [
        ("ABCDEF+CMBX10", True),
        ("CMR10", False),
        ("CMB10", True),
        ("SFBX1000", True),
        ("NimbusRomNo9L-Medi", True),
        ("NimbusRomNo9L-Regu", False),
        ("AdvOT3b30f6db.B", True),
        ("AdvOT46dcae81", False),
        ("TimesNewRomanPS-BoldMT", True),
        ("Arial,Bold", True),
        ("Taz-SemiBold", True),
        ("MyriadPro-Semibold", True),
        ("FoundrySans-DemiItalic", True),
        ("Academia", False),
        ("Blackletter", True),
    ],
)
def test_names_of_bold_fonts(name: str, is_bold: bool) -> None:
    data = pdf([bold(100, 700, "word")]).replace(b"/BaseFont/Courier-Bold", f"/BaseFont/{name}".encode())
    with pypdfium2.PdfDocument(data) as document:
        (word,) = page_text(document[0]).words
    assert word.style.bold is is_bold


def test_size_is_what_is_seen_on_the_page() -> None:
    (word,) = words(Text(100, 700, "word", size=1, turned=(9, 0, 0, 12))).words
    assert word.style.size == 12


def test_most_characters_tell_which_way_is_up() -> None:
    upright, side = Text(100, 700, "upright"), Text(50, 100, "a word on its side", turned=(0, 1, -1, 0))
    assert [word.style.turn for word in words(upright, side).words] == [1] * 5
    found = words(upright, upright._replace(y=600), upright._replace(y=500), side)
    assert [word.style.turn for word in found.words] == [0] * 3
    assert [found.text[word.start : word.end] for word in found.aside] == ["a", "word", "on", "its", "side"]


@pytest.mark.parametrize("turned", [(1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)])
def test_a_turned_page_reads_from_left_to_right_and_down(turned: tuple[float, float, float, float]) -> None:
    a, b, c, d = turned
    at = [(300 + dx * a + dy * c, 400 + dx * b + dy * d) for dx, dy in ((0, 0), (0, -20))]
    found = words(*(Text(x, y, text, turned=turned) for (x, y), text in zip(at, ("a upper", "b lower"), strict=True)))
    placed = {found.text[word.start : word.end]: word for word in found.words}
    assert placed["a"].right < placed["upper"].left
    assert placed["a"].base == pytest.approx(placed["upper"].base)
    assert placed["b"].base - placed["a"].base == pytest.approx(20)
    assert placed["b"].left == pytest.approx(placed["a"].left)


def test_a_word_across_the_page_stays_a_word() -> None:
    stamp = Text(100, 100, "DRAFT", 50, turned=(0.7, 0.7, -0.7, 0.7))
    found = words(stamp, Text(100, 700, "upright words of the page"))
    assert [(found.text[word.start : word.end], word.style.turn) for word in found.aside] == [("DRAFT", ASKEW)]


def test_a_far_jump_on_one_line_ends_a_word() -> None:
    assert strings(words(Text(100, 700, "left"), Text(300, 700, "right"))) == ["left", "right"]
