"""Predicted cells: their order, names and places, in every format."""

import csv
import unittest

import anndata
import numpy as np
from support import TestCase, moving_cells, write_npz


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
        np.testing.assert_allclose(table["X_cellmnn"], self.x, atol=1e-4)
        self.assertFalse(table["extrapolated"].any())

    def test_cells_move_as_the_data_do(self):
        table = self.predict("--ahead", 1, "--from", 1)
        self.assertEqual(len(table["time"]), 40)
        self.assertAlmostEqual(float(np.mean(table["X_cellmnn"][:, 0] - table["X_pca"][:, 0])), 2, delta=0.7)

    def test_the_velocity_is_the_derivative_of_the_prediction(self):
        table = self.predict("--ahead", 0.001)
        difference = (table["X_cellmnn"].astype(float) - self.x) / 0.001
        np.testing.assert_allclose(table["velocity_cellmnn"], difference, rtol=0.02, atol=0.02)

    def test_times_ahead_and_given_times_agree(self):
        ahead = self.predict("--ahead", 1.5, "--from", 1)
        given = self.predict("--times", "2.5", "--from", 1)
        np.testing.assert_array_equal(ahead["X_cellmnn"], given["X_cellmnn"])

    def test_cells_of_one_time_are_enough(self):
        chosen = self.t == 1
        np.savez("one.npz", X_pca=self.x[chosen], time=self.t[chosen])
        alone = self.predict("--ahead", 1, data="one.npz")
        among = self.predict("--ahead", 1, "--from", 1, output="among.npz")
        np.testing.assert_array_equal(alone["X_cellmnn"], among["X_cellmnn"])

    def test_several_times_have_an_array_each(self):
        table = self.predict("--times", "0.5,2,7", "--from", 0)
        np.testing.assert_array_equal(table["X_cellmnn"], table["X_cellmnn_t0.5"])
        alone = self.predict("--times", "2", "--from", 0, output="alone.npz")
        np.testing.assert_allclose(alone["X_cellmnn"], table["X_cellmnn_t2"], atol=1e-4)
        self.assertFalse(table["extrapolated_t2"].any())
        self.assertTrue(table["extrapolated_t7"].all())

    def test_the_past_can_be_asked_for(self):
        table = self.predict("--ahead", -1, "--from", 2)
        np.testing.assert_array_equal(table["predicted_time"], np.ones(40))
        self.assertLess(np.mean(table["X_cellmnn"][:, 0]), np.mean(table["X_pca"][:, 0]))

    def test_cells_that_leave_the_data_are_flagged(self):
        table = self.predict("--ahead", 3)
        low, high = self.x.min(axis=0), self.x.max(axis=0)
        outside = ((table["X_cellmnn"] < low) | (table["X_cellmnn"] > high)).any(axis=1)
        self.assertTrue(outside.any() and not outside.all())
        np.testing.assert_array_equal(table["outside_data"] == 1, outside)
        np.testing.assert_array_equal(table["extrapolated"] == 1, self.t > 0)

    def test_the_result_does_not_depend_on_threads(self):
        one = self.predict("--ahead", 1, "--threads", 1)
        four = self.predict("--ahead", 1, "--threads", 4, output="four.npz")
        for name in one.files:
            np.testing.assert_array_equal(one[name], four[name])

    def test_more_dimensions_than_the_model_are_left_out(self):
        np.savez("wide.npz", pcs=np.hstack([self.x, self.x]), sample_labels=self.t)
        np.testing.assert_array_equal(
            self.predict("--ahead", 1)["X_cellmnn"],
            self.predict("--ahead", 1, data="wide.npz", output="wide-out.npz")["X_cellmnn"],
        )

    def test_all_formats_hold_the_same(self):
        self.predict("--ahead", 1, output="out.npz")
        table = np.load("out.npz")
        data = self.predict("--ahead", 1, output="out.h5ad")
        np.testing.assert_array_equal(data.obsm["X_cellmnn"], table["X_cellmnn"])
        np.testing.assert_array_equal(data.obsm["velocity_cellmnn"], table["velocity_cellmnn"])
        np.testing.assert_array_equal(np.asarray(data.obs["predicted_time"], float), table["predicted_time"])
        self.assertEqual(list(data.obs_names), list(table["names"]))
        self.succeed("predict", "model", "data.npz", "-o", "out.csv", "--ahead", 1)
        with open("out.csv") as file:
            rows = list(csv.DictReader(file))
        cells = np.array([[row[f"X_cellmnn_{d}"] for d in range(1, 5)] for row in rows], np.float32)
        np.testing.assert_array_equal(cells, table["X_cellmnn"])


class PredictGenes(TestCase):
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


if __name__ == "__main__":
    unittest.main()
