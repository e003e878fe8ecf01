"""Any interleaving of changes to files, runs of `index`, stops and rollbacks ends as a plain dictionary says."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from indexer import library as library_module
from indexer.errors import LibraryMissingError
from indexer.index import index
from indexer.library import Library, LibraryReader
from indexer.records import Report
from indexer.search import search
from tests.crashes.disk import PowerCut, watched
from tests.libraries import MEMORY

Files = dict[str, str]  # path below the folder of sources -> the fruit that the file is about

NAMES = st.sampled_from(["a.txt", "b.txt", "c.txt", "more/a.txt", "more/d.txt"])
FRUITS = st.sampled_from(["apples", "pears", "figs", "quinces", ""])


class IndexMachine(RuleBasedStateMachine):
    """A folder of sources, its library, and dictionaries of what each should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(dir=MEMORY, prefix="pincite-"))
        self.machine = self.top / "machine"
        self.sources, self.library = self.machine / "sources", self.machine / "library"
        self.sources.mkdir(parents=True)
        self.files: Files = {}
        self.held: Files | None = None  # what the library holds; None when there is none
        self.earlier: Files | None = None  # what the generation before holds

    @rule(name=NAMES, fruit=FRUITS)
    def put(self, name: str, fruit: str) -> None:
        path = self.sources / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"There are {fruit} on the table. They are ripe." if fruit else "", encoding="utf-8")
        self.files[name] = fruit

    @rule(name=NAMES)
    def delete(self, name: str) -> None:
        (self.sources / name).unlink(missing_ok=True)
        self.files.pop(name, None)

    @rule(old=NAMES, new=NAMES)
    def rename(self, old: str, new: str) -> None:
        if old in self.files:
            (self.sources / new).parent.mkdir(exist_ok=True)
            (self.sources / old).replace(self.sources / new)
            self.files[new] = self.files.pop(old)

    @rule()
    def run(self) -> None:
        report = self._index()
        left = {*report.removed, *(one.old for one in report.renamed)}
        assert left == self._paths(set(self.held or {}) - set(self.files))
        self.held = dict(self.files)
        again = self._index()
        assert again.added + again.changed + again.removed == ()

    @rule(step=st.integers(1, 150), has_power=st.booleans())
    def run_and_stop(self, step: int, has_power: bool) -> None:
        self._stop_at(step, self._index, has_power=has_power)
        now = self._held()
        for name, fruit in (now or {}).items():
            assert fruit in ((self.held or {}).get(name), self.files.get(name))
        kept = {name for name, fruit in (self.held or {}).items() if self.files.get(name) == fruit}
        assert kept <= set(now or {})
        self.held = now
        self.run()

    @rule()
    def rebuild(self) -> None:
        self._index(rebuild=True)
        self.earlier, self.held = self.held, dict(self.files)

    @precondition(lambda self: self.held is not None)
    @rule(step=st.integers(1, 150), has_power=st.booleans())
    def rebuild_and_stop(self, step: int, has_power: bool) -> None:
        before = Library.open(self.library).generation
        self._stop_at(step, lambda: self._index(rebuild=True), has_power=has_power)
        if Library.open(self.library).generation != before:
            self.earlier, self.held = self.held, dict(self.files)

    @precondition(lambda self: self.earlier is not None)
    @rule()
    def roll_back(self) -> None:
        Library.open(self.library).rollback()
        self.held, self.earlier = self.earlier, None

    @invariant()
    def holds_what_the_dictionary_holds(self) -> None:
        assert self._held() == self.held

    def teardown(self) -> None:
        shutil.rmtree(self.top)

    def _index(self, *, rebuild: bool = False) -> Report:
        with mock.patch.object(sys.modules[index.__module__], "BATCH", 2):
            return index(self.library, [self.sources], rebuild=rebuild)

    def _paths(self, names: set[str]) -> set[str]:
        return {f"sources/{name}" for name in names}

    def _held(self) -> Files | None:
        """What the library holds, by every way in."""
        try:
            reader = Library.open(self.library).reader()
        except LibraryMissingError:
            return None
        held: Files = {}
        for row in reader.documents():
            text = reader.document(row.id).text.text if row.passages else "There are  on"
            held[row.path.removeprefix("sources/")] = text.removeprefix("There are ").split(" on")[0]
        assert sorted(reader.known()) == sorted(row.id for row in reader.documents())
        for fruit in filter(None, set(held.values())):
            found = {hit.document.path for hit in search(reader, fruit).hits}
            also = {path for hit in search(reader, fruit).hits for path in self._copies(hit.also, reader)}
            assert found | also == self._paths({name for name, about in held.items() if about == fruit})
        return held

    def _copies(self, passages: tuple[str, ...], reader: LibraryReader) -> set[str]:
        return {reader.summary(passage.rpartition(".")[0]).path for passage in passages}

    def _stop_at(self, step: int, act: Callable[[], object], *, has_power: bool) -> None:
        """Do it, but stop before a step; without power only what was synced is left of the library."""
        with (
            suppress(PowerCut),
            watched(self.machine, lambda number, *_: disk.cut() if number == step else None) as disk,
        ):
            act()
        if not has_power:
            rest = self.top / "after the power cut"
            disk.restore_synced(rest)
            shutil.rmtree(self.machine)
            rest.rename(self.machine)
        library_module._opened.clear()


TestIndexMachine = IndexMachine.TestCase
TestIndexMachine.settings = settings(
    max_examples=1000 if os.environ.get("PINCITE_CRASHES") == "all" else 30, stateful_step_count=12, deadline=None
)
