"""Records -> lines for people, for a terminal or a log."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from indexer.errors import QueryError
from indexer.records import Answer, Check, Counts, Failure, Hit, Query, Report, Results, Saved
from indexer.records.reports import count
from indexer.show import Shown

_ADDED = 12  # other words of a query that are listed
_NAMED = 3  # files that were passed over
_AGREES = "the library agrees with its sources"
_KEPT = "the library agrees with the sources that can be read, and keeps what it has of the others"
_NONE: Mapping[str, str] = MappingProxyType({})
_CELLS = {"\t": " | "}
_LINES = {**_CELLS, "\n": "\n     "}
_AROUND = 60  # characters of a refused query that are shown on either side of the fault


def check_lines(checks: list[Check]) -> Iterator[str]:
    """What each check of the library found, and what to do."""
    for check in checks:
        verdict = "BAD" if not check.sound else "note" if check.advice else "ok"
        yield f"{verdict:4} {check.name:10} {_plain(check.detail)}"
        if check.advice:
            yield f"                {check.advice}"


def saved_lines(saved: Saved) -> Iterator[str]:
    """What a backup holds, and what it lacks."""
    yield from map(_failure, saved.failed)
    yield from (f"left out, as by index: {_failure(failure)}" for failure in saved.left_out)
    yield f"{count(len(saved.sources), 'source')}, {saved.size / 1e6:.1f} MB"


def _failure(failure: Failure) -> str:
    """A file that something went wrong with."""
    return f"{failure.status:8} {_plain(failure.path)}: {_plain(failure.reason)}"


def report_lines(report: Report, dry_run: bool) -> Iterator[str]:
    """What a run of `index` did."""
    if dry_run:
        yield "dry run: nothing was written"
    for name in ("added", "changed", "removed"):
        for path in getattr(report, name):
            yield f"{name:8} {_plain(path)}"
    for renamed in report.renamed:
        yield f"renamed  {_plain(renamed.old)} to {_plain(renamed.new)}"
    yield from map(_failure, report.failed)
    yield from (f"not used: {_plain(fault.path)}: {_plain(fault.reason)}" for fault in report.unused)
    for moved in report.moved:
        first = ", and another passage is first" if moved.first_changed else ""
        yield f"results of {_plain(moved.query)!r}: {len(moved.gained)} new, {len(moved.lost)} gone{first}"
    if report.passed:
        more = f" and {len(report.passed) - _NAMED} more" if len(report.passed) > _NAMED else ""
        yield f"passed over as hidden or temporary: {_plain(', '.join(report.passed[:_NAMED]))}{more}"
    if report.unchanged and not (report.added or report.changed or report.renamed or report.removed):
        unread = any(failure.status == "unreadable" for failure in report.failed)
        yield "nothing to do: " + (_AGREES if not unread else _KEPT)
    yield f"{_files(report)}; {'there would be ' if dry_run else ''}{_held(report)}"


def _files(report: Report) -> str:
    """What became of all files; their numbers add up, and those of failed and partial ones to the files listed."""
    new = [renamed.new for renamed in report.renamed]
    read = {*report.added, *report.changed, *new, *report.unchanged}
    told = {failure.path for failure in report.failed}
    counts = [f"{len(getattr(report, name))} {name}" for name in ("added", "changed", "unchanged")]
    counts[2:2] = [f"{len(new)} renamed"] if new else []
    partial = f"; {len(told & read)} read in part" if told & read else ""
    failed = f"{len(told - read)} failed{partial}; {len(report.removed)} removed"
    return f"{count(len(read | told), 'file')}: {', '.join(counts)}, {failed}"


def _held(report: Report) -> str:
    """What the library holds after a run, and how long that took."""
    return f"{count(report.documents, 'document')}, {count(report.passages, 'passage')} in {report.seconds:.2f} s"


def result_lines(results: Results) -> Iterator[str]:
    """The hits of a search, marked and cited."""
    relation = "" if results.exact else "at least "
    yield f"{relation}{count(results.total, 'passage')} for {_plain(results.query.parsed)}"
    yield from _receipt_lines(results)
    for hit in results.hits:
        yield ""
        yield f"{hit.rank:3}. {_plain(hit.citation.text)}"
        yield from (f"     {line}" for line in _notice(hit))
        yield from _columns(hit, "     ")
        yield f"     {_marked(hit)}"


def refusal_lines(error: QueryError) -> Iterator[str]:
    """A query that is refused, the place pointed at."""
    yield f"pincite: {error.reason}"
    if error.end > error.start:
        yield f"  {_plain(error.text[max(0, error.start - _AROUND) : error.end + _AROUND])}"
        yield f"  {' ' * min(error.start, _AROUND)}{'^' * min(error.end - error.start, _AROUND)}"


def _receipt_lines(results: Results) -> Iterator[str]:
    """How the query was read, where that is not plain to see."""
    yield from _warning_lines(results.query)
    if results.query.ignored:
        yield f"left out as too common: {_plain(', '.join(results.query.ignored))}"
    added = [f"{_plain(note.to)} for {_plain(note.word)}" for note in results.query.expanded]
    if added:
        more = f", and {len(added) - _ADDED} more" if len(added) > _ADDED else ""
        yield f"also searched: {', '.join(added[:_ADDED])}{more}"
    if results.query.did_you_mean:
        yield f"did you mean: {_plain(results.query.did_you_mean)}"
    if results.timed_out:
        yield "time ran out: some passages may be missing"
    for facet in results.facets:
        yield f"{facet.name:9} {facet.hits:6} {_plain(facet.label)}"


def _warning_lines(query: Query) -> Iterator[str]:
    """What of a query was read otherwise, or not at all."""
    yield from (f"note: {warning}" for warning in query.warnings)


def _columns(hit: Hit, indent: str = "") -> Iterator[str]:
    """The heads of the columns whose rows a hit is."""
    yield from (f"{indent}{_plain(line, _CELLS)}" for line in hit.passage.columns.splitlines())


def _notice(hit: Hit) -> Iterator[str]:
    """The library's own word about the document of a hit."""
    if hit.document.notice:
        yield f"{_plain(hit.document.notice[:1].upper() + hit.document.notice[1:])}, says the library."


