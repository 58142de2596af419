#!/usr/bin/env python3
"""Disturbs every command of cellmnn that writes: calls of the system fail, disks are full, the program is killed.

A run is a finding if the program

- ends by a signal that nobody sent, or with an exit code other than 0, 2, 3, 4 and 130,
- says anything but one line when it fails, or does not name the file that could not be written,
- after an error: has changed or left an output, or left a temporary file,
- after a kill: has left anything but outputs that are whole and temporary files; or the same command (with --resume
  where there is a checkpoint) does not then make the bytes of an undisturbed run, or does not remove the rest,
- has changed its inputs.

The same seed makes the same runs. The exit code is 1 if there are findings.
"""

import argparse
import collections
import itertools
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import cases
import kinds
import world

sys.path.append(str(Path(__file__).resolve().parents[1] / "fuzz"))
import valid_files

LOSS_SECONDS = 2  # of a slow machine, beside --checkpoint-every


class Tally:
    """Counts of runs by command and group of faults."""

    def __init__(self, verbose):
        self.cells, self.findings, self.verbose = collections.defaultdict(collections.Counter), [], verbose

    def add(self, case, group, what, outcome):
        cell = self.cells[case.arguments[0], group]
        counts = {"errors": outcome.code > 0, "resumed": outcome.resumed, "findings": bool(outcome.found)}
        cell.update(runs=1, **{name: int(value) for name, value in counts.items()})
        if outcome.found:
            self.findings.append(f"{case.name}, {what}")
        if outcome.found or self.verbose:
            print(f"{case.name}, {what}: code {outcome.code}, {'; '.join(outcome.found) or 'good'}\n"
                  f"  {outcome.errors[:400].strip()}", flush=True)  # fmt: skip

    def table(self):
        commands = list(dict.fromkeys(command for command, _ in self.cells))
        groups = list(dict.fromkeys(group for _, group in self.cells))
        yield ["command", *groups, "findings"]
        for command in commands:
            cells = [self.cells.get((command, group), {}) for group in groups]
            yield [command, *map(cell_text, cells), str(sum(cell.get("findings", 0) for cell in cells))]
        sums = [sum((self.cells.get((c, group), collections.Counter()) for c in commands), collections.Counter())
                for group in groups]  # fmt: skip
        yield ["all", *map(cell_text, sums), str(len(self.findings))]


def cell_text(cell):
    return f"{cell['runs']} / {cell['errors']} / {cell['resumed']}" if cell else "-"


def print_table(rows):
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    print("runs / clean errors / continued or repeated to the same bytes")
    for row in rows:
        print("| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |")


def places(rng, count, number):
    """Some of the numbers below count: the first, the last, and others at random."""
    if number == 1:
        return [rng.randrange(count)]
    chosen = {0, count - 1, *rng.sample(range(count), min(count, number))}
    return sorted(rng.sample(sorted(chosen), min(len(chosen), number)))


def inject(lab, tally, rng, case, number, labels):
    for kind in kinds.CALLS:
        if labels and kind.label not in labels:
            continue
        count = lab.count(case, kind.call, kind.unit)
        if count == 0:
            continue
        for at in places(rng, count, number) if kind.has_place else [0]:
            previous = rng.random() < 0.5
            outcome = lab.disturbed(case, kind.environment(at), previous=previous, rules=kind.rules)
            tally.add(case, kind.group, f"{kind.label} at {at} of {count} {kind.unit}s", outcome)


def surround(lab, tally, rng, case, number):
    for kind in kinds.SURROUNDINGS:
        for value in rng.sample(kind.values, min(len(kind.values), number)):
            outcome = lab.disturbed(case, {}, previous=rng.random() < 0.5, rules=kind.rules, around=kind.around(value))
            tally.add(case, kind.group, f"{kind.name} {value}", outcome)


def kill(lab, tally, rng, case, timed):
    """At a random byte or call of writing, or after a random time, which may be too late."""
    if timed:
        seconds = rng.random() * lab.seconds(case)
        outcome = lab.disturbed(case, {}, previous=rng.random() < 0.5, kill_after=seconds)
        tally.add(case, "kills", f"killed after {seconds:.3f} s", outcome)
        return outcome
    unit, call = rng.choice([("byte", "write")] * 3 + [("call", name) for name in ("open", "sync", "rename")])
    at = rng.randrange(lab.count(case, call, unit))
    environment = kinds.environment(call, unit, at, "once", kinds.KILL)
    outcome = lab.disturbed(case, environment, previous=rng.random() < 0.5, sent=signal.SIGKILL)
    tally.add(case, "kills", f"killed at {call} {unit} {at}", outcome)
    return outcome


def kills(lab, tally, options, chosen):
    most = [case for case in chosen if case.arguments[0] in cases.KILLED_MOST]
    others = [case for case in chosen if case not in most and not case.writes_one_by_one] or chosen
    killed = 0
    for number in itertools.count():
        if killed == options.kills:
            break
        rng = random.Random(f"{options.seed}/kill/{number}")
        pool = others if number % 5 == 4 or not most else most
        case = pool[number // 2 % len(pool)]
        timed = options.timed and number % 2 == 1
        if timed and case.name == "train":  # long enough for checkpoints in between
            case = cases.long_training()
        killed += kill(lab, tally, rng, case, timed).code == -signal.SIGKILL


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=Path, required=True)
    parser.add_argument("--shim", type=Path, required=True, help="libcellmnn_faults.so")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--timed", action="store_true", help="every second kill comes at a random time")
    parser.add_argument("--places", type=int, default=4, help="of each fault, in each command [4]; 0: kills alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="these cases alone, e.g. 'train,export site'")
    parser.add_argument("--faults", type=lambda text: text.split(","), help="these alone, e.g. 'EIO of read'")
    parser.add_argument("--leave-out", default="", help="cases to leave out, e.g. demo,report")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    begun, tally = time.monotonic(), Tally(options.verbose)
    chosen = [case for case in cases.all_cases() if options.only is None or case.name in options.only.split(",")]
    chosen = [case for case in chosen if case.name not in options.leave_out.split(",")]
    with tempfile.TemporaryDirectory(prefix="cellmnn-faults-") as scratch:
        scratch = Path(scratch).resolve()
        program = valid_files.install(options.program.resolve(), scratch / "installed")
        valid_files.write_all(program, scratch / "valid")
        lab = world.Lab(program, options.shim.resolve(), scratch)
        for case in chosen if options.places else []:
            rng = random.Random(f"{options.seed}/{case.name}")
            number = 1 if case.writes_one_by_one else options.places
            inject(lab, tally, rng, case, number, options.faults)
            if not options.faults:
                surround(lab, tally, rng, case, number)
        kills(lab, tally, options, chosen)
        print_table(tally.table())
        late = lab.most_lost > cases.CHECKPOINT_SECONDS + LOSS_SECONDS
        print(f"killed trainings lost at most {lab.most_lost:.2f} s since a checkpoint, one every "
              f"{cases.CHECKPOINT_SECONDS} s{': too much' if late else ''}")  # fmt: skip
    print(f"{sum(cell['runs'] for cell in tally.cells.values())} runs in {time.monotonic() - begun:.0f} s")
    return 1 if tally.findings or late else 0


if __name__ == "__main__":
    sys.exit(main())
