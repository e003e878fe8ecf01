"""What the commands share: the library opened, refusals told, a reply as JSON or as lines, and the exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from indexer import lines, replies
from indexer.errors import QueryError
from indexer.library import Library, LibraryReader
from indexer.settings import Settings

NOTHING_FOUND, USAGE, NO_LIBRARY, LOCKED, INTERRUPTED = 1, 2, 3, 4, 130


class NamedPath(click.Path):
    """A path, but not the empty one that a shell makes of a variable without a value: that would be where one is."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path; a usage error when it is empty."""
        return super().convert(value, param, ctx) if str(value) else self.fail("the path is empty", param, ctx)


FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")


class Commands(click.Group):
    """Commands with the folder of the library, named before the command or behind it; it is the context's object."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.params.append(_library_option())

    def add_command(self, cmd: click.Command, name: str | None = None) -> None:
        """Add a command."""
        cmd.params.append(_library_option())
        super().add_command(cmd, name)


def _library_option() -> click.Option:
    def named(context: click.Context, _option: click.Parameter, folder: Path | None) -> None:
        context.obj = folder or context.obj or Settings.from_environment().library

    return click.Option(
        ["--library"],
        type=NamedPath(path_type=Path),
        expose_value=False,
        callback=named,
        help="The library's folder.  [env PINCITE_LIBRARY; .pincite]",
    )


@contextmanager
def reading(library: Path) -> Iterator[LibraryReader]:
    """What the library's last commit holds, open while in use."""
    with Library.open(library).reader() as reader:
        yield reader


@contextmanager
def refusing(as_json: bool) -> Iterator[None]:
    """A query that is refused is a problem document, or lines that point at the place."""
    try:
        yield
    except QueryError as error:
        if as_json:
            put(as_json, replies.query_problem(error), lambda: iter(()))
        for line in lines.refusal_lines(error):
            click.echo(line.encode("utf-8", "replace"), err=True)
        sys.exit(USAGE)


def put(as_json: bool, reply: dict[str, Any], rows: Callable[[], Iterator[str]]) -> None:
    """The reply as JSON, or as lines for people; a usage error when they cannot be written where they should go."""
    for line in [json.dumps(reply, ensure_ascii=False)] if as_json else rows():
        try:
            click.echo(line.encode("utf-8", "replace"))
        except BrokenPipeError:  # who reads them has seen enough
            raise
        except OSError as error:
            raise click.ClickException(f"the output cannot be written: {error.strerror}") from error
