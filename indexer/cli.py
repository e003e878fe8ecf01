"""The command line: parse, call, format. One JSON object on stdout with --json; everything else on stderr."""

from __future__ import annotations

import sys
import time
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import click

from indexer import lines, progress, replies, replies_library
from indexer.answer import answer
from indexer.backup import backup, restore
from indexer.cli_batch import answer_batch
from indexer.cli_evaluate import evaluate_command
from indexer.cli_output import (
    INTERRUPTED,
    JSON,
    LOCKED,
    NO_LIBRARY,
    NOTHING_FOUND,
    USAGE,
    Commands,
    NamedPath,
    put,
    reading,
    refusing,
)
from indexer.cli_serve import serve_command
from indexer.doctor import examine
from indexer.errors import (
    LibraryAccessError,
    LibraryDamagedError,
    LibraryLockedError,
    LibraryMissingError,
    PinciteError,
)
from indexer.index import index
from indexer.library import Library
from indexer.read import SUFFIXES
from indexer.records import FACETS, SORTS, STATUSES, Options
from indexer.search import MAX_LIMIT, search
from indexer.sheets import unused_rows
from indexer.short_forms import meanings
from indexer.show import show as show_source
from indexer.watch import watched


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pincite")
def pincite() -> None:
    """Search a folder of documents; every passage and answer is cited to its exact place."""


@pincite.command("doctor")
@JSON
@click.pass_obj
def doctor_command(library: Path, as_json: bool) -> None:
    """Check the library: files, checksums, self-test searches, anchors."""
    checks = examine(library)
    sound = all(check.sound for check in checks)
    put(as_json, replies_library.doctor_reply(checks), lambda: lines.check_lines(checks))
    if not sound:
        sys.exit(NO_LIBRARY)


@pincite.command("rollback")
@JSON
@click.pass_obj
def rollback_command(library: Path, as_json: bool) -> None:
    """Go back to the generation before the last rebuild."""
    generation = Library(library).rollback()
    put(as_json, {"generation": generation}, lambda: iter([f"back to generation {generation}"]))


@pincite.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def backup_command(library: Path, file: Path, as_json: bool) -> None:
    """Write the documents and the ledger to one FILE."""
    saved = backup(library, file)
    put(as_json, replies_library.saved_reply(saved), lambda: lines.saved_lines(saved))
    if saved.failed:
        sys.exit(NOTHING_FOUND)


@pincite.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def restore_command(library: Path, file: Path, as_json: bool) -> None:
    """Put the documents of a backup back and index them anew; no file is overwritten."""
    saved, report = restore(library, file)
    reply = replies_library.saved_reply(saved) | {"index": replies_library.report_reply(report)}
    put(as_json, reply, lambda: chain(lines.saved_lines(saved), lines.report_lines(report, dry_run=False)))
    if saved.failed:
        sys.exit(NOTHING_FOUND)


@pincite.command("index")
@click.argument("paths", nargs=-1, type=NamedPath(path_type=Path))
@click.option("--rebuild", is_flag=True, help="Build anew from PATHS alone, beside the old index, then switch.")
@click.option("--watch", is_flag=True, help="Stay, and bring in each change as it comes.")
@click.option("--dry-run", is_flag=True, help="Say what would change; change nothing.")
@click.option("--fail-on", multiple=True, metavar="STATUS", help="Exit 1 when a document has this status ('any': all).")
@JSON
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
    if watch and (rebuild or dry_run or fail_on):
        raise click.UsageError(
            "--watch brings in each change as it comes: no --rebuild, --dry-run or --fail-on with it"
        )
    paths = paths or (Path("corpus"),)
    if watch:
        _watch(library, paths, as_json)
        return
    with progress.shown() as told:
        report = index(library, paths, rebuild=rebuild, dry_run=dry_run, progress=told)
    put(as_json, replies_library.report_reply(report), lambda: lines.report_lines(report, dry_run))
    statuses = {failure.status for failure in (*report.failed, *report.unused)}
    if statuses and ("any" in fail_on or statuses & set(fail_on)):
        sys.exit(NOTHING_FOUND)
    if not report.documents and not dry_run:
        suffixes = ", ".join(filter(None, sorted(SUFFIXES)))
        click.echo(
            f"The library holds no document. Files that are read: {suffixes}, and text without a suffix.", err=True
        )
        sys.exit(NOTHING_FOUND)


def _in_one(_context: click.Context, _parameter: click.Parameter, words: tuple[str, ...]) -> str | None:
    """The words of an argument as one text, whether the shell was given it in quotation marks or not."""
    return " ".join(words) if words else None


