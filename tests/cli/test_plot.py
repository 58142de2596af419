"""Pictures of data and of the files that other commands write."""

import json
import os
import unittest
import xml.etree.ElementTree as xml

import anndata
import numpy as np
import pandas as pd
from support import TestCase
from test_fates import write_branching

LABELS = ["--label-key", "state", "--undecided", "open"]


class Plot(TestCase):
    def prepare(self):
        write_branching()
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 60, "--width", 8, "--dims", 3,
                     "--json-log", "log.jsonl")  # fmt: skip
        self.succeed("fates", "model", "data.h5ad", *LABELS, "-o", "fates.h5ad", "--trends", "trends.tsv",
                     "--alluvial", "flows.tsv", "--ancestor-key", "state")  # fmt: skip

    def plot(self, *arguments):
        self.succeed("plot", *arguments, "-o", "out.svg")
        with open("out.svg") as file:
            text = file.read()
        self.assertNotRegex(text, r"[', ](nan|inf|-)[', ]")
        return xml.fromstring(text), text

    def test_snapshots(self):
        def circles(root):
            return len(root.findall("{*}circle"))

        plain, _ = self.plot("snapshots", "data.h5ad")
        paths, text = self.plot("snapshots", "model", "data.h5ad")
        self.assertGreaterEqual(circles(plain), 180)
        self.assertGreater(circles(paths), circles(plain))
        self.assertIn("prefers-color-scheme:dark", text)
        self.assertIn("@media print", text)

    def test_fates(self):
        root, text = self.plot("fates", "fates.h5ad")
        facts = json.loads(anndata.read_h5ad("fates.h5ad").uns["cellmnn"]["fates"])
        self.assertIn(facts["times"][1]["in_words"].split()[0], text)
        self.assertIn("base rates", text)
        data = anndata.read_h5ad("fates.h5ad")
        truth = np.hstack([data.obsm["fates_fwd"], np.zeros((180, 1))])
        data.obsm["truth"] = truth.astype("f4")
        data.write_h5ad("with_truth.h5ad")
        _, text = self.plot("fates", "with_truth.h5ad", "--truth", "truth")
        self.assertIn("share that came true", text)
        self.refused(3, ["no obsm['none'] (--truth)"], "plot", "fates", "fates.h5ad", "--truth", "none", "-o", "x.svg")

    def test_tables(self):
        _, text = self.plot("trends", "trends.tsv", "--genes", "y,v")
        self.assertLess(text.index(">y<"), text.index(">v<"))
        self.assertNotIn(">w<", text)
        root, text = self.plot("alluvial", "flows.tsv")
        self.assertGreater(len(root.findall("{*}path")), 4)
        self.assertIn("a, b", text)

    def test_scores_and_loss(self):
        self.succeed("evaluate", "data.h5ad", "--methods", "previous,next", "--json", "scores.json", "--dims", 3)
        _, text = self.plot("scores", "scores.json", "--metric", "energy")
        self.assertIn("energy distance", text)
        self.assertIn("previous", text)
        root, _ = self.plot("loss", "log.jsonl")
        self.assertEqual(len(root.findall("{*}polyline")), 1)

    def test_networks_and_screens(self):
        edges = pd.DataFrame({"source": ["A", "B", "A"], "target": ["B", "C", "C"], "score": [2, -1, 0.5],
                              "confidence": [0.9, None, 0.1]})  # fmt: skip
        edges.to_csv("edges.tsv", sep="\t", index=False)
        _, text = self.plot("network", "edges.tsv", "--genes", "B")
        self.assertIn("A  0.90", text)
        self.refused(3, ["no gene 'Bb' (--genes)", "did you mean 'B'"],
                     "plot", "network", "edges.tsv", "--genes", "Bb", "-o", "x.svg")  # fmt: skip
        screen = pd.DataFrame({"time": [0, 1, 0], "gene": ["A", "A", "B"], "fate": ["x", "x", "x"],
                               "change": [0.1, -0.3, 0.2], "p": [0.5, 0.01, 0.5]})  # fmt: skip
        screen.to_csv("screen.tsv", sep="\t", index=False)
        _, text = self.plot("screen", "screen.tsv")
        self.assertIn("-0.300", text)
        self.assertNotIn("0.100", text)

    def test_bad_requests(self):
        for code, words, arguments in [
            (2, ["no kind of picture 'fate'", "did you mean 'fates'"], ["fate", "fates.h5ad"]),
            (2, ["got 2 files", "cellmnn plot trends TRENDS.tsv"], ["trends", "trends.tsv", "trends.tsv"]),
            (2, ["got 0 files"], ["loss"]),
            (3, ["none.tsv"], ["trends", "none.tsv"]),
            (3, ["data.h5ad: has no fates", "cellmnn fates"], ["fates", "data.h5ad"]),
            (3, ["no column 'fate'", "cellmnn fates --trends"], ["trends", "flows.tsv"]),
            (3, ["fewer than two losses"], ["loss", "trends.tsv"]),
            (3, ["no scores", "evaluate --json"], ["scores", "trends.tsv"]),
        ]:
            self.refused(code, words, "plot", *arguments, "-o", "x.svg")
        self.refused(2, ["--output", ".svg"], "plot", "fates", "fates.h5ad", "-o", "x.pdf")
        self.assertFalse(os.path.exists("x.svg"))


if __name__ == "__main__":
    unittest.main()
