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
