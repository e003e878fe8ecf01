"""Front matter: what is understood of it, and what is none."""

import pytest

from indexer.read.markdown_front import front_matter


def test_yaml() -> None:
    text = """---
title: "Bats: a guide"
author: Jane Roe  # who else
date: 2004-05-01
tags: [bats, 'night life', ]
nested:
  key: value
---
Text."""
    found = front_matter(text)
    assert text[found.end :] == "\nText."
    assert found.word("title") == "Bats: a guide"
    assert found.words("authors", "author") == ("Jane Roe",)
    assert found.word("date") == "2004-05-01"
    assert found.words("tags") == ("bats", "night life")
    assert (found.word("doi"), found.words("doi")) == ("", ())


@pytest.mark.parametrize(
    "lines",
    ["authors:\n  - Jane Roe\n  - 'Al Poe'\n", "authors:\n- name: Jane Roe\n  affiliation: Here\n- name: Al Poe\n"],
)
def test_lists_line_by_line(lines: str) -> None:
    assert front_matter(f"---\n{lines}...\n").words("authors") == ("Jane Roe", "Al Poe")


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("author:\n  affiliation: Here\n  name: Jane Roe\n", ("Jane Roe",)),
        ("author: {name: Jane Roe, orcid: 1}\n", ("Jane Roe",)),
        ("author: [{orcid: 1, name: 'Roe, Jane'}, {name: Al Poe}]\n", ("Roe, Jane", "Al Poe")),
        ("author:\n  - {name: Jane Roe}\n", ("Jane Roe",)),
        ("author: {orcid: 1}\n", ("{orcid: 1}",)),
    ],
)
def test_authors_of_whom_more_than_the_name_is_said(lines: str, authors: tuple[str, ...]) -> None:
    assert front_matter(f"---\n{lines}---\n").words("author") == authors


@pytest.mark.parametrize("sign", [">", "|", ">-", "|+"])
def test_values_of_several_lines(sign: str) -> None:
    found = front_matter(f"---\ntitle: {sign}\n  Bats:\n\n  a guide\ndate: 2004\n---\n")
    assert (found.words("title"), found.word("date")) == (("Bats: a guide",), "2004")


@pytest.mark.parametrize(
    ("block", "values"),
    [
        ("% Bats\n", {"title": ["Bats"]}),
        (
            "% Bats:\n  a guide\n% Jane Roe; Al Poe\n% May 2004\n",
            {"title": ["Bats: a guide"], "author": ["Jane Roe", "Al Poe"], "date": ["May 2004"]},
        ),
        ("% Bats\r\n% Jane Roe\r\n  Al Poe\r\n", {"title": ["Bats"], "author": ["Jane Roe", "Al Poe"]}),
        ("% Bats\n%\n% 2004\n", {"title": ["Bats"], "author": [""], "date": ["2004"]}),
        ("%%%\n", {}),
    ],
)
def test_lines_of_pandoc(block: str, values: dict[str, list[str]]) -> None:
    assert front_matter(f"{block}\nText." if values else block) == (values, len(block) if values else 0)


def test_toml_and_windows_line_ends() -> None:
    found = front_matter('+++\r\ntitle = "Bats"\r\n+++\r\nText')
    assert found.word("title") == "Bats"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "Text\n---\ntitle: x\n---\n",
        "---\ntitle: x\n",
        "---\nA rule at the top, and below it\n---\nmore",
        "---\n---\nText",
        "---\n\n---\nText",
        "---\n" + "key: " + "x" * 100_000 + "\n---\n",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, 0)
