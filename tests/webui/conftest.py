import json

import pytest

from indexer import index
from tests.webui.hostile import HOSTILE
from tests.webui.libraries import CORPUS, library_of
from webui import create_app


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """The five documents of the corpus, indexed; tests must not change it."""
    return library_of(tmp_path_factory.mktemp("library"), CORPUS)


@pytest.fixture(scope="session")
def client(library):
    return create_app(library).test_client()


@pytest.fixture
def own_library(tmp_path):
    """A library of one document that a test may change, in a folder that holds `notes/biopsy.txt`."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "biopsy.txt").write_text(
        "Tumor biopsy\n\nA tumor biopsy is the best way to determine if a spinal tumor is cancerous or not.\n"
    )
    index(tmp_path / ".pincite", [notes])
    return tmp_path / ".pincite"


@pytest.fixture(scope="session")
def hostile_client(tmp_path_factory):
    """A library of one document, each field of which attacks the page."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "hostile.jsonl").write_text(json.dumps(HOSTILE) + "\n")
    index(folder / ".pincite", [folder / "hostile.jsonl"])
    return create_app(folder / ".pincite").test_client()
