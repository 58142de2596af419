"""From counts to principal components, beside numpy's statement of scanpy's steps."""

import json
import unittest

import anndata
import numpy as np
import pandas as pd
import scipy.sparse
from annotated import annotated
from count_data import CELLS, GENES, PreprocessTestCase, counts, highly_variable, log_normalized, write_h5ad
from support import run


class Preprocess(PreprocessTestCase):
    def test_the_steps_are_scanpys(self):
        x = counts(genes=400)
        write_h5ad("counts.h5ad", x)
        ready = self.preprocess("counts.h5ad", "--n-top-genes", 150, "--n-comps", 6, "--min-cells", 3)
        kept = (x > 0).sum(axis=0) >= 3
        self.assertEqual(list(ready.var_names), [f"g{g}" for g in np.flatnonzero(kept)])
        expected = log_normalized(x[:, kept]).astype("f4")
        np.testing.assert_allclose(ready.X.toarray(), expected, rtol=3e-7)
        genes = highly_variable(ready.X.toarray(), 150)
        for name in ["means", "dispersions", "dispersions_norm"]:
            np.testing.assert_allclose(ready.var[name], genes[name], rtol=1e-6)
        np.testing.assert_array_equal(ready.var["highly_variable"], genes["highly_variable"])
        self.assertEqual(ready.var["highly_variable"].sum(), 150)
        np.testing.assert_allclose(ready.uns["pca_mean"], ready.X.toarray().mean(axis=0), rtol=1e-5)
        np.testing.assert_allclose(ready.var["std"], ready.X.toarray().astype("f8").std(axis=0, ddof=1), rtol=1e-6)
        self.assert_same_components(ready, ready.X.toarray()[:, genes["highly_variable"]], 6)

    def test_the_types_are_those_of_scanpy(self):
        write_h5ad(
            "counts.h5ad", counts(), state=["a", "b", "c"] * 30, batch=pd.Categorical([2, 1, 2] * 30, ordered=True)
        )
        ready = self.preprocess("counts.h5ad", "--keep-counts")
        self.assertEqual(ready.X.dtype, np.float32)
        self.assertTrue(scipy.sparse.isspmatrix_csr(ready.X))
        self.assertEqual(ready.X.indices.dtype, np.int32)
        self.assertEqual(ready.obsm["X_pca"].dtype, np.float32)
        self.assertEqual(ready.varm["PCs"].dtype, np.float64)
        self.assertEqual(ready.var["highly_variable"].dtype, bool)
        self.assertEqual(list(ready.obs["state"]), ["a", "b", "c"] * 30)
        self.assertTrue(ready.obs["batch"].cat.ordered)
        self.assertEqual(list(ready.obs["batch"].cat.categories), [1, 2])
        self.assertEqual(list(ready.obs["batch"]), [2, 1, 2] * 30)
        kept = (counts() > 0).sum(axis=0) >= 3
        np.testing.assert_array_equal(ready.layers["counts"].toarray(), counts()[:, kept])
        options = json.loads(ready.uns["cellmnn"]["preprocess"])
        self.assertEqual(options["target_sum"], np.median(counts()[:, kept].sum(axis=1)))

    def test_columns_without_a_value_are_left_out(self):
        cells = CELLS
        write_h5ad(
            "counts.h5ad",
            counts(),
            empty=np.full(cells, np.nan),
            blank=[""] * cells,
            gone=pd.Categorical([None] * cells, categories=["a"]),
            some=[np.nan] * (cells - 1) + [2.0],
        )
        out = self.succeed("preprocess", "counts.h5ad", "-o", "ready.h5ad")
        self.assertIn("left out, as no cell has a value: 'empty', 'blank', 'gone'", out.stderr)
        obs = anndata.read_h5ad("ready.h5ad").obs
        for name in ["empty", "blank", "gone"]:
            self.assertNotIn(name, obs)
        self.assertEqual(obs["some"].iloc[-1], 2)

    def test_train_reads_the_result(self):
        write_h5ad("counts.h5ad", counts())
        ready = self.preprocess("counts.h5ad")
        self.succeed("train", "ready.h5ad", "-o", "model", "--steps", 2, "--width", 8)
        predicted = self.succeed("predict", "model", "ready.h5ad", "--ahead", 0, "--genes", "-o", "now.h5ad")
        now = anndata.read_h5ad("now.h5ad")
        self.assertEqual(list(now.var_names), list(ready.var_names))
        self.assertEqual(predicted.returncode, 0)
        dims = now.obsm["X_pca"].shape[1]
        rebuilt = ready.uns["pca_mean"] + ready.obsm["X_pca"][:, :dims] @ ready.varm["PCs"][:, :dims].T
        np.testing.assert_allclose(now.X, rebuilt, atol=1e-3)

    def test_nothing_is_learnt_from_the_time_left_out(self):
        x = counts()
        day = np.arange(CELLS) % 3
        write_h5ad("a.h5ad", x, day=day)
        x[day == 1] = counts(seed=8)[day == 1] * np.arange(GENES)
        write_h5ad("b.h5ad", x, day=day)
        options = ["--fit-without", 1, "--n-top-genes", 15, "--n-comps", 5]
        a, b = self.preprocess("a.h5ad", *options), self.preprocess("b.h5ad", *options)
        pd.testing.assert_frame_equal(a.var, b.var)
        np.testing.assert_array_equal(a.varm["PCs"], b.varm["PCs"])
        np.testing.assert_array_equal(a.uns["pca_mean"], b.uns["pca_mean"])
        np.testing.assert_array_equal(a.obsm["X_pca"][day != 1], b.obsm["X_pca"][day != 1])
        projected = (b.X.toarray() - b.uns["pca_mean"]) @ b.varm["PCs"]
        np.testing.assert_allclose(b.obsm["X_pca"], projected, atol=1e-4)
        self.refused(3, ["time 7", "0, 1 and 2"], "preprocess", "a.h5ad", "-o", "out.h5ad", "--fit-without", 7)

    def test_the_result_does_not_depend_on_threads(self):
        write_h5ad("counts.h5ad", counts(cells=700))
        for threads in [1, 4]:
            self.succeed("preprocess", "counts.h5ad", "-o", f"{threads}.h5ad", "--threads", threads)
        with open("1.h5ad", "rb") as one, open("4.h5ad", "rb") as four:
            self.assertEqual(one.read(), four.read())

    def test_raw_is_read_with_its_own_genes(self):
        x = counts()
        plain = write_h5ad("counts.h5ad", x)
        raw = annotated(x, obs=plain.obs, var=plain.var)
        scaled = raw[:, 5:].copy()
        scaled.raw = raw
        scaled.X = scaled.X - scaled.X.mean(axis=0)
        scaled.write_h5ad("scaled.h5ad")
        self.refused(3, ["X: gene", "not negative", "'raw'", "--layer"], "preprocess", "scaled.h5ad", "-o", "out.h5ad")
        ready = self.preprocess("scaled.h5ad", "--layer", "raw")
        expected = self.preprocess("counts.h5ad", output="expected.h5ad")
        self.assertEqual(list(ready.var_names), list(expected.var_names))
        np.testing.assert_array_equal(ready.obsm["X_pca"], expected.obsm["X_pca"])

    def test_only_missing_categories_are_missing(self):
        treatment = pd.Categorical(["None", "NA", None] * 30, categories=["None", "NA"])
        write_h5ad("counts.h5ad", counts(), treatment=treatment)
        ready = self.preprocess("counts.h5ad")
        self.assertEqual(ready.obs["treatment"].isnull().sum(), 30)
        self.assertEqual(list(ready.obs["treatment"][:2]), ["None", "NA"])

    def test_components_are_not_more_than_the_expression_has(self):
        x = np.log1p(counts(genes=12))
        x[:, 6:] = x[:, :6]
        write_h5ad("few.h5ad", x)
        warned = self.succeed("preprocess", "few.h5ad", "-o", "out.h5ad", "--values", "log", "--min-cells", 0)
        self.assertRegex(warned.stderr, "varies in 2 directions only")
        self.refused(
            3,
            ["few.h5ad", "--n-comps"],
            "preprocess",
            "few.h5ad",
            "-o",
            "out.h5ad",
            "--values",
            "log",
            "--min-cells",
            0,
            "--n-comps",
            11,
        )

    def test_scanpy_sees_that_x_is_logarithms(self):
        write_h5ad("counts.h5ad", counts())
        self.assertIn("log1p", self.preprocess("counts.h5ad").uns)

    def test_progress_goes_to_standard_error(self):
        write_h5ad("counts.h5ad", counts())
        result = run("preprocess", "counts.h5ad", "-o", "ready.h5ad")
        self.assertEqual(result.stdout, "")
        self.assertIn("reading 100 %", result.stderr)
        self.assertIn("wrote ready.h5ad: 90 cells, 38 genes", result.stderr)
        self.assertEqual(run("preprocess", "counts.h5ad", "-o", "ready.h5ad", "--quiet").stderr, "")


if __name__ == "__main__":
    unittest.main()
