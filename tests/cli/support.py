"""Running the program as a user does, and small data for it."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
import unittest

import numpy as np

PROGRAM = os.environ["CELLMNN_PROGRAM"]
SECONDS = float(os.environ.get("CELLMNN_TEST_SECONDS", "300"))  # of one run of the program


def command(*arguments):
    return [PROGRAM, *[str(argument) for argument in arguments]]


def run(*arguments, **options):
    """Runs the program to its end; the result has returncode, stdout and stderr."""
    options.setdefault("timeout", SECONDS)
    return subprocess.run(command(*arguments), capture_output=True, text=True, **options)


def interrupted(number, ready, *arguments):
    """Starts the program, sends the signal once ready(log) holds, and returns code and stderr.

    The log is a pipe that holds a few events only, so a run of 9 kB of events cannot end before it is interrupted,
    however slow this process is.
    """
    os.mkfifo("pipe")
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen(
        command(*arguments, "--json-log", "pipe"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    log, sent = b"", False
    while process.poll() is None:
        try:
            log += os.read(reader, 4096)
        except BlockingIOError:
            time.sleep(0.005)
        if not sent and ready(log):
            process.send_signal(number)
            sent = True
    os.close(reader)
    os.remove("pipe")
    return process.returncode, process.communicate()[1].decode()


def real_data(name):
    """The path of a real data set, which is no part of the project."""
    path = os.path.join(os.environ["CELLMNN_DATA"], name)
    if not os.path.exists(path):
        raise AssertionError(f"the real data {path} are missing")
    return path


def moving_cells(cells=40, dims=4, times=(0, 1, 2, 3), seed=0):
    """Cells that drift along the first axis, in shuffled order: (N, D) float32 and their times (N)."""
    rng = np.random.default_rng(seed)
    t = np.repeat(np.asarray(times, float), cells)
    x = rng.normal(size=(t.size, dims))
    x[:, 0] += 2 * t
    order = rng.permutation(t.size)
    return x[order].astype(np.float32), t[order]


def write_npz(path, **options):
    x, t = moving_cells(**options)
    np.savez(path, pcs=x, sample_labels=t)
    return path


class TestCase(unittest.TestCase):
    """Each test has a folder of its own as its working directory, with copies of what prepare() has made there."""

    prepared = None

    def prepare(self):
        """Makes files that all tests of the class need, once."""

    def setUp(self):
        cls = type(self)
        self.addCleanup(os.chdir, os.getcwd())
        if cls.prepared is None:
            folder = self.empty_folder(cls.addClassCleanup)
            self.prepare()
            cls.prepared = folder
        self.folder = self.empty_folder(self.addCleanup)
        shutil.copytree(cls.prepared, self.folder, dirs_exist_ok=True, symlinks=True)

    def empty_folder(self, add_cleanup):
        folder = tempfile.mkdtemp(prefix="cellmnn-test-")
        add_cleanup(shutil.rmtree, folder)
        os.chdir(folder)
        return folder

    def succeed(self, *arguments, **options):
        result = run(*arguments, **options)
        self.assertEqual(result.returncode, 0, f"{arguments}: {result.stderr}")
        return result

    def refused(self, code, words, *arguments, **options):
        """The program ends with this code and one line of error that has all these words."""
        result = run(*arguments, "--quiet", **options)
        lines = result.stderr.splitlines()
        self.assertEqual(result.returncode, code, f"{arguments}: {result.stderr}")
        self.assertEqual(len(lines), 1, result.stderr)
        self.assertTrue(lines[0].startswith("cellmnn: error: "), lines[0])
        for word in words:
            self.assertIn(word, lines[0])
        return result
