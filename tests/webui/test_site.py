"""What a server that runs on says while its library is made, changed, replaced and taken back."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from indexer import Library, index
from webui import create_app


def test_commits_switches_and_rollbacks_are_seen_without_a_restart(tmp_path: Path) -> None:
    library, docs = tmp_path / ".pincite", tmp_path / "docs"
    client = create_app(library).test_client()

    def ready() -> tuple[int, int]:
        body = client.get("/readyz").get_json()
        return body["generation"], body["passages"]

    def found(query: str) -> int:
        return int(client.get("/api/v1/search", query_string={"q": query}).get_json()["total"])

    assert client.get("/readyz").status_code == 503
    docs.mkdir()
    index(library, [docs])
    assert ready() == (1, 0)  # an empty library is ready: that nothing is found is no fault
    (docs / "a.txt").write_text("Apples grow on trees.")
    index(library, [docs])
    assert (ready(), found("apples"), found("pears")) == ((1, 1), 1, 0)
    (docs / "a.txt").write_text("Pears grow on trees. Pears are green.")
    index(library, [docs], rebuild=True)
    assert (ready(), found("apples"), found("pears")) == ((2, 1), 0, 1)
    Library.open(library).rollback()
    assert (ready(), found("apples"), found("pears")) == ((1, 1), 1, 0)


def test_a_library_that_is_missing_is_a_line_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        create_app(tmp_path / ".pincite").test_client().get("/readyz")
    (record,) = caplog.records
    assert "no library in" in record.getMessage()
    assert record.exc_info is None
