"""Any interleaving of commits, rebuilds, rollbacks, stops and reruns leaves what a plain dictionary would hold."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from indexer import library as library_module
from indexer.library import Library
from tests.crashes.disk import Disk, PowerCut, watched
from tests.libraries import MEMORY, contents, filed

Texts = dict[str, tuple[str, ...]]  # document id -> texts of its passages

WORDS = st.sampled_from(["apple", "apple pear", "pear", "fig and apple", ""])
CHANGES = st.dictionaries(st.sampled_from("abcdef"), st.lists(WORDS, max_size=2).map(tuple), max_size=3)
NAMES = st.lists(st.sampled_from("abcdef"), max_size=2)


class LibraryMachine(RuleBasedStateMachine):
    """A library, and dictionaries of what its current and its earlier generation should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(dir=MEMORY, prefix="pincite-"))
        self.folder = self.top / "machine" / "library"
        self.current: Texts = {}
        self.earlier: Texts | None = None

    @initialize()
    def create(self) -> None:
        self.folder.parent.mkdir()
        Library.create(self.folder)

    @rule(changed=CHANGES, gone=NAMES)
    def commit(self, changed: Texts, gone: list[str]) -> None:
        self._write(changed, gone)
        self.current = self._after_commit(changed, gone)

    @rule(changed=CHANGES, gone=NAMES, step=st.integers(1, 62), has_power=st.booleans())
    def stop_in_a_commit(self, changed: Texts, gone: list[str], step: int, has_power: bool) -> None:
        self._stop_at(step, lambda: self._write(changed, gone), has_power=has_power)
        after = self._after_commit(changed, gone)
        assert self._held() in (self.current, after)
        self.commit(changed, gone)

    @rule(texts=CHANGES)
    def rebuild(self, texts: Texts) -> None:
        self._rebuild(texts)
        self.current, self.earlier = dict(texts), self.current

    @rule(texts=CHANGES, step=st.integers(1, 90), has_power=st.booleans())
    def stop_in_a_rebuild(self, texts: Texts, step: int, has_power: bool) -> None:
        before = Library.open(self.folder).generation
        self._stop_at(step, lambda: self._rebuild(texts), has_power=has_power)
        assert self._held() in (self.current, texts)
        if Library.open(self.folder).generation != before:
            self.current, self.earlier = dict(texts), self.current

    @precondition(lambda self: self.earlier is not None)
    @rule()
    def roll_back(self) -> None:
        assert self.earlier is not None
        Library.open(self.folder).rollback()
        self.current, self.earlier = self.earlier, None

    @precondition(lambda self: self.earlier is not None)
    @rule(step=st.integers(1, 10), has_power=st.booleans())
    def stop_in_a_rollback(self, step: int, has_power: bool) -> None:
        before = Library.open(self.folder).generation
        self._stop_at(step, lambda: Library.open(self.folder).rollback(), has_power=has_power)
        if Library.open(self.folder).generation != before:
            assert self.earlier is not None
            self.current, self.earlier = self.earlier, None

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        if self.folder.exists():
            assert self._held() == self.current

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    def _held(self) -> Texts:
        return contents(Library.open(self.folder).reader())

    def _after_commit(self, changed: Texts, gone: list[str]) -> Texts:
        return {name: texts for name, texts in self.current.items() if name not in gone} | changed

    def _write(self, changed: Texts, gone: list[str]) -> None:
        with Library.open(self.folder).writing() as engine:
            engine.write([filed(name, *texts) for name, texts in changed.items()], gone)

    def _rebuild(self, texts: Texts) -> None:
        with Library.for_rebuild(self.folder).new_generation() as engine:
            engine.write([filed(name, *held) for name, held in texts.items()], ())

    def _stop_at(self, step: int, act: Callable[[], object], *, has_power: bool) -> None:
        """Do it, but stop before a step; without power only what was synced is left."""
        top = self.folder.parent
        with suppress(PowerCut), watched(top, lambda number, *_: disk.cut() if number == step else None) as disk:
            act()
        if not has_power:
            _leave_what_was_synced(disk)
        library_module._opened.clear()  # as the process that had it open is gone


def _leave_what_was_synced(disk: Disk) -> None:
    rest = disk.folder.with_name("after the power cut")
    disk.restore_synced(rest)
    shutil.rmtree(disk.folder)
    rest.rename(disk.folder)


TestLibraryMachine = LibraryMachine.TestCase
TestLibraryMachine.settings = settings(
    max_examples=1000 if os.environ.get("PINCITE_CRASHES") == "all" else 50, stateful_step_count=15, deadline=None
)
