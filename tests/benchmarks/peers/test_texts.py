from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from tests.benchmarks.peers.texts import cut, documents, paragraphs, passages

RFC = """
Network Working Group                                          A. Author
Request for Comments: 9999                                     June 2014

Status of This Memo

   This memo provides information for the Internet community.

1.  Introduction

   A protocol is a set of rules
   that two machines agree on.

Author                      Informational                       [Page 1]
\f
RFC 9999                      Protocols                        June 2014

   They speak in turn.

Table of Contents

   It lists what follows.

2.  Diagram

   +-----+     +-----+
   | one | --> | two |
   +-----+     +-----+

   1. Introduction ....................................................6
"""


def test_prose_is_kept_and_page_ends_boilerplate_and_diagrams_are_not() -> None:
    assert paragraphs(RFC) == ["A protocol is a set of rules that two machines agree on.", "They speak in turn."]


@pytest.mark.parametrize(
    ("lengths", "made"),
    [
        ([99], []),  # a rest
        ([100], [100]),
        ([60, 60, 60], [120]),
        ([99, 50], [149]),  # ends with a paragraph
        ([300], [120, 180]),  # ends within one
        ([400, 20], [120, 120, 160]),
    ],
)
def test_passages_end_with_paragraphs_where_they_can(lengths: list[int], made: list[int]) -> None:
    found = passages(" ".join(["word"] * length) for length in lengths)
    assert [len(passage.split()) for passage in found] == made


def written(folder: Path, name: str, count: int) -> None:
    """A file of passages, each of words of its own."""
    texts = (" ".join(f"{name}{'abcdefgh'[at]}" for _ in range(100)) for at in range(count))
    (folder / f"{name}.txt.gz").write_bytes(gzip.compress("\n\n".join(f"   {text}" for text in texts).encode()))


def test_files_are_read_by_name_and_titled_by_their_metadata(tmp_path: Path) -> None:
    for name in ("two", "one"):
        written(tmp_path, name, 2)
    (tmp_path / "one.json").write_text(json.dumps({"title": "The first"}))
    (tmp_path / "link.txt").symlink_to(tmp_path / "one.txt.gz")
    found = list(documents(tmp_path))
    assert [one.title for one in found] == ["The first", "two"]
    assert [passage.split()[0] for one in found for passage in one.passages] == ["onea", "oneb", "twoa", "twob"]


def test_too_few_passages_are_cut_again_from_within_a_passage_on(tmp_path: Path) -> None:
    written(tmp_path, "one", 3)
    made = [passage.split() for one in cut(tmp_path, 5) for passage in one.passages]
    assert [set(words) for words in made] == [{"onea"}, {"oneb"}, {"onec"}, {"onea", "oneb"}, {"oneb", "onec"}]
    assert all(len(words) == 100 for words in made)


def test_no_more_passages_are_made_than_asked_for(tmp_path: Path) -> None:
    written(tmp_path, "one", 3)
    written(tmp_path, "two", 3)
    assert [len(one.passages) for one in cut(tmp_path, 4)] == [3, 1]
    assert [len(one.passages) for one in islice(cut(tmp_path, 3), 2)] == [3]
