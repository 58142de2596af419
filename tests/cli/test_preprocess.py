"""From counts to principal components, beside numpy's statement of scanpy's steps."""

import gzip
import json
import os
import unittest

import anndata
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse

from support import TestCase, real_data, run

CELLS, GENES = 90, 40


def counts(cells=CELLS, genes=GENES, seed=0):
    """Counts of two kinds of cells; gene 0 is never seen, gene 1 in two cells."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(2, 1, size=genes) * np.where(rng.random((cells, genes)) < 0.5, 0.2, 3)
    x = rng.poisson(rate * rng.gamma(4, 0.25, size=(cells, 1))).astype("f4")
    x[:, 0] = 0
    x[:, 1] = 0
    x[[3, 5], 1] = 7
    return x


def write_h5ad(path, x, **columns):
    columns.setdefault("day", np.arange(x.shape[0]) % 3)
    obs = pd.DataFrame(columns, index=[f"c{i}" for i in range(x.shape[0])])
    data = anndata.AnnData(x, obs=obs, var=pd.DataFrame(index=[f"g{g}" for g in range(x.shape[1])]), dtype=x.dtype)
    data.write_h5ad(path)
    return data


def log_normalized(x, target=None):
    """scanpy's normalize_total, whose target is the median total, and log1p."""
    totals = x.astype("f8").sum(axis=1)
    target = np.median(totals[totals > 0]) if target is None else target
    return np.log1p(x * (target / np.where(totals > 0, totals, 1))[:, None])


def highly_variable(x, top):
    """scanpy's flavour 'seurat' with n_top_genes, as its source states it."""
    linear = np.expm1(x.astype("f8"))
    mean, variance = linear.mean(axis=0), linear.var(axis=0, ddof=1)
    mean[mean == 0] = 1e-12
    with np.errstate(divide="ignore"):
        genes = pd.DataFrame({"means": np.log1p(mean), "dispersions": np.log(np.where(variance > 0, variance / mean, np.nan))})
    grouped = genes.groupby(pd.cut(genes["means"], bins=20))["dispersions"]
    centre, spread = grouped.transform("mean"), grouped.transform("std", ddof=1)
    alone = spread.isnull()
    spread[alone], centre[alone] = centre[alone], 0
    genes["dispersions_norm"] = (genes["dispersions"] - centre) / spread
    ranked = np.sort(genes["dispersions_norm"].dropna())[::-1]
    genes["highly_variable"] = genes["dispersions_norm"] >= ranked[min(top, len(ranked)) - 1]
    return genes


def components(x, dims):
    """scikit-learn's PCA with the full solver: scores, loadings (G, D) and explained variances."""
    x = x.astype("f8")
    u, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return u[:, :dims] * s[:dims], vt[:dims].T, s[:dims] ** 2 / (len(x) - 1)


