import gc
import os
import signal
from types import SimpleNamespace

import pytest

from tests.commands import as_json, run


@pytest.fixture(autouse=True)
def as_before():
    """What a server sets of its process is put back."""
    garbage, term = gc.get_threshold(), signal.getsignal(signal.SIGTERM)
    yield
    gc.unfreeze()
    gc.set_threshold(*garbage)
    signal.signal(signal.SIGTERM, term)


def serve(tmp_path, monkeypatch, run_server):
    """The command, with a server that does something else."""
    monkeypatch.setattr("waitress.create_server", lambda *_, **__: SimpleNamespace(effective_port=1, run=run_server))
    return run(tmp_path, "serve")


def test_a_server_looks_for_garbage_seldom(tmp_path, monkeypatch):
    seen = []
    done = serve(tmp_path, monkeypatch, lambda: seen.append((gc.get_threshold(), gc.get_freeze_count() > 0)))
    assert done.returncode == 0
    assert seen == [((50_000, 10, 10), True)]


@pytest.mark.parametrize(("host", "url"), [("127.0.0.1", "http://127.0.0.1:1"), ("::1", "http://[::1]:1")])
def test_a_server_says_in_json_where_it_is(tmp_path, monkeypatch, host, url):
    monkeypatch.setattr("waitress.create_server", lambda *_, **__: SimpleNamespace(effective_port=1, run=lambda: None))
    assert as_json(tmp_path, "serve", "--host", host, "--port", "0") == {"url": url}


def test_a_server_takes_no_longer_a_body_than_its_forms_need(tmp_path, monkeypatch):
    given = {}
    monkeypatch.setattr("waitress.create_server", lambda _, **more: given.update(more) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(tmp_path, "serve")
    assert given["max_request_body_size"] == 65_536


def test_a_server_that_is_told_to_stop_answers_what_it_is_at(tmp_path, monkeypatch):
    def run_server():  # as waitress does, which then waits for its threads
        with pytest.raises(SystemExit):
            os.kill(os.getpid(), signal.SIGTERM)

    assert serve(tmp_path, monkeypatch, run_server).returncode == 0
