"""Predicted cells: their order, names and places, in every format."""

import csv
import os
import subprocess
import time
import unittest

import anndata
import numpy as np
import pandas as pd
from support import TestCase, command, moving_cells, write_npz


class Predict(TestCase):
    def prepare(self):
        write_npz("data.npz")
        self.succeed("train", "data.npz", "-o", "model", "--steps", 300, "--width", 16, "--lr", 5e-3)

    def setUp(self):
        super().setUp()
        self.x, self.t = moving_cells()

    def predict(self, *arguments, output="out.npz", data="data.npz"):
        self.succeed("predict", "model", data, "-o", output, *arguments)
        return np.load(output) if output.endswith(".npz") else anndata.read_h5ad(output)

    def test_cells_keep_the_order_of_the_file(self):
        table = self.predict("--ahead", 1)
        np.testing.assert_array_equal(table["X_pca"], self.x)
        np.testing.assert_array_equal(table["time"], self.t)
        np.testing.assert_array_equal(table["predicted_time"], self.t + 1)

    def test_no_time_ahead_is_where_the_cells_are(self):
        table = self.predict("--ahead", 0)
        np.testing.assert_allclose(table["X_predicted"], self.x, atol=1e-4)
        self.assertFalse(table["extrapolated"].any())

    def test_cells_move_as_the_data_do(self):
        table = self.predict("--ahead", 1, "--from", 1)
        self.assertEqual(len(table["time"]), 40)
        self.assertAlmostEqual(float(np.mean(table["X_predicted"][:, 0] - table["X_pca"][:, 0])), 2, delta=0.7)

    def test_the_velocity_is_the_derivative_of_the_prediction(self):
        table = self.predict("--ahead", 0.001)
        difference = (table["X_predicted"].astype(float) - self.x) / 0.001
        np.testing.assert_allclose(table["velocity_cellmnn"], difference, rtol=0.02, atol=0.02)

    def test_times_ahead_and_given_times_agree(self):
        ahead = self.predict("--ahead", 1.5, "--from", 1)
        given = self.predict("--times", "2.5", "--from", 1)
        np.testing.assert_array_equal(ahead["X_predicted"], given["X_predicted"])

    def test_cells_of_one_time_are_enough(self):
        chosen = self.t == 1
        np.savez("one.npz", X_pca=self.x[chosen], time=self.t[chosen])
        alone = self.predict("--ahead", 1, data="one.npz")
        among = self.predict("--ahead", 1, "--from", 1, output="among.npz")
        np.testing.assert_array_equal(alone["X_predicted"], among["X_predicted"])

    def test_several_times_have_an_array_each(self):
        table = self.predict("--times", "0.5,2,7", "--from", 0)
        np.testing.assert_array_equal(table["X_predicted"], table["X_cellmnn_t0.5"])
        alone = self.predict("--times", "2", "--from", 0, output="alone.npz")
        np.testing.assert_allclose(alone["X_predicted"], table["X_cellmnn_t2"], atol=1e-4)
        self.assertFalse(table["extrapolated_t2"].any())
        self.assertTrue(table["extrapolated_t7"].all())

    def test_the_past_can_be_asked_for(self):
        table = self.predict("--ahead", -1, "--from", 2)
        np.testing.assert_array_equal(table["predicted_time"], np.ones(40))
        self.assertLess(np.mean(table["X_predicted"][:, 0]), np.mean(table["X_pca"][:, 0]))

    def test_cells_that_leave_the_data_are_flagged(self):
        table = self.predict("--ahead", 3)
        low, high = self.x.min(axis=0), self.x.max(axis=0)
        outside = ((table["X_predicted"] < low) | (table["X_predicted"] > high)).any(axis=1)
        self.assertTrue(outside.any() and not outside.all())
        np.testing.assert_array_equal(table["outside_data"], outside)
        np.testing.assert_array_equal(table["extrapolated"], self.t > 0)

    def test_the_result_does_not_depend_on_threads(self):
        one = self.predict("--ahead", 1, "--threads", 1)
        four = self.predict("--ahead", 1, "--threads", 4, output="four.npz")
        for name in one.files:
            np.testing.assert_array_equal(one[name], four[name])

    def test_more_dimensions_than_the_model_are_left_out(self):
        np.savez("wide.npz", pcs=np.hstack([self.x, self.x]), sample_labels=self.t)
        np.testing.assert_array_equal(
            self.predict("--ahead", 1)["X_predicted"],
            self.predict("--ahead", 1, data="wide.npz", output="wide-out.npz")["X_predicted"],
        )

    def test_all_formats_hold_the_same(self):
        self.predict("--ahead", 1, output="out.npz")
        table = np.load("out.npz")
        data = self.predict("--ahead", 1, output="out.h5ad")
        np.testing.assert_array_equal(data.obsm["X_predicted"], table["X_predicted"])
        np.testing.assert_array_equal(data.obsm["velocity_cellmnn"], table["velocity_cellmnn"])
        np.testing.assert_array_equal(np.asarray(data.obs["predicted_time"], float), table["predicted_time"])
        self.assertEqual(list(data.obs_names), list(table["names"]))
        self.succeed("predict", "model", "data.npz", "-o", "out.csv", "--ahead", 1)
        with open("out.csv") as file:
            rows = list(csv.DictReader(file))
        cells = np.array([[row[f"X_predicted_{d}"] for d in range(1, 5)] for row in rows], np.float32)
        np.testing.assert_array_equal(cells, table["X_predicted"])

    def test_where_a_cell_is_and_where_it_will_be(self):
        table = self.predict("--times", "1,2", "--from", 0)
        np.testing.assert_array_equal(table["X_cellmnn"], table["X_pca"])
        np.testing.assert_array_equal(table["X_predicted"], table["X_cellmnn_t1"])
        self.assertEqual(table["extrapolated"].dtype, bool)

    def test_standard_output_gets_a_csv(self):
        self.predict("--ahead", 1)
        table = np.load("out.npz")
        result = self.succeed("predict", "model", "data.npz", "--ahead", 1, "-o", "-")
        rows = list(csv.DictReader(result.stdout.splitlines()))
        self.assertEqual(len(rows), len(table["time"]))
        self.assertEqual({row["extrapolated"] for row in rows}, {"True", "False"})

    def test_endings_are_checked_before_the_work(self):
        self.refused(
            2, ["--output", ".h5ad, .npz or .csv"], "predict", "no-model", "no-data.npz", "--ahead", 1, "-o", "out.xlsx"
        )


