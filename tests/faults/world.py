"""Runs of the program in a folder with its inputs in in/ and its outputs in out/."""

import os
import shutil
import signal
import struct
import subprocess
import threading
import time
from dataclasses import dataclass, field

import kinds
import oracle

LIMIT_SECONDS = 300  # of one run, on any machine


@dataclass
class Outcome:
    code: int
    errors: str
    resumed: bool = False
    found: list = field(default_factory=list)


class Lab:
    def __init__(self, program, shim, scratch):
        self.program, self.shim, self.folder = str(program), str(shim), scratch / "run"
        self.counter = scratch / "counter"
        self.folder.mkdir()
        shutil.copytree(scratch / "valid", self.folder / "in")
        self.inputs = oracle.contents(self.folder, "in")
        self.whole, self.counts, self.times = {}, {}, {}
        self.most_lost = 0.0

    def run(self, case, environment=None, around=None, kill_after=None, extra=()):
        """Exit code and standard error."""
        around = around or kinds.Around()
        self.counter.write_bytes(bytes(8))
        line = [self.program, *case.arguments, *extra, "--quiet", "--threads", "1"]
        if around.shell:
            line = ["sh", "-c", f'exec "$@" {around.shell}', "sh", *line]
        variables = dict(os.environ)
        if environment:
            variables |= environment | {
                "LD_PRELOAD": self.shim, "FAULT_FOLDER": str(self.folder), "FAULT_COUNTER": str(self.counter),
            }  # fmt: skip
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        opened = {name: make() for name, make in around.streams.items()}
        process = subprocess.Popen(line, cwd=self.folder, env=variables, restore_signals=True,
                                   preexec_fn=lambda: kinds.set_limits(around.limits), **streams | opened)  # fmt: skip
        for stream in opened.values():
            os.close(stream)
        timer = threading.Timer(LIMIT_SECONDS if kill_after is None else kill_after, process.kill)
        timer.start()
        errors = process.communicate()[1]
        timer.cancel()
        return process.returncode, (errors or b"").decode(errors="replace")

    def clear(self, case=None):
        """An empty out/, or one with something old under the names of all outputs of a case."""
        for name in ("out", "gone"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / "out").mkdir()
        for path in self.undisturbed(case) if case else ():
            if not case.is_kept(path):
                (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path).write_bytes(b"previous\n")
        return self.outputs()

    def outputs(self):
        return oracle.contents(self.folder, "out")

    def undisturbed(self, case):
        """The outputs of a run without faults."""
        if case not in self.whole:
            self.clear()
            begun = time.monotonic()
            code, errors = self.run(case)
            if code != 0:
                raise RuntimeError(f"{case.name} fails without any fault: {errors}")
            self.times[case], self.whole[case] = time.monotonic() - begun, self.outputs()
        return self.whole[case]

    def seconds(self, case):
        self.undisturbed(case)
        return self.times[case]

    def count(self, case, call, unit):
        """How many of these calls, or bytes, a run has."""
        key = (case, call, unit)
        if key not in self.counts:
            self.clear()
            self.run(case, kinds.environment(call, unit, -1, "once", 0))
            self.counts[key] = struct.unpack("q", self.counter.read_bytes())[0]
        return self.counts[key]

    def disturbed(self, case, environment, *, previous, rules=None, around=None, sent=None, kill_after=None):
        """One run with a fault, judged; and the next one after a kill, or where a run is to be continued."""
        rules, whole = rules or kinds.Rules(), self.undisturbed(case)
        sent = signal.SIGKILL if kill_after is not None else sent
        before = self.clear(case if previous else None)
        is_mounted = bool(around and around.megabytes) and kinds.mount(self.folder / "out", around.megabytes)
        if is_mounted:
            before = {}
        outcome = Outcome(*self.run(case, environment, around, kill_after))
        if kill_after is not None:
            self.measure_loss()
        after, killed = self.outputs(), outcome.code == -signal.SIGKILL
        if is_mounted:
            kinds.unmount(self.folder / "out")
        outcome.found += self.judge(case, outcome, rules, before, after, whole, sent)
        is_done = case.is_one_pass and not list(oracle.not_whole(case, after, whole))
        is_unfinished = (killed or (case.resumes and outcome.code != 0)) and not is_done
        if is_unfinished and not rules.folder_is_lost and not is_mounted:
            outcome.found += self.repeat(case, whole)
            outcome.resumed = not outcome.found
        if oracle.contents(self.folder, "in") != self.inputs:
            outcome.found.append("an input is changed")
        return outcome

    def judge(self, case, outcome, rules, before, after, whole, sent):
        code, errors, found = outcome.code, outcome.errors, []
        if not rules.says_nothing or code < 0:
            found += oracle.wrong_ends(code, errors, sent)
        if rules.succeeds and code != 0:
            found.append("fails")
        if code > 0 and not rules.says_nothing and not any(name in errors for name in rules.names):
            found.append("does not name the file")
        if rules.folder_is_lost:
            found += ["says nothing of the lost folder"] if code == 0 and not after else []
        elif code == 0:
            found += oracle.not_whole(case, after, whole)
        else:
            killed = code == -signal.SIGKILL
            found += oracle.wrong_files(case, before, after, whole, appeared=rules.appeared, killed=killed)
        return found

    def repeat(self, case, whole):
        """What is wrong with the next run after one that did not end well."""
        has_checkpoint = any(path.endswith(".checkpoint") for path in self.outputs())
        code, errors = self.run(case, extra=["--resume"] if has_checkpoint else [])
        if code != 0:
            return [f"the next run fails: {errors[:300]}"]
        return [f"after the next run {text}" for text in oracle.not_whole(case, self.outputs(), whole)]

    def measure_loss(self):
        """The time since the last checkpoint of a run that was killed."""
        for checkpoint in (self.folder / "out").glob("*.checkpoint"):
            self.most_lost = max(self.most_lost, time.time() - checkpoint.stat().st_mtime)