class Preprocess(TestCase):
    def preprocess(self, data, *arguments, output="ready.h5ad"):
        self.succeed("preprocess", data, "-o", output, *arguments)
        return anndata.read_h5ad(output)

    def assert_same_components(self, ready, x, dims):
        """Scores and loadings are those of x to 1e-5 of the largest; signs are free."""
        scores, loadings, variance = components(x, dims)
        genes = ready.var["highly_variable"].to_numpy()
        found = ready.varm["PCs"][genes]
        signs = np.sign((found * loadings).sum(axis=0))
        np.testing.assert_allclose(found * signs, loadings, atol=1e-5)
        np.testing.assert_allclose(ready.obsm["X_pca"] * signs, scores, atol=1e-5 * np.abs(scores).max())
        np.testing.assert_allclose(ready.uns["pca"]["variance"], variance, rtol=1e-5)
        np.testing.assert_allclose(ready.uns["pca"]["variance_ratio"],
                                   variance / x.astype("f8").var(axis=0, ddof=1).sum(), rtol=1e-5)
        np.testing.assert_array_equal(ready.varm["PCs"][~genes], 0)

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
        write_h5ad("counts.h5ad", counts(), state=["a", "b", "c"] * 30, batch=pd.Categorical([2, 1, 2] * 30, ordered=True))
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

    def test_every_encoding_of_the_counts_gives_the_same(self):
        x = counts()
        write_h5ad("dense.h5ad", x)
        expected = self.preprocess("dense.h5ad")
        genes, cells = [f"g{g}" for g in range(GENES)], [f"c{i}" for i in range(CELLS)]
        write_h5ad("csr.h5ad", scipy.sparse.csr_matrix(x))
        write_h5ad("csc.h5ad", scipy.sparse.csc_matrix(x.astype("i8")))
        data = write_h5ad("layer.h5ad", log_normalized(x))
        data.layers["raw_counts"] = x
        data.write_h5ad("layer.h5ad")
        pd.DataFrame(x.astype(int), index=cells, columns=genes).assign(day=np.arange(CELLS) % 3).to_csv("counts.csv")
        pd.DataFrame({"cell": cells[::-1], "day": (np.arange(CELLS) % 3)[::-1]}).to_csv("days.csv", index=False)
        for folder, zipped in [("old", False), ("new", True)]:
            os.mkdir(folder)
            opener = gzip.open if zipped else open
            ending = ".gz" if zipped else ""
            scipy.io.mmwrite(f"{folder}/matrix.mtx", scipy.sparse.coo_matrix(x.astype(int).T), field="integer")
            if zipped:
                with open(f"{folder}/matrix.mtx", "rb") as source, gzip.open(f"{folder}/matrix.mtx.gz", "wb") as target:
                    target.write(source.read())
                os.remove(f"{folder}/matrix.mtx")
            with opener(f"{folder}/barcodes.tsv{ending}", "wt") as file:
                file.writelines(f"{cell}\n" for cell in cells)
            with opener(f"{folder}/{'features' if zipped else 'genes'}.tsv{ending}", "wt") as file:
                file.writelines(f"ENS{g}\t{g}" + ("\tGene Expression\n" if zipped else "\n") for g in genes)
        for arguments in [["csr.h5ad"], ["csc.h5ad"], ["layer.h5ad", "--layer", "raw_counts"], ["counts.csv"],
                          ["old", "--obs", "days.csv"], ["new", "--obs", "days.csv"]]:
            with self.subTest(arguments[0]):
                ready = self.preprocess(*arguments, output="other.h5ad")
                np.testing.assert_array_equal(ready.X.toarray(), expected.X.toarray())
                np.testing.assert_array_equal(ready.obsm["X_pca"], expected.obsm["X_pca"])
                self.assertEqual(list(ready.var_names), list(expected.var_names))
                self.assertEqual(list(ready.obs_names), cells)
                np.testing.assert_array_equal(ready.obs["day"].astype(int), np.arange(CELLS) % 3)
        self.assertEqual(list(ready.var["gene_ids"]), ["ENS" + name for name in ready.var_names])

    def test_features_that_are_no_genes_are_left_out(self):
        os.mkdir("tenx")
        scipy.io.mmwrite("tenx/matrix.mtx", scipy.sparse.coo_matrix(counts().astype(int).T), field="integer")
        with open("tenx/barcodes.tsv", "w") as file:
            file.writelines(f"c{i}\n" for i in range(CELLS))
        with open("tenx/features.tsv", "w") as file:
            file.writelines(f"i{g}\tg{g}\t{'Antibody Capture' if g == 30 else 'Gene Expression'}\n" for g in range(GENES))
        result = self.succeed("preprocess", "tenx", "-o", "ready.h5ad")
        self.assertIn("warning: 1 features are not of the type 'Gene Expression'", result.stderr)
        self.assertIn("warning: the cells have no times", result.stderr)
        self.assertNotIn("g30", anndata.read_h5ad("ready.h5ad").var_names)

    def test_the_result_does_not_depend_on_threads(self):
        write_h5ad("counts.h5ad", counts(cells=700))
        for threads in [1, 4]:
            self.succeed("preprocess", "counts.h5ad", "-o", f"{threads}.h5ad", "--threads", threads)
        with open("1.h5ad", "rb") as one, open("4.h5ad", "rb") as four:
            self.assertEqual(one.read(), four.read())

    def test_values_that_are_no_counts(self):
        x = counts()
        normalized = x / np.maximum(x.sum(axis=1, keepdims=True), 1) * 1e4
        write_h5ad("normalized.h5ad", normalized.astype("f4"))
        write_h5ad("log.h5ad", np.log1p(normalized).astype("f4"))
        a = self.preprocess("normalized.h5ad", "--values", "normalized")
        b = self.preprocess("log.h5ad", "--values", "log")
        np.testing.assert_allclose(a.X.toarray(), b.X.toarray(), rtol=1e-6)
        self.refused(3, ["normalized.h5ad", "whole numbers", "--values normalized or --values log"],
                     "preprocess", "normalized.h5ad", "-o", "out.h5ad")
        self.refused(3, ["normalized.h5ad", "too large for a logarithm", "--values normalized"],
                     "preprocess", "normalized.h5ad", "-o", "out.h5ad", "--values", "log")
        self.refused(2, ["--target-sum needs --values counts"],
                     "preprocess", "log.h5ad", "-o", "out.h5ad", "--values", "log", "--target-sum", 100)

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

    def test_gene_names_that_come_twice_get_a_number(self):
        data = write_h5ad("twice.h5ad", counts())
        data.var_names = ["Actb" if 4 <= g < 7 else f"g{g}" for g in range(GENES)]
        data.write_h5ad("twice.h5ad")
        result = self.succeed("preprocess", "twice.h5ad", "-o", "ready.h5ad")
        self.assertIn("warning: 2 genes had the name of another and got a new one: 'Actb -> Actb-1'", result.stderr)
        names = list(anndata.read_h5ad("ready.h5ad").var_names)
        self.assertEqual([name for name in names if "Actb" in name], ["Actb", "Actb-1", "Actb-2"])

    def test_files_without_gene_names_are_refused(self):
        np.savetxt("a.csv", counts(), delimiter=",", fmt="%d")
        self.refused(3, ["a.csv", "line 1, column 2", "name of a gene"], "preprocess", "a.csv", "-o", "out.h5ad")
        os.mkdir("tenx")
        scipy.io.mmwrite("tenx/matrix.mtx", scipy.sparse.coo_matrix(counts().astype(int).T))
        self.refused(3, ["tenx", "no features.tsv"], "preprocess", "tenx", "-o", "out.h5ad")

    def test_damaged_10x_folders_are_refused(self):
        os.mkdir("tenx")
        with open("tenx/barcodes.tsv", "w") as file:
            file.write("c0\nc1\n")
        with open("tenx/genes.tsv", "w") as file:
            file.write("i0\tg0\ni1\tg1\ni2\tg2\n")
        header = "%%MatrixMarket matrix coordinate integer general\n%\n"
        for text, words in [("3 2 1\n4 1 5\n", ["line 4", "'4 1 5' is outside of 3 x 2"]),
                            ("3 2 2\n1 1 5\n", ["after 1 of 2 entries"]),
                            ("3 2 1\n1 x 5\n", ["line 4", "three numbers"]),
                            ("3 5 1\n1 1 5\n", ["3 genes x 5 cells", "3 genes and 2 cells"]),
                            ("3 2 2\n1 1 5\n1 1 6\n", ["row 1 has two values in column 1"])]:
            with open("tenx/matrix.mtx", "w") as file:
                file.write(header + text)
            self.refused(3, ["matrix.mtx", *words], "preprocess", "tenx", "-o", "out.h5ad")
        with open("tenx/matrix.mtx", "w") as file:
            file.write("not a matrix\n")
        self.refused(3, ["line 1", "%%MatrixMarket"], "preprocess", "tenx", "-o", "out.h5ad")
        os.remove("tenx/matrix.mtx")
        with open("tenx/matrix.mtx.gz", "wb") as file:
            file.write(gzip.compress((header + "3 2 1\n1 1 5\n").encode())[:-9])
        self.refused(3, ["matrix.mtx.gz", "truncated"], "preprocess", "tenx", "-o", "out.h5ad")

    def test_obs_files_must_know_all_cells(self):
        write_h5ad("counts.h5ad", counts())
        with open("days.csv", "w") as file:
            file.write("cell,day\nc0,1\n")
        self.refused(3, ["days.csv", "no row for the cell 'c1'"],
                     "preprocess", "counts.h5ad", "-o", "out.h5ad", "--obs", "days.csv")

    def test_outputs_are_not_inputs_and_have_the_right_ending(self):
        write_h5ad("counts.h5ad", counts())
        self.refused(3, ["is an input"], "preprocess", "counts.h5ad", "-o", "counts.h5ad")
        self.refused(2, ["must end in .h5ad"], "preprocess", "counts.h5ad", "-o", "ready.csv")
        self.refused(3, ["500 principal components"], "preprocess", "counts.h5ad", "-o", "out.h5ad", "--n-comps", 500)

    def test_progress_goes_to_standard_error(self):
        write_h5ad("counts.h5ad", counts())
        result = run("preprocess", "counts.h5ad", "-o", "ready.h5ad")
        self.assertEqual(result.stdout, "")
        self.assertIn("reading 100 %", result.stderr)
        self.assertIn("wrote ready.h5ad: 90 cells, 38 genes", result.stderr)
        self.assertEqual(run("preprocess", "counts.h5ad", "-o", "ready.h5ad", "--quiet").stderr, "")

    def test_real_data_have_the_components_of_a_full_svd(self):
        for name, values in [("hsmm.h5ad", "log"), ("larry.h5ad", "normalized")]:
            with self.subTest(name):
                ready = self.preprocess(real_data(name), "--values", values, "--n-comps", 20)
                x = ready.X.toarray()
                genes = highly_variable(x, 2000)
                np.testing.assert_array_equal(ready.var["highly_variable"], genes["highly_variable"])
                self.assert_same_components(ready, x[:, genes["highly_variable"]], 20)


if __name__ == "__main__":
    unittest.main()
