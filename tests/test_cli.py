import errno
import json

import pytest

from indexer.cli import pincite
from tests.commands import as_json, run, start
from tests.questions import RIVERS


def test_index_reports_in_words_and_in_json(place):
    reply = as_json(place, "index", "docs")
    assert reply["unchanged"] == ["docs/fruit.txt"]
    assert reply["failed"] == [{"path": "docs/empty.txt", "status": "empty", "reason": "the file is empty"}]
    assert set(reply) == {
        "added", "changed", "renamed", "removed", "unchanged", "failed", "unused_metadata", "passed_over", "documents",
        "passages", "generation", "seconds", "moved",
    }  # fmt: skip
    said = run(place, "index", "docs").stdout
    assert "2 files: 0 added, 0 changed, 1 unchanged, 1 failed; 0 removed; 1 document, " in said


@pytest.mark.parametrize("option", [["--dry-run"], ["--rebuild"], ["--fail-on", "any"]])
def test_to_watch_goes_with_no_option_that_it_would_not_obey(place, option, monkeypatch):
    monkeypatch.setattr("indexer.cli.watched", lambda *_: iter(()))
    assert run(place, "index", "docs", "--watch").returncode == 0
    done = run(place, "index", "docs", "--watch", *option)
    assert done.returncode == 2
    assert "no --rebuild, --dry-run or --fail-on with it" in done.stderr


def test_every_command_gives_json():
    assert all(any(option.name == "as_json" for option in command.params) for command in pincite.commands.values())


def test_a_word_that_is_excluded_is_no_option_behind_two_hyphens(place):
    refused = run(place, "search", "bananas", "-herbs")
    assert refused.returncode == 2
    assert "stand behind --" in refused.stderr
    assert "for bananas NOT herbs" in run(place, "search", "--", "bananas", "-herbs").stdout


def test_a_document_without_a_name_is_not_shown(place):
    assert run(place, "status", "--show", "").returncode == 2


def test_search_marks_and_cites(place):
    done = run(place, "search", "banana")
    assert done.stdout.startswith("1 passage for banana")
    assert "*Bananas* grow on herbs" in done.stdout
    assert "About fruit" in done.stdout


@pytest.mark.parametrize("command", ["search", "answer"])
def test_words_are_one_query_without_quotation_marks_too(place, command):
    quoted, unquoted = (as_json(place, command, *words) for words in (["bananas grow"], ["bananas", "grow"]))
    assert quoted | {"took_ms": 0} == unquoted | {"took_ms": 0}


def test_rows_of_a_table_stand_below_the_heads_of_their_columns(tmp_path):
    (tmp_path / "rivers.md").write_text(RIVERS)
    run(tmp_path, "index", "rivers.md")
    for command in ("search", "answer"):
        printed = [line.strip() for line in run(tmp_path, command, "length of the Rhine").stdout.splitlines()]
        assert "River | Length (km) | Flows into" in printed
    printed = run(tmp_path, "search", "length of the Rhine").stdout
    assert "Volga | " in "".join(line for line in printed.splitlines(keepends=True) if "Rhine" not in line)
    (hit, *_) = as_json(tmp_path, "search", "length of the Rhine")["hits"]
    assert hit["passage"]["columns"] == "River\tLength (km)\tFlows into"


def test_rows_of_a_single_column_stand_on_lines_of_their_own(tmp_path):
    (tmp_path / "saints.csv").write_text("Name of saint\nSaint Anne\nSaint Bride of Kildare\n")
    run(tmp_path, "index", "saints.csv")
    printed = [line.strip() for line in run(tmp_path, "search", "bride").stdout.splitlines()]
    assert printed[-3:] == ["Name of saint", "Saint Anne", "Saint *Bride* of Kildare"]


def test_code_and_items_stand_on_lines_of_their_own(tmp_path):
    (tmp_path / "setup.md").write_text("Install bat:\n\n```\n$ make bat\n$ bat --help\n```\n\n- bat one\n- bat two\n")
    run(tmp_path, "index", "setup.md")
    printed = [line.strip() for line in run(tmp_path, "search", "help").stdout.splitlines() if line.strip()]
    assert printed[-5:] == ["Install bat:", "$ make bat", "$ bat --*help*", "bat one", "bat two"]