class PredictColumns(TestCase):
    def test_columns_of_the_cells_are_kept(self):
        self.succeed("simulate", "-o", "plain.h5ad", "--cells", 30, "--times", "0,1,2")
        data = anndata.read_h5ad("plain.h5ad")
        states = np.array(["None", "LPS", "NA"])[np.arange(data.n_obs) % 3]
        data.obs["state"] = pd.Categorical(states)
        data.obs["state"] = data.obs["state"].where(np.arange(data.n_obs) > 0)
        data.obs["score"] = np.arange(data.n_obs, dtype=float)
        data.obs["empty"] = np.nan
        data.write_h5ad("data.h5ad")
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 3, "--width", 8)
        warned = self.succeed("predict", "model", "data.h5ad", "--ahead", 1, "--from", 1, "-o", "out.h5ad")
        self.assertIn("'empty'", warned.stderr)
        out = anndata.read_h5ad("out.h5ad")
        kept = data.obs.loc[out.obs_names]
        self.assertEqual(list(out.obs["state"]), list(kept["state"]))
        self.assertEqual(list(out.obs["score"]), list(kept["score"]))
        self.assertEqual(out.obs["outside_data"].dtype, bool)
        self.assertNotIn("empty", out.obs)
        self.succeed("predict", "model", "data.h5ad", "--ahead", 1, "-o", "out.csv")
        with open("out.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row["state"] for row in rows], ["", *states[1:]])


class PredictGenes(TestCase):
    def test_genes_of_a_file_that_stores_no_mean(self):
        self.succeed("simulate", "-o", "full.h5ad", "--cells", 40)
        data = anndata.read_h5ad("full.h5ad")
        del data.uns["pca_mean"]
        data.write_h5ad("data.h5ad")
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 3, "--width", 8)
        self.succeed("predict", "model", "data.h5ad", "--ahead", 0, "--genes", "-o", "out.h5ad")
        expected = data.X.mean(axis=0) + data.obsm["X_pca"] @ data.varm["PCs"].T
        np.testing.assert_allclose(anndata.read_h5ad("out.h5ad").X, expected, atol=1e-3)

    def test_genes_are_read_out_through_mean_and_loadings(self):
        self.succeed("simulate", "-o", "data.h5ad", "--cells", 40)
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 20)
        self.succeed("predict", "model", "data.h5ad", "--ahead", 0, "--genes", "-o", "out.h5ad")
        data, out = anndata.read_h5ad("data.h5ad"), anndata.read_h5ad("out.h5ad")
        self.assertEqual(list(out.var_names), list(data.var_names))
        self.assertEqual(list(out.obs_names), list(data.obs_names))
        expected = data.uns["pca_mean"] + data.obsm["X_pca"] @ data.varm["PCs"].T
        np.testing.assert_allclose(out.X, expected, atol=1e-3)
        explained = 1 - np.var(data.X - out.X) / np.var(data.X)
        self.assertGreater(explained, 0.5)


