"""What a killed run leaves does not stay for ever."""

import os
import pathlib
import signal
import socket
import subprocess
import time
import unittest

from gene_data import write_trained
from support import SECONDS, TestCase, command


class Killed(TestCase):
    def prepare(self):
        write_trained(self, steps=2)

    def test_the_copy_for_a_pipe_goes_with_the_next_run(self):
        """An h5ad for a pipe grows beside it; the run waits for a reader, and is killed there."""
        os.mkfifo("pipe.h5ad")
        os.mkdir("temporary")
        ask = command("annotate", "model", "data.h5ad", "-o", "pipe.h5ad", "--quiet")
        folder, environment = pathlib.Path("temporary"), {**os.environ, "TMPDIR": "temporary"}
        process = subprocess.Popen(ask, env=environment)
        left = folder / f".cellmnn.pipe.h5ad.{socket.gethostname()}.{process.pid}.tmp"
        end = time.monotonic() + SECONDS
        while not left.exists() and process.poll() is None and time.monotonic() < end:
            time.sleep(0.005)
        process.kill()
        self.assertEqual(process.wait(), -signal.SIGKILL)
        self.assertEqual(list(folder.iterdir()), [left])
        process = subprocess.Popen(ask, env=environment)
        self.assertTrue(pathlib.Path("pipe.h5ad").read_bytes().startswith(b"\x89HDF"))
        self.assertEqual(process.wait(SECONDS), 0)
        self.assertEqual(list(folder.iterdir()), [])


if __name__ == "__main__":
    unittest.main()
