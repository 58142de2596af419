"""Counts of every format give the same components; damaged ones are refused."""

import gzip
import os
import unittest

import anndata
import numpy as np
import pandas as pd
import scipy.io
import scipy.sparse
from count_data import CELLS, GENES, PreprocessTestCase, counts, log_normalized, write_h5ad


class PreprocessFormats(PreprocessTestCase):
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
        for arguments in [
            ["csr.h5ad"],
            ["csc.h5ad"],
            ["layer.h5ad", "--layer", "raw_counts"],
            ["counts.csv"],
            ["old", "--obs", "days.csv"],
            ["new", "--obs", "days.csv"],
        ]:
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
            file.writelines(
                f"i{g}\tg{g}\t{'Antibody Capture' if g == 30 else 'Gene Expression'}\n" for g in range(GENES)
            )
        result = self.succeed("preprocess", "tenx", "-o", "ready.h5ad")
        self.assertIn("warning: 1 features are not of the type 'Gene Expression'", result.stderr)
        self.assertIn("warning: the cells have no times", result.stderr)
        self.assertNotIn("g30", anndata.read_h5ad("ready.h5ad").var_names)

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
        for text, words in [
            ("3 2 1\n4 1 5\n", ["line 4", "'4 1 5' is outside of 3 x 2"]),
            ("3 2 2\n1 1 5\n", ["after 1 of 2 entries"]),
            ("3 2 1\n1 x 5\n", ["line 4", "three numbers"]),
            ("3 5 1\n1 1 5\n", ["3 x 5", "3 genes and 2 cells"]),
            ("3 2 2\n1 1 5\n1 1 6\n", ["row 1 has two values in column 1"]),
        ]:
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
        self.refused(
            3,
            ["days.csv", "no row for the cell 'c1'"],
            "preprocess",
            "counts.h5ad",
            "-o",
            "out.h5ad",
            "--obs",
            "days.csv",
        )


if __name__ == "__main__":
    unittest.main()