@pincite.command("search")
@click.argument("query", nargs=-1, required=True, callback=_in_one)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, MAX_LIMIT))
@click.option("--offset", default=0, show_default=True, type=click.IntRange(0))
@click.option("--filter", "filters", multiple=True, help="Narrow down: year:2015..2020")
@click.option("--sort", default="relevance", show_default=True, type=click.Choice(SORTS))
@click.option("--facet", "facets", multiple=True, type=click.Choice(FACETS), help="Count the values that hits have.")
@click.option("--strict", is_flag=True, help="Refuse a query that cannot be obeyed to the letter.")
@click.option("--no-expand", is_flag=True, help="Add no other spellings and no short or long forms.")
@click.option("--drop", "dropped", multiple=True, metavar="FORM", help="Of what would be added, leave this out.")
@JSON
@click.pass_obj
def search_command(library: Path, /, query: str, limit: int, offset: int, as_json: bool, **wishes: Any) -> None:
    """Show the passages that match QUERY, best first."""
    options = Options(expand=not wishes.pop("no_expand"), **wishes)
    with reading(library) as reader, refusing(as_json):
        started = time.perf_counter()
        results = search(reader, query, limit, offset, options)
        took_ms = (time.perf_counter() - started) * 1000
    put(as_json, replies.search_reply(results, took_ms), lambda: lines.result_lines(results))
    if not results.hits:
        sys.exit(NOTHING_FOUND)


@pincite.command("answer")
@click.argument("question", nargs=-1, required=False, callback=_in_one)
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Lines of {id, question}.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Where --batch writes its answers.")
@JSON
@click.pass_obj
def answer_command(library: Path, question: str | None, batch: Path | None, output: Path | None, as_json: bool) -> None:
    """Answer QUESTION with a verbatim quote, or say why not."""
    if (question is None) == (batch is None) or (batch is None) != (output is None):
        raise click.UsageError("give a QUESTION, or --batch IN.jsonl with --output OUT.jsonl")
    if batch and output and output.exists() and batch.samefile(output):
        raise click.UsageError(f"--output {output} is the file of questions itself")
    with reading(library) as reader:
        if batch and output:
            levels = answer_batch(reader, batch, output)
            put(as_json, levels | {"output": str(output)}, lambda: lines.batch_lines(levels))
            sys.exit(NOTHING_FOUND if levels["failed"] else 0)
        with refusing(as_json):
            found = answer(reader, question or "")
    put(as_json, replies.answer_reply(found), lambda: lines.answer_lines(found))
    if found.level == "none":
        sys.exit(NOTHING_FOUND)


@pincite.command("status")
@click.option("--show", metavar="PATH", help="One document before and after cleaning: what each rule did.")
@click.option("--acronyms", is_flag=True, help="The short forms that the documents define, and what they stand for.")
@JSON
@click.pass_obj
def status_command(library: Path, show: str | None, acronyms: bool, as_json: bool) -> None:
    """List the documents of the library and what became of each."""
    with reading(library) as reader:
        if acronyms:
            found = [(meaning.short, meaning.long, meaning.documents) for meaning in meanings(reader)]
            put(as_json, replies_library.acronyms_reply(found), lambda: lines.acronym_lines(found))
            return
        if show is not None:
            shown = list(show_source(reader, show, library.resolve().parent))
            put(as_json, replies_library.shown_reply(shown), lambda: lines.shown_lines(shown))
            return
        rows, counts = reader.documents(), reader.counts()
        unused = unused_rows((row.path for row in rows), library.resolve().parent)
        reply = replies_library.documents_reply(rows, counts, unused, reader.generation)
    put(as_json, reply, lambda: lines.status_lines(reply, counts))


pincite.add_command(evaluate_command)
pincite.add_command(serve_command)


def main() -> NoReturn:
    """Run the command line; an error of ours is one line on stderr and an exit code."""
    try:
        pincite(standalone_mode=False)
    except (KeyboardInterrupt, click.exceptions.Abort):  # click makes the one into the other
        _stop("interrupted: what was committed stays, the next run goes on from there", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and error.ctx and error.ctx.info_name in ("search", "answer"):
            click.echo("Words that begin with a hyphen stand behind --, and all options before it.", err=True)
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


def _watch(library: Path, paths: tuple[Path, ...], as_json: bool) -> None:
    """Print a report for each burst of changes, until interrupted."""
    for report in watched(paths, library, partial(index, library)):
        put(as_json, replies_library.report_reply(report), partial(lines.report_lines, report, dry_run=False))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