def test_search_gives_the_json_of_the_contract(place):
    reply = as_json(place, "search", "apples")
    assert set(reply) == {
        "query", "total", "total_relation", "took_ms", "timed_out", "generation", "next", "facets", "hits",
    }  # fmt: skip
    assert set(reply["query"]) >= {
        "text", "parsed", "terms", "expanded", "ignored", "corrected_from", "did_you_mean", "warnings",
    }  # fmt: skip
    (hit,) = reply["hits"]
    assert set(hit["passage"]) >= {"id", "text", "heading", "page", "start", "end", "matches", "flags"}
    assert set(hit["document"]) >= {"id", "title", "authors", "date", "url"}
    assert set(hit["citation"]) >= {
        "text", "url", "quote", "prefix", "suffix", "source_start", "source_end", "source_spans",
    }  # fmt: skip
    (match,) = hit["passage"]["matches"]
    assert hit["passage"]["text"][match["start"] : match["end"]] == "Apples"


def test_offsets_point_into_the_file(place):
    citation = as_json(place, "search", "apples")["hits"][0]["citation"]
    source = (place / "docs" / "fruit.txt").read_text()
    assert source[citation["source_start"] : citation["source_end"]] == citation["quote"]


def test_answer_quotes_and_gives_the_json_of_the_contract(place):
    reply = as_json(place, "answer", "When do bananas grow on herbs?")
    assert set(reply) >= {"question", "answered", "level", "confidence", "reason", "missing", "answers", "hits"}
    assert (reply["answers"][0]["quote"], reply["warnings"]) == ("Bananas grow on herbs in 1997.", [])


def test_of_a_question_that_is_too_long_an_answer_says_that_it_was_cut(place):
    question = "When do bananas grow on herbs? " + "Tell me all. " * 100
    cut, *_ = as_json(place, "answer", question)["warnings"]
    assert cut.startswith("the query has 1,331 characters, more than 512")
    assert run(place, "answer", question).stdout.startswith(f"note: {cut}\n")


def test_status_is_the_ledger(place):
    rows = {row["path"]: row for row in as_json(place, "status")["documents"]}
    assert rows["docs/fruit.txt"]["status"] == "ok"
    assert (rows["docs/empty.txt"]["status"], rows["docs/empty.txt"]["reason"]) == ("empty", "the file is empty")


def test_status_counts_at_its_end_and_names_rows_of_metadata_that_are_not_used(tmp_path):
    (tmp_path / "docs").mkdir()
    for name, text in (("a.txt", "Apples."), ("b.txt", ""), ("metadata.csv", "file,title\nx.txt,X\n")):
        (tmp_path / "docs" / name).write_text(text)
    run(tmp_path, "index", "docs")
    *_, unused, counts = run(tmp_path, "status").stdout.splitlines()
    assert unused == "not used: docs/metadata.csv: line 2: there is no file x.txt in the folder"
    assert counts == "1 document, 1 passage; 1 failed; generation 1"
    reply = as_json(tmp_path, "status")
    assert reply["counts"] == {"documents": 1, "partial": 0, "failed": 1, "passages": 1}
    assert [fault["path"] for fault in reply["unused_metadata"]] == ["docs/metadata.csv"]


