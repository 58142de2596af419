"""The operator of a model carried to genes: files, orientation, scores and what is refused."""

import csv
import json
import os
import unittest
import xml.etree.ElementTree

import anndata
import numpy as np
from gene_data import with_changed, write_trained
from support import TestCase

NETWORK = ["network"]


def read_table(path):
    with open(path) as file:
        return list(csv.DictReader(file, delimiter="\t"))


class Network(TestCase):
    def prepare(self):
        write_trained(self)

    def setUp(self):
        super().setUp()
        self.data = anndata.read_h5ad("data.h5ad")

    def edges(self, *arguments):
        self.succeed(*NETWORK, "model", "data.h5ad", "-o", "edges.tsv", *arguments)
        return read_table("edges.tsv")

    def test_edges_are_ranked_and_oriented(self):
        edges = self.edges()
        self.assertEqual(list(edges[0]), ["group", "regulator", "target", "effect", "null_z", "rank"])
        self.assertEqual(len(edges), 16 * 15)
        sizes = [abs(float(edge["effect"])) for edge in edges]
        self.assertEqual(sizes, sorted(sizes, reverse=True))
        self.assertEqual([int(edge["rank"]) for edge in edges], list(range(1, 241)))
        self.assertFalse(any("" in edge.values() for edge in edges))

    def test_an_infinite_degradation_is_the_baseline_of_components(self):
        """The share of the operator vanishes: effects become rate * V_i . V_j * the regulator's mean expression."""
        edges = self.edges("--degradation", 1e6)
        loadings = self.data.varm["PCs"].astype(float)
        mean = np.asarray(self.data.X).mean(axis=0)
        place = {gene: g for g, gene in enumerate(self.data.var_names)}
        for edge in edges[:20]:
            regulator, target = place[edge["regulator"]], place[edge["target"]]
            expected = loadings[target] @ loadings[regulator] * mean[regulator]
            self.assertAlmostEqual(float(edge["effect"]) / 1e6, expected, delta=1e-3)

    def test_groups_are_scored_apart_and_the_mean_is_that_of_the_cells(self):
        edges = self.edges("--by", "time")
        self.assertEqual(list(dict.fromkeys(edge["group"] for edge in edges)), ["all", "time 0", "time 1", "time 2"])
        effect = {(e["group"], e["regulator"], e["target"]): float(e["effect"]) for e in edges}
        for pair in [("FateA1", "TfA1"), ("Timer1", "Brake1")]:
            parts = [effect["time " + t, *pair] for t in "012"]
            self.assertAlmostEqual(effect["all", *pair], np.mean(parts), delta=1e-5)
        fates = {edge["group"] for edge in self.edges("--by", "fate")}
        self.assertLessEqual(fates, {"all", "0", "1", "2"})
        self.assertGreater(len(fates), 2)

    def test_an_ensemble_has_a_spread(self):
        self.succeed("train", "data.h5ad", "-o", "second", "--steps", 100, "--width", 16, "--seed", 9)
        edges = self.edges("--ensemble", "second")
        self.assertEqual(
            list(edges[0]), ["group", "regulator", "target", "effect", "sd", "sign_agreement", "null_z", "rank"]
        )
        self.assertTrue(all(float(edge["sd"]) >= 0 for edge in edges))
        self.assertEqual({float(edge["sign_agreement"]) for edge in edges}, {0.5, 1.0})

    def test_formats(self):
        edges = self.edges("--top", 5)
        self.succeed(*NETWORK, "model", "data.h5ad", "--top", 5, "--format", "beeline", "-o", "rankedEdges.csv")
        ranked = read_table("rankedEdges.csv")
        self.assertEqual(
            [(e["Gene1"], e["Gene2"], e["EdgeWeight"]) for e in ranked],
            [(e["regulator"], e["target"], e["effect"]) for e in edges],
        )
        self.succeed(*NETWORK, "model", "data.h5ad", "--top", 5, "-o", "edges.graphml")
        names = "{http://graphml.graphdrawing.org/xmlns}"
        graph = xml.etree.ElementTree.parse("edges.graphml").getroot().find(names + "graph")
        self.assertEqual(len(graph.findall(names + "edge")), 5)
        self.assertEqual(graph.get("edgedefault"), "directed")

    def test_only_the_regulators_asked_for(self):
        with open("tfs.txt", "w") as file:
            file.write("FateA1\nNanog\n\nStem1\n")
        self.assertEqual({edge["regulator"] for edge in self.edges("--regulators", "tfs.txt")}, {"FateA1", "Stem1"})

    def test_the_truth_scores_beside_baselines(self):
        result = self.succeed(
            *NETWORK, "model", "data.h5ad", "--truth", "truth.csv", "--json", "scores.json", "--permutations", 50
        )
        with open("scores.json") as file:
            scores = {row["method"]: row for row in json.load(file)["scores"]}
        self.assertEqual(
            list(scores), ["cellmnn", "operators alone", "PCA only", "co-expression", "constant activation", "random"]
        )
        self.assertEqual(scores["constant activation"]["auroc"], 0.5)
        self.assertEqual(scores["constant activation"]["balanced_accuracy"], 0.5)
        self.assertEqual(scores["constant activation"]["recall"], 1)
        self.assertGreater(scores["co-expression"]["auroc"], 0.6)
        self.assertIn("TP is activation called activation", result.stdout)

    def test_trrust_and_reasons_for_regulators_that_are_left_out(self):
        with open("trrust.tsv", "w") as file:
            file.write(
                "FateA1\tTfA1\tActivation\t1\nFateA1\tTfA1\tUnknown\t2\nFateA1\tFateB1\tRepression\t3\n"
                "Nanog\tTfA1\tActivation\t4\nStem1\tNanog\tActivation\t5\nTfB1\tTfB2\tActivation\t6\n"
                "TfB1\tTfB2\tRepression\t7\n"
            )
        self.succeed(*NETWORK, "model", "data.h5ad", "--truth", "trrust.tsv", "--json", "scores.json")
        with open("scores.json") as file:
            scored = json.load(file)
        self.assertEqual(scored["scores"][0]["edges"], 3)
        signs = scored["scores"][0]
        self.assertEqual(signs["tp"] + signs["fn"] + signs["fp"] + signs["tn"], 2)  # one contradicts itself
        reasons = {row["regulator"]: row["reason"] for row in scored["not_scored"]}
        self.assertIn("not among the genes", reasons["Nanog"])
        self.assertIn("no other gene", reasons["Stem1"])

    def test_one_regulator_by_majority_of_the_cells_that_express_it(self):
        result = self.succeed(*NETWORK, "model", "data.h5ad", "--truth", "truth.csv", "--tf", "FateA1")
        self.assertRegex(result.stdout, r"majority of \d+ cells")

    def test_programmes_are_those_of_the_mean_operator(self):
        self.succeed(*NETWORK, "model", "data.h5ad", "--programmes", "modes.tsv", "--by", "time")
        modes = read_table("modes.tsv")
        self.assertEqual({row["group"] for row in modes}, {"all", "time 0", "time 1", "time 2"})
        self.assertTrue({row["kind"].split()[-1] for row in modes} <= {"growing", "decaying"})
        for row in modes:
            self.assertEqual(row["period"] != "", "rotating" in row["kind"])

    def test_the_result_does_not_depend_on_threads(self):
        self.assertEqual(self.edges("--threads", 1), self.edges("--threads", 4))


