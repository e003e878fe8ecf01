"""Citation numbers glued to words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.clean.citations import unglued


def unglue(text: str) -> str:
    return AlignedText.of(text).edit(unglued(text)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("are very rare3,10). Perrin", "are very rare. Perrin"),
        ("are very rare3-5) and", "are very rare and"),
        ("are rare3, 10) and", "are rare and"),
        ("are rare7). Others are common1).", "are rare. Others are common."),
        ("by it (the first cases7), and rare1).", "by it (the first cases7), and rare1)."),
        ("(1) veins; (2) lymphatics7); (3) bones1)", "(1) veins; (2) lymphatics; (3) bones"),
    ],
    ids=["list", "range", "list with space", "two single ones", "in brackets", "after numbered brackets"],
)
def test_numbers_with_a_bracket(text: str, expected: str) -> None:
    assert unglue(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "level T12-L2) and TTF-1) and C5)",
        "18-fluoro) and x2) and B12)",
        "one case (stage2) and another (stage3) and (grade4, covid19)",
        "it is rare7) in one place only",
        "in the years 1995) and 10)",
        "the list: a) one1 b) two2",
        "p53) and interleukin-6)",
    ],
    ids=["capitals", "short words", "open bracket", "once", "no word", "no bracket behind", "hyphen"],
)
def test_other_numbers_stay(text: str) -> None:
    assert unglue(text) == text


POINTED = "It is rare.1 It is old.2,3 It is small.4-6 It is red,7 Or blue.8 Then it is gone.9\nNew line.10"


def test_numbers_behind_end_marks() -> None:
    expected = "It is rare. It is old. It is small. It is red, Or blue. Then it is gone.\nNew line."
    assert unglue(POINTED) == expected


@pytest.mark.parametrize(
    "text",
    [
        "It is rare.1 It is old.2 It is small.3 It is red.4",
        "See vol.1 and no.2 and page.3 and sec.4 and fig.5 and tab.6",
        "Of size 1.5 Or 2.5 Or 3.5 Or 4.5 Or 5.5 Or 6.5",
        "version beta.1 beta.2 beta.3 beta.4 beta.5 beta.6 in lower case",
    ],
    ids=["too few", "abbreviations", "decimals", "no capital after"],
)
def test_other_numbers_behind_points_stay(text: str) -> None:
    assert unglue(text) == text


def test_raised_numbers() -> None:
    assert unglue("are rare¹², old³ and small⁴⁻⁶, red⁷,⁸ too") == "are rare, old and small, red too"


@pytest.mark.parametrize("text", ["12 cm², 3 m³, 10⁶ cells, 5 km²", "area² only once", "H²O and CO² and x³"])
def test_raised_units_stay(text: str) -> None:
    assert unglue(text) == text


def test_powers_stay_beside_raised_sources() -> None:
    text = "on 30 metres², 4 sq. miles², 2 yards³ and 9.8 m per sec², says one⁴ and other⁵ and third²"
    assert unglue(text) == "on 30 metres², 4 sq. miles², 2 yards³ and 9.8 m per sec², says one and other and third"


@pytest.mark.parametrize("text", ["sin² x + cos² x = 1 in chi² tests, and⁴ or⁵", "width² + height² = depth² + base²"])
def test_powers_of_formulas_stay(text: str) -> None:
    assert unglue(text) == text


def test_a_bracket_in_another_paragraph_does_not_count() -> None:
    assert unglue("an open (bracket\n\nvery rare3,10) here") == "an open (bracket\n\nvery rare here"


def test_all_kinds_at_once_are_in_order() -> None:
    text = f"{POINTED} Very rare3,10). So rare¹ and rare² and rare³."
    edits = unglued(text)
    assert edits == sorted(edits)
    assert unglue(text).endswith("Very rare. So rare and rare and rare.")


PIECES = [
    "rare",
    "Rare",
    "(rare",
    "3",
    "12",
    ",",
    ", ",
    ".",
    ")",
    " The",
    "\n\n",
    "¹",
    "²",
    " ",
    "tumor3)",
    "seen.12 A",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_a_number_is_found_whether_or_not_it_is_looked_for_first(text: str) -> None:
    assert unglued(text) == unglued(text + "\n\nabc1 abc\u00e9")
