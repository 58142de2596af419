"""Files that were made to do harm, and surroundings that are out of order."""

import json
import os
import resource
import struct
import subprocess
import unittest

import h5py
import numpy as np
from support import TestCase, command, moving_cells, write_npz


def damaged_heap(path, size):
    """An .h5ad whose texts of variable length, all in one heap, claim to have so many bytes."""
    cells, days = moving_cells()
    with h5py.File(path, "w") as file:
        obs = file.create_group("obs")
        obs["_index"] = np.array([f"cell{i}" for i in range(len(days))], dtype=h5py.string_dtype())
        obs["day"], file["obsm/X_pca"] = days, cells
    with open(path, "r+b") as file:
        data = bytearray(file.read())
        first = data.index(b"GCOL") + 16  # the first object: index, references, reserved, size
        data[first + 8 : first + 16] = struct.pack("<Q", size)
        file.seek(0)
        file.write(data)


class Hostile(TestCase):
    def prepare(self):
        write_npz("good.npz")

    def test_texts_that_end_nowhere(self):
        damaged_heap("loop.h5ad", 2**64 - 16)
        self.refused(3, ["loop.h5ad", "damaged HDF5 file", "come to an end"], "inspect", "loop.h5ad")

    def test_texts_that_end_far_away(self):
        damaged_heap("far.h5ad", 2**44)
        # The memcpy of AddressSanitizer would stop HDF5 first.
        env = {**os.environ, "ASAN_OPTIONS": "replace_intrin=0"}
        result = self.refused(3, ["far.h5ad"], "inspect", "far.h5ad", env=env)
        # HDF5 1.14 finds it by itself.
        self.assertRegex(result.stderr, "damaged HDF5 file|obs/_index cannot be read: ran off end of input buffer")

    def test_a_chunk_that_is_shorter_than_it_should_be(self):
        cells, days = moving_cells()
        with h5py.File("short.h5ad", "w") as file:
            file["obs/_index"] = np.array([f"cell{i}" for i in range(len(days))], dtype=h5py.string_dtype())
            file["obs/day"] = days
            stored = file.create_dataset("obsm/X_pca", cells.shape, "f4", compression="lzf", chunks=cells.shape)
            stored.id.write_direct_chunk((0, 0), b"\x078 bytes.")
        self.refused(3, ["short.h5ad", "obsm/X_pca cannot be read"], "inspect", "short.h5ad")

    def test_a_limit_of_file_sizes_is_an_error_like_a_full_disk(self):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))
        for output in ("a.h5ad", "a.npz", "a.csv"):
            self.refused(3, [output, "File too large"], "simulate", "-o", output, preexec_fn=limit)
        self.assertEqual(os.listdir(), ["good.npz"])

    def test_messages_stay_out_of_the_log_when_their_stream_is_closed(self):
        line = command("train", "good.npz", "-o", "model", "--steps", 20, "--width", 8, "--json-log", "log")
        subprocess.run(["sh", "-c", '"$@" 2>&-', "sh", *line], check=True)
        with open("log") as log:
            events = [json.loads(line) for line in log]
        self.assertGreater(len(events), 2)

    def test_a_journal_is_a_file(self):
        os.mkfifo("fifo")
        for name in ("/dev/null", "fifo"):
            self.refused(3, [name, "not a regular file"],
                         "evaluate", "good.npz", "--methods", "linear", "--journal", name)  # fmt: skip

    def test_a_message_is_one_line(self):
        np.savez("bad.npz", pcs=np.zeros((2, 2)), sample_labels=np.array(["day\n1", "day\n2 or 3"]))
        self.refused(3, ["day 2 or 3"], "inspect", "bad.npz")


if __name__ == "__main__":
    unittest.main()
