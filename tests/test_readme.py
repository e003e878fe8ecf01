"""README.md says what is so: its queries, limits, parameters and options."""

import re
from pathlib import Path

import pytest

from indexer.cli import pincite
from indexer.expand import MOST_IN_ALL, MOST_WORDS
from indexer.negation import FLAGS
from indexer.query import MAX_CHARS, parse
from indexer.query_clauses import MAX_WORDS
from indexer.query_leaves import LEAST_BEGINNING, LEAST_FUZZY
from indexer.query_tokens import FIELDS, MAX_DEPTH
from indexer.records import DEFAULTS, FACETS, SORTS
from indexer.search import MOST, SURE
from tests.evaluation.negation import labels, measured
from tests.notation import noted
from webui.api import SEARCH_PARAMETERS
from webui.parameters import LAST_OFFSET, MOST_HITS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
SEARCHING = README.partition("## Searching")[2].partition("\n## ")[0]
ENDPOINT = README.partition("## The endpoint")[2].partition("\n## ")[0]

# How each query of the table is read (tests/notation.py).
READINGS = {
    "drop metastasis": "drop metastasi",
    '"drop metastasis"': "'drop metastasi' / 'drop metastasi'",
    '"spinal metastasis"~5': "'spinal metastasi'~5 / 'spinal metastasi'~5",
    "+metastasis drop": "metastasi drop / metastasi",
    "metastasis -drop": "metastasi / metastasi & !drop",
    "spine AND pain": "spine pain / spine & pain",
    "spine OR pain": "spine pain",
    "spinal tumour AND (MRI OR CT)": "spinal tumour mri ct / (spinal | tumour) & (mri | ct)",
    "title:lumbar": "title:lumbar",
    "author:winkelman": "/ <author=winkelman>",
    "document:lumbar-tumors": "/ <document=lumbar-tumors>",
    "section:discussion": "/ <section=discussion>",
    "year:2015..2020": "/ <year=2015..2020>",
    "format:pdf kind:caption": "/ <format=pdf> & <kind=caption>",
    "drop flag:negated": "drop / negated(drop)",
    "metast*": "metast*",
    "tumro~": "tumro~",
    "=US": "=us=US",
}


def test_every_query_of_the_table_is_read_as_it_says():
    typed = re.findall(r"^\| `([^`]+)` \|", SEARCHING, re.MULTILINE)
    assert typed == list(READINGS)
    assert {text: noted(parse(text, strict=True)) for text in typed} == READINGS


def test_every_field_flag_and_sign_is_told():
    for name in (*FIELDS, "AND", "OR", "NOT"):
        assert re.search(rf"\b{name}\b", SEARCHING), name
    assert all(flag in SEARCHING for flag in FLAGS)


def test_the_limits_are_those_of_the_code():
    told = " ".join(SEARCHING.split())
    assert f"{MAX_CHARS} characters, {MAX_WORDS} words, parentheses {MAX_DEPTH} deep" in told
    assert f"the {MOST_WORDS} most frequent words at most, {MOST_IN_ALL:,} in a query" in told
    assert (LEAST_BEGINNING, LEAST_FUZZY, DEFAULTS.seconds) == (2, 4, 2.0)
    assert "two letters at least" in told
    assert "four letters at least" in told
    assert "two seconds at most" in told


def test_the_figures_are_those_that_are_measured():
    values = [round(value, 2) for name, value in measured().values.items() if not name.startswith("historical")]
    told = [
        float(number)
        for number in re.findall(r"(?<![\d.])(?:\.\d\d|1\.0)(?!\d)", SEARCHING.partition("labelled words")[2])
    ]
    assert told == values
    assert f"On {len(labels())} labelled words" in SEARCHING


def test_every_parameter_of_a_search_is_told_with_its_values():
    told = " ".join(ENDPOINT.split())
    assert all(f"`{name}`" in told or f"{name}=" in told for name in SEARCH_PARAMETERS if name != "format")
    assert f"({', '.join(SORTS)})" in told
    assert f"({', '.join(FACETS)}, with commas)" in told
    assert f"`limit` is {MOST_HITS} at most, `offset` {LAST_OFFSET:,}" in told
    assert f"more than {MOST:,} passages match, `total_relation` is `gte` and `total` {SURE:,}, to which" in told


@pytest.mark.parametrize("name", sorted(pincite.commands))
def test_every_option_of_a_command_is_told(name):
    (row,) = (line for line in README.splitlines() if line.startswith(f"| `pincite {name}") or f", `{name} " in line)
    options = [option.opts[-1] for option in pincite.commands[name].params if option.opts[-1].startswith("--")]
    assert not [option for option in options if option not in ("--json", "--library") and option not in row]
