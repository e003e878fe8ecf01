"""The public face of the library, and who may know whom."""

import ast
from pathlib import Path

import pytest

import indexer

TOP = Path(__file__).parent.parent


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def files(package):
    return [pytest.param(path, id=str(path.relative_to(TOP))) for path in sorted((TOP / package).rglob("*.py"))]


@pytest.mark.parametrize("path", files("webui"))
def test_the_page_knows_the_public_interface_alone(path):
    assert not [name for name in imports_of(path) if name.startswith("indexer.")]


@pytest.mark.parametrize("name", indexer.__all__)
def test_every_public_name_says_what_it_is(name):
    public = getattr(indexer, name)
    assert not callable(public) or public.__doc__
