"""A cell's future as a cloud of measured cells: predict --cloud."""

import csv
import unittest
from collections import defaultdict

import numpy as np
from support import TestCase, moving_cells


class Clouds(TestCase):
    def prepare(self):
        x, t = moving_cells(cells=60, times=(0, 1, 2))
        np.savez("data.npz", pcs=x, sample_labels=t)
        self.succeed("train", "data.npz", "-o", "model", "--steps", 200, "--width", 8)

    def cloud(self, *arguments):
        result = self.succeed("predict", "model", "data.npz", "--cloud", 50, "-o", "out.csv", *arguments)
        with open("out.csv") as file:
            return list(csv.DictReader(file)), result.stdout

    def test_clouds_are_of_measured_later_cells_with_weights(self):
        rows, text = self.cloud()
        x, t = moving_cells(cells=60, times=(0, 1, 2))
        sums = defaultdict(float)
        for row in rows:
            before, after = int(row["cell_before"]), int(row["cell_after"])
            self.assertEqual([t[before], t[after]], [float(row["time"]), float(row["predicted_time"])])
            self.assertLess(t[before], t[after])
            self.assertAlmostEqual(float(row["X_predicted_1"]), x[after, 0], places=4)
            sums[before, row["predicted_time"]] += float(row["weight"])
        self.assertEqual(len(sums), 60 * 3)
        np.testing.assert_allclose(list(sums.values()), 1, atol=1e-6)
        self.assertEqual(len(text.splitlines()), 4)

    def test_only_some_times(self):
        rows, text = self.cloud("--from", 0, "--times", 2)
        self.assertEqual({(row["time"], row["predicted_time"]) for row in rows}, {("0", "2")})
        self.assertEqual(len(text.splitlines()), 2)

    def test_clouds_depend_on_the_seed_and_not_on_the_threads(self):
        first = self.cloud("--threads", 1)[0]
        self.assertEqual(self.cloud("--threads", 3)[0], first)
        self.assertNotEqual(self.cloud("--seed", 5)[0], first)

    def test_bad_requests(self):
        for code, words, arguments in [
            (2, ["--ahead", "no meaning"], ["--ahead", 1]),
            (2, ["--genes", "no meaning"], ["--genes"]),
            (2, ["--cloud", "--between both"], ["--between", "both", "--times", 1]),
            (3, ["1.5"], ["--times", 1.5]),
            (3, ["none of --times is later"], ["--from", 1, "--times", 0]),
            (3, ["none of --times is later"], ["--from", 2]),
        ]:
            self.refused(code, words, "predict", "model", "data.npz", "--cloud", 9, "-o", "out.csv", *arguments)
        self.refused(2, ["--cloud"], "predict", "model", "data.npz", "--cloud", 0, "-o", "out.csv")


if __name__ == "__main__":
    unittest.main()