def _marked(hit: Hit) -> str:
    """The passage, line by line, with its matches in bold on a terminal, in *stars* elsewhere."""
    on, off = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("*", "*")
    text, parts, done = hit.passage.text, [], 0
    for span in hit.matches:
        parts += [_plain(text[done : span.start], _LINES), on, _plain(span.of(text), _LINES), off]
        done = span.end
    return "".join([*parts, _plain(text[done:], _LINES)])


def acronym_lines(found: Iterable[tuple[str, str, int]]) -> Iterator[str]:
    """Short forms and what each stands for."""
    for short, long, documents in found:
        yield f"{short:12} {_plain(long)}  ({count(documents, 'document')})"


def measure_lines(values: Mapping[str, float]) -> Iterator[str]:
    """Measures, a line each."""
    for name, value in values.items():
        yield f"{name:24} {value:.4f}"


def answer_lines(found: Answer) -> Iterator[str]:
    """The quotes that answer, or why there are none."""
    yield from _warning_lines(found.results.query)
    if found.reason:
        yield found.reason
    for quote in found.quotes:
        yield from _columns(quote.hit)
        yield f"“{_plain(quote.text, _CELLS)}”"
        yield f"    {_plain(quote.citation.text)}  (confidence {quote.confidence:.2f}{_agreed(len(quote.agreeing))})"
        yield from (f"    {line}" for line in _notice(quote.hit))
        yield from (f"    another document {one.reason}: “{_plain(one.text)}”" for one in quote.dissenting)


def batch_lines(levels: dict[str, int]) -> Iterator[str]:
    """What became of many questions."""
    yield f"{levels['answer']} answered, {levels['possible']} possibly, {levels['none']} not; {levels['failed']} failed"


def _agreed(others: int) -> str:
    """How many other documents say the same, as a part of a line."""
    return f"; {others} other {'document agrees' if others == 1 else 'documents agree'}" if others else ""


def status_lines(reply: dict[str, Any], counts: Counts) -> Iterator[str]:
    """The ledger."""
    paths = {row["id"]: row["path"] for row in reply["documents"]}
    for row in reply["documents"]:
        reason = f"  {row['reason']}" if row["reason"] else ""
        yield f"{row['id']}  {row['status']:12} {row['passages']:5} passages  {_plain(row['path'] + reason)}"
        yield from (f"{'':14}{_plain(line)}" for line in _about(row, paths))
    yield from (f"not used: {_plain(fault['path'])}: {_plain(fault['reason'])}" for fault in reply["unused_metadata"])
    yield f"{counts}; generation {reply['generation']}"


def _about(row: dict[str, Any], paths: dict[str, str]) -> Iterator[str]:
    """What else the ledger says of a document, a line for each kind of thing."""
    if row["notice"]:
        yield f"marked in metadata.csv: {row['notice']}"
    if row["duplicate_of"]:
        yield f"nearly the same as {paths[row['duplicate_of']]}"
    if row["passages"]:
        pages = f"{count(row['pages'], 'page')}, " if row["pages"] else ""
        yield f"{pages}{row['quality']:.0%} English words" + _listed("; guessed: ", row["guessed"])
    yield from (f"page {note['page']}: {note['status']}" for note in row["page_notes"])
    for heading, counts in (("not content", row["left_out"]), ("taken away by rules", row["repairs"])):
        if taken := [f"{name} {number:,}" for name, number in counts.items() if number]:
            yield f"{heading}, in characters: {', '.join(taken)}"
    if replaced := [name for name, taken in row["repairs"].items() if not taken]:
        yield f"replaced by rules: {', '.join(replaced)}"


def _listed(heading: str, names: Iterable[str]) -> str:
    """The names behind their heading; nothing when there are none."""
    joined = ", ".join(names)
    return heading + joined if joined else ""


def shown_lines(shown: list[Shown]) -> Iterator[str]:
    """Documents before and after cleaning."""
    for one in shown:
        row = one.row
        yield f"{_plain(row.path)}: {row.status}, {count(row.passages, 'passage')}, {row.quality:.0%} English words"
        for rule, taken in one.steps:
            yield f"\n{rule}: {count(taken, 'character')} taken away" if taken else f"\n{rule}"
            for change in one.changes:
                if change.rule == rule:
                    yield f"  - {_visible(change.before)}"
                    yield f"  + {_visible(change.after)}"
        for label, text in one.left_out:
            yield f"\nleft out as {label}: {_visible(text)}"


def _visible(text: str) -> str:
    """The text on one line, its line ends visible."""
    return _plain(text.replace("\n", "⏎"))


def _plain(text: str, signs: Mapping[str, str] = _NONE) -> str:
    """The text with signs for some characters and no control characters: a document must not steer the terminal."""
    return "".join(signs.get(char, char if char.isprintable() else " ") for char in text)
