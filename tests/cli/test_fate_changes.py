"""Knock-outs as changes of fates: perturb --fates."""

import unittest

import anndata
import numpy as np
import pandas as pd
from annotated import annotated
from support import TestCase

GENES = ["up", "down", "flat", "third", "fourth", "ü"]
LABELS = ["--label-key", "state", "--undecided", "open"]


def write_sides(path="data.h5ad", cells=150):
    """Cells go the way of the first component, which gene "up" follows and "down" opposes."""
    rng = np.random.default_rng(2)
    t = np.repeat([0.0, 1.0, 2.0], cells)
    x = rng.normal(size=(t.size, 4)).astype("f4")
    side = np.sign(x[:, 0])
    x[:, 0] += side * t
    loadings = np.array([[1, 0, 0, 0], [-1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0.7, 0, 0.7]])
    state = np.where(np.abs(x[:, 0]) < 0.2, "open", np.where(side > 0, "high", "low"))
    data = annotated(
        (x @ loadings.T + 3).astype("f4"),
        obs=pd.DataFrame({"day": t, "state": pd.Categorical(state)}, index=[f"c{i}" for i in range(t.size)]),
        var=pd.DataFrame(index=GENES),
    )
    data.obsm["X_pca"], data.varm["PCs"] = x, loadings
    data.uns["pca_mean"] = np.full(6, 3.0)
    data.write_h5ad(path)


class FateChanges(TestCase):
    def prepare(self):
        write_sides()
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 50, "--width", 8, "--dims", 3)

    def changes(self, *arguments):
        result = self.succeed("perturb", *arguments, "data.h5ad", "--fates", *LABELS, "-o", "out.tsv")
        return pd.read_csv("out.tsv", sep="\t"), result.stdout

    def test_a_knock_out_moves_cells_to_the_other_fate(self):
        for model in [[], ["model"]]:
            table, text = self.changes(*model, "--screen", "all")
            self.assertEqual(len(table), 2 * 6 * 2)
            at_1 = table[(table["time"] == 1) & (table["fate"] == "high")].set_index("gene")
            self.assertLess(at_1["change"]["up"], -0.2)
            self.assertGreater(at_1["change"]["down"], 0.2)
            self.assertLess(abs(at_1["change"]["flat"]), abs(at_1["change"]["up"]) / 2)
            self.assertLess(at_1["control"]["up"], 0)
            self.assertGreater(at_1["control"]["down"], 0)
            self.assertIn(table["gene"][0], ["up", "down"])
            self.assertIn("direction", text)
        sums = table.groupby(["time", "gene"])["change"].sum()
        np.testing.assert_allclose(sums, 0, atol=1e-5)

    def test_over_expression_of_one_gene_at_one_time(self):
        table, _ = self.changes("--screen", "up", "--to", "6", "--group", "time=1")
        self.assertEqual(set(table["time"]), {1})
        self.assertGreater(table.set_index("fate")["change"]["high"], 0.1)
        self.assertGreater(table.set_index("fate")["control"]["high"], 0)

    def test_cells_of_which_one_gene_is_changed(self):
        table, _ = self.changes("model", "--screen", "up", "--group", "time=1")
        self.succeed("perturb", "model", "data.h5ad", "--fates", *LABELS, "--screen", "up", "--group", "time=1",
                     "-o", "changed.h5ad")  # fmt: skip
        out = anndata.read_h5ad("changed.h5ad")
        before, after = out.obsm["fates_fwd"], out.obsm["fates_fwd_changed"]
        self.assertEqual((after.dtype, after.shape), (np.float32, (450, 2)))
        at_1 = (out.obs["day"] == 1).to_numpy()
        change = (after - before)[at_1].mean(axis=0)
        expected = table.set_index("fate")["change"][list(out.uns["fates_fwd_names"])]
        np.testing.assert_allclose(change, expected, atol=1e-5)
        np.testing.assert_array_equal(after[~at_1], before[~at_1])
        moved = out.obsm["X_cellmnn_changed"] - out.obsm["X_pca"]
        self.assertTrue((moved[at_1, 0] != 0).all())
        np.testing.assert_array_equal(moved[~at_1], 0)

    def test_the_threads_change_nothing(self):
        one, _ = self.changes("model", "--screen", "all", "--threads", 1)
        two, _ = self.changes("model", "--screen", "all", "--threads", 2)
        pd.testing.assert_frame_equal(one, two)

    def test_bad_requests(self):
        data = anndata.read_h5ad("data.h5ad")
        del data.varm["PCs"]
        data.write_h5ad("no_genes.h5ad")
        for code, words, arguments in [
            (2, ["--fates needs the genes", "--screen"], ["data.h5ad", "--fates", *LABELS]),
            (2, ["--gene", "no meaning with --fates"], ["data.h5ad", "--fates", *LABELS, "--gene", "up=0"]),
            (2, ["--times", "no meaning"], ["data.h5ad", "--fates", *LABELS, "--screen", "all", "--times", 2]),
            (2, ["about --fates"], ["data.h5ad", "--label-key", "state", "--screen", "all"]),
            (2, ["--group", "time=2"], ["data.h5ad", "--fates", *LABELS, "--screen", "up", "--group", "state=low"]),
            (3, ["'upp'"], ["data.h5ad", "--fates", *LABELS, "--screen", "upp"]),
            (3, ["last time"], ["data.h5ad", "--fates", *LABELS, "--screen", "up", "--group", "time=2"]),
            (3, ["9"], ["data.h5ad", "--fates", *LABELS, "--screen", "up", "--group", "time=9"]),
            (3, ["loadings"], ["no_genes.h5ad", "--fates", *LABELS, "--screen", "up"]),
        ]:
            self.refused(code, words, "perturb", *arguments, "-o", "out.tsv")
        self.refused(2, ["one gene changed", "--screen GENE"],
                     "perturb", "data.h5ad", "--fates", *LABELS, "--screen", "up,down", "-o", "x.h5ad")  # fmt: skip


if __name__ == "__main__":
    unittest.main()
