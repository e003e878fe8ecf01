"""A sample of what `python -m tests.fuzz kernel` and `words` run for as long as one likes."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path

import pytest

from indexer.engines import kernel as kernels
from indexer.native import WORDS
from tests.fuzz import calls, kernel, words

needs_sanitizers = pytest.mark.skipif(kernel.missing() is not None, reason=str(kernel.missing()))


@needs_sanitizers
@pytest.mark.parametrize("name", kernel.SOURCES)
def test_what_is_in_c_answers_or_raises(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert kernel.main(name, minutes=0.05, seed=1) == 0, capfd.readouterr()
    assert " 0 failed" in capfd.readouterr().out


@needs_sanitizers
def test_a_fault_is_told_with_its_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A kernel that believes what a list says of its length reads past its end."""
    for part in kernel.SOURCES["kernel"].parent.glob("_kernel*.[ch]"):
        shutil.copy(part, tmp_path)
    lists = tmp_path / "_kernel_lists.h"
    checked = "if (n->start > length - n->count) goto broken;"
    assert checked in lists.read_text()
    lists.write_text(lists.read_text().replace(checked, ""))
    monkeypatch.setitem(kernel.SOURCES, "kernel", tmp_path / "_kernel.c")
    assert kernel.main("kernel", minutes=1.5, seed=110) == 1
    assert "at seed " in capfd.readouterr().out


@pytest.mark.skipif(kernels.NAME != "c", reason="the C kernel is not built")
def test_calls_of_the_kernel_are_of_all_kinds() -> None:
    from indexer.engines import _kernel  # type: ignore[attr-defined]

    ways = Counter(calls.check(_kernel, random.Random(seed)) for seed in range(300))  # noqa: S311
    assert set(ways) == {"sound", "answered", "refused"}
    assert min(ways.values()) >= 30


@pytest.mark.skipif(WORDS is None, reason="it is not built")
def test_cuts_are_of_all_kinds() -> None:
    ways = Counter(words.check(WORDS, random.Random(seed)) for seed in range(300))  # noqa: S311
    assert set(ways) == {"sound", "answered", "refused"}
    assert min(ways.values()) >= 30
