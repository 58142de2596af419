"""The network from expression and time alone: what it finds, what it says of an edge, and what it refuses."""

import csv
import json
import os
import unittest
import xml.etree.ElementTree

import anndata
import numpy as np
from lagged_data import EDGES, GENES, chain_of_counts, write_chain, write_edges
from support import TestCase

COLUMNS = ["source", "target", "effect", "score", "lag", "same_sign", "p", "correlation", "correlation_within"]
COLUMNS += ["agreement", "confidence", "rank"]
FEW = ["--draws", 4, "--shuffles", 4]


def read_table(path, delimiter="\t"):
    with open(path) as file:
        return list(csv.DictReader(file, delimiter=delimiter))


class LaggedNetwork(TestCase):
    def prepare(self):
        write_chain("data.h5ad")
        write_edges("truth.csv")

    def edges(self, *arguments, data="data.h5ad", evidence=FEW):
        self.result = self.succeed("network", data, "-o", "edges.tsv", *evidence, *arguments)
        return read_table("edges.tsv")

    def test_the_strongest_edges_are_the_true_ones(self):
        edges = self.edges()
        self.assertEqual({(e["source"], e["target"], "+") for e in edges[:4]}, set(EDGES))
        self.assertTrue(all(float(e["effect"]) > 0 and e["same_sign"] == "1" for e in edges[:4]))
        brake = next(e for e in edges if (e["source"], e["target"]) == ("Brake", "First"))
        self.assertLess(float(brake["effect"]), 0)

    def test_all_edges_are_ranked_with_what_speaks_for_them(self):
        edges = self.edges()
        self.assertEqual(list(edges[0]), COLUMNS)
        self.assertEqual(len(edges), 5 * 4 - 4)  # nothing acts on the stimulus
        self.assertFalse(any(e["target"] == "Drug" for e in edges))
        scores = [abs(float(e["score"])) for e in edges]
        self.assertEqual(scores, sorted(scores, reverse=True))
        self.assertEqual([int(e["rank"]) for e in edges], list(range(1, 17)))
        self.assertEqual({float(e["lag"]) for e in edges}, {9})
        for edge in edges:
            self.assertEqual(edge["p"] == "", edge["source"] == "Drug")
            within = edge["correlation_within"]
            agrees = "" if not within else str(int(float(within) * float(edge["effect"]) > 0))
            self.assertEqual(edge["agreement"], agrees)
            self.assertTrue(0 <= float(edge["confidence"]) <= 1)
        self.assertIn("counts, taken as log(1 + x)", self.result.stderr)
        self.assertIn("Inputs: 'Drug'", self.result.stdout)
        self.assertRegex(self.result.stdout, r"Directions: \d+ % of what varies lies between the times")

    def test_data_that_hardly_change_say_association_only(self):
        data = chain_of_counts()
        rng = np.random.default_rng(3)
        data.obs["time"] = rng.permutation(data.obs["time"].to_numpy())
        data.write_h5ad("mixed.h5ad")
        self.edges(data="mixed.h5ad")
        self.assertIn("Association, direction unknown", self.result.stdout)

    def test_logarithms_and_counts_give_the_same(self):
        edges = self.edges()
        data = anndata.read_h5ad("data.h5ad")
        data.X = np.log1p(data.X.astype(float))
        data.write_h5ad("log.h5ad")
        logs = self.edges(data="log.h5ad")
        self.assertIn("logarithms", self.result.stderr)
        for one, other in zip(edges, logs, strict=True):
            self.assertEqual((one["source"], one["target"]), (other["source"], other["target"]))
            self.assertAlmostEqual(float(one["effect"]), float(other["effect"]), delta=1e-5)

    def test_values_below_0_are_shifted(self):
        data = anndata.read_h5ad("data.h5ad")
        data.X = np.log1p(data.X.astype("f8")) - 5
        data.write_h5ad("dct.h5ad")
        shifted = self.edges(data="dct.h5ad")
        self.assertIn("shifted", self.result.stderr)
        self.assertAlmostEqual(float(shifted[0]["effect"]), float(self.edges()[0]["effect"]), delta=1e-4)

    def test_a_treatment_is_an_input_that_the_data_do_not_show(self):
        data = anndata.read_h5ad("data.h5ad")[:, GENES[1:]]
        data.write_h5ad("untold.h5ad")
        edges = self.edges("--treatment-from", 0, data="untold.h5ad")
        self.assertIn(("treatment", "First"), [(e["source"], e["target"]) for e in edges[:4]])
        self.assertIn("Inputs: 'treatment'", self.result.stdout)
        told = {(e["source"].replace("Drug", "treatment"), e["target"]): float(e["effect"]) for e in self.edges()}
        for edge in edges:
            self.assertAlmostEqual(float(edge["effect"]), told[edge["source"], edge["target"]], delta=1e-5)

    def test_a_declared_input_is_no_target(self):
        edges = self.edges("--input", "Brake")
        self.assertEqual({e["target"] for e in edges}, {"First", "Second", "Third"})
        self.assertEqual({e["source"] for e in edges}, set(GENES))

    def test_only_the_regulators_asked_for(self):
        with open("factors.txt", "w") as file:
            file.write("Second\nNanog\n\nThird\n")
        edges = self.edges("--regulators", "factors.txt")
        self.assertEqual({e["source"] for e in edges}, {"Drug", "Second", "Third"})  # an input always acts
        self.assertIn("'Nanog'", self.result.stderr)

    def test_what_acts_on_a_gene_and_on_what_it_acts(self):
        of_all = [(e["source"], e["target"], e["score"]) for e in self.edges()]
        around = self.edges("--around", "Second")
        expected = [edge for edge in of_all if "Second" in edge[:2]]
        self.assertEqual([(e["source"], e["target"], e["score"]) for e in around], expected)
        upstream, downstream = self.result.stdout.split("What acts on Second:")[1].split("On what Second acts:")
        self.assertIn("First", upstream)
        self.assertIn("Third", downstream)
        self.assertEqual(len(self.edges("--around", "Second", "--top", 2)), 2)
        self.refused(3, ["--around", "did you mean 'Second'"], "network", "data.h5ad", "--around", "Secon", *FEW)
        self.refused(2, ["--around", "--read-out lagged"], "network", "model", "data.h5ad", "--around", "Second")

    def test_formats(self):
        edges = self.edges("--top", 3)
        self.assertEqual(len(edges), 3)
        pairs = [(e["source"], e["target"], e["score"]) for e in edges]
        self.edges("--top", 3, "--format", "beeline")
        self.assertEqual([tuple(e.values()) for e in read_table("edges.tsv")], pairs)
        self.edges("--top", 3, "--format", "decoupler")
        table = read_table("edges.tsv", ",")
        self.assertEqual(list(table[0]), ["source", "target", "weight"])
        self.assertEqual([tuple(e.values()) for e in table], pairs)
        self.succeed("network", "data.h5ad", *FEW, "--top", 3, "-o", "edges.graphml")
        names = "{http://graphml.graphdrawing.org/xmlns}"
        graph = xml.etree.ElementTree.parse("edges.graphml").getroot().find(names + "graph")
        self.assertEqual(len(graph.findall(names + "edge")), 3)

    def test_the_truth_scores_beside_correlations(self):
        result = self.succeed("network", "data.h5ad", *FEW, "--truth", "truth.csv", "--json", "scores.json")
        with open("scores.json") as file:
            scores = {row["method"]: row for row in json.load(file)["scores"]}
        self.assertEqual(list(scores), ["lagged", "correlation", "correlation within", "constant activation", "random"])
        self.assertEqual(scores["lagged"]["edges"], 4)
        self.assertEqual(scores["lagged"]["candidates"], 4 + 3 * 3)  # the stimulus is a source only
        self.assertEqual(scores["lagged"]["auprc"], 1)
        self.assertIn("correlation within", result.stdout)

    def test_the_result_depends_on_the_seed_and_not_on_threads(self):
        self.assertEqual(self.edges("--threads", 1), self.edges("--threads", 3))
        self.assertNotEqual(self.edges("--seed", 1), self.edges("--seed", 2))

    def test_without_draws_there_is_no_confidence(self):
        edges = self.edges(evidence=["--draws", 0, "--shuffles", 0])
        self.assertNotIn("confidence", edges[0])
        self.assertNotIn("p", edges[0])
        self.assertIn("correlation", edges[0])

    def test_tables_other_than_h5ad(self):
        data = anndata.read_h5ad("data.h5ad")
        frame = data.to_df()
        frame["time"] = data.obs["time"]
        frame.to_csv("data.csv", index_label="cell")
        self.assertEqual(self.edges(), self.edges(data="data.csv"))


