"""A suite that is split over processes: its list of runs, their journal, and what is refused."""

import fcntl
import hashlib
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

from evaluate_case import EvaluateTestCase, without_seconds
from support import SECONDS, command, write_npz

SUITE = ["--methods", "linear,i-cfm,cellmnn", "--seeds", "7,3", "--steps", 20, "--flow-steps", 20, "--width", 16]
LIST = """\
run	method	protocol	hold_out	seed	steps
1	linear	honest	1	7	20
2	linear	honest	1	3	20
3	i-cfm	honest	1	7	20
4	i-cfm	honest	1	3	20
5	cellmnn	honest	1	7	20
6	cellmnn	honest	1	3	20
7	linear	honest	2	7	20
8	linear	honest	2	3	20
9	i-cfm	honest	2	7	20
10	i-cfm	honest	2	3	20
11	cellmnn	honest	2	7	20
12	cellmnn	honest	2	3	20
13	linear	honest	3	7	20
14	linear	honest	3	3	20
15	i-cfm	honest	3	7	20
16	i-cfm	honest	3	3	20
17	cellmnn	honest	3	7	20
18	cellmnn	honest	3	3	20
"""


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def contents(folder):
    return {file.name: file.read_bytes() for file in pathlib.Path(folder).iterdir()}


class Blocked:
    """A process that stops when it has kept one run: its log is a pipe with room for the events up to there."""

    def __init__(self, log, *arguments):
        with open(log, "rb") as file:
            events = file.readlines()
        scores = [len(line) for line in events if b'"event":"score"' in line]
        before = sum(len(line) for line in events if b'"event":"start"' in line or b'"event":"data"' in line)
        os.mkfifo("pipe")
        self.pipe = os.open("pipe", os.O_RDWR | os.O_NONBLOCK)
        size = fcntl.fcntl(self.pipe, fcntl.F_SETPIPE_SZ, 4096)
        os.write(self.pipe, b" " * (size - before - 3 * max(scores) // 2))
        self.process = subprocess.Popen(
            command(*arguments, "--threads", 1, "--quiet", "--json-log", "pipe"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def wait_until(self, ready):
        end = time.monotonic() + SECONDS
        while not ready():
            if self.process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"it did not stop: {self.process.returncode} {self.process.communicate()[1]}")
            time.sleep(0.005)

    def kill(self):
        self.process.kill()
        self.process.communicate()
        os.close(self.pipe)
        os.remove("pipe")
        return self.process.returncode


def lines_of(path):
    return pathlib.Path(path).read_bytes().count(b"\n") if os.path.exists(path) else 0


class EvaluateRuns(EvaluateTestCase):
    def prepare(self):
        write_npz("data.npz", cells=30, times=(0, 1, 2, 3, 4))

    def suite(self, *arguments):
        return self.succeed("evaluate", "data.npz", *SUITE, *arguments)

    def answer(self, name, *arguments):
        """The table and Markdown to the byte, the JSON but for the time that it took: as one sum."""
        table = self.suite(*arguments, "--json", name + ".json", "--markdown", name + ".md").stdout
        with open(name + ".json") as file:
            scores = json.load(file)
        scores["results"] = without_seconds(scores["results"])
        with open(name + ".md") as file:
            return sha256((table + file.read() + json.dumps(scores)).encode())

    def test_the_list_of_a_suite_stays_as_it_is(self):
        self.assertEqual(self.suite("--list-runs").stdout, LIST)

    def test_four_processes_of_which_one_is_killed_inside_a_line(self):
        serial = self.answer("serial", "--json-log", "log")
        parts = ["1:5", "6:10", "11:14", "15:18"]
        blocked = Blocked("log", "evaluate", "data.npz", *SUITE, "--journal", "killed/", "--run", parts[0])

        def kept():
            return [file for file in pathlib.Path("killed").glob("*.jsonl") if lines_of(file) == 2]

        blocked.wait_until(kept)
        os.mkdir("runs")
        others = [
            subprocess.Popen(command("evaluate", "data.npz", *SUITE, "--journal", "runs", "--run", part, "--quiet"))
            for part in parts[1:]
        ]
        self.assertEqual([process.wait(SECONDS) for process in others], [0, 0, 0])
        [file] = kept()
        self.assertEqual(blocked.kill(), -signal.SIGKILL)
        with open(file, "rb+") as cut:  # what is left if it dies while it writes
            cut.truncate(file.stat().st_size - 40)
        file.rename(pathlib.Path("runs") / file.name)

        missing = self.suite("--journal", "runs", "--list-runs").stdout
        self.assertEqual(missing.splitlines(), LIST.splitlines()[:6])
        resumed = self.suite("--journal", "runs", "--run", parts[0])
        self.assertIn("run 5/5", resumed.stderr)
        self.assertEqual(self.suite("--journal", "runs", "--list-runs").stdout, LIST.splitlines()[0] + "\n")
        before = contents("runs")
        self.assertEqual(len(before), 5)
        self.assertEqual(self.answer("merged", "--journal", "runs"), serial)
        self.assertEqual(contents("runs"), before)  # nothing was trained

    def test_a_process_takes_over_what_another_has_left(self):
        serial = self.answer("serial")
        self.suite("--journal", "runs/", "--run", "2:3")
        self.assertIn("taken from runs/: 2 of 4 runs", self.suite("--journal", "runs/", "--run", "1:4").stderr)
        again = self.suite("--journal", "runs/", "--run", 3)
        self.assertNotIn("evaluating", again.stderr)
        self.assertEqual(len(os.listdir("runs")), 2)
        self.assertEqual(self.answer("merged", "--journal", "runs"), serial)  # does the rest itself

    def test_pools_shared_trainings_and_ablations(self):
        ask = ["evaluate", "data.npz", "--methods", "cellmnn,cellmnn-ensemble,cellmnn-two-sided,noise-floor"]
        ask += ["--seeds", 2, "--steps", 9, "--width", 8, "--hold-out", "1,2", "--ablate", "affine=no"]
        serial = self.succeed(*ask).stdout
        runs = self.succeed(*ask, "--list-runs").stdout.splitlines()[1:]
        self.assertIn("cellmnn affine=no", [run.split("\t")[1] for run in runs])
        self.assertNotIn("cellmnn-ensemble", [run.split("\t")[1] for run in runs])
        for number in reversed(range(1, len(runs) + 1)):
            self.succeed(*ask, "--journal", "runs/", "--run", number, "--threads", 1 + number % 2)
        self.assertEqual(len(os.listdir("runs")), len(runs))
        self.assertEqual(self.succeed(*ask, "--journal", "runs/").stdout, serial)
        self.assertEqual(len(os.listdir("runs")), len(runs))

    def test_a_file_has_one_writer(self):
        self.suite("--json-log", "log")
        ask = ["evaluate", "data.npz", *SUITE, "--journal", "journal"]
        blocked = Blocked("log", *ask)
        blocked.wait_until(lambda: lines_of("journal") == 2)
        self.refused(3, ["journal: another process", "a folder"], *ask)
        self.assertEqual(self.succeed(*ask, "--list-runs").stdout.count("\n"), 18)
        self.assertEqual(blocked.kill(), -signal.SIGKILL)
        self.assertIn("taken from journal: 1 of 18", self.succeed(*ask).stderr)


class BadInput(EvaluateTestCase):
    def refuse(self, code, words, *arguments):
        self.refused(code, words, "evaluate", "data.npz", "--methods", "previous", *arguments)

    def test_runs_that_are_not_there(self):
        self.refuse(2, ["--run has 3", "only 2 runs", "--list-runs"], "--journal", "runs/", "--run", "3")
        self.refuse(2, ["--run has 9", "only 2 runs"], "--journal", "runs/", "--run", "1:9")
        for text in ["0", "2:1", "a", "1:", ":2", "1:2:3", "-1", "99999999999999999999"]:
            self.refuse(2, [f"--run is '{text}'", "3:5", "--list-runs"], "--journal", "runs/", f"--run={text}")
        self.assertFalse(os.path.exists("runs"))

    def test_options_that_contradict_each_other(self):
        self.refuse(2, ["--run", "--journal"], "--run", 1)
        self.refuse(2, ["--run", "--json"], "--journal", "runs/", "--run", 1, "--json", "scores.json")
        self.refuse(2, ["--run", "--list-runs"], "--journal", "runs/", "--run", 1, "--list-runs")
        self.refuse(2, ["--list-runs", "--csv"], "--list-runs", "--csv", "scores.csv")
        self.refused(2, ["--model", "--list-runs"], "evaluate", "data.npz", "--model", "m", "--list-runs")

    def test_folders_that_are_no_journals(self):
        self.succeed("evaluate", "data.npz", "--methods", "cellmnn", "--steps", 5, "--journal", "runs/")
        self.refuse(3, ["runs/", ".jsonl", "steps was 5 and is 6"], "--journal", "runs/", "--run", 1, "--steps", 6)
        pathlib.Path("runs/notes.jsonl").write_text("my notes\n")
        self.refuse(3, ["runs/notes.jsonl", "not a journal"], "--journal", "runs/", "--run", 1)
        pathlib.Path("file").touch()
        self.refuse(3, ["file/", "cannot be"], "--journal", "file/", "--run", 1)
        self.refuse(3, ["/proc/", "cannot be"], "--journal", "/proc/", "--run", 1)


if __name__ == "__main__":
    unittest.main()
