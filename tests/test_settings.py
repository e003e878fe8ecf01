from pathlib import Path

import pytest

from indexer.settings import Settings


@pytest.mark.parametrize(("value", "library"), [(None, ".pincite"), ("", ".pincite"), ("/srv/lib", "/srv/lib")])
def test_the_library_of_the_environment(monkeypatch, value, library):
    monkeypatch.delenv("PINCITE_LIBRARY", raising=False)
    if value is not None:
        monkeypatch.setenv("PINCITE_LIBRARY", value)
    assert Settings.from_environment().library == Path(library)
