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

from indexer import evaluate_runs, lines, progress, replies
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
from indexer.evaluate import MEASURES
from indexer.evaluate_answers import evaluate_answers, read_questions
from indexer.evaluate_runs import Wishes
from indexer.index import index
from indexer.judgments import FOLDER, QRELS, QUERIES
from indexer.library import Library, LibraryReader
from indexer.measures import measure
from indexer.records import FACETS, SORTS, STATUSES, Options
from indexer.search import MAX_LIMIT, search
from indexer.settings import Settings
from indexer.short_forms import meanings
from indexer.show import show as show_source
from indexer.watch import watched

NOTHING_FOUND, USAGE, NO_LIBRARY, LOCKED, INTERRUPTED = 1, 2, 3, 4, 130
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def _measures(_context: click.Context, _option: click.Parameter, names: str) -> list[str]:
    """The names of measures, parted by spaces or commas."""
    found = names.replace(",", " ").split()
    for name in found:
        _known(name)
    return found


def _floors(_context: click.Context, _option: click.Parameter, floors: tuple[str, ...]) -> dict[str, float]:
    """Floors by measure."""
    found = {}
    for floor in floors:
        name, _, least = floor.partition("=")
        _known(name)
        try:
            found[name] = float(least)
        except ValueError:
            raise click.BadParameter(f"{floor!r} is not like nDCG@10=0.7") from None
    return found


def _known(name: str) -> None:
    try:
        measure(name)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


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
    _print(as_json, replies.doctor_reply(checks), lambda: lines.check_lines(checks))
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
    _print(as_json, replies.saved_reply(saved), lambda: lines.saved_lines(saved))
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
    _print(as_json, reply, lambda: chain(lines.saved_lines(saved), lines.report_lines(report, dry_run=False)))
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
    unknown = set(fail_on) - {"any", *STATUSES}
    if unknown:
        raise click.UsageError(f"no document has the status {min(unknown)!r}: one of any, {', '.join(STATUSES)}")
    paths = paths or (Path("corpus"),)
    if watch:
        _watch(library, paths, as_json)
        return
    with progress.shown() as told:
        report = index(library, paths, rebuild=rebuild, dry_run=dry_run, progress=told)
    _print(as_json, replies.report_reply(report), lambda: lines.report_lines(report, dry_run))
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
@click.option("--drop", "dropped", multiple=True, metavar="FORM", help="Of what would be added, leave this out.")
@_JSON
@click.pass_obj
def search_command(library: Path, /, query: str, limit: int, offset: int, as_json: bool, **wishes: Any) -> None:
    """Show the passages that match QUERY, best first."""
    options = Options(expand=not wishes.pop("no_expand"), **wishes)
    with _reading(library) as reader, _refusing(as_json):
        started = time.perf_counter()
        results = search(reader, query, limit, offset, options)
        took_ms = (time.perf_counter() - started) * 1000
    _print(as_json, replies.search_reply(results, took_ms), lambda: lines.result_lines(results))
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
    if batch and output and output.exists() and batch.samefile(output):
        raise click.UsageError(f"--output {output} is the file of questions itself")
    with _reading(library) as reader:
        if batch and output:
            count = _answer_batch(reader, batch, output)
            _print(as_json, {"answered": count, "output": str(output)}, lambda: iter([f"{count} lines answered"]))
            return
        with _refusing(as_json):
            found = answer(reader, question or "")
    _print(as_json, replies.answer_reply(found), lambda: lines.answer_lines(found))
    if found.level == "none":
        sys.exit(NOTHING_FOUND)


@pincite.command("status")
@click.option("--show", metavar="PATH", help="One document before and after cleaning: what each rule did.")
@click.option("--acronyms", is_flag=True, help="The short forms that the documents define, and what they stand for.")
@_JSON
@click.pass_obj
def status_command(library: Path, show: str | None, acronyms: bool, as_json: bool) -> None:
    """List the documents of the library and what became of each."""
    with _reading(library) as reader:
        if acronyms:
            found = [(meaning.short, meaning.long, meaning.documents) for meaning in meanings(reader)]
            _print(as_json, replies.acronyms_reply(found), lambda: lines.acronym_lines(found))
            return
        if show:
            shown = list(show_source(reader, show, library.resolve().parent))
            _print(as_json, replies.shown_reply(shown), lambda: lines.shown_lines(shown))
            return
        reply = replies.documents_reply(reader.documents(), reader.generation)
    _print(as_json, reply, lambda: lines.status_lines(reply))


