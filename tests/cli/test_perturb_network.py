"""Held genes in the network of the data: what follows, and what is refused."""

import csv
import unittest

import anndata
import numpy as np
from lagged_data import GENES, write_chain
from support import TestCase


def read_table(path):
    with open(path) as file:
        return list(csv.DictReader(file, delimiter="\t"))


class PerturbByNetwork(TestCase):
    def prepare(self):
        write_chain("data.h5ad")

    def changes(self, *arguments):
        self.result = self.succeed("perturb", "data.h5ad", "-o", "changes.tsv", *arguments)
        return {(float(row["time"]), row["gene"]): row for row in read_table("changes.tsv")}

    def test_a_knock_out_goes_down_the_chain(self):
        changes = self.changes("--gene", "First=0")
        self.assertEqual({time for time, _ in changes}, {6, 12, 24, 36})
        self.assertEqual({gene for _, gene in changes}, set(GENES) - {"First"})
        self.assertLess(float(changes[36, "Second"]["change"]), -0.1)
        self.assertLess(float(changes[36, "Third"]["change"]), -0.05)
        self.assertEqual(float(changes[36, "Drug"]["change"]), 0)
        self.assertLess(float(changes[36, "Second"]["by_co_expression"]), 0)
        self.assertIn("of the 4 other regulators", self.result.stdout)

    def test_one_step_is_within_what_the_effect_allows(self):
        """One step from time 24, by the effects that `network` writes: the sign, and how large it can be."""
        changes = self.changes("--gene", "First=0", "--group", "time=24", "--times", 36)
        self.succeed("network", "data.h5ad", "-o", "edges.tsv", "--draws", 0, "--shuffles", 0)
        effects = {(e["source"], e["target"]): float(e["effect"]) for e in read_table("edges.tsv")}
        data = anndata.read_h5ad("data.h5ad")
        logs = np.log1p(data.X)
        first = GENES.index("First")
        column = logs[:, first]
        levels = np.minimum(1, column / np.quantile(column[column > 0], 0.9))[data.obs["time"] == 24]
        change = float(changes[36, "Second"]["change"])
        # The change of a probability is at most a quarter of that of its logit.
        bound = np.mean(np.abs(effects["First", "Second"]) * levels) / 4
        self.assertLess(change, 0)
        self.assertLessEqual(abs(change), bound)

    def test_expression_is_level_times_its_top(self):
        changes = self.changes("--gene", "First=0", "--times", 36)
        logs = np.log1p(anndata.read_h5ad("data.h5ad").X[:, GENES.index("Third")])
        top = np.quantile(logs[logs > 0], 0.9)
        row = changes[36, "Third"]
        self.assertAlmostEqual(float(row["change_of_expression"]), float(row["change"]) * top, delta=1e-5)

    def test_doses_and_several_genes(self):
        same = self.changes("--gene", "First=x1")
        self.assertLess(max(abs(float(row["change"])) for row in same.values()), 1e-12)
        more = self.changes("--gene", "Brake=3")
        self.assertLess(float(more[36, "First"]["change"]), 0)
        both = self.changes("--gene", "First=0,Brake=3")
        self.assertNotIn((36, "Brake"), both)
        self.assertNotIn("other regulators", self.result.stdout)

    def test_a_screen_ranks_regulators(self):
        self.succeed("perturb", "data.h5ad", "--screen", "all", "-o", "screen.tsv")
        rows = read_table("screen.tsv")
        self.assertEqual({row["gene"] for row in rows}, set(GENES))
        sizes = [float(row["change"]) for row in rows]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        largest = {row["gene"]: row["largest_gene"] for row in rows}
        self.assertEqual(largest["Second"], "Third")
        some = self.succeed("perturb", "data.h5ad", "--screen", "Second,Drug", "--times", 24)
        self.assertIn("at time 24", some.stdout)

    def test_pairs_stand_beside_the_sum_of_their_genes(self):
        ask = ["perturb", "data.h5ad", "--screen", "First,Second,Drug", "--times", 12]
        result = self.succeed(*ask, "--screen-pairs", "-o", "pairs.tsv")
        self.assertIn("3 pairs of genes", result.stdout)
        rows = read_table("pairs.tsv")
        self.assertEqual(
            {frozenset([row["gene"], row["other_gene"]]) for row in rows},
            {frozenset(pair) for pair in [("First", "Second"), ("First", "Drug"), ("Second", "Drug")]},
        )
        beyond = [float(row["beyond_sum"]) for row in rows]
        self.assertEqual(beyond, sorted(beyond, reverse=True))
        self.assertGreater(beyond[0], 0)
        self.succeed("perturb", "data.h5ad", "--gene", "First=0,Second=0", "--times", 12, "-o", "both.tsv")
        self.assertEqual({row["gene"] for row in read_table("both.tsv")}, {"Third", "Brake", "Drug"})

    def test_a_group_is_followed_from_the_first_time_that_has_its_cells(self):
        data = anndata.read_h5ad("data.h5ad")
        levels = np.asarray(data.X)[:, GENES.index("Second")]
        late = data.obs["time"].to_numpy() >= 12
        data.obs["state"] = np.where(late & (levels > 0), "on", np.where(late, "off", "early"))
        data.obs["all"] = "cell"
        data.write_h5ad("data.h5ad")
        of_all = self.changes("--gene", "First=0", "--group", "time=12")
        parts = {}
        for state in ("on", "off"):
            parts[state] = self.changes("--gene", "First=0", "--group", f"state={state}")
            cells = np.sum((data.obs["time"] == 12) & (data.obs["state"] == state))
            self.assertIn(f"{cells} cells of state={state} of time 12", self.result.stdout)
            parts[state]["weight"] = cells / np.sum(data.obs["time"] == 12)
        for key, row in of_all.items():
            mean = sum(part["weight"] * float(part[key]["change"]) for part in parts.values())
            self.assertAlmostEqual(float(row["change"]), mean, delta=1e-6)
        self.assertNotEqual(parts["on"][36, "Third"], parts["off"][36, "Third"])
        whole = self.changes("--gene", "First=0", "--group", "all=cell")
        self.assertEqual(whole, self.changes("--gene", "First=0"))
        screen = ["perturb", "data.h5ad", "--screen", "all", "--group"]
        self.assertIn("of state=on of time 12", self.succeed(*screen, "state=on").stdout)

    def test_it_says_whether_directions_can_be_known(self):
        self.changes("--gene", "First=0")
        self.assertIn("% of what varies lies between the times", self.result.stdout)

    def test_the_result_does_not_depend_on_threads(self):
        self.assertEqual(
            self.changes("--gene", "First=0", "--threads", 1), self.changes("--gene", "First=0", "--threads", 3)
        )


