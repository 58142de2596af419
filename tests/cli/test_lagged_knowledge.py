"""What is known beforehand of a network: knock-outs, known interactions, lists of regulators; and their ranking."""

import unittest

import anndata
from lagged_data import GENES, write_chain, write_edges
from support import TestCase
from test_lagged_network import FEW, read_table


class Knowledge(TestCase):
    def prepare(self):
        write_chain("data.h5ad")

    def changed(self, path, change):
        data = anndata.read_h5ad("data.h5ad")
        change(data)
        data.write_h5ad(path)
        return path

    def knock_outs(self, labels):
        """The chain and, labelled by obs guide, the same with Second off: nothing follows it."""

        def add(data):
            off = data.copy()
            off.X[:, 2:] = 0
            both = anndata.concat([data, off])
            both.obs["guide"] = [labels[0]] * data.n_obs + [labels[1]] * off.n_obs
            return both

        data = add(anndata.read_h5ad("data.h5ad"))
        data.obs_names_make_unique()
        data.write_h5ad("both.h5ad")
        return "both.h5ad"

    def test_knock_outs_are_data(self):
        path = self.knock_outs(["WT", "Second"])
        result = self.succeed("network", path, "--ko-key", "guide", "-o", "edges.tsv", *FEW)
        self.assertIn("1 knock-out beside the wild type: 'Second'", result.stderr)
        edge = read_table("edges.tsv")[0]
        self.assertEqual((edge["source"], edge["target"]), ("Second", "Third"))

    def split(self, path):
        """The same cells in a file for each condition; the genes of the second in another order."""
        data = anndata.read_h5ad(path)
        data[data.obs["guide"] == "WT"].copy().write_h5ad("wild.h5ad")
        off = data[data.obs["guide"] == "Second", ::-1].copy()
        off.write_h5ad("off.h5ad")
        return off

    def test_knock_outs_in_files_of_their_own(self):
        path = self.knock_outs(["WT", "Second"])
        self.split(path)
        self.succeed("network", path, "--ko-key", "guide", "-o", "edges.tsv", *FEW)
        result = self.succeed("network", "wild.h5ad", "--ko", "Second=off.h5ad", "-o", "split.tsv", *FEW)
        self.assertIn("1 knock-out beside the wild type: 'Second'", result.stderr)
        self.assertEqual(read_table("split.tsv"), read_table("edges.tsv"))
        change = ["--gene", "First=0", "-o", "change.tsv"]
        self.succeed("perturb", "wild.h5ad", "--ko", "Second=off.h5ad", *change)

    def test_files_of_knock_outs_that_do_not_fit(self):
        off = self.split(self.knock_outs(["WT", "Second"]))

        def refused(code, words, *options):
            self.refused(code, words, "network", "wild.h5ad", *options)

        def written(data):
            data.write_h5ad("other.h5ad")
            return ["--ko", "Second=other.h5ad"]

        refused(2, ["--ko is 'off.h5ad'", "GENE=FILE"], "--ko", "off.h5ad")
        refused(2, ["'Second' twice"], "--ko", "Second=off.h5ad", "--ko", "Second=off.h5ad")
        refused(2, ["--ko-key"], "--ko", "Second=off.h5ad", "--ko-key", "guide")
        refused(3, ["--ko has 'Secnd'", "did you mean 'Second'"], "--ko", "Secnd=off.h5ad")
        refused(3, ["other.h5ad", "lacks the gene 'Drug'"], *written(off[:, :4].copy()))
        renamed = off.copy()
        renamed.var_names = ["Brake", "Third", "Second", "Frist", "Drug"]
        refused(3, ["other.h5ad", "has the gene 'Frist', which wild.h5ad lacks"], *written(renamed))
        late = off.copy()
        late.obs["time"] += 1
        refused(3, ["other.h5ad", "has cells of time 1, of which wild.h5ad has none"], *written(late))
        logs = off.copy()
        logs.X = logs.X / 9
        refused(3, ["other.h5ad", "holds logarithms, but wild.h5ad counts"], *written(logs))
        days = off.copy()
        days.obs["time"] = [f"{time:g}h" for time in days.obs["time"]]
        refused(3, ["other.h5ad", "the unit h, but wild.h5ad with no unit"], *written(days))
        refused(3, ["off.h5ad", "would be overwritten"], "--ko", "Second=off.h5ad", "-o", "off.h5ad", "--format", "tsv")

    def test_a_prior_is_said_and_cannot_be_scored(self):
        write_edges("prior.csv", [("Brake", "Second", "+"), ("SOX2", "NANOG", "+")])
        plain = self.succeed("network", "data.h5ad", "-o", "plain.tsv", *FEW)
        result = self.succeed("network", "data.h5ad", "-o", "edges.tsv", "--prior", "prior.csv", *FEW)
        self.assertIn("prior of 1 interaction between genes of the data, of 2 in prior.csv", result.stderr)
        self.assertIn("A prior was used", result.stdout)
        self.assertNotIn("prior", plain.stdout)

        def effect(path):
            rows = {(row["source"], row["target"]): row for row in read_table(path)}
            return rows["Brake", "Second"]

        self.assertGreater(float(effect("edges.tsv")["effect"]), float(effect("plain.tsv")["effect"]))
        self.assertEqual(effect("edges.tsv")["prior"], "1")
        self.assertNotIn("prior", effect("plain.tsv"))
        write_edges("known.csv", [("Brake", "Second", "+"), ("First", "Second", "+")])
        told = ["--prior", "prior.csv", "--truth", "known.csv"]
        self.refused(3, ["prior.csv", "1 of the 2 edges of known.csv"], "network", "data.h5ad", *told)
        write_edges("other.csv", [("SOX2", "NANOG", "+")])
        self.refused(3, ["other.csv", "named alike"], "network", "data.h5ad", "--prior", "other.csv")

    def test_regulators_are_ranked(self):
        result = self.succeed("network", "data.h5ad", *FEW, "--ranking", "ranking.tsv")
        rows = read_table("ranking.tsv")
        self.assertEqual(sorted(row["regulator"] for row in rows), sorted(GENES))
        totals = [float(row["total"]) for row in rows]
        self.assertEqual(totals, sorted(totals, reverse=True))
        for row in rows:
            self.assertEqual(row["p"] == "", row["regulator"] == "Drug")
        self.assertTrue(next(row for row in rows if row["regulator"] == "Second")["targets"].startswith("Third"))
        self.assertRegex(result.stdout, r"largest effects: .*Second \(p [01]\.\d+\)")

    def test_shipped_regulators(self):
        self.refused(3, ["human", "'Drug'"], "network", "data.h5ad", "--regulators", "human")

        def rename(data):
            data.var_names = ["Drug", "SOX2", "Second", "NANOG", "Brake"]

        path = self.changed("named.h5ad", rename)
        result = self.succeed("network", path, *FEW, "--regulators", "human", "-o", "edges.tsv")
        self.assertEqual({edge["source"] for edge in read_table("edges.tsv")}, {"Drug", "SOX2", "NANOG"})
        self.assertNotIn("left out of", result.stderr)

    def test_a_knock_out_of_one_time_is_left_out(self):
        path = self.knock_outs(["WT", "Second"])
        data = anndata.read_h5ad(path)
        data[(data.obs["guide"] == "WT") | (data.obs["time"] == 12)].copy().write_h5ad("once.h5ad")
        result = self.succeed("network", "once.h5ad", "--ko-key", "guide", *FEW)
        self.assertIn("left out 'Second', of which there are cells of one time only", result.stderr)

    def test_knock_outs_may_lack_times_of_the_wild_type(self):
        path = self.knock_outs(["WT", "Second"])
        data = anndata.read_h5ad(path)
        data[(data.obs["guide"] == "WT") | (data.obs["time"] != 12)].copy().write_h5ad("fewer.h5ad")
        result = self.succeed("network", "fewer.h5ad", "--ko-key", "guide", *FEW)
        self.assertIn("1 knock-out beside the wild type: 'Second'", result.stderr)

    def test_labels_of_knock_outs_that_are_no_genes(self):
        path = self.knock_outs(["WT", "Secnd"])
        self.refused(3, [path, "'guide'", "'Secnd'", "did you mean 'Second'"], "network", path, "--ko-key", "guide")
        self.refused(3, [path, "'guid'", "it has"], "network", path, "--ko-key", "guid")
        path = self.knock_outs(["Third", "Second"])
        self.refused(3, [path, "no wild type"], "network", path, "--ko-key", "guide")


if __name__ == "__main__":
    unittest.main()
