"""Values that are no counts, and requests that cannot be met."""

import os
import unittest

import numpy as np
from count_data import GENES, PreprocessTestCase, counts, log_normalized, write_h5ad


class PreprocessValues(PreprocessTestCase):
    def test_values_that_are_no_counts(self):
        x = counts()
        normalized = x / np.maximum(x.sum(axis=1, keepdims=True), 1) * 1e4
        write_h5ad("normalized.h5ad", normalized.astype("f4"))
        write_h5ad("log.h5ad", np.log1p(normalized).astype("f4"))
        a = self.preprocess("normalized.h5ad", "--values", "normalized")
        b = self.preprocess("log.h5ad", "--values", "log")
        np.testing.assert_allclose(a.X.toarray(), b.X.toarray(), rtol=1e-6)
        self.refused(
            3,
            ["normalized.h5ad", "whole numbers", "--values normalized or --values log"],
            "preprocess",
            "normalized.h5ad",
            "-o",
            "out.h5ad",
        )
        self.refused(
            3,
            ["normalized.h5ad", "too large for a logarithm", "--values normalized"],
            "preprocess",
            "normalized.h5ad",
            "-o",
            "out.h5ad",
            "--values",
            "log",
        )
        self.refused(
            2,
            ["--target-sum needs --values counts"],
            "preprocess",
            "log.h5ad",
            "-o",
            "out.h5ad",
            "--values",
            "log",
            "--target-sum",
            100,
        )

    def test_a_layer_is_suggested_where_x_holds_no_counts(self):
        data = write_h5ad("a.h5ad", log_normalized(counts()))
        data.layers["counts"] = counts()
        data.write_h5ad("a.h5ad")
        self.refused(3, ["whole numbers", "layers 'counts' (--layer)"], "preprocess", "a.h5ad", "-o", "out.h5ad")
        self.refused(3, ["no layer 'count'", "'counts'"], "preprocess", "a.h5ad", "-o", "out.h5ad", "--layer", "count")

    def test_bad_values_are_named(self):
        for value, words in [(-1, ["is -1", "not negative"]), (np.nan, ["is nan"]), (np.inf, ["is inf"])]:
            x = counts()
            x[4, 7] = value
            write_h5ad("bad.h5ad", x)
            self.refused(3, ["bad.h5ad", "gene 'g7' of cell 'c4'", *words], "preprocess", "bad.h5ad", "-o", "out.h5ad")
            self.assertFalse(os.path.exists("out.h5ad"))

    def test_genes_without_counts(self):
        write_h5ad("counts.h5ad", counts())
        ready = self.preprocess("counts.h5ad", "--min-cells", 0)
        self.assertEqual(ready.n_vars, GENES)
        self.assertFalse(ready.var["highly_variable"]["g0"])
        self.assertTrue(np.isfinite(ready.varm["PCs"]).all() and np.isfinite(ready.obsm["X_pca"]).all())
        write_h5ad("zero.h5ad", np.zeros((20, 5), "f4"))
        self.refused(3, ["0 cells and 0 genes left", "--min-genes"], "preprocess", "zero.h5ad", "-o", "out.h5ad")

    def test_outputs_are_not_inputs_and_have_the_right_ending(self):
        write_h5ad("counts.h5ad", counts())
        self.refused(3, ["is an input"], "preprocess", "counts.h5ad", "-o", "counts.h5ad")
        self.refused(2, ["must end in .h5ad"], "preprocess", "counts.h5ad", "-o", "ready.csv")
        self.refused(3, ["500 principal components"], "preprocess", "counts.h5ad", "-o", "out.h5ad", "--n-comps", 500)


if __name__ == "__main__":
    unittest.main()
