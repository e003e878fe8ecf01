"""The command that serves the page and the endpoint."""

from __future__ import annotations

import gc
import importlib
import signal
import sys
from pathlib import Path

import click

from indexer.cli_output import JSON, put

# Objects until a server looks for garbage, after which what it began with is left out: by Python's own (700, 10, 10)
# one answer in some hundred waited .3 s for it, so .2 s.
SELDOM = (50_000, 10, 10)


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@JSON
@click.pass_obj
def serve_command(library: Path, host: str, port: int, threads: int, as_json: bool) -> None:
    """Serve the page and the endpoint."""
    waitress = importlib.import_module("waitress")
    webui = importlib.import_module("webui")  # the page stands above the command line: no static import
    try:
        app = webui.create_app(library)
        longest = app.config["MAX_CONTENT_LENGTH"]
        server = waitress.create_server(app, host=host, port=port, threads=threads, max_request_body_size=longest)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"cannot serve at {host}:{port} ({reason}): give another --port or --host"
        raise click.UsageError(message) from error
    gc.freeze()
    gc.set_threshold(*SELDOM)
    address = f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}"
    click.echo(f"Pincite serves {library} at {address} (Ctrl-C stops it)", err=True)
    put(as_json, {"url": address}, lambda: iter(()))
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, _stop)
    server.run()


def _stop(*_: object) -> None:
    """What ends the server once the requests that it is at are answered, as Ctrl-C does; others are let go."""
    raise SystemExit(0)
