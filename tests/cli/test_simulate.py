"""Simulated data and the truth behind them."""

import csv
import json
import unittest

import anndata
import numpy as np

from support import TestCase


class Simulate(TestCase):
    def test_cells_network_and_trajectories(self):
        self.succeed("simulate", "-o", "data.h5ad", "--cells", 30, "--genes", 16, "--times", "0,1,2.5", "--paths", 4,
                     "--network", "network.csv", "--trajectories", "paths.npz")
        data = anndata.read_h5ad("data.h5ad")
        self.assertEqual(data.shape, (90, 16))
        self.assertEqual(sorted(set(np.asarray(data.obs["time"], float))), [0, 1, 2.5])
        self.assertLessEqual(set(np.asarray(data.obs["fate"], float)), {0, 1, 2})
        with open("network.csv") as file:
            edges = list(csv.DictReader(file))
        self.assertEqual(list(edges[0]), ["Gene1", "Gene2", "Sign"])
        for edge in edges:
            self.assertIn(edge["Gene1"], data.var_names)
            self.assertIn(edge["Gene2"], data.var_names)
            self.assertIn(edge["Sign"], "+-")
        paths = np.load("paths.npz")
        self.assertEqual(paths["trajectories"].shape, (4, len(paths["times"]), 16))
        self.assertTrue(np.isfinite(paths["trajectories"]).all())

    def test_every_format_is_read_back_alike(self):
        seen = []
        for name in ["data.h5ad", "data.npz", "data.csv"]:
            self.succeed("simulate", "-o", name, "--cells", 20)
            data = json.loads(self.succeed("inspect", name, "--json").stdout)
            seen.append((data["cells"], data["dims"], data["times"]))
        self.assertEqual(seen[0], seen[1])
        self.assertEqual(seen[0], seen[2])

    def test_the_seed_makes_the_data(self):
        cells = {}
        for name, seed in [("a", 1), ("b", 1), ("c", 2)]:
            self.succeed("simulate", "-o", name + ".npz", "--cells", 10, "--seed", seed)
            cells[name] = np.load(name + ".npz")["X_pca"]
        np.testing.assert_array_equal(cells["a"], cells["b"])
        self.assertFalse(np.array_equal(cells["a"], cells["c"]))


if __name__ == "__main__":
    unittest.main()