class PredictRows(TestCase):
    """Parts of an array of jobs, and memory."""

    def prepare(self):
        write_npz("data.npz")
        self.succeed("train", "data.npz", "-o", "model", "--steps", 30, "--width", 8)

    def test_parts_make_the_whole(self):
        self.succeed("predict", "model", "data.npz", "--ahead", 1, "-o", "whole.npz")
        for part, rows in enumerate(["0:1", "1:70", "70:160"]):
            self.succeed("predict", "model", "data.npz", "--ahead", 1, "--rows", rows, "-o", f"{part}.npz")
        whole, parts = np.load("whole.npz"), [np.load(f"{part}.npz") for part in range(3)]
        for name in whole.files:
            np.testing.assert_array_equal(np.concatenate([part[name] for part in parts]), whole[name])

    def test_rows_that_are_none_are_refused(self):
        line = ["predict", "model", "data.npz", "--ahead", 1, "-o", "out.npz", "--rows"]
        for rows in ("5", "5:5", "9:3"):
            self.refused(2, ["--rows", f"'{rows}'", "A:B"], *line, rows)
        self.refused(2, ["--rows"], *line, "a:5")
        self.refused(3, ["data.npz", "160 cells", "0:161"], *line, "0:161")

    def test_populations_have_no_rows(self):
        line = ["predict", "model", "data.npz", "--times", 2, "-o", "out.npz", "--rows", "0:5"]
        self.refused(2, ["--rows", "--resample"], *line, "--resample", 10)
        self.refused(2, ["--rows", "--cloud"], *line, "--cloud", 10)

    def test_memory_does_not_grow_with_the_cells(self):
        write_npz("data.npz", cells=500, dims=5)
        self.succeed("train", "data.npz", "-o", "model", "--steps", 3, "--width", 8)
        # A row of the table has 100 bytes.
        few, many = self.peak_memory(1_000_000), self.peak_memory(4_000_000)
        self.assertLess(many - few, 3_000_000 * 100 / 2)

    def peak_memory(self, cells):
        """Of predicting so many, in bytes."""
        write_npz("many.npz", cells=cells // 4, dims=5)
        line = command("predict", "model", "many.npz", "--ahead", 1, "-o", "out.npz", "--quiet")
        # AddressSanitizer keeps what is freed.
        process = subprocess.Popen(line, env={**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=16"})
        most = 0  # kB; what wait4() says counts this process before it became the program
        while process.poll() is None:
            with open(f"/proc/{process.pid}/status") as status:
                most = max([most, *(int(line.split()[1]) for line in status if line.startswith("VmHWM"))])
            time.sleep(0.002)
        self.assertEqual(process.returncode, 0)
        self.assertGreater(most, 0)
        return most * 1024


if __name__ == "__main__":
    unittest.main()
