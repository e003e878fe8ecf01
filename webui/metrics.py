"""What a monitor asks for: how many requests were answered, how and in what time, and what the library holds.

In Prometheus' text format, version 0.0.4.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from threading import Lock
from time import perf_counter

from flask import Blueprint, Flask, Response, current_app, g, request

from indexer import PinciteError
from webui.collection import open_reader

metrics = Blueprint("metrics", __name__)

TALLY = "PINCITE_TALLY"  # the key in the application's configuration


class Tally:
    """The requests that an application has answered; its threads share it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[tuple[str, int]] = Counter()  # by endpoint and status
        self._seconds: defaultdict[str, float] = defaultdict(float)  # by endpoint

    def add(self, endpoint: str, status: int, seconds: float) -> None:
        """Note an answered request."""
        with self._lock:
            self._counts[endpoint, status] += 1
            self._seconds[endpoint] += seconds

    def lines(self) -> Iterator[str]:
        """What was noted."""
        with self._lock:
            counts, seconds = sorted(self._counts.items()), sorted(self._seconds.items())
        yield "# TYPE pincite_requests_total counter"
        for (endpoint, status), count in counts:
            yield f'pincite_requests_total{{endpoint="{endpoint}",status="{status}"}} {count}'
        yield "# TYPE pincite_request_seconds_total counter"
        for endpoint, spent in seconds:
            yield f'pincite_request_seconds_total{{endpoint="{endpoint}"}} {spent:.6f}'


def tallied(app: Flask) -> None:
    """Note each request that the application answers."""
    tally = app.config[TALLY] = Tally()

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        tally.add(str(request.endpoint or "none"), response.status_code, perf_counter() - g.began)
        return response


@metrics.get("/metrics")
def metrics_endpoint() -> Response:
    """Counts since the start, and the state of the library; one that cannot be opened is told as such."""
    body = "\n".join([*current_app.config[TALLY].lines(), *_library(), ""])
    return Response(body, content_type="text/plain; version=0.0.4; charset=utf-8")


def _library() -> Iterator[str]:
    """The state of the library."""
    try:
        with open_reader() as reader:
            held = {"up": 1, "generation": reader.generation, "passages": reader.size()}
    except PinciteError:
        held = {"up": 0}
    for name, value in held.items():
        yield f"# TYPE pincite_library_{name} gauge"
        yield f"pincite_library_{name} {value}"
