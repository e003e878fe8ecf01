from __future__ import annotations

import pytest

from tests.benchmarks import whole


def test_searches_answers_replies_and_pages_are_measured(capsys: pytest.CaptureFixture[str]) -> None:
    whole.main(40, asked=3, warming=1)
    _, _, head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["CPU", "ms", "p50", "p95", "most"]
    labels = ["search", "search for a question", "answer", "GET /api/v1/search", "GET /api/v1/answer"]
    labels += ["GET /search, words", "GET /search, a question"]
    assert [row[:24].strip() for row in rows] == labels
    assert all(float(number) > 0 for row in rows for number in row[24:].split())
