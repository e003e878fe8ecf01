"""Characters made plain, each edit in its place."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.clean.characters import _SINGLE, GAP, _joins_script, composed, mojibake, replaced, spaces, tidied
from indexer.records import Span


def tidy(text: str) -> str:
    return tidied(AlignedText.of(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\x0ctwo\x0bthree\u2028four", "one\ntwo\nthree\nfour"),
        ("one\u2029two", "one\n\ntwo"),
        ("ﬁrst ﬂow eﬀect oﬃce baﬄe", "first flow effect office baffle"),
        ("non\u2011neurogenic, T12\u2010L2", "non-neurogenic, T12-L2"),
        ("appro\u00adxi\u00admately", "approximately"),
        ("zero\u200bwidth\ufeff and\u2060 marks\u200e", "zerowidth and marks"),
        ("a\u00a0b\u2009c\u3000d", "a b c d"),
        ("nul\x00 bell\x07 del\x7f", "nul bell del"),
        ("joined\u200dLatin", "joinedLatin"),
        ("a" + "\u200d" * 9 + "b", "ab"),
        ("می\u200c\u200d\u200cخواهم", "می\u200cخواهم"),
    ],
    ids=["line ends", "page ends", "paragraph end", "ligatures", "hyphens", "soft hyphens", "zero width", "spaces",
         "controls", "joiner between Latin letters", "joiners in a row", "joiners behind a joiner"],
)  # fmt: skip
def test_characters_are_made_plain(text: str, expected: str) -> None:
    assert tidy(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "T12-L2 – from 2–4 — and −3 °C",
        "“quoted” ‘words’ … and • bullets",
        "1.4×1.3×1.7 cm, 5 µm, 10⁶ cells",
        "Größe, naïve, façade, Łódź, Ångström",
        "می\u200cخواهم",
        "क्\u200dष",
        "脊髓肿瘤是一种少见的疾病。",
        "mark of a hyphen: star\ufffeforming, sub\x02sequent",
        "Emoji 👩\u200d⚕️ stay",
        "plain",
    ],
)
def test_what_means_something_is_kept(text: str) -> None:
    assert tidy(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The patientâ€™s", "The patient’s"),
        ("SÃ£o Paulo", "São Paulo"),
        ("10 Âµm", "10 µm"),
        ("â€œquotedâ€\x9d", "“quoted”"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚", "привет"),
    ],
)
def test_mojibake_is_read_again(text: str, expected: str) -> None:
    assert AlignedText.of(text).edit(mojibake(text)).text == expected


@pytest.mark.parametrize("text", ["São Paulo", "привет", "ÂNGELA", "naïve café", "5 µm", "Ã", "RÃO", "ÎLE-DE-FRANCE"])
def test_letters_with_marks_are_no_mojibake(text: str) -> None:
    assert mojibake(text) == []


def test_mojibake_keeps_its_place() -> None:
    text = tidied(AlignedText.of("a patientâ€™s bed"))
    assert text.source(9, 10) == Span(9, 12)
    assert text.source(10, 11) == Span(12, 13)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cafe\u0301", "café"),
        ("o\u0308ffnen", "öffnen"),
        ("Vie\u0323\u0302t", "Việt"),
        ("\u1112\u1161\u11ab", "한"),
        ("か\u3099", "が"),
    ],
)
def test_decomposed_letters_are_composed(text: str, expected: str) -> None:
    edited = AlignedText.of(text).edit(composed(text))
    assert edited.text == expected


def test_a_composed_letter_stands_for_letter_and_mark() -> None:
    text = tidied(AlignedText.of("cafe\u0301 x"))
    assert text.source(3, 4) == Span(3, 5)


@pytest.mark.parametrize("text", ["x\u0304", "\u0301", " \u0301 ", "\u1100\u1100\u0301", "q\u0301\u0302"])
def test_marks_without_a_composed_form_stay(text: str) -> None:
    assert AlignedText.of(text).edit(composed(text)).text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one  two\tthree \t four", "one two three four"),
        ("ends \nhere\t\n", "ends\nhere\n"),
        ("  indented\n\t\tby tabs", "  indented\n  by tabs"),
        ("   ", ""),
        ("no change", "no change"),
    ],
)
def test_spaces(text: str, expected: str) -> None:
    assert AlignedText.of(text).edit(spaces(text)).text == expected


def test_a_soft_hyphen_at_a_line_end_marks_a_broken_word() -> None:
    assert replaced("appro\u00ad \r\n ximately") == [(5, 10, "\ufffe")]


def test_both_letters_of_a_ligature_stand_for_it() -> None:
    text = tidied(AlignedText.of("a ﬁeld"))
    assert text.text == "a field"
    assert text.sources(2, 4) == (Span(2, 3),)


_SPACE = re.compile(r"[ \t]{2,}|\t| (?=\n|\Z)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One   60\t\tT12\tL2", "One\t60\tT12\tL2"),
        ("One  60", "One 60"),
        ("   One\n\tTwo   \nThree\t", "   One\n Two\nThree"),
    ],
)
def test_wide_gaps_are_tabs_where_cells_are_looked_for(text: str, expected: str) -> None:
    assert tidied(AlignedText.of(text), cells=True).text == expected
    assert tidied(AlignedText.of(expected), cells=True).text == expected


@given(st.text(alphabet="a \n\r\x0c\xad\u200c\ufb01é\ufeff脊", max_size=12))
def test_single_characters_are_those_that_one_pattern_finds(text: str) -> None:
    places = [found.start() for found in _SINGLE.finditer(text) if not _joins_script(text, found.start())]
    assert [start for start, _, _ in replaced(text)] == places


@pytest.mark.parametrize("cells", [False, True])
@given(text=st.text(alphabet="ab \n\té", max_size=30))
def test_spaces_are_those_that_a_pattern_finds(text: str, cells: bool) -> None:
    def fewer(found: re.Match[str]) -> str:
        start, end = found.span()
        if text[end : end + 1] in ("", "\n"):
            return ""
        if text[:start].endswith("\n") or not start:
            return " " * (end - start)
        return "\t" if cells and ("\t" in found[0] or end - start >= GAP) else " "

    found = spaces(text, cells=cells)
    assert AlignedText.of(text).edit(found).text == _SPACE.sub(fewer, text)
    assert all(text[start:end] != new for start, end, new in found)
