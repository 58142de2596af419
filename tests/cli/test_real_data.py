"""Time courses that others have published. They are not part of the project: CELLMNN_DATA is their folder."""

import json
import unittest

import anndata
import numpy as np
from count_data import PreprocessTestCase, highly_variable
from h5ad_contents import contents
from support import real_data

EB_CELLS = [2381, 4163, 3278, 3665, 3332]  # of embryoid bodies, by time


class RealData(PreprocessTestCase):
    def assert_cells_are_told(self, result):
        for cells in EB_CELLS:
            self.assertIn(f"{cells:,}", result.stderr)

    def test_the_same_cells_in_two_formats(self):
        for name, dims in [("eb_pcs.npz", 100), ("eb.h5ad", 50)]:
            data = json.loads(self.succeed("inspect", real_data(name), "--json").stdout)
            self.assertEqual([time["cells"] for time in data["times"]], EB_CELLS)
            self.assertEqual([time["time"] for time in data["times"]], [0, 1, 2, 3, 4])
            self.assertEqual(data["available_dims"], dims)

    def test_training_says_what_was_understood(self):
        self.assert_cells_are_told(self.succeed("train", real_data("eb.h5ad"), "-o", "model", "--steps", 1))

    def test_previous_snapshots_score_as_known(self):
        arguments = ["--methods", "previous,next", "--json", "scores.json"]
        result = self.succeed("evaluate", real_data("eb_pcs.npz"), *arguments)
        with open("scores.json") as file:
            scores = json.load(file)["results"]
        w1 = {(score["method"], score["hold_out"]): score["w1"] for score in scores}
        for hold_out, previous, following in [(1, 1.6630, 1.2507), (2, 1.2507, 0.7589), (3, 0.7589, 1.6169)]:
            self.assertAlmostEqual(w1["previous", hold_out], previous, delta=5e-5)
            self.assertAlmostEqual(w1["next", hold_out], following, delta=5e-5)
        self.assert_cells_are_told(result)

    def test_components_are_those_of_a_full_svd(self):
        for name, values in [("hsmm.h5ad", "log"), ("larry.h5ad", "normalized")]:
            with self.subTest(name):
                ready = self.preprocess(real_data(name), "--values", values, "--n-comps", 20)
                x = ready.X.toarray()
                genes = highly_variable(x, 2000)
                np.testing.assert_array_equal(ready.var["highly_variable"], genes["highly_variable"])
                self.assert_same_components(ready, x[:, genes["highly_variable"]], 20)

    def test_annotation_keeps_what_other_tools_wrote(self):
        for name, has_components in [("eb.h5ad", True), ("larry.h5ad", True), ("moscot_temporal_tests.h5ad", False)]:
            with self.subTest(name):
                path = real_data(name)
                if not has_components:
                    self.preprocess(path, "--values", "log", "--n-comps", 5)
                    path = "ready.h5ad"
                self.succeed("train", path, "-o", "model", "--steps", 2, "--width", 8)
                self.succeed("annotate", "model", path, "-o", "out.h5ad")
                before, after = contents(path), contents("out.h5ad")
                for entry in set(before) - {"obs"}:
                    np.testing.assert_equal(after[entry], before[entry], entry)
                self.assertTrue(np.isfinite(anndata.read_h5ad("out.h5ad").obsm["velocity_pca"]).all())


if __name__ == "__main__":
    unittest.main()