class BadInput(TestCase):
    def prepare(self):
        write_trained(self, steps=5)

    def test_the_truth_does_not_overlap(self):
        with open("other.csv", "w") as file:
            file.write("Gene1,Gene2\nSOX2,POU5F1\n")
        self.refused(3, ["other.csv", "none of its 1 edge"], *NETWORK, "model", "data.h5ad", "--truth", "other.csv")
        with open("upper.csv", "w") as file:
            file.write("Gene1,Gene2\nFATEA1,TFA1\n")
        self.refused(3, ["letter case"], *NETWORK, "model", "data.h5ad", "--truth", "upper.csv")

    def test_a_damaged_truth(self):
        for text, words in [
            ("", ["empty"]),
            ("a,b\nc,d\n", ["line 1", "Gene1"]),
            ("Gene1,Gene2\n", ["no edges"]),
            ("Gene1,Gene2,Sign\nStem1,Stem2,perhaps\n", ["line 2", "perhaps"]),
            ("Gene1,Gene2,Sign\nStem1\n", ["line 2", "1 field"]),
            ("Gene1,Gene2\nStem1,\n", ["line 2", "lacks a gene"]),
        ]:
            with open("truth.csv", "w") as file:
                file.write(text)
            self.refused(3, words, *NETWORK, "model", "data.h5ad", "--truth", "truth.csv")

    def test_options_that_make_no_sense(self):
        self.refused(2, ["--tf", "--truth"], *NETWORK, "model", "data.h5ad", "--tf", "FateA1")
        self.refused(2, ["--degradation", "-1"], *NETWORK, "model", "data.h5ad", "--degradation=-1")
        self.refused(2, [".graphml"], *NETWORK, "model", "data.h5ad", "-o", "edges.txt")
        self.refused(2, ["--by", "one group"], *NETWORK, "model", "data.h5ad", "-o", "e.graphml", "--by", "time")
        self.refused(3, ["did you mean 'fate'"], *NETWORK, "model", "data.h5ad", "--by", "fates")
        self.refused(
            3,
            ["FateC1", "did you mean 'FateA1'"],
            *NETWORK,
            "model",
            "data.h5ad",
            "--truth",
            "truth.csv",
            "--tf",
            "FateC1",
            "-o",
            "edges.tsv",
        )
        self.assertFalse(os.path.exists("edges.tsv"))

    def test_a_model_without_genes(self):
        def strip(data):
            del data.varm["PCs"]

        with_changed("bare.h5ad", strip)
        self.succeed("train", "bare.h5ad", "-o", "bare", "--steps", 2, "--width", 8)
        self.refused(3, ["knows no genes", "varm['PCs']"], *NETWORK, "bare", "bare.h5ad")

    def test_genes_without_a_mean(self):
        def strip(data):
            del data.uns["pca_mean"]

        with_changed("no_mean.h5ad", strip)
        self.succeed("train", "no_mean.h5ad", "-o", "no_mean", "--steps", 2, "--width", 8)
        self.succeed(*NETWORK, "no_mean", "no_mean.h5ad")  # the mean of X

        def strip_x(data):
            del data.uns["pca_mean"]
            data.X = None

        with_changed("no_x.h5ad", strip_x)
        self.refused(3, ["mean expression"], *NETWORK, "no_mean", "no_x.h5ad")
        self.refused(3, ["--tf FateA1", "X"], *NETWORK, "model", "no_x.h5ad", "--truth", "truth.csv", "--tf", "FateA1")

    def test_genes_whose_mean_cannot_be_that_of_x(self):
        def counts_in_x(data):
            del data.uns["pca_mean"]
            data.X = np.expm1(np.maximum(data.X, 0))

        with_changed("other_x.h5ad", counts_in_x)
        self.succeed("train", "other_x.h5ad", "-o", "other_x", "--steps", 2, "--width", 8)

        def squared(data):
            counts_in_x(data)
            data.X = np.square(data.X)

        with_changed("squared.h5ad", squared)
        self.refused(3, ["squared.h5ad", "mean expression", "X is off by"], *NETWORK, "other_x", "squared.h5ad")

    def test_the_truth_is_read_before_the_work(self):
        with open("bad.csv", "w") as file:
            file.write("what,is\nthis,\n")
        self.refused(3, ["bad.csv"], *NETWORK, "no-model", "data.h5ad", "--truth", "bad.csv")

    def test_outputs_differ_and_have_their_endings(self):
        self.refused(
            2,
            ["--output and --programmes are both"],
            *NETWORK,
            "model",
            "data.h5ad",
            "-o",
            "a.tsv",
            "--programmes",
            "./a.tsv",
        )
        self.refused(2, ["--json", ".json"], *NETWORK, "model", "data.h5ad", "--json", "a.tsv")
        edges = self.succeed(*NETWORK, "model", "data.h5ad", "-o", "-", "--top", 5).stdout.splitlines()
        self.assertEqual(len(edges), 6)

    def test_duplicated_names(self):
        def rename(data):
            names = list(data.var_names)
            names[names.index("Stem2")] = "Stem1"
            data.var_names = names

        with_changed("twice.h5ad", rename)
        self.succeed("train", "twice.h5ad", "-o", "twice", "--steps", 2, "--width", 8)
        warned = self.succeed(*NETWORK, "twice", "twice.h5ad", "--truth", "truth.csv", "--json", "scores.json")
        self.assertIn("'Stem1'", warned.stderr)
        with open("scores.json") as file:
            reasons = {row["regulator"]: row["reason"] for row in json.load(file)["not_scored"]}
        self.assertIn("several genes", reasons["Stem1"])
        self.refused(3, ["Stem1", "unique"], "perturb", "twice", "twice.h5ad", "--gene", "Stem1=0", "--times", 2)

    def test_models_of_other_data(self):
        self.succeed("simulate", "-o", "wide.h5ad", "--genes", 20, "--cells", 20)
        self.succeed("train", "wide.h5ad", "-o", "wide", "--steps", 2, "--width", 8)
        self.refused(3, ["wide", "other genes"], *NETWORK, "model", "data.h5ad", "--ensemble", "wide")


if __name__ == "__main__":
    unittest.main()