def test_status_says_what_became_of_each_document(tmp_path):
    (tmp_path / "docs").mkdir()
    words = " ".join(f"the {chr(97 + n % 26)}{chr(97 + n // 26)} word grows" for n in range(60))
    (tmp_path / "docs" / "a.txt").write_text(f"About words\n\n{words} in the spi-\nnal cord.\n\nFind a Doctor\n")
    (tmp_path / "docs" / "b.txt").write_text(f"About words\n\n{words} in the spinal cord, too.\n")
    (tmp_path / "docs" / "metadata.csv").write_text("file,authors,date,status\na.txt,A. Eve,2001,retracted\n")
    run(tmp_path, "index", "docs")
    first, *rest = run(tmp_path, "status").stdout.splitlines()
    assert first.split()[1:] == ["ok", "2", "passages", "docs/a.txt"]
    about = [line.strip() for line in rest]
    assert about[0] == "marked in metadata.csv: retracted"
    assert about[1].endswith("% English words; guessed: title")
    assert about[2] == "not content, in characters: action 13"
    assert about[3].startswith("taken away by rules, in characters: ")
    assert "nearly the same as docs/a.txt" in about
    row = as_json(tmp_path, "status")["documents"][0]
    assert (row["notice"], row["left_out"], row["guessed"]) == ("retracted", {"action": 13}, ["title"])
    assert as_json(tmp_path, "search", "spinal cord")["hits"][0]["document"]["notice"] == "retracted"
    assert as_json(tmp_path, "status")["documents"][1]["duplicate_of"] == row["id"]
    for command in ("search", "answer"):
        assert "Retracted, says the library." in run(tmp_path, command, "Where is the spinal cord?").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["search", "xyzzy"], 1, ""),
        (["answer", "What is xyzzy?"], 1, ""),
        (["index", "docs", "--fail-on", "empty"], 1, ""),
        (["index", "docs", "--fail-on", "any"], 1, ""),
        (["index", "docs", "--fail-on", "encrypted"], 0, ""),
        (["search", ""], 2, "the query is empty"),
        (["search", "a" * 10_000, "--strict"], 2, "10,000 characters"),
        (["search", "(apples", "--strict"], 2, "a parenthesis is never closed"),
        (["search", "(apples"], 0, ""),
        (["search", "apples", "--filter", "year:x"], 2, "a year has four digits"),
        (["search", "x", "--limit", "0"], 2, "--limit"),
        (["answer"], 2, "give a QUESTION"),
        (["nonsense"], 2, "nonsense"),
        (["index", "docs", "--fail-on", "bogus"], 2, "no document has the status 'bogus'"),
        (["serve", "--host", "256.1.1.1"], 2, "give another --port or --host"),
        (["index", "nowhere"], 2, "nowhere: no such file or folder"),
        (["--library", "nowhere", "search", "x"], 3, "pincite index"),
        (["--library", "nowhere", "status"], 3, "no library in"),
        (["status", "--library", "nowhere"], 3, "no library in"),
        (["--library", "nowhere", "search", "apples", "--library", ".pincite"], 0, ""),
    ],
)
def test_exit_codes_and_what_is_said(place, arguments, code, says):
    done = run(place, *arguments)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_without_documents_says_so(tmp_path):
    (tmp_path / "docs").mkdir()
    done = run(tmp_path, "index", "docs")
    assert done.returncode == 1
    assert "The library holds no document. Files that are read: .csv, .docx," in done.stderr


