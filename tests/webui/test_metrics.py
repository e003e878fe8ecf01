"""What a monitor is told."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from webui import create_app


def told(client: FlaskClient) -> dict[str, float]:
    """Each metric with its labels, and its value."""
    reply = client.get("/metrics")
    assert reply.content_type == "text/plain; version=0.0.4; charset=utf-8"
    lines = [line for line in reply.text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_requests_are_counted_by_endpoint_and_status(own_library: Path) -> None:
    client = create_app(own_library).test_client()
    for address in ("/api/v1/search?q=tumor", "/api/v1/search?q=tumor", "/api/v1/search", "/nowhere"):
        client.get(address)
    found = told(client)
    assert found['pincite_requests_total{endpoint="api.search_endpoint",status="200"}'] == 2
    assert found['pincite_requests_total{endpoint="api.search_endpoint",status="400"}'] == 1
    assert found['pincite_requests_total{endpoint="none",status="404"}'] == 1
    assert found['pincite_request_seconds_total{endpoint="api.search_endpoint"}'] > 0
    assert told(client)['pincite_requests_total{endpoint="metrics.metrics_endpoint",status="200"}'] == 1


def test_the_state_of_the_library_is_told_also_when_there_is_none(own_library: Path, tmp_path: Path) -> None:
    state = {name: value for name, value in told(create_app(own_library).test_client()).items() if "library" in name}
    assert state == {"pincite_library_up": 1, "pincite_library_generation": 1, "pincite_library_passages": 1}
    gone = told(create_app(tmp_path / "nowhere").test_client())
    assert (gone["pincite_library_up"], "pincite_library_passages" in gone) == (0, False)