class BadInput(TestCase):
    def prepare(self):
        write_chain("data.h5ad", cells=20)
        write_edges("truth.csv")

    def changed(self, path, change):
        data = anndata.read_h5ad("data.h5ad")
        change(data)
        data.write_h5ad(path)
        return path

    def test_arguments_that_belong_to_the_other_read_out(self):
        self.refused(2, ["needs one, DATA"], "network", "--read-out", "lagged", "model", "data.h5ad")
        self.refused(2, ["needs two, MODEL and DATA"], "network", "--read-out", "operator", "data.h5ad")
        self.refused(2, ["--by", "--read-out operator"], "network", "data.h5ad", "--by", "time")
        self.refused(2, ["--draws", "--read-out lagged"], "network", "--read-out", "operator", "m", "d", "--draws", 3)
        self.refused(2, ["DATA"], "network")

    def test_one_time_only(self):
        def stop(data):
            data.obs["time"] = 3.0

        path = self.changed("still.h5ad", stop)
        self.refused(3, [path, "one time", "two times or more"], "network", path, "--time-key", "time")

    def test_one_transition_only_is_warned_of(self):
        write_chain("two.h5ad", times=(0, 12))
        self.assertIn("one transition", self.succeed("network", "two.h5ad", *FEW).stderr)

    def test_more_regulators_than_cells_are_warned_of(self):
        write_chain("few.h5ad", cells=1, times=(0, 6, 12, 24))
        self.assertIn("--regulators", self.succeed("network", "few.h5ad", "--draws", 0, "--shuffles", 0).stderr)

    def test_all_of_very_many_genes_as_regulators_are_refused(self):
        rng = np.random.default_rng(5)
        data = anndata.AnnData(rng.poisson(1.0, (12, 3200)).astype("f4"))
        data.obs["time"] = np.repeat([0.0, 1.0], 6)
        data.write_h5ad("wide.h5ad")
        self.refused(3, ["wide.h5ad", "regulators", "12 cells", "--regulators"], "network", "wide.h5ad")

    def test_no_regulator_in_the_data(self):
        with open("none.txt", "w") as file:
            file.write("SOX2\n")
        self.refused(3, ["none.txt", "'Drug'"], "network", "data.h5ad", "--regulators", "none.txt")

    def test_a_regulator_that_does_not_vary_is_left_out(self):
        def flatten(data):
            data.X[:, 2] = 4

        with open("factors.txt", "w") as file:
            file.write("Second\nThird\n")
        path = self.changed("flat.h5ad", flatten)
        result = self.succeed("network", path, *FEW, "--regulators", "factors.txt")
        self.assertIn("left out 1 gene with the same value", result.stderr)
        self.assertIn("'Second'", result.stderr)

    def test_inputs_that_are_not_there(self):
        self.refused(3, ["--input", "did you mean 'Brake'"], "network", "data.h5ad", "--input", "Brak")
        self.refused(3, ["nothing to explain"], "network", "data.h5ad", "--input", ",".join(GENES))

    def test_a_treatment_at_no_time_of_the_data(self):
        for time in (-1, 36):
            self.refused(2, ["--treatment-from", "0 to 36"], "network", "data.h5ad", f"--treatment-from={time}")

    def test_values_that_are_neither_counts_nor_logarithms(self):
        def scale(data):
            data.X = data.X * 7.5

        path = self.changed("scaled.h5ad", scale)
        self.refused(3, [path, "750", "too large for a logarithm"], "network", path)
        self.refused(3, [path, "--values is counts"], "network", path, "--values", "counts")

    def test_a_truth_of_other_genes(self):
        write_edges("other.csv", [("SOX2", "NANOG", "+")])
        self.refused(3, ["other.csv", "none of its 1 edge"], "network", "data.h5ad", "--truth", "other.csv")
        self.refused(3, ["missing.csv"], "network", "no-data.h5ad", "--truth", "missing.csv")

    def test_after_an_error_there_is_no_output(self):
        self.refused(3, ["--input"], "network", "data.h5ad", "--input", "Brak", "-o", "edges.tsv")
        self.assertFalse(os.path.exists("edges.tsv"))
        self.refused(2, [".graphml"], "network", "data.h5ad", "-o", "edges.txt")


if __name__ == "__main__":
    unittest.main()
