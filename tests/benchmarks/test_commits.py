from __future__ import annotations

import pytest

from tests.benchmarks import commits


def test_every_commit_and_every_reader_is_measured() -> None:
    spent, opened = commits.measured(100, commits=12)
    assert len(spent) == len(opened) == 12
    assert min(spent) > 0


def test_the_row_names_what_it_measured(capsys: pytest.CaptureFixture[str]) -> None:
    commits.main(50)
    head, row = capsys.readouterr().out.splitlines()
    assert head.startswith("commits of 1 document")
    assert row.split()[:2] == [str(commits.COMMITS), "50"]
