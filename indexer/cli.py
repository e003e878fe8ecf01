"""The command line: parse, call, format. One JSON object on stdout with --json; everything else on stderr."""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import click

from indexer import progress, replies
from indexer.answer import answer
from indexer.backup import backup, restore
from indexer.doctor import examine
from indexer.errors import (
    LibraryAccessError,
    LibraryDamagedError,
    LibraryLockedError,
    LibraryMissingError,
    PinciteError,
    QueryError,
)
from indexer.index import index
from indexer.library import Library, LibraryReader
from indexer.records import FACETS, SORTS, Answer, Check, Hit, Options, Report, Results, Saved
from indexer.search import MAX_LIMIT, search
from indexer.settings import Settings
from indexer.show import Shown
from indexer.show import show as show_source
from indexer.watch import watched

NOTHING_FOUND, USAGE, NO_LIBRARY, LOCKED, INTERRUPTED = 1, 2, 3, 4, 130
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--library",
    type=click.Path(path_type=Path),
    help="The library's folder.  [env PINCITE_LIBRARY; .pincite]",
)
@click.version_option(package_name="pincite")
@click.pass_context
def pincite(context: click.Context, library: Path | None) -> None:
    """Search a folder of documents; every passage and answer is cited to its exact place."""
    context.obj = library or Settings.from_environment().library


@pincite.command("doctor")
@_JSON
@click.pass_obj
def doctor_command(library: Path, as_json: bool) -> None:
    """Check the library: files, checksums, self-test searches, anchors."""
    checks = examine(library)
    sound = all(check.sound for check in checks)
    _print(as_json, replies.doctor_reply(checks), lambda: _check_lines(checks))
    if not sound:
        sys.exit(NO_LIBRARY)


@pincite.command("rollback")
@_JSON
@click.pass_obj
def rollback_command(library: Path, as_json: bool) -> None:
    """Go back to the generation before the last rebuild."""
    generation = Library(library).rollback()
    _print(as_json, {"generation": generation}, lambda: iter([f"back to generation {generation}"]))


@pincite.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_JSON
@click.pass_obj
def backup_command(library: Path, file: Path, as_json: bool) -> None:
    """Write the documents and the ledger to one FILE."""
    saved = backup(library, file)
    _print(as_json, replies.saved_reply(saved), lambda: _saved_lines(saved))
    if saved.failed:
        sys.exit(NOTHING_FOUND)


@pincite.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_JSON
@click.pass_obj
def restore_command(library: Path, file: Path, as_json: bool) -> None:
    """Put the documents of a backup back and index them anew; no file is overwritten."""
    saved, report = restore(library, file)
    reply = replies.saved_reply(saved) | {"index": replies.report_reply(report)}
    _print(as_json, reply, lambda: chain(_saved_lines(saved), _report_lines(report, dry_run=False)))
    if saved.failed:
        sys.exit(NOTHING_FOUND)


@pincite.command("index")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Build anew from PATHS alone, beside the old index, then switch.")
@click.option("--watch", is_flag=True, help="Stay, and bring in each change as it comes.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--fail-on", multiple=True, metavar="STATUS", help="Exit 1 when a document has this status ('any': all).")
@_JSON
@click.pass_obj
def index_command(
    library: Path,
    paths: tuple[Path, ...],
    rebuild: bool,
    watch: bool,
    dry_run: bool,
    fail_on: tuple[str, ...],
    as_json: bool,
) -> None:
    """Bring the library in line with folders or files: add, change, remove."""
    paths = paths or (Path("corpus"),)
    if watch:
        _watch(library, paths, as_json)
        return
    with progress.shown() as told:
        report = index(library, paths, rebuild=rebuild, dry_run=dry_run, progress=told)
    _print(as_json, replies.report_reply(report), lambda: _report_lines(report, dry_run))
    statuses = {failure.status for failure in report.failed}
    if statuses and ("any" in fail_on or statuses & set(fail_on)):
        sys.exit(NOTHING_FOUND)
    if not report.documents and not dry_run:
        click.echo("No documents found: is there a .txt file in the folder?", err=True)
        sys.exit(NOTHING_FOUND)


