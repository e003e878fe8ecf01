"""Stop a scenario at every step, look at what is left, and run it again.

A program of its own, since it forks and kills: `python -m tests.crashes.runner killed|failing SCENARIO all|some`. It
prints a report as JSON. `killed`: the process is killed before a step, and the library looked at in each way that
the machine may leave it. `failing`: a step fails with an error of the operating system. With `some`, each third step is
tried in one of the ways, in turn.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from indexer import durable
from indexer import library as library_module
from indexer.errors import LibraryAccessError, PinciteError
from tests.crashes.disk import Disk, watched
from tests.crashes.scenarios import SCENARIOS, Held, Scenario, strays
from tests.libraries import folder_in_memory

Visible = list[Held]  # what a reader sees before each step, and at the end
WAYS = ("killed", "power cut", "cut in half", "scrambled")
SOME = 3  # every third step; prime to the number of ways, so that each is used
FAULTS = (errno.ENOSPC, errno.EIO)
FAILING = {"create", "write", "sync", "rename", "mkdir", "truncate", "remove"}


@dataclass
class Report:
    """What was tried, and what went wrong."""

    steps: Counter[str] = field(default_factory=Counter)
    stops: int = 0
    wrong: list[str] = field(default_factory=list)

    def check(self, what: str, seen: object, allowed: tuple[object, ...]) -> None:
        """Note it when what was seen is not allowed."""
        if seen not in allowed:
            self.wrong.append(f"{what}: {seen!r}, allowed {allowed!r}"[:800])


def rehearsed(scenario: Scenario, top: Path) -> tuple[Visible, list[str]]:
    """What readers see before each step when nothing goes wrong, and what the steps are."""
    folder = copied(top, "rehearsal")
    visible: Visible = []
    with watched(folder, lambda *_: visible.append(scenario.held(folder / "library"))) as disk:
        scenario.act(folder / "library")
    return [*visible, scenario.held(folder / "library")], disk.steps


def kill_everywhere(scenario: Scenario, top: Path, report: Report, *, every_way: bool) -> None:
    """Kill the scenario at each step and at its end."""
    visible, steps = rehearsed(scenario, top)
    report.steps.update(steps)
    for number, kind in list(enumerate([*steps, "end"], 1))[:: 1 if every_way else SOME]:
        ways = WAYS if every_way else (WAYS[number % len(WAYS)],)
        leave(scenario, top, number)
        for way in ways:
            report.stops += 1
            what = f"{scenario.name}, {way} before step {number} ({kind})"
            # What has become visible at this step may be taken back by a power cut, as the step is what makes it last.
            allowed = visible[max(number - 2, 0) : number] if way == "power cut" else [visible[number - 1]]
            look(scenario, found(top, way), what, (tuple(allowed), (visible[-1],)), report)


def leave(scenario: Scenario, top: Path, number: int) -> None:
    """Run the scenario in a process of its own, which is killed before the step."""
    shutil.rmtree(top / "power cut", ignore_errors=True)
    folder = copied(top, "killed")
    child = os.fork()
    if not child:
        with watched(folder, lambda at, *_: stop(disk, top) if at == number else None) as disk:
            scenario.act(folder / "library")
            stop(disk, top)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"{scenario.name} ended with {status}, not killed before step {number}")


def stop(disk: Disk, top: Path) -> None:
    """Keep what a power cut would leave and the names of what is not synced, and kill this process."""
    disk.restore_synced(top / "power cut")
    unsynced = [str(path.relative_to(disk.folder)) for path in disk.unsynced()]
    (top / "unsynced").write_text(json.dumps(unsynced), encoding="utf-8")
    os.kill(os.getpid(), signal.SIGKILL)


def found(top: Path, way: str) -> Path:
    """What is found on the disk when it was stopped in this way."""
    folder = copied(top, "found", "power cut" if way == "power cut" else "killed")
    for name in json.loads((top / "unsynced").read_text(encoding="utf-8")):
        content = (folder / name).read_bytes() if way in {"cut in half", "scrambled"} else b""
        if way == "cut in half":
            (folder / name).write_bytes(content[: len(content) // 2])
        if way == "scrambled":
            (folder / name).write_bytes(bytes(byte ^ 0x5A for byte in content))
    return folder / "library"


def fail_everywhere(scenario: Scenario, top: Path, report: Report, *, every_way: bool) -> None:
    """Let each step fail, once or from then on."""
    visible, steps = rehearsed(scenario, top)
    report.steps.update(steps)
    tried = [(number, kind) for number, kind in enumerate(steps, 1) if kind in FAILING]
    for number, kind in tried[:: 1 if every_way else SOME]:
        ways = [(fault, lasting) for fault in FAULTS for lasting in (False, True)]
        for fault, lasting in ways if every_way else [ways[number % len(ways)]]:
            report.stops += 1
            what = f"{scenario.name}, {errno.errorcode[fault]}{' lasting' * lasting} at step {number} ({kind})"
            folder = copied(top, "failing") / "library"
            try_with_fault(scenario, folder, (number, fault, lasting), what, report)
            around = {id(seen): seen for seen in visible[number - 1 :]}.values()
            look(scenario, folder, what, (tuple(around), (visible[-1],)), report)


def try_with_fault(scenario: Scenario, folder: Path, fault: tuple[int, int, bool], what: str, report: Report) -> None:
    """Run the scenario on a disk that fails; what is told must be told in our words."""
    number, code, lasting = fault

    def before_step(at: int, kind: str, path: str) -> None:
        if at == number or (lasting and at > number and kind in FAILING - {"remove"}):
            raise OSError(code, os.strerror(code), path)

    try:
        with watched(folder.parent, before_step):
            scenario.act(folder)
    except LibraryAccessError as error:
        report.check(what, os.strerror(code) in str(error), (True,))
    except Exception as error:  # noqa: BLE001 whatever else it is, is wrong
        report.wrong.append(f"{what}: {type(error).__name__}: {error}")


def look(
    scenario: Scenario, folder: Path, what: str, allowed: tuple[tuple[object, ...], tuple[object, ...]], report: Report
) -> None:
    """Check what the library holds after a stop, and after the scenario has been run again."""
    library_module._opened.clear()
    try:
        report.check(f"{what}, opened", scenario.held(folder), allowed[0])
        scenario.act(folder)
        report.check(f"{what}, run again", scenario.held(folder), allowed[1])
        report.check(f"{what}, left over", strays(folder), ([],))
    except PinciteError as error:
        report.wrong.append(f"{what}: {type(error).__name__}: {error}")


def copied(top: Path, name: str, of: str = "prepared") -> Path:
    """A fresh copy of a folder."""
    shutil.rmtree(top / name, ignore_errors=True)
    return shutil.copytree(top / of, top / name)


def main(mode: str, name: str, amount: str, careless: str = "") -> None:
    """Run one scenario in one mode, and print the report; `careless` never syncs, to see that it is noticed."""
    (scenario,) = [scenario for scenario in SCENARIOS if scenario.name == name]
    report = Report()
    if careless:
        durable.sync = lambda _: None
    with folder_in_memory() as top:
        (top / "prepared").mkdir()
        scenario.prepare(top / "prepared" / "library")
        everywhere = {"killed": kill_everywhere, "failing": fail_everywhere}[mode]
        everywhere(scenario, top, report, every_way=amount == "all")
    print(json.dumps({"steps": report.steps, "stops": report.stops, "wrong": report.wrong}))


if __name__ == "__main__":
    main(*sys.argv[1:])
