"""What a worker's process has of NLTK."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from indexer import lean

ASKED = """
import json, sys
from importlib.util import find_spec, module_from_spec
sys.modules["indexer"] = module_from_spec(find_spec("indexer"))
from indexer import lean
lean._UNUSED = sys.argv[1]
lean.imported("indexer.prepare")
from indexer.analyse import term
from indexer.sentences import sentences
print(json.dumps([term("running"), sentences("It grew. It hurt."), "nltk.corpus.reader" in sys.modules]))
"""


@pytest.mark.parametrize(("unused", "has_all"), [("stopwords", False), ("other", True)])
def test_what_is_asked_of_nltk_is_there_and_all_of_it_where_a_module_needs_more(unused, has_all):
    told = subprocess.run([sys.executable, "-c", ASKED, unused], capture_output=True, check=True, text=True)
    assert json.loads(told.stdout) == ["run", [[0, 8], [9, 17]], has_all]


def test_an_nltk_that_is_there_is_left_alone():
    before = sys.modules["nltk.corpus"]
    assert lean.imported("indexer.analyse") is sys.modules["indexer.analyse"]
    assert sys.modules["nltk.corpus"] is before
