"""Markdown files: blocks, their kinds and places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableSourceError
from indexer.read.markdown import extracts
from indexer.records import Extract
from tests.read.soundness import SOURCE, blocks, check_reading, check_sound, unlabelled


def read(text: str) -> Extract:
    """The document of this Markdown."""
    (extract,) = extracts(text.encode(), SOURCE)
    check_sound(extract)
    assert not unlabelled(extract)
    return extract


def test_authors_and_date_are_told_as_those_of_a_page_on_the_web() -> None:
    extract = read("---\nauthor: Jane Roe and Al Poe\ndate: May 3, 2021\n---\nBats fly.")
    assert (extract.authors, extract.date) == (("Jane Roe", "Al Poe"), "2021-05-03")
    assert read("---\nauthor: Bats Inc\ndate: 2021-05-03T10:00:00Z\n---\nBats fly.").date == "2021-05-03"


def test_a_whole_document() -> None:
    text = """---
title: Bats
authors: [Jane Roe, Al Poe]
date: 2004-05-01
doi: 10.1234/x
---
# The *bats*

Bats are [mammals](http://x.example)[^1] that
fly **far**.

<!-- a note to self -->

Kinds
-----

* big ones,
  which eat fruit
* small ones
1. first

| Bat | cm |
|-----|---:|
| *big* | 9 |

[^1]: See a book.
"""
    extract = read(text)
    assert (extract.title, extract.authors, extract.date) == ("Bats", ("Jane Roe", "Al Poe"), "2004-05-01")
    assert (extract.doi, extract.url) == ("10.1234/x", "https://doi.org/10.1234/x")
    assert extract.original == text
    assert blocks(extract)[1:] == [
        ("heading", "The bats"),
        ("prose", "Bats are mammals that fly far."),
        ("other", "<!-- a note to self -->"),
        ("heading", "Kinds"),
        ("item", "big ones, which eat fruit"),
        ("item", "small ones"),
        ("item", "1. first"),
        ("columns", "Bat\tcm"),
        ("row", "big\t9"),
        ("footnote", "See a book."),
    ]
    assert extract.blocks[0].kind == "other"
    assert [block.level for block in extract.blocks if block.kind == "heading"] == [1, 2]


def test_every_word_keeps_its_place() -> None:
    extract = read("> Bats *fly*\n> and\n> eat.\n")
    at = extract.text.text.index("fly and eat.")
    assert [span.of(extract.original) for span in extract.text.sources(at, at + 12)] == ["fly", "\n", "and\n", "eat."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One #\n## Two ##\n###### Six", [("heading", "One"), ("heading", "Two"), ("heading", "Six")]),
        ("# One {#one .big}\n# {Two}\n# Three {#", [("heading", "One"), ("heading", "{Two}"), ("heading", "Three {#")]),
        ("#hashtag\n####### seven", [("prose", "#hashtag ####### seven")]),
        ("C# #\n# C#", [("prose", "C# #"), ("heading", "C#")]),
        ("One\ntwo\n===\nthree\n---", [("heading", "One two"), ("heading", "three")]),
        ("One\n\n---\n\n* * *\ntwo", [("prose", "One"), ("prose", "two")]),
        ("One\n***\ntwo", [("prose", "One"), ("prose", "two")]),
        ("a | b\n---\nc", [("heading", "a | b"), ("prose", "c")]),
        ("- a\n- b\n\n  more of b\n\nafter", [("item", "a"), ("item", "b"), ("item", "more of b"), ("prose", "after")]),
        ("- a\n    - nested\n\n        code-like", [("item", "a"), ("item", "nested"), ("item", "code-like")]),
        ("- [ ] to do\n- [x] done\n-", [("item", "to do"), ("item", "done")]),
        ("In the year\n1984. It was so.\n", [("prose", "In the year 1984. It was so.")]),
        ("Shop:\n- milk\n1) bread", [("prose", "Shop:"), ("item", "milk"), ("item", "1) bread")]),
        ("2 + 2 is\n+ 4", [("prose", "2 + 2 is"), ("item", "4")]),
        ("-not an item\n1.not either", [("prose", "-not an item 1.not either")]),
        ("```py\nx = *a*\n\ny_b_\n```\nafter", [("code", "x = *a*"), ("code", "y_b_"), ("prose", "after")]),
        ("~~~\n```\n~~~~\n", [("code", "```")]),
        ("````\n```\nunclosed", [("code", "```"), ("code", "unclosed")]),
        ("``` not ` a fence\n", [("prose", "``` not ` a fence")]),
        (
            "text\n\n    *code*\n\ttoo\n\ntext",
            [("prose", "text"), ("code", "*code*"), ("code", "too"), ("prose", "text")],
        ),
        ("text\n    goes on", [("prose", "text goes on")]),
        ("> quoted\n> more\n\n> > deep", [("prose", "quoted more"), ("prose", "deep")]),
        ("> # In a quotation\nafter", [("heading", "In a quotation"), ("prose", "after")]),
        ("a\\\nb  \nc", [("prose", "a b c")]),
        (
            "[id]: http://x.example 'T'\n\n[the text][id]",
            [("other", "[id]: http://x.example 'T'"), ("prose", "the text")],
        ),
        ("[Note]: this is a sentence.", [("prose", "[Note]: this is a sentence.")]),
        ("<script>\nx *y*\n</script>\n<div>kept</div>", [("other", "<script>\nx *y*\n</script>"), ("prose", "kept")]),
        ("<!-- a\n\nb -->\ntext <!-- c --> here", [("other", "<!-- a\n\nb -->"), ("prose", "text  here")]),
        ("<!-- a --> text", [("prose", "text")]),
        (
            "a | b\n--|--\n1 \\| 2 | `3`\n\nafter | all",
            [("columns", "a\tb"), ("row", "1 | 2\t3"), ("prose", "after | all")],
        ),
        ("| | a |\n|-|-|\n| | 1 |\n", [("columns", "\ta"), ("row", "\t1")]),
        ("word\n| a |\n|---|\n| 1 |\n", [("prose", "word"), ("columns", "a"), ("row", "1")]),
        ("Nuc\n: A *small*\ncolony.\n: A swarm.\nHive", [("row", "Nuc\tA small colony.\tA swarm. Hive")]),
        ("Nuc\n\n:   A colony.\n\nHive\n: A box.", [("row", "Nuc\tA colony."), ("row", "Hive\tA box.")]),
        ("Nuc\n: A colony.\n# Hives", [("row", "Nuc\tA colony."), ("heading", "Hives")]),
        ("Nuc\n: A colony.\n- small\n- big", [("row", "Nuc\tA colony."), ("item", "small"), ("item", "big")]),
        ("Nuc\n: A colony.\n```\nx = 1\n```", [("row", "Nuc\tA colony."), ("code", "x = 1")]),
        ("Nuc\n: A colony.\n| a | b |\n|---|---|", [("row", "Nuc\tA colony."), ("columns", "a\tb")]),
        ("> Nuc\n: A colony.", [("prose", "Nuc"), ("prose", ": A colony.")]),
        ("Two\nlines\n: no term", [("prose", "Two lines"), ("prose", ": no term")]),
        ("!!! note\n    *Two*\n    lines.\n\n    code", [("prose", "Two lines."), ("prose", "code")]),
        ('??? warning "Back *up*"\n    First.', [("prose", "Back up"), ("prose", "First.")]),
        (
            "```\n  if a:\n\n      b\n  c\n```\n\n      d\n    e",
            [("code", line) for line in ("if a:", "    b", "c", "  d", "e")],
        ),
        ("> [!TIP]\n> It takes\n> four minutes.", [("prose", "It takes four minutes.")]),
        ("::: warning\nHot.\n:::\n::: {.tip}\nCool.\n:::", [("prose", "Hot."), ("prose", "Cool.")]),
        ("!!! This is loud\n!!!", [("prose", "!!! This is loud !!!")]),
        ("Weight: 9.8 kg\n**Pump:** 15 bar", [("prose", "Weight: 9.8 kg"), ("prose", "Pump: 15 bar")]),
        ("Lid: five digits;\nsee below\nKey: two", [("prose", "Lid: five digits; see below"), ("prose", "Key: two")]),
        (
            "Adults: 5 €\nPupils: 2 €\nNo cards.\n\nEnd",
            [("prose", t) for t in ("Adults: 5 €", "Pupils: 2 €", "No cards.", "End")],
        ),
        ("Weight: 9.8 kg\nIt is heavy.", [("prose", "Weight: 9.8 kg It is heavy.")]),
        ("She said: no.\nNote: I was there.", [("prose", "She said: no."), ("prose", "Note: I was there.")]),
        ("It has one of\nthese: a\nPump: a", [("prose", "It has one of these: a Pump: a")]),
        ("one\r\ntwo\r\n\r\n# three\r\n", [("prose", "one two"), ("heading", "three")]),
        ("one\rtwo\r\rthree", [("prose", "one two"), ("prose", "three")]),
    ],
)
def test_kinds_of_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(read(text)) == expected


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"*" * 1_000_001, "too large"),
        (b"\n\n", "empty"),
        (b"---\n***\n", "empty"),
        (b"\x00\x01\x02\x03" * 50, "not text"),
    ],
)
def test_what_cannot_be_read(data: bytes, status: str) -> None:
    with pytest.raises(UnreadableSourceError) as error:
        extracts(data, SOURCE)
    assert error.value.status == status


@pytest.mark.parametrize(
    "text",
    [
        "> " * 20_000 + "x",
        "# " + " " * 100_000 + "x",
        "- " * 20_000,
        "a|" * 20_000 + "\n" + "-|" * 20_000,
        "---\n" * 3_000,
        "<!--\n" * 3_000,
        "```\n" * 3_001,
        "[a]: " + "b" * 50_000,
        "a\\\n" * 5_000,
        "a|b\n" * 3_000,
    ],
)
def test_hostile_files_are_read(text: str) -> None:
    check_reading(extracts, text.encode())


LINES = [
    "# a",
    "a *b*",
    "- a",
    "1. b",
    "> c",
    "",
    "    d",
    "---",
    "===",
    "```",
    "|a|b|",
    "|-|-|",
    "<!--",
    "-->",
    "[^1]: n",
    "\\",
]


@given(st.lists(st.sampled_from(LINES) | st.text("*_`[]()<>!|#>-\\ ab1\r\n", max_size=12)).map("\n".join))
def test_any_lines_are_read(text: str) -> None:
    for extract in check_reading(extracts, text.encode()):
        assert not unlabelled(extract)
        for length, start, end in extract.text.runs:
            assert length == end - start or start == end or extract.original[start] == "&"


def test_a_question_in_bold_letters_heads_its_answer() -> None:
    told = blocks(read("# Bees\n\n**Can they see red?**\n\nNo.\n\n**Beware.**\n\n**Why** is it?\n\n- **Is it?**"))
    assert [kind for kind, _ in told] == ["heading", "heading", "prose", "prose", "prose", "item"]
    assert told[1] == ("heading", "Can they see red?")
