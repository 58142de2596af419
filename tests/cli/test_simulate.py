"""Simulated data and the truth behind them."""

import csv
import json
import unittest

import anndata
import numpy as np
from support import TestCase, write_npz


class Simulate(TestCase):
    def test_cells_network_and_trajectories(self):
        self.succeed(
            "simulate",
            "-o",
            "data.h5ad",
            "--cells",
            30,
            "--genes",
            16,
            "--times",
            "0,1,2.5",
            "--paths",
            4,
            "--network",
            "network.csv",
            "--trajectories",
            "paths.npz",
        )
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

    def test_cells_divide_and_die(self):
        arguments = ["--cells", 100, "--genes", 12, "--times", "0,1,2", "--division", 1, "--death", 0.5]
        self.succeed("simulate", "-o", "data.h5ad", *arguments, "--counts", "counts.csv")
        obs = anndata.read_h5ad("data.h5ad").obs
        growth = np.asarray(obs["growth"], float)
        self.assertGreater(growth.max(), 0.8)
        self.assertLess(growth.min(), -0.4)
        self.assertGreater(growth[obs["fate"] == 1].min(), growth[obs["fate"] == 2].max())
        with open("counts.csv") as file:
            counts = [(float(row["time"]), float(row["count"])) for row in csv.DictReader(file)]
        self.assertEqual([time for time, _ in counts], [0, 1, 2])
        self.assertEqual(counts[0][1], 100)
        self.assertGreater(counts[2][1], counts[1][1])
        self.succeed("simulate", "-o", "still.h5ad", "--cells", 10)
        self.assertNotIn("growth", anndata.read_h5ad("still.h5ad").obs)
        self.refused(2, ["--death is 4", "0 to 2.5"], "simulate", "-o", "x.h5ad", *arguments[:-1], 4)
        self.refused(2, ["--counts", ".csv"], "simulate", "-o", "x.h5ad", "--counts", "counts.txt")

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

    def test_inflation_keeps_the_distribution_and_the_shares_of_the_times(self):
        write_npz("data.npz", cells=40, dims=3, times=(0, 1, 4))
        with np.load("data.npz") as data:
            cells, times = data["pcs"], data["sample_labels"]
        kept = times != 4
        kept[np.flatnonzero(~kept)[:10]] = True
        np.savez("data.npz", pcs=cells[kept], sample_labels=times[kept])
        self.succeed("simulate", "--inflate", "data.npz", "--cells", 90000, "-o", "big.npz")
        big = np.load("big.npz")
        self.assertEqual(big["pcs"].dtype, np.float32)
        self.assertEqual(big["sample_labels"].dtype, np.float64)
        self.assertEqual(big["pcs"].shape, (90000, 3))
        for time, count in [(0, 40000), (1, 40000), (4, 10000)]:
            small, large = cells[kept & (times == time)], big["pcs"][big["sample_labels"] == time]
            self.assertEqual(len(large), count)
            np.testing.assert_allclose(large.mean(axis=0), small.mean(axis=0), atol=0.05)
            np.testing.assert_allclose(large.var(axis=0), small.var(axis=0) + 0.01, rtol=0.05)
            noise = large[:500, None] - small
            nearest = noise[np.arange(500), (noise**2).sum(axis=2).argmin(axis=1)]
            self.assertAlmostEqual(nearest.std(), 0.1, delta=0.01)
        self.succeed("train", "big.npz", "-o", "model", "--steps", 2)

    def test_an_inflation_is_made_by_its_seed(self):
        write_npz("data.npz")
        inflate = ["simulate", "--inflate", "data.npz", "--cells", 1000]
        for name, seed in [("a", 1), ("b", 1), ("c", 2)]:
            self.succeed(*inflate, "-o", name + ".npz", "--seed", seed)
        with open("a.npz", "rb") as a, open("b.npz", "rb") as b, open("c.npz", "rb") as c:
            a, b, c = a.read(), b.read(), c.read()
        self.assertEqual(a, b)
        self.assertNotEqual(a, c)

    def test_dims_and_keys_of_an_inflation(self):
        write_npz("data.npz", dims=8)
        for arguments, dims in [([], 5), (["--dims", 7, "--embedding-key", "pcs"], 7)]:
            self.succeed("simulate", "--inflate", "data.npz", "--cells", 200, "-o", "big.npz", *arguments)
            self.assertEqual(np.load("big.npz")["pcs"].shape, (200, dims))


if __name__ == "__main__":
    unittest.main()
