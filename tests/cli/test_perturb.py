"""Knock-outs: what is predicted, beside controls, and what is refused."""

import csv
import unittest

import anndata
import numpy as np
import pandas as pd
from gene_data import with_changed, write_trained
from support import TestCase


def read_table(path):
    with open(path) as file:
        return list(csv.DictReader(file, delimiter="\t"))


class Perturb(TestCase):
    def prepare(self):
        write_trained(self)

    def setUp(self):
        super().setUp()
        self.data = anndata.read_h5ad("data.h5ad")

    def changes(self, *arguments):
        result = self.succeed("perturb", "model", "data.h5ad", "-o", "changes.tsv", *arguments)
        return {(float(row["time"]), row["gene"]): float(row["change"]) for row in read_table("changes.tsv")}, result

    def predicted(self, data, time):
        """Mean predicted expression of the cells of time 0, through `predict`."""
        self.succeed(
            "predict", "model", data, "--from", 0, "--times", time, "--genes", "-o", "predicted.h5ad", "--force"
        )
        return np.asarray(anndata.read_h5ad("predicted.h5ad").X, float).mean(axis=0)

    def test_a_knock_out_is_the_prediction_of_edited_cells(self):
        place = list(self.data.var_names).index("Stem1")

        def edit(data):
            loading = data.varm["PCs"][place]
            expression = data.uns["pca_mean"][place] + data.obsm["X_pca"] @ loading
            data.obsm["X_pca"] = data.obsm["X_pca"] - expression[:, None] * loading

        with_changed("edited.h5ad", edit)
        changes, _ = self.changes("--gene", "Stem1=0", "--group", "time=0", "--times", "1,2")
        for time in [1, 2]:
            expected = self.predicted("edited.h5ad", time) - self.predicted("data.h5ad", time)
            others = [gene for gene in self.data.var_names if gene != "Stem1"]
            got = [changes[time, gene] for gene in others]
            np.testing.assert_allclose(got, np.delete(expected, place), atol=2e-4)
            self.assertNotIn((time, "Stem1"), changes)  # what happens to it is what was asked for

    def test_a_knock_out_goes_on_with_its_population(self):
        place = list(self.data.var_names).index("Stem1")
        loadings, own = self.data.varm["PCs"].astype(float), self.data.obs["time"].to_numpy() == 0
        x = self.data.obsm["X_pca"][own].astype(float)
        self.succeed("predict", "model", "data.h5ad", "--from", 0, "--times", 2, "-o", "predicted.h5ad")
        way = anndata.read_h5ad("predicted.h5ad").obsm["X_predicted"].astype(float) - x
        centred = x - x.mean(axis=0)
        squares = centred.T @ centred
        ridge = 1e-4 * np.trace(squares) / len(squares)
        slope = np.linalg.solve(squares + ridge * np.eye(len(squares)), centred.T @ (way - way.mean(axis=0)))
        expression = self.data.uns["pca_mean"][place] + x.mean(axis=0) @ loadings[place]
        delta = -expression * loadings[place]
        expected = loadings @ (delta + slope.T @ delta)
        changes, _ = self.changes("--gene", "Stem1=0", "--group", "time=0", "--times", 2, "--with-population")
        got = [changes[2, gene] for gene in self.data.var_names if gene != "Stem1"]
        np.testing.assert_allclose(got, np.delete(expected, place), atol=2e-4)

    def test_doses_and_several_genes(self):
        group = ["--group", "time=0", "--times", 1, "--controls", 0]
        same, _ = self.changes("--gene", "Stem1=x1", *group)
        self.assertLess(max(map(abs, same.values())), 1e-6)
        both, _ = self.changes("--gene", "Stem1=0,Timer1=x2", *group)
        repeated, _ = self.changes("--gene", "Stem1=0", "--gene", "Timer1=x2", *group)
        self.assertEqual(both, repeated)
        self.assertNotEqual(both, self.changes("--gene", "Stem1=0", *group)[0])

    def test_controls_and_the_shift_are_told(self):
        _, result = self.changes("--gene", "Stem1=0", "--times", 2, "--controls", 10)
        self.assertRegex(result.stdout, r"the mean prediction moves by [\d.]+, a cell by .* [\d.]+, W1 [\d.]+")
        self.assertRegex(result.stdout, r"10 control genes of similar loading and expression: .* p = [01]\.\d+")

    def test_a_screen_ranks_every_gene(self):
        self.succeed(
            "perturb", "model", "data.h5ad", "--screen", "all", "--group", "time=0", "--times", 1, "-o", "screen.tsv"
        )
        rows = read_table("screen.tsv")
        self.assertEqual({row["gene"] for row in rows}, set(self.data.var_names))
        shifts = [float(row["shift_of_mean"]) for row in rows]
        self.assertEqual(shifts, sorted(shifts, reverse=True))
        alone, _ = self.changes("--gene", rows[0]["gene"] + "=0", "--group", "time=0", "--times", 1, "--controls", 0)
        others = self.data.var_names != rows[0]["gene"]
        expression = np.array([alone[1, gene] for gene in self.data.var_names[others]])
        shift = np.linalg.lstsq(self.data.varm["PCs"][others], expression, rcond=None)[0]
        self.assertAlmostEqual(np.linalg.norm(shift), shifts[0], delta=1e-3)

    def test_genes_by_their_symbols_or_ids(self):
        def rename(data):
            data.var["gene_symbols"] = list(data.var_names)
            data.var_names = [f"ENSG{g:011d}" for g in range(data.n_vars)]

        with_changed("ids.h5ad", rename)
        self.succeed("train", "ids.h5ad", "-o", "ids", "--steps", 3, "--width", 8)
        text = self.succeed("perturb", "ids", "ids.h5ad", "--gene", "Stem1=0", "--times", 2, "-o", "a.tsv").stderr
        self.assertIn("named by var['gene_symbols']", text)
        place = list(self.data.var_names).index("Stem1")
        self.succeed("perturb", "ids", "ids.h5ad", "--gene", f"ENSG{place:011d}=0", "--times", 2, "-o", "b.tsv")
        self.assertEqual(read_table("a.tsv"), read_table("b.tsv"))
        self.assertIn("Stem2", [row["gene"] for row in read_table("a.tsv")])
        self.refused(
            3,
            ["no column 'symbol'", "'gene_symbols'"],
            "perturb",
            "ids",
            "ids.h5ad",
            "--gene",
            "Stem1=0",
            "--times",
            2,
            "--gene-names",
            "symbol",
        )

    def test_the_result_does_not_depend_on_threads(self):
        one, _ = self.changes("--gene", "Stem1=0", "--times", 2, "--threads", 1)
        four, _ = self.changes("--gene", "Stem1=0", "--times", 2, "--threads", 4)
        self.assertEqual(one, four)


