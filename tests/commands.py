"""The command line as tests run it."""

import contextlib
import io
import json
import subprocess
import sys
from dataclasses import dataclass

import pytest

from indexer.cli import main


@dataclass
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(folder, *arguments):
    """Run the command line in this process: a new one costs half a second."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code = 0
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(sys, "argv", ["pincite", *arguments])
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    texts = [stream.buffer.getvalue().decode() for stream in (out, err) if not stream.flush()]
    return Done(code, *texts)


def start(folder, *arguments):
    """Run the command line as a program of its own."""
    command = [sys.executable, "-m", "indexer.cli", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def as_json(folder, *arguments):
    done = run(folder, *arguments, "--json")
    assert done.stdout.count("\n") == 1
    return json.loads(done.stdout)
