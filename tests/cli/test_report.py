"""The report of a model and its data: one static file."""

import html.parser
import unittest

import anndata
import numpy as np
from support import TestCase
from test_fates import write_branching

LABELS = ["--label-key", "state", "--undecided", "open"]


class Contents(html.parser.HTMLParser):
    """Titles, texts, and what refers to other files."""

    def __init__(self, text):
        super().__init__()
        self.open, self.titles, self.texts, self.references, self.pictures = [], [], [], [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        if tag != "meta":
            self.open.append(tag)
        self.pictures += tag == "svg"
        self.references += [value for name, value in attributes if name in ("src", "href")]

    def handle_startendtag(self, tag, attributes):
        """Of an element of a picture."""

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        (self.titles if self.open and self.open[-1] == "h2" else self.texts).append(data)


class Report(TestCase):
    def prepare(self):
        write_branching(times=(0, 1, 2, 3))
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 60, "--width", 8, "--dims", 3)

    def report(self, *arguments):
        self.succeed("report", "model", "data.h5ad", "-o", "report.html", "--steps", 30, *arguments)
        with open("report.html") as file:
            text = file.read()
        contents = Contents(text)
        self.assertEqual(contents.open, [])
        return contents, text

    def test_it_has_all_sections_and_needs_no_other_file(self):
        contents, text = self.report(*LABELS, "--network-genes", 5, "--page", "page.html")
        self.assertEqual(len(contents.titles), 7)
        self.assertEqual(contents.references, ["page.html"])
        self.assertGreaterEqual(contents.pictures, 4)
        self.assertNotIn("<script", text)
        words = " ".join(contents.texts)
        for part in ["240 cells", "was left out", "base rates", "cellmnn (honest)", "Few cells"]:
            self.assertIn(part, words)
        self.assertIn("@media print", text)
        self.assertIn("prefers-color-scheme:dark", text)

    def test_any_number_of_threads_gives_the_same_file(self):
        _, one = self.report(*LABELS, "--threads", 1)
        _, two = self.report(*LABELS, "--threads", 2)
        self.assertEqual(one, two)

    def test_clusters_stand_for_fates_where_no_labels_are_given(self):
        contents, _ = self.report("--network-genes", 0)
        words = " ".join(contents.texts)
        self.assertTrue("clusters of the cells of the last time" in words or "no stable clusters" in words)
        self.assertNotIn("Interactions between genes", contents.titles)

    def test_scores_of_a_file(self):
        self.succeed("evaluate", "data.h5ad", "--methods", "previous,next", "--json", "scores.json", "--dims", 3)
        contents, _ = self.report(*LABELS, "--scores", "scores.json", "--network-genes", 0)
        self.assertIn("From scores.json.", contents.texts)
        self.refused(3, ["none.json"], "report", "model", "data.h5ad", *LABELS, "--scores", "none.json", "-o", "r.html")

    def test_names_are_escaped(self):
        data = anndata.read_h5ad("data.h5ad")
        data.var_names = ["<b>", "w", "x", "y", "z"]
        data.obs["state"] = data.obs["state"].cat.rename_categories({"ü": "<i>"})
        data.X[:, 0] += 3 * (data.obsm["X_pca"][:, 0] > 0).astype(np.float32)
        data.write_h5ad("data.h5ad")
        _, text = self.report(*LABELS, "--network-genes", 0)
        self.assertNotIn("<b>", text)
        self.assertNotIn("<i>", text)

    def test_two_times_and_no_expression(self):
        data = anndata.read_h5ad("data.h5ad")
        few = data[data.obs["day"] > 1].copy()
        anndata.AnnData(obs=few.obs, obsm={"X_pca": few.obsm["X_pca"]}).write_h5ad("data.h5ad")
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 20, "--width", 8, "--dims", 3)
        contents, _ = self.report(*LABELS)
        words = " ".join(contents.texts)
        self.assertIn("two times only", words)
        self.assertIn("no expression", words)

    def test_bad_requests(self):
        self.refused(2, ["--output", ".html"], "report", "model", "data.h5ad", "-o", "r.pdf")
        self.refused(3, ["no obs['stat']"], "report", "model", "data.h5ad", "--label-key", "stat", "-o", "r.html")


if __name__ == "__main__":
    unittest.main()