class BadInput(TestCase):
    def prepare(self):
        write_trained(self, steps=5)

    def refuse(self, code, words, *arguments, data="data.h5ad"):
        self.refused(code, words, "perturb", "model", data, *arguments)

    def test_genes_that_cannot_be_changed(self):
        self.refuse(3, ["Stem11", "did you mean 'Stem1'"], "--gene", "Stem11=0", "--times", 2)

        def drop(data):
            loadings = np.array(data.varm["PCs"])
            loadings[list(data.var_names).index("Stem1")] = 0
            data.varm["PCs"] = loadings

        with_changed("few.h5ad", drop)
        self.succeed("train", "few.h5ad", "-o", "few", "--steps", 2, "--width", 8)
        self.refused(3, ["Stem1", "zero loadings"], "perturb", "few", "few.h5ad", "--gene", "Stem1=0", "--times", 2)

    def test_changes_that_make_no_sense(self):
        self.refuse(2, ["--gene", "GENE=LEVEL"], "--gene", "Stem1", "--times", 2)
        self.refuse(2, ["--gene", "-1", "below 0"], "--gene", "Stem1=-1", "--times", 2)
        self.refuse(2, ["--gene", "two", "number"], "--gene", "Stem1=xtwo", "--times", 2)
        self.refuse(2, ["--gene", "--screen"], "--times", 2)
        self.refuse(2, ["--times"], "--gene", "Stem1=0")
        self.refuse(2, ["one time"], "--screen", "all", "--times", "1,2")

    def test_a_group_may_be_called_none(self):
        def treat(data):
            data.obs["treatment"] = pd.Categorical(np.array(["None", "LPS"])[np.arange(data.n_obs) % 2])

        with_changed("treated.h5ad", treat)
        self.succeed("perturb", "model", "treated.h5ad", "--gene", "Stem1=0", "--times", 2, "--group", "treatment=None")

    def test_groups_that_are_not_there(self):
        self.refuse(2, ["--group", "KEY=LABEL"], "--gene", "Stem1=0", "--times", 2, "--group", "1")
        self.refuse(2, ["time 7", "'time 0'"], "--gene", "Stem1=0", "--times", 2, "--group", "time=7")
        self.refuse(3, ["obs has no column 'leiden'"], "--gene", "Stem1=0", "--times", 2, "--group", "leiden=1")

    def test_a_change_acts_on_the_future_only(self):
        self.refuse(3, ["no cell", "time 1"], "--gene", "Stem1=0", "--times", 1, "--group", "time=2")


if __name__ == "__main__":
    unittest.main()