@pincite.command("evaluate")
@click.option("--queries", type=_FILE, help="Queries as TSV or JSON Lines.")
@click.option("--qrels", type=_FILE, help="TREC or BEIR judgments; without them only the run is written.")
@click.option("--unit", type=click.Choice(["document", "passage"]), default="document", show_default=True)
@click.option("--run-file", type=click.Path(path_type=Path), help="Where to write the ranking as a TREC run.")
@click.option("--limit", type=click.IntRange(1, 1000), default=1000, show_default=True, help="Ranks of each query.")
@click.option("--measures", default=" ".join(MEASURES), show_default=True, callback=_measures, help="What is measured.")
@click.option("--baseline", type=_FILE, help="An earlier run to compare with; exit 1 when it is significantly better.")
@click.option("--floor", "floors", multiple=True, callback=_floors, help="nDCG@10=0.7; exit 1 when it is below.")
@click.option("--judged", is_flag=True, help="Take queries and passage judgments from those given in the page.")
@click.option("--questions", type=_FILE, help="Lines of {question, doc_id, answers: [{text, start}], answerable}.")
@_JSON
@click.pass_obj
def evaluate_command(
    library: Path, /, queries: Path | None, questions: Path | None, judged: bool, as_json: bool, **wishes: Any
) -> None:
    """Measure the ranking against judgments, or the answers against gold spans."""
    if [queries is not None, questions is not None, judged].count(True) != 1:
        raise click.UsageError("give --queries, or --questions, or --judged")
    if judged:
        queries, wishes["qrels"] = (library / FOLDER / name for name in (QUERIES, QRELS))
        wishes["unit"] = "passage"
        if not queries.exists():
            raise click.UsageError("nothing has been judged in the page yet")
    if wishes["qrels"] is None and (wishes["baseline"] or wishes["floors"]):
        raise click.UsageError("--baseline and --floor need --qrels")
    with _reading(library) as reader:
        if questions:
            values = evaluate_answers(reader, read_questions(questions))
            _print(as_json, {"measures": values}, lambda: lines.measure_lines(values))
        elif queries:
            report = evaluate_runs.evaluated(reader, Wishes(queries, **wishes))
            _print(as_json, evaluate_runs.reply(report), lambda: iter(evaluate_runs.lines(report)))
            if report.fallen:
                sys.exit(NOTHING_FOUND)


@pincite.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--threads", default=8, show_default=True, type=click.IntRange(1, 64))
@click.pass_obj
def serve_command(library: Path, host: str, port: int, threads: int) -> None:
    """Serve the page and the endpoint."""
    waitress = importlib.import_module("waitress")
    webui = importlib.import_module("webui")  # the page stands above the command line: no static import
    try:
        server = waitress.create_server(webui.create_app(library), host=host, port=port, threads=threads)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"cannot serve at {host}:{port} ({reason}): give another --port or --host"
        raise click.UsageError(message) from error
    click.echo(f"Pincite serves {library} at http://{host}:{server.effective_port} (Ctrl-C stops it)", err=True)
    server.run()


def main() -> NoReturn:
    """Run the command line; an error of ours is one line on stderr and an exit code."""
    try:
        pincite(standalone_mode=False)
    except (KeyboardInterrupt, click.exceptions.Abort):  # click makes the one into the other
        _stop("interrupted: what was committed stays, the next run goes on from there", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except (LibraryMissingError, LibraryDamagedError, LibraryAccessError) as error:
        _stop(str(error), NO_LIBRARY)
    except LibraryLockedError as error:
        _stop(str(error), LOCKED)
    except PinciteError as error:
        _stop(str(error), USAGE)
    sys.exit(0)


def _stop(message: str, code: int) -> NoReturn:
    click.echo(f"pincite: {message}", err=True)
    sys.exit(code)


@contextmanager
def _reading(library: Path) -> Iterator[LibraryReader]:
    with Library.open(library).reader() as reader:
        yield reader


@contextmanager
def _refusing(as_json: bool) -> Iterator[None]:
    """A query that is refused is a problem document, or lines that point at the place."""
    try:
        yield
    except QueryError as error:
        if as_json:
            _print(as_json, replies.query_problem(error), lambda: iter(()))
        for line in lines.refusal_lines(error):
            click.echo(line.encode("utf-8", "replace"), err=True)
        sys.exit(USAGE)


def _print(as_json: bool, reply: dict[str, Any], rows: Callable[[], Iterator[str]]) -> None:
    """The reply as JSON, or as lines for people."""
    if as_json:
        click.echo(json.dumps(reply, ensure_ascii=False).encode("utf-8", "replace"))
        return
    for line in rows():
        click.echo(line.encode("utf-8", "replace"))


def _answer_batch(reader: LibraryReader, batch: Path, output: Path) -> int:
    """Answer each line of `batch`; one that is no question gets an `error` instead of answers. The number of lines."""
    count = 0
    try:
        with batch.open(encoding="utf-8", errors="replace") as asked, output.open("w", encoding="utf-8") as out:
            for number, line in enumerate(asked, 1):
                if line.strip():
                    out.write(json.dumps(_answered_line(reader, number, line)) + "\n")
                    count += 1
    except OSError as error:
        raise click.UsageError(f"cannot read {batch} or write {output}: {error.strerror}") from error
    return count


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
        _print(as_json, replies.report_reply(report), partial(lines.report_lines, report, dry_run=False))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
