"""What is in C under the address and undefined-behaviour sanitizers: whatever it is given, it answers or raises.

python -m tests.fuzz kernel --minutes 10 --seed 7    # needs gcc and its libasan
python -m tests.fuzz words

A sanitizer ends the process at the first fault and tells its place in `_kernel.c` or `_words.c`; the seed that is
printed then brings it again. Where the input is sound, the answers are those of the twin, to the last bit.
"""

from __future__ import annotations

import importlib.util
import os
import random
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import indexer
from tests.fuzz import calls, words

TOP = Path(indexer.__file__).parent
SOURCES = {"kernel": TOP / "engines" / "_kernel.c", "words": TOP / "_words.c"}
CHECKS = {"kernel": calls.check, "words": words.check}
SANITIZED = "-fsanitize=address,undefined -fno-sanitize-recover=all -O1 -g -ffp-contract=off -fPIC -shared".split()
OPTIONS = {
    "ASAN_OPTIONS": "detect_leaks=0:allocator_may_return_null=1:exitcode=99",
    "UBSAN_OPTIONS": "print_stacktrace=1",
}
_KEPT = 10  # failures that are printed
_FAILED = 3  # exit code of failures that no sanitizer told: theirs is 1 or what OPTIONS says


def missing() -> str | None:
    """What this machine lacks for it; None when nothing."""
    if not shutil.which("gcc"):
        return "gcc is not installed"
    if not _libasan().is_absolute():
        return "gcc has no libasan"
    return None if Path(sysconfig.get_path("include"), "Python.h").exists() else "Python's headers are not installed"


def main(name: str, minutes: float, seed: int) -> int:
    """Build the module with its sanitizers and try it for `minutes`, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="pincite-fuzz-") as folder:
        source = SOURCES[name]
        built = Path(folder, source.with_suffix(".so").name)
        include = sysconfig.get_path("include")
        subprocess.run(["gcc", *SANITIZED, f"-I{include}", str(source), "-o", str(built)], check=True)
        command = [sys.executable, "-m", "tests.fuzz.kernel", name, str(built), str(minutes), str(seed)]
        environment = {**os.environ, **OPTIONS, "PYTHONMALLOC": "malloc", "LD_PRELOAD": str(_libasan())}
        code = subprocess.run(command, env=environment, check=False).returncode
        if code not in (0, _FAILED):
            print(f"the process ended with {code} at seed {built.with_name('seed').read_text()}")
        return int(code != 0)


def _libasan() -> Path:
    """The sanitizer's library, which Python must load first; a bare name when there is none."""
    named = subprocess.run(["gcc", "-print-file-name=libasan.so"], capture_output=True, text=True, check=True)
    return Path(named.stdout.strip())


def _loaded(built: Path) -> Any:
    spec = importlib.util.spec_from_file_location(built.stem, built)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _run(name: str, built: Path, minutes: float, seed: int) -> int:
    module = _loaded(built)
    began, calls, failed, ways = time.monotonic(), 0, 0, Counter[str]()
    while time.monotonic() - began < minutes * 60:
        built.with_name("seed").write_text(str(seed + calls))
        try:
            ways[CHECKS[name](module, random.Random(seed + calls))] += 1  # noqa: S311 - which call is no secret
        except Exception:  # noqa: BLE001 - whatever it is, it is told and counted
            failed += 1
            if failed <= _KEPT:
                print(f"seed {seed + calls}:\n{traceback.format_exc()}", flush=True)
        calls += 1
    print(f"{name}: seeds {seed} to {seed + calls - 1}, {calls:,} calls in {minutes:g} minutes,", end=" ")
    print(f"{ways['sound']:,} sound and answered as the twin does, {ways['answered']:,} spoilt and answered,", end=" ")
    print(f"{ways['refused']:,} refused, {failed} failed")
    return _FAILED if failed else 0


if __name__ == "__main__":
    sys.exit(_run(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