def test_a_damaged_library_is_told_and_can_be_built_anew(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Apples.")
    run(tmp_path, "index", "docs")
    for path in (tmp_path / ".pincite").rglob("*.toc"):
        path.write_bytes(b"garbage")
    for command in (["search", "apples"], ["index", "docs"]):
        done = start(tmp_path, *command)
        assert (done.returncode, "Traceback" in done.stderr) == (3, False)
        assert "--rebuild" in done.stderr
    assert run(tmp_path, "index", "--rebuild", "docs").returncode == 0
    assert run(tmp_path, "search", "apples").returncode == 0


def test_doctor_says_what_it_checked(place):
    assert as_json(place, "doctor")["ok"]
    assert "ok   checksums" in run(place, "doctor").stdout


def test_a_rebuild_can_be_taken_back(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("Apples.")
    run(tmp_path, "index", "docs")
    assert run(tmp_path, "rollback").returncode == 2
    (tmp_path / "docs" / "a.txt").write_text("Pears.")
    assert as_json(tmp_path, "index", "--rebuild", "docs")["generation"] == 2
    assert as_json(tmp_path, "rollback") == {"generation": 1}
    assert run(tmp_path, "search", "apples").returncode == 0


def test_a_backup_is_restored_elsewhere(place, tmp_path):
    file = str(tmp_path / "b.zip")
    assert as_json(place, "backup", file)["sources"] == ["docs/fruit.txt"]
    reply = as_json(tmp_path, "restore", file)
    assert (reply["failed"], reply["index"]["documents"]) == ([], 1)
    assert run(tmp_path, "search", "apples").returncode == 0
    (tmp_path / "junk.zip").write_bytes(b"junk")
    assert "junk.zip" in run(tmp_path, "restore", "junk.zip").stderr


def test_the_library_of_the_environment(place, tmp_path, monkeypatch):
    monkeypatch.setenv("PINCITE_LIBRARY", str(place / ".pincite"))
    assert run(tmp_path, "search", "apples").returncode == 0


def test_control_characters_of_a_document_do_not_reach_the_terminal(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a\x1b[2J.txt").write_text("Red apples\x1b]0;owned\x07 grow.")
    assert "\x1b" not in run(tmp_path, "index", "docs").stdout
    done = run(tmp_path, "search", "apples")
    assert "apples" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_program_itself_starts_and_ends_with_the_code(place):
    done = start(place, "search", "xyzzy")
    assert (done.returncode, done.stderr) == (1, "")


def test_every_command_of_the_contract_has_help():
    assert {
        "index",
        "search",
        "answer",
        "status",
        "doctor",
        "rollback",
        "backup",
        "restore",
        "evaluate",
        "serve",
    } <= set(pincite.commands)
    for command in pincite.commands.values():
        assert command.help


def test_a_search_tells_how_it_was_read_and_counts_what_is_asked_for(place):
    done = run(place, "search", "appl* OR (bananas", "--facet", "format")
    assert "note: a parenthesis is never closed" in done.stdout
    assert "also searched: apples for appl*" in done.stdout
    assert "format         1 txt" in done.stdout


def test_a_strict_query_that_is_refused_points_at_the_place(place):
    done = run(place, "search", "apples AND (herbs", "--strict")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "pincite: a parenthesis is never closed",
        "  apples AND (herbs",
        "             ^",
    ]
    body = json.loads(run(place, "search", "apples AND (herbs", "--strict", "--json").stdout)
    assert body["type"] == "urn:pincite:problem:query"
    assert body["errors"] == [{"parameter": "q", "detail": "a parenthesis is never closed", "start": 11, "end": 12}]


def test_a_filter_that_is_refused_is_a_problem_too(place):
    body = json.loads(run(place, "search", "apples", "--filter", "year:x", "--json").stdout)
    assert (body["type"], body["errors"][0]["parameter"]) == ("urn:pincite:problem:filter", "filter")
    assert "year:x"[body["errors"][0]["start"] : body["errors"][0]["end"]] == "x"


def test_an_empty_question_is_a_problem_document_too(place):
    done = run(place, "answer", " ", "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["detail"] == "The query is empty."


def test_what_is_left_out_of_a_query_is_told(place):
    assert "left out as too common: the, of" in run(place, "search", "the colour of apples").stdout


def test_what_would_be_added_can_be_left_out(tmp_path):
    (tmp_path / "note.txt").write_text("A tumor with edema.")
    assert run(tmp_path, "index", "note.txt").returncode == 0
    asked = ("search", "tumour oedema")
    assert "also searched: tumor for tumour, edema for oedema" in run(tmp_path, *asked).stdout
    assert "also searched: edema for oedema" in run(tmp_path, *asked, "--drop", "tumor").stdout
    assert run(tmp_path, *asked, "--no-expand").returncode == 1


def test_a_search_is_narrowed_down_and_sorted(place):
    reply = as_json(place, "search", "grow", "--filter", "format:txt", "--filter", "-kind:caption", "--sort", "title")
    assert reply["total"] == as_json(place, "search", "grow")["total"] > 0
    assert as_json(place, "search", "grow", "--filter", "-format:txt")["total"] == 0


def test_short_forms_are_listed(tmp_path):
    (tmp_path / "note.txt").write_text("Intradural extramedullary (IDEM) tumors are rare.")
    assert run(tmp_path, "index", "note.txt").returncode == 0
    assert as_json(tmp_path, "status", "--acronyms") == {
        "acronyms": [{"short": "IDEM", "long": "intradural extramedullary", "documents": 1}]
    }
    assert run(tmp_path, "status", "--acronyms").stdout == "IDEM         intradural extramedullary  (1 document)\n"


def test_an_empty_path_is_not_the_folder_one_is_in(place):
    for arguments in (("index", ""), ("search", "apples", "--library", "")):
        done = run(place, *arguments)
        assert (done.returncode, "the path is empty" in done.stderr) == (2, True)


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_output_that_cannot_be_written_is_told(place, monkeypatch, more):
    def full(_line):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("click.echo", full)
    done = run(place, "search", "apples", *more)
    assert (done.returncode, done.stderr) == (2, "Error: the output cannot be written: No space left on device\n")
