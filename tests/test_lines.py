import pytest

from indexer import lines
from indexer.errors import QueryError
from indexer.records import Check, Counts, Failure, Moved, Renamed, Report, Saved, Summary
from indexer.replies_library import documents_reply


def test_a_report_names_what_happened_and_counts():
    report = Report(
        added=("a.txt",),
        removed=("b\x1b[2J.txt",),
        failed=(Failure("c.pdf", "encrypted", "it needs a password"),),
        moved=(Moved("apples", ("p1",), (), True),),
        renamed=(Renamed("d.txt", "e.txt"),),
        unused=(Failure("metadata.csv", "failed", "line 3: names no file"),),
        documents=2,
        passages=7,
    )
    assert list(lines.report_lines(report, dry_run=True)) == [
        "dry run: nothing was written",
        "added    a.txt",
        "removed  b [2J.txt",
        "renamed  d.txt to e.txt",
        "encrypted c.pdf: it needs a password",
        "not used: metadata.csv: line 3: names no file",
        "results of 'apples': 1 new, 0 gone, and another passage is first",
        "3 files: 1 added, 0 changed, 1 renamed, 0 unchanged, 1 failed; 1 removed; "
        "there would be 2 documents, 7 passages in 0.00 s",
    ]


def test_a_file_found_in_part_is_counted_once_and_what_is_passed_over_is_named():
    report = Report(
        added=("a.pdf",),
        unchanged=("b.txt",),
        failed=(Failure("a.pdf", "partial", "1 of 2 pages"), Failure("c.txt", "empty", "the file is empty")),
        passed=(".a", ".b", ".c\x1b", ".d", ".e"),
    )
    *_, passed, counts = lines.report_lines(report, dry_run=False)
    assert passed == "passed over as hidden or temporary: .a, .b, .c  and 2 more"
    assert counts.startswith("3 files: 1 added, 0 changed, 1 unchanged, 1 failed; 1 read in part; 0 removed; 0")


def test_a_rule_that_only_replaced_characters_has_no_number():
    row = Summary("i", "a.txt", "A", passages=1, quality=0.5, repairs=(("spacing", 1200), ("letters", 0)))
    told = list(lines.status_lines(documents_reply([row], Counts(1, 0, 0, 1), (), 1), Counts(1, 0, 0, 1)))
    assert [line.strip() for line in told[2:4]] == [
        "taken away by rules, in characters: spacing 1,200",
        "replaced by rules: letters",
    ]


def test_checks_say_what_to_do():
    checks = [
        Check("opens", True, "fine"),
        Check("documents", True, "one", "see"),
        Check("terms", False, "lost", "rebuild"),
    ]
    assert list(lines.check_lines(checks)) == [
        "ok   opens      fine",
        "note documents  one",
        "                see",
        "BAD  terms      lost",
        "                rebuild",
    ]


def test_a_backup_names_what_it_lacks():
    saved = Saved(
        ("a.txt",), (Failure("b.txt", "missing", "gone"),), 2_500_000, (Failure("c", "not followed", "a link"),)
    )
    assert list(lines.saved_lines(saved)) == [
        "missing  b.txt: gone",
        "left out, as by index: not followed c: a link",
        "1 source, 2.5 MB",
    ]


@pytest.mark.parametrize(("text", "plain"), [("a\x1b]0;x\x07b", "a ]0;x b"), ("ä β 漢", "ä β 漢"), ("a\nb", "a b")])
def test_no_control_character_reaches_the_terminal(text, plain):
    (line,) = lines.saved_lines(Saved((), (), 0))
    assert line == "0 sources, 0.0 MB"
    report = lines.report_lines(Report(added=(text,)), dry_run=False)
    assert next(report) == f"added    {plain}"


def test_a_run_that_found_nothing_to_do_says_so():
    again = list(lines.report_lines(Report(unchanged=("a.txt",), documents=1), dry_run=False))
    assert again[0] == "nothing to do: the library agrees with its sources"
    changed = lines.report_lines(Report(unchanged=("a.txt",), removed=("b.txt",)), dry_run=False)
    assert not any("nothing to do" in line for line in changed)


def test_a_library_is_not_said_to_agree_with_sources_that_cannot_be_read():
    shut = Report(unchanged=("a.txt",), failed=(Failure("b.txt", "unreadable", "Permission denied"),))
    assert list(lines.report_lines(shut, dry_run=False))[1] == (
        "nothing to do: the library agrees with the sources that can be read, and keeps what it has of the others"
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "shown"),
    [
        ("x year:abc", 7, 10, ["  x year:abc", "         ^^^"]),
        ("a\x1b(b", 2, 3, ["  a (b", "    ^"]),
        ("x" * 500 + "(" + "y" * 500, 500, 501, ["  " + "x" * 60 + "(" + "y" * 60, "  " + " " * 60 + "^"]),
        ("", 0, 0, []),
    ],
)
def test_a_refused_query_is_shown_with_the_place_under_it(text, start, end, shown):
    told = list(lines.refusal_lines(QueryError(text, "it is wrong", start, end)))
    assert told == ["pincite: it is wrong", *shown]