class BadInput(TestCase):
    def prepare(self):
        write_chain("data.h5ad", cells=20)

    def test_what_does_not_fit(self):
        ask = ["perturb", "data.h5ad", "--gene", "First=0"]
        self.refused(2, ["nothing to change"], "perturb", "data.h5ad")
        self.refused(2, ["--by model needs two"], *ask, "--by", "model")
        self.refused(2, ["--by network needs one"], "perturb", "model", *ask[1:], "--by", "network")
        self.refused(2, ["--controls", "--by model"], *ask, "--controls", 5)
        self.refused(2, ["--with-population", "--by model"], *ask, "--with-population")
        self.refused(2, ["--screen-pairs of 1 gene would be 0 pairs"],
                     "perturb", "data.h5ad", "--screen", "First", "--screen-pairs")  # fmt: skip
        self.refused(2, ["--screen-pairs", "--screen"], *ask, "--screen-pairs")
        self.refused(2, ["--layer", "--by network"], "perturb", "model", *ask[1:], "--times", 3, "--layer", "x")
        self.refused(2, ["--times is required"], "perturb", "model", *ask[1:])
        self.refused(2, ["--times is 7", "0, 6, 12, 24 or 36"], *ask, "--times", 7)
        self.refused(2, ["--times has 6", "later"], *ask, "--times", 6, "--group", "time=12")
        self.refused(2, ["--group", "KEY=LABEL"], *ask, "--group", "12")
        self.refused(3, ["obs has no column 'fate'", "'time'"], *ask, "--group", "fate=A")
        self.refused(2, ["last time"], *ask, "--group", "time=36")
        self.refused(3, ["--gene", "did you mean 'First'"], "perturb", "data.h5ad", "--gene", "Firs=0")

    def test_a_gene_that_does_not_act(self):
        with open("factors.txt", "w") as file:
            file.write("Second\n")
        self.refused(
            3,
            ["'First' is none of the 2 regulators"],
            *["perturb", "data.h5ad", "--gene", "First=0", "--regulators", "factors.txt"],
        )


if __name__ == "__main__":
    unittest.main()
