#!/usr/bin/env python3
"""Runs every command of cellmnn on damaged files and odd options.

Each run is one command on small valid files, of which one (or an option) is damaged. A run is a finding if the program

- ends by a signal or with an exit code other than 0, 2 (usage), 3 (bad input), 4 (numerical) and 130 (interrupted),
- says anything but one line "cellmnn: error: ..." when it fails, or speaks of an internal error,
- leaves an output or a temporary file behind when it fails,
- needs more time of the processor, or more memory, than the limits.

Run I of seed S is always the same: `--only I` repeats it. The exit code is 1 if there are findings.
"""

import argparse
import collections
import itertools
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

import commands
import mutations
import valid_files

warnings.simplefilter("ignore")

GOOD_CODES = {0, 2, 3, 4, 130}
WALL_SECONDS = 15  # times those of the processor, for a machine that does other things as well


class Program:
    """The program under limits."""

    def __init__(self, path, seconds, megabytes):
        self.path, self.seconds, self.megabytes = str(path), seconds, megabytes

    def set_limits(self):
        resource.setrlimit(resource.RLIMIT_CPU, (self.seconds, self.seconds + 1))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if self.megabytes is not None:
            resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))

    def run(self, arguments, folder):
        """Exit code (negative: signal), standard error, the largest memory in MB."""
        with open(folder / "stderr", "w+b") as errors, open(os.devnull, "r+b") as nothing:
            process = subprocess.Popen(
                [self.path, *arguments], cwd=folder, stdin=nothing, stdout=nothing, stderr=errors,
                preexec_fn=self.set_limits,
            )  # fmt: skip
            timer = threading.Timer(WALL_SECONDS * self.seconds, process.kill)
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            text = errors.read().decode(errors="replace")
        os.remove(folder / "stderr")
        return process.returncode, text, usage.ru_maxrss // 1024


OF_MALLOC = re.compile(r"(free|malloc|realloc|munmap_chunk|corrupted|double free)[ (:]")


def faults(program, code, errors, megabytes, left):
    """What is wrong with a run, if anything is."""
    if code in (-signal.SIGKILL, -signal.SIGXCPU):
        yield "does not end"
    elif code < 0:
        yield f"signal {signal.Signals(-code).name}"
    elif code not in GOOD_CODES:
        yield f"exit code {code}"
    if "internal error" in errors:
        yield "internal error"
    if code > 0 and code != 130:
        # The C library says by itself that HDF5 has damaged the memory, before the program can.
        lines = [line for line in errors.splitlines() if not OF_MALLOC.match(line)]
        if len(lines) != 1 or not lines[0].startswith("cellmnn: error: "):
            yield f"{len(lines)} lines of error"
        if left:
            yield f"leaves {', '.join(sorted(left))}"
    if program.megabytes is not None and megabytes > program.megabytes:
        yield "memory"


def one_run(program, valid, scratch, seed, number):
    """Its faults, and a text that describes it."""
    rng = random.Random(f"{seed}/{number}")
    folder = scratch / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    arguments, files = commands.choose(rng)
    for name in files:
        source = valid / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    changes = []
    if files and rng.random() < 0.85:
        victim = folder / rng.choice(files)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            changes.append(f"{victim.name}: {mutations.damage(rng, victim)}")
    if not changes or rng.random() < 0.1:
        arguments, change = mutations.odd_options(rng, arguments, commands.OPTIONS[arguments[0]])
        changes.append(change)
    before = {path.name for path in folder.iterdir()}
    code, errors, megabytes = program.run([*arguments, "--quiet", "--threads", "1"], folder)
    left = {path.name for path in folder.iterdir()} - before - commands.KEPT
    left -= {log for option, log in itertools.pairwise(arguments) if option == "--json-log"}
    if "the last good model" in errors:
        left = {name for name in left if not name.endswith(".safetensors")}
    found = list(faults(program, code, errors, megabytes, left))
    text = f"run {number}: {' '.join(arguments)}\n  {'; '.join(changes)}\n  code {code}, {megabytes} MB: {errors[:600]}"
    return found, text, code, errors


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--runs", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0, help="number of the first run")
    parser.add_argument("--only", type=int, help="this run alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files of the findings")
    parser.add_argument("--seconds", type=int, default=20, help="of the processor, for a run [20]")
    parser.add_argument("--megabytes", type=int, default=1000, help="of a run [1000]")
    parser.add_argument("--sanitized", action="store_true", help="no limit of memory, and ten times the seconds")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    program = Program(options.program, options.seconds, options.megabytes)
    if options.sanitized:
        program = Program(options.program, 10 * options.seconds, None)
    numbers = range(options.first, options.first + options.runs) if options.only is None else [options.only]
    codes, kinds, begun = collections.Counter(), collections.Counter(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cellmnn-fuzz-") as scratch:
        valid = Path(scratch) / "valid"
        program.path = str(valid_files.install(options.program.resolve(), Path(scratch) / "installed"))
        valid_files.write_all(program.path, valid)
        commands.read_options(program.path)
        for number in numbers:
            found, text, code, errors = one_run(program, valid, Path(scratch), options.seed, number)
            codes[code] += 1
            if options.verbose or found:
                print(text, flush=True)
            if sum(codes.values()) % 500 == 0:
                print(f"{sum(codes.values())} runs, {time.monotonic() - begun:.0f} s", flush=True)
            for fault in found:
                print(f"  FINDING: {fault}", flush=True)
                message = re.sub(r"'[^']*'|\d+", "_", errors.split("\n")[0])[:80]
                kinds[f"{fault}: {message}"] += 1
            if found and options.keep:
                kept = options.keep / f"{options.seed}-{number}"
                shutil.copytree(Path(scratch) / "run", kept, dirs_exist_ok=True, symlinks=True)
                (kept / "run.txt").write_text(text, errors="replace")
    seconds = time.monotonic() - begun
    summary = ", ".join(f"{code}: {count}" for code, count in sorted(codes.items()))
    print(f"{len(numbers)} runs in {seconds:.0f} s; exit codes {summary}")
    for kind, count in kinds.most_common():
        print(f"{count} x {kind}")
    sys.exit(1 if kinds else 0)


if __name__ == "__main__":
    main()
