"""Data larger than a block, several files as one data set, and modalities of .h5mu."""

import unittest

import anndata
import h5py
import numpy as np
import pandas as pd
import scipy.sparse
from annotated import annotated
from count_data import CELLS, GENES, PreprocessTestCase, counts, write_h5ad


def write_h5mu(path, **modalities):
    """The .h5ad files as modalities; the day of the cells in the table of all."""
    with h5py.File(path, "w") as file:
        for name, source in modalities.items():
            with h5py.File(source) as other:
                group = file.create_group(f"mod/{name}")
                for element in other:
                    other.copy(element, group)
        file.copy(f"mod/{name}/obs", "obs")
        del file["obs/day"]
        order = [column for column in file["obs"].attrs["column-order"] if column != "day"]
        file["obs"].attrs["column-order"] = [*order, "hour"]
        hour = file.create_dataset("obs/hour", data=np.arange(CELLS) % 3 * 24.0)
        hour.attrs.update({"encoding-type": "array", "encoding-version": "0.2.0"})


class PreprocessBlocks(PreprocessTestCase):
    def test_blocks_and_threads_change_no_bit(self):
        x = counts(cells=2200, genes=2200) + 1  # 4.8 million values: several blocks
        write_h5ad("csr.h5ad", scipy.sparse.csr_matrix(x))
        write_h5ad("csc.h5ad", scipy.sparse.csc_matrix(x))
        write_h5ad("dense.h5ad", x)
        written = []
        for name, threads in [("csr", 1), ("csr", 3), ("csc", 1), ("dense", 2)]:
            options = ["--threads", threads, "--n-top-genes", 60, "--n-comps", 5, "--fit-without", 2]
            self.succeed("preprocess", f"{name}.h5ad", "-o", "ready.h5ad", *options)
            with open("ready.h5ad", "rb") as file:
                written.append(file.read())
        self.assertEqual(len(set(written)), 1)
        ready = anndata.read_h5ad("ready.h5ad")
        fitted = ready[ready.obs["day"] != 2]
        self.assert_same_components(fitted, fitted.X.toarray()[:, fitted.var["highly_variable"]], 5)


class PreprocessFiles(PreprocessTestCase):
    def test_several_files_are_one_data_set_of_their_common_genes(self):
        x = counts()
        write_h5ad("whole.h5ad", x[:, 3:])
        whole = self.preprocess("whole.h5ad", "--n-comps", 6)
        names = np.array([f"g{g}" for g in range(GENES - 3)])
        other = np.random.default_rng(1).permutation(GENES)
        for name, cells, genes in [("a", slice(0, 40), np.r_[3:GENES, 0]), ("b", slice(40, CELLS), other)]:
            obs = pd.DataFrame({"day": np.arange(CELLS)[cells] % 3}, index=[f"c{i}" for i in range(CELLS)[cells]])
            own = [f"own-{name}{g}" for g in range(3)]
            var = pd.DataFrame(index=np.r_[own, names][genes])
            annotated(x[cells][:, genes], obs=obs, var=var).write_h5ad(f"{name}.h5ad")
        result = self.succeed("preprocess", "a.h5ad", "b.h5ad", "-o", "joined.h5ad", "--n-comps", 6)
        self.assertRegex(result.stderr, "a.h5ad: 1 gene of 38 that not all files have left out: 'own-a0'")
        self.assertRegex(result.stderr, "b.h5ad: 3 genes of 40 that not all files have left out")
        joined = anndata.read_h5ad("joined.h5ad")
        self.assertEqual(list(joined.var_names), list(whole.var_names))
        self.assertEqual(list(joined.obs_names), list(whole.obs_names))
        np.testing.assert_array_equal(joined.X.toarray(), whole.X.toarray())
        np.testing.assert_array_equal(joined.obsm["X_pca"], whole.obsm["X_pca"])
        np.testing.assert_array_equal(joined.obs["day"], whole.obs["day"])
        self.assertEqual(list(joined.obs["cellmnn_file"]), ["a"] * 40 + ["b"] * (CELLS - 40))

    def test_columns_that_one_file_lacks_are_missing_there(self):
        write_h5ad("a.h5ad", counts(), batch=["x", "y", "z"] * 30)
        write_h5ad("b.h5ad", counts(seed=1), depth=np.arange(CELLS, dtype="f8"))
        result = self.succeed("preprocess", "a.h5ad", "b.h5ad", "-o", "joined.h5ad")
        self.assertIn("90 cells had the name of another and got a new one", result.stderr)
        obs = anndata.read_h5ad("joined.h5ad").obs
        self.assertEqual(list(obs["batch"].iloc[:3]), ["x", "y", "z"])
        self.assertTrue(obs["batch"].iloc[CELLS:].isnull().all())
        self.assertTrue(np.isnan(obs["depth"].iloc[:CELLS]).all())
        np.testing.assert_array_equal(obs["depth"].iloc[CELLS:], np.arange(CELLS))

    def test_files_without_a_common_gene_are_refused(self):
        write_h5ad("a.h5ad", counts())
        data = write_h5ad("b.h5ad", counts())
        data.var_names = [f"ENSG{g:011d}" for g in range(GENES)]
        data.write_h5ad("b.h5ad")
        words = ["b.h5ad", "no gene", "'ENSG00000000000'", "'g0'", "same kind of names"]
        self.refused(3, words, "preprocess", "a.h5ad", "b.h5ad", "-o", "out.h5ad")
        self.refused(2, ["twice"], "preprocess", "a.h5ad", "a.h5ad", "-o", "out.h5ad")

    def test_a_modality_of_h5mu_is_read_as_a_file_of_its_own(self):
        write_h5ad("rna.h5ad", counts())
        write_h5ad("atac.h5ad", counts(genes=20, seed=3))
        write_h5mu("both.h5mu", rna="rna.h5ad", atac="atac.h5ad")
        write_h5mu("one.h5mu", rna="rna.h5ad")
        expected = self.preprocess("rna.h5ad")
        for arguments in [["both.h5mu", "--modality", "rna"], ["one.h5mu"]]:
            ready = self.preprocess(*arguments, output="other.h5ad")
            np.testing.assert_array_equal(ready.obsm["X_pca"], expected.obsm["X_pca"])
            np.testing.assert_array_equal(ready.obs["day"], expected.obs["day"])
            np.testing.assert_array_equal(ready.obs["hour"], np.arange(CELLS) % 3 * 24)
        self.refused(3, ["'atac', 'rna'", "--modality"], "preprocess", "both.h5mu", "-o", "out.h5ad")
        self.refused(3, ["'prot'", "'atac', 'rna'"], "preprocess", "both.h5mu", "--modality", "prot", "-o", "o.h5ad")
        self.refused(3, ["rna.h5ad", ".h5mu"], "preprocess", "rna.h5ad", "--modality", "rna", "-o", "out.h5ad")


if __name__ == "__main__":
    unittest.main()
