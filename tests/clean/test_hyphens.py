"""Which hyphens at line ends are the word's own."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.aligned import AlignedText
from indexer.clean import hyphens
from indexer.clean.evidence import Evidence
from indexer.clean.hyphens import Break, halved, is_one_word, rejoined, unhyphened, unmarked, unspaced
from indexer.clean.words import listed
from indexer.records import Span

WIDE = 60


def rejoin(text: str, wide: int = WIDE) -> str:
    return AlignedText.of(text).edit(rejoined(text, wide)).text


def one_word(left: str, right: str, document: str = "", following: str = " ") -> bool:
    return is_one_word(Break(left, right, 0, 0, following), Evidence(document))


JOINED = """
appro|ximately metasta|ses histo|logic oc|curred ana|tomical Howe|ver repor|ted presen|ted investi|gate Neuro|logical
Immunohistoche|mical prescri|bed diffi|cult revea|led com|pressed roentgeno|gram lym|phatics intra|medullary synd|romes
leptomenin|geal hav|ing progre|ssed pulmo|nary transc|ription vimen|tin deoxy|glucose INTRODUC|TION data|base peri|od
Brüsse|ler Stö|rungen anti|bodies under|stand over|come
""".split()
KEPT = """
well|enhanced spindle|shaped T2|weighed dose|dependent power|performance non|neurogenic EGF|stimulation
X|ray Brown|Sequard MRI|guided camel|case long|term self|consistent non|invasive multi|systemic cd4|positive
all|Sky HLA|DR peptide|mediated follow|on semi|quantitative COVID|19 interleukin|6 1995|1997 half|life
""".split()


@pytest.mark.parametrize("word", JOINED)
def test_one_word_is_joined(word: str) -> None:
    assert one_word(*word.split("|"))


@pytest.mark.parametrize("word", KEPT)
def test_a_compound_keeps_its_hyphen(word: str) -> None:
    assert not one_word(*word.split("|"))


@pytest.mark.parametrize(
    ("left", "right", "following"),
    [("signal", "to", "-"), ("out-of", "plane", " "), ("state-of-the", "art", " "), ("point", "of", "-")],
)
def test_words_inside_compounds_keep_their_hyphens(left: str, right: str, following: str) -> None:
    assert not one_word(left, right, following=following)


def test_the_document_decides_first() -> None:
    assert one_word("time", "series", "A timeseries is long.")
    assert not one_word("data", "base", "Each data-base has a data-base manager.")
    assert one_word("data", "base", "Each data-base has one database and more databases; the database is large.")


def test_one_word_parts_of_compounds_count() -> None:
    assert not one_word("two-photon", "excited", "The photon-excited state.")
    assert one_word("18-fluoro-2-de", "oxyglucose", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("appro-\nximately", "approximately"),
        ("appro- \n  ximately", "approximately"),
        ("well-\nenhanced", "well-enhanced"),
        ("the non-neurogenic origin", "the non-neurogenic origin"),
        ("Saint-\nDenis", "Saint-Denis"),
        ("1995-\n1997", "1995-1997"),
        ("T12-\nL2", "T12-L2"),
        ("metasta- \nses8). And", "metastases8). And"),
        ("sub\x02sequent", "subsequent"),
        ("star\ufffeforming", "star-forming"),
        ("star\ufffe\nforming", "star-forming"),
        ("wide -\nnext", "wide -\nnext"),
        ("end-\n\nnew paragraph", "end-\n\nnew paragraph"),
        ("one-\n• two", "one-\n• two"),
    ],
)
def test_line_ends(text: str, expected: str) -> None:
    assert rejoin(text) == expected


def test_a_capital_goes_on_only_where_lines_are_broken() -> None:
    assert rejoin("Vitamin A-\nVitamin B-\nVitamin C", wide=0) == "Vitamin A-\nVitamin B-\nVitamin C"
    assert rejoin("appro-\nximately", wide=0) == "approximately"


def test_broken_words_are_no_evidence_for_themselves() -> None:
    text = "power-\nperformance and power-\nperformance and power-\nperformance"
    assert rejoin(text) == "power-performance and power-performance and power-performance"


def test_a_joined_word_keeps_its_place() -> None:
    text = AlignedText.of("appro- \nximately")
    edited = text.edit(rejoined(text.text, WIDE))
    assert edited.sources(0, len(edited)) == (Span(0, 5), Span(8, 16))


def test_a_long_word_is_no_trouble() -> None:
    assert rejoin("a" * 5000 + "-\n" + "b" * 5000) == "a" * 5000 + "b" * 5000


def test_marks_in_no_word_are_hyphens() -> None:
    text = "(\ufffe 5) and \x02, or so"
    assert AlignedText.of(text).edit(unhyphened(text)).text == "(- 5) and -, or so"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of the pa- tients", "of the patients"),
        ("the sec- tion", "the section"),
        ("trans- onic flow, transonic, transonic", "transonic flow, transonic, transonic"),
        ("the dehydro- genase, a dehydrogenase, dehydrogenase", "the dehydrogenase, a dehydrogenase, dehydrogenase"),
    ],
)
def test_words_torn_by_a_space(text: str, expected: str) -> None:
    assert AlignedText.of(text).edit(unspaced(text)).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "pre- and post-operative",
        "two- or three-fold",
        "short- to long-term",
        "Vor- und Nachteile",
        "the laminoplas- tomy",
        "5- fold",
        "page - page",
        "Mil- Ford",
    ],
)
def test_hyphens_that_wait_stay(text: str) -> None:
    assert unspaced(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the high inten\nsity of it", "the high intensity of it"),
        ("a radio\nlogist came", "a radiologist came"),
        ("the sur\n geon cut", "the surgeon cut"),
    ],
)
def test_words_broken_without_a_hyphen(text: str, expected: str) -> None:
    assert AlignedText.of(text).edit(unmarked(text, WIDE)).text == expected
    assert unmarked(text, 0) == []


@pytest.mark.parametrize("text", ["so\nme", "the\nir", "out\nside", "in\nto", "Inten\nsity", "well-be\ning"])
def test_other_line_ends_are_between_words(text: str) -> None:
    assert unmarked(text, WIDE) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the di fferent ways", "the different ways"),
        ("an e ffective dose", "an effective dose"),
        ("under sur veillance", "under surveillance"),
    ],
)
def test_words_with_a_space_inside(text: str, expected: str) -> None:
    assert AlignedText.of(text).edit(halved(text)).text == expected


@pytest.mark.parametrize(
    "text",
    [
        *("a far cry", "in to it", "the same of fice", "a ffective", "mit der Zeit", "e g this"),
        *("Di fferent", "di Fferent", "x-di fferent", "1di fferent", "don’di fferent", "di fferent-ly", "di fferent2"),
        *("di  fferent", "di\nfferent", "di, fferent", "İdi fferent"),
    ],
)
def test_other_spaces_are_between_words(text: str) -> None:
    assert halved(text) == []


PIECES = [
    "di",
    "fferent",
    "e",
    "ffective",
    "sur",
    "veillance",
    "ways",
    "Sur",
    "É",
    "İ",
    "K",
    "a",
    "-",
    "’",
    "1",
    "_",
    "\n",
    " ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.lists(st.sampled_from(PIECES)).map("".join))
def test_halves_are_looked_for_at_every_space(text: str) -> None:
    pairs = re.finditer(r"(?<![\w’'-])([a-z]{1,40})(?= ([a-z]{2,40})(?![\w’'-]))", text)
    spaces = [pair.end(1) for pair in pairs if _makes_a_word(pair[1], pair[2])]
    assert halved(text) == [(at, at + 1, "") for at in spaces]


def _makes_a_word(left: str, right: str) -> bool:
    """Whether both are no words, and what they make is one."""
    alone = len(left) == 1
    none = left != "a" if alone else left not in listed()
    return (
        none and right not in listed() and left + right in listed() and (not alone or right[:2] in ("ff", "fi", "fl"))
    )


SIGNS = ["inten", "sity", "the", "pa", "tients", "Pub", "é", "-", "- ", "\n", "\n ", " ", "-\n", "x", "’", "\x02", "1"]
BROKEN = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)


@given(BROKEN)
def test_words_broken_without_a_hyphen_are_those_of_one_pattern(text: str) -> None:
    pattern = re.compile(r"(?<![\w’'-])([a-z]{2,40})(?=\n *([a-z]{2,40})(?![\w’'-]))")
    found = [match for match in pattern.finditer(text) if hyphens._is_halved(*match.groups())]
    assert unmarked(text, WIDE) == [(match.end(1), match.start(2), "") for match in found]


@given(BROKEN, st.sampled_from([0, WIDE]))
def test_what_is_looked_at_first_does_not_change_what_is_found(text: str, wide: int) -> None:
    """A space at a line's end, or a letter beyond ASCII, and the longer way is gone."""
    assert rejoined(text, wide) == rejoined(text + "\n \n", wide)
    assert unspaced(text) == unspaced(text + "\n\n\u00e9")


HALVES = st.sampled_from(
    ["di", "fferent", "eff", "ect", "o", "f", "fi", "eld", "the", "ﬁ", "x" * 41, "’s", "-", "\n", ".", " ", " "]
)


@given(st.lists(HALVES, max_size=14).map("".join) | st.lists(HALVES, max_size=14).map(" ".join))
def test_words_with_a_space_inside_are_those_of_one_pattern(text: str) -> None:
    pattern = re.compile(r"(?<![\w’'-])([a-z]{2,40}|[b-z](?= f[fil]))(?= ([a-z]{2,40})(?![\w’'-]))")
    known = listed()
    expected = [
        (found.end(1), found.start(2), "")
        for found in pattern.finditer(text)
        if (found[1] not in known or len(found[1]) == 1) and found[2] not in known and found[1] + found[2] in known
    ]
    assert halved(text) == expected