@pincite.command("search")
@click.argument("query")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, MAX_LIMIT))
@click.option("--offset", default=0, show_default=True, type=click.IntRange(0))
@click.option("--filter", "filters", multiple=True, help="Narrow down: year:2015..2020")
@click.option("--sort", default="relevance", show_default=True, type=click.Choice(SORTS))
@click.option("--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count the values that hits have.")
@click.option("--strict", is_flag=True, help="Refuse a query that cannot be obeyed to the letter.")
@click.option("--no-expand", is_flag=True, help="Add no other spellings and no short or long forms.")
@_JSON
@click.pass_obj
def search_command(library: Path, /, query: str, limit: int, offset: int, as_json: bool, **wishes: Any) -> None:
    """Show the passages that match QUERY, best first."""
    options = Options(expand=not wishes.pop("no_expand"), **wishes)
    with _reading(library) as reader:
        started = time.perf_counter()
        results = search(reader, query, limit, offset, options)
        took_ms = (time.perf_counter() - started) * 1000
    _print(as_json, replies.search_reply(results, took_ms), lambda: _result_lines(results))
    if not results.hits:
        sys.exit(NOTHING_FOUND)


@pincite.command("answer")
@click.argument("question", required=False)
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Lines of {id, question}.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where --batch writes its answers.")
@_JSON
@click.pass_obj
def answer_command(library: Path, question: str | None, batch: Path | None, output: Path | None, as_json: bool) -> None:
    """Answer QUESTION with a verbatim quote, or say why not."""
    if (question is None) == (batch is None) or (batch is None) != (output is None):
        raise click.UsageError("give a QUESTION, or --batch IN.jsonl with --output OUT.jsonl")
    with _reading(library) as reader:
        if batch and output:
            _answer_batch(reader, batch, output)
            return
        found = answer(reader, question or "")
    _print(as_json, replies.answer_reply(found), lambda: _answer_lines(found))
    if found.level == "none":
        sys.exit(NOTHING_FOUND)


@pincite.command("status")
@click.option("--show", metavar="PATH", help="One document before and after cleaning: what each rule did.")
@_JSON
@click.pass_obj
def status_command(library: Path, show: str | None, as_json: bool) -> None:
    """List the documents of the library and what became of each."""
    with _reading(library) as reader:
        if show:
            shown = list(show_source(reader, show, library.resolve().parent))
            _print(as_json, replies.shown_reply(shown), lambda: _shown_lines(shown))
            return
        reply = replies.documents_reply(reader.documents(), reader.generation)
    _print(as_json, reply, lambda: _status_lines(reply))


@pincite.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def serve_command(library: Path, host: str, port: int, threads: int) -> None:
    """Serve the page and the endpoint."""
    waitress = importlib.import_module("waitress")
    webui = importlib.import_module("webui")  # the page stands above the command line: no static import
    server = waitress.create_server(webui.create_app(library), host=host, port=port, threads=threads)
    click.echo(f"Pincite serves {library} at http://{host}:{server.effective_port} (Ctrl-C stops it)", err=True)
    server.run()


def main() -> NoReturn:
    """Run the command line; an error of ours is one line on stderr and an exit code."""
    try:
        pincite(standalone_mode=False)
    except click.exceptions.Abort:
        _stop("interrupted", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except (LibraryMissingError, LibraryDamagedError, LibraryAccessError) as error:
        _stop(str(error), NO_LIBRARY)
    except LibraryLockedError as error:
        _stop(str(error), LOCKED)
    except PinciteError as error:
        _stop(str(error), USAGE)
    except KeyboardInterrupt:
        _stop("interrupted: what was committed stays, the next run goes on from there", INTERRUPTED)
    sys.exit(0)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"pincite: {message}", err=True)
    sys.exit(code)


@contextmanager
def _reading(library: Path) -> Iterator[LibraryReader]:
    with Library.open(library).reader() as reader:
        yield reader


def _print(as_json: bool, reply: dict[str, Any], lines: Callable[[], Iterator[str]]) -> None:
    """The reply as JSON, or as lines for people."""
    if as_json:
        click.echo(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))
        return
    for line in lines():
        click.echo(line.encode("utf-8", "replace"))


def _answer_batch(reader: LibraryReader, batch: Path, output: Path) -> None:
    """Answer each line of `batch`; a line that is no question gets an `error` instead of answers."""
    with batch.open(encoding="utf-8") as lines, output.open("w", encoding="utf-8") as out:
        for number, line in enumerate(lines, 1):
            if line.strip():
                out.write(json.dumps(_answered_line(reader, number, line), ensure_ascii=False) + "\n")


def _answered_line(reader: LibraryReader, number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
        return {"id": asked["id"]} | replies.answer_reply(answer(reader, str(asked["question"])))
    except (ValueError, KeyError, TypeError):
        return {"id": None, "error": f"line {number} is not an object with id and question"}
    except QueryError as error:
        return {"id": asked["id"], "error": error.reason}


def _watch(library: Path, paths: tuple[Path, ...], as_json: bool) -> None:
    """Print a report for each burst of changes, until interrupted."""
    for report in watched(paths, library, partial(index, library)):
        _print(as_json, replies.report_reply(report), partial(_report_lines, report, dry_run=False))
        sys.stdout.flush()


def _check_lines(checks: list[Check]) -> Iterator[str]:
    for check in checks:
        yield f"{'ok  ' if check.sound else 'BAD '} {check.name:10} {_plain(check.detail)}"
        if check.advice:
            yield f"                {check.advice}"


def _saved_lines(saved: Saved) -> Iterator[str]:
    for failure in saved.failed:
        yield f"{failure.status:8} {_plain(failure.path)}: {failure.reason}"
    yield f"{len(saved.sources)} sources, {saved.size / 1e6:.1f} MB"


def _report_lines(report: Report, dry_run: bool) -> Iterator[str]:
    if dry_run:
        yield "dry run: nothing was written"
    for name in ("added", "changed", "removed"):
        for path in getattr(report, name):
            yield f"{name:8} {_plain(path)}"
    for failure in report.failed:
        yield f"{failure.status:8} {_plain(failure.path)}: {failure.reason}"
    for moved in report.moved:
        first = ", and another passage is first" if moved.first_changed else ""
        yield f"results of {_plain(moved.query)!r}: {len(moved.gained)} new, {len(moved.lost)} gone{first}"
    counts = [f"{len(getattr(report, name))} {name}" for name in ("added", "changed", "removed", "unchanged", "failed")]
    yield f"{', '.join(counts)}; {report.documents} documents, {report.passages} passages in {report.seconds:.2f} s"


def _result_lines(results: Results) -> Iterator[str]:
    relation = "" if results.exact else "at least "
    noun = "passage" if results.total == 1 else "passages"
    yield f"{relation}{results.total} {noun} for {_plain(results.query.parsed)}"
    for warning in results.query.warnings:
        yield f"note: {warning}"
    for hit in results.hits:
        yield ""
        yield f"{hit.rank:3}. {_plain(hit.citation.text)}"
        yield f"     {_marked(hit)}"


def _marked(hit: Hit) -> str:
    """The passage with its matches in bold on a terminal, in *stars* elsewhere."""
    on, off = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("*", "*")
    text, parts, done = hit.passage.text, [], 0
    for span in hit.matches:
        parts += [_plain(text[done : span.start]), on, _plain(span.of(text)), off]
        done = span.end
    return "".join([*parts, _plain(text[done:])])


def _answer_lines(found: Answer) -> Iterator[str]:
    if found.reason:
        yield found.reason
    for quote in found.quotes:
        yield f"“{_plain(quote.text)}”"
        yield f"    {_plain(quote.citation.text)}  (confidence {quote.confidence:.2f})"


def _status_lines(reply: dict[str, Any]) -> Iterator[str]:
    for row in reply["documents"]:
        reason = f"  {row['reason']}" if row["reason"] else ""
        yield f"{row['id']}  {row['status']:12} {row['passages']:5} passages  {_plain(row['path'])}{reason}"
    yield f"{len(reply['documents'])} documents, generation {reply['generation']}"


def _shown_lines(shown: list[Shown]) -> Iterator[str]:
    for one in shown:
        row = one.row
        yield f"{_plain(row.path)}: {row.status}, {row.passages} passages, {row.quality:.0%} real words"
        for rule, taken in one.steps:
            yield f"\n{rule}: {taken} characters taken away" if taken else f"\n{rule}"
            for change in one.changes:
                if change.rule == rule:
                    yield f"  - {_visible(change.before)}"
                    yield f"  + {_visible(change.after)}"
        for label, text in one.left_out:
            yield f"\nleft out as {label}: {_visible(text)}"


def _visible(text: str) -> str:
    """The text on one line, its line ends visible."""
    return _plain(text.replace("\n", "⏎"))


def _plain(text: str) -> str:
    """The text without control characters: a document must not steer the reader's terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


if __name__ == "__main__":
    main()
