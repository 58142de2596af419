"""Names of cells, genes, labels and parts of files that would like to be more than text."""

import csv
import html.parser
import io
import os
import pathlib
import unittest
import zipfile

import anndata
import numpy as np
from support import TestCase, moving_cells, run
from test_fates import write_branching

MARKUP = '<img src=x onerror="run()"></text><script>run()</script>'
FORMULA = '=HYPERLINK("http://example.org","x")'


class Elements(html.parser.HTMLParser):
    """The names of all elements of a page or a picture."""

    def __init__(self, text):
        super().__init__()
        self.names = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        assert not any(name.startswith("on") for name, _ in attributes), attributes


def fields(path):
    """All fields of a table; tsv or csv."""
    text = pathlib.Path(path).read_text()
    return [field for row in csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ",") for field in row]


class HostileNames(TestCase):
    def prepare(self):
        write_branching(times=(0, 1, 2, 3))

    def rename(self, start):
        """Puts the text before the names of cells, genes and labels, and trains a model of them."""
        data = anndata.read_h5ad("data.h5ad")
        data.obs_names = [f"{start}{name}" for name in data.obs_names]
        data.var_names = [f"{start}{name}" for name in data.var_names]
        data.obs["state"] = [f"{start}{label}" for label in data.obs["state"].astype(str)]
        data.varm["PCs"] = np.random.default_rng(2).normal(size=(data.n_vars, data.obsm["X_pca"].shape[1]))
        data.uns["pca_mean"] = np.zeros(data.n_vars)
        data.write_h5ad("data.h5ad")
        self.succeed("train", "data.h5ad", "-o", "model", "--steps", 30, "--width", 8, "--dims", 3)

    def test_markup_in_reports_and_pictures_is_text(self):
        self.rename(MARKUP)
        labels = ["--label-key", "state", "--undecided", MARKUP + "open"]
        self.succeed("report", "model", "data.h5ad", "-o", "report.html", "--steps", 20, *labels)
        self.succeed("fates", "data.h5ad", "-o", "fates.h5ad", *labels)
        self.succeed("plot", "fates", "fates.h5ad", "-o", "fates.svg")
        for name in ("report.html", "fates.svg"):
            text = pathlib.Path(name).read_text()
            self.assertIn("&lt;img", text, name)
            self.assertFalse(Elements(text).names & {"img", "script"}, name)

    def test_no_spreadsheet_runs_a_field_of_a_table(self):
        self.rename(FORMULA)
        self.succeed("predict", "model", "data.h5ad", "--ahead", 0.5, "-o", "moved.csv")
        self.succeed("network", "model", "data.h5ad", "-o", "edges.csv")
        labels = ["--label-key", "state", "--undecided", FORMULA + "open"]
        self.succeed("fates", "data.h5ad", "-o", "fates.h5ad", *labels, "--drivers", "drivers.tsv")
        for name in ("moved.csv", "edges.csv", "drivers.tsv"):
            texts = [field for field in fields(name) if "HYPERLINK" in field]
            self.assertTrue(texts, name)
            self.assertEqual([text for text in texts if not text.startswith("'=")], [], name)

    def test_parts_of_an_archive_are_written_nowhere(self):
        cells, days = moving_cells()
        os.makedirs("inside/folder")
        os.chdir("inside/folder")
        np.savez("good.npz", pcs=cells, sample_labels=days)
        with zipfile.ZipFile("good.npz") as good, zipfile.ZipFile("evil.npz", "w") as evil:
            for name in good.namelist():
                evil.writestr(name, good.read(name))
                for place in ("../../", "/tmp/cellmnn-hostile/", "..\\"):
                    evil.writestr(place + name, good.read(name))
        os.remove("good.npz")
        result = run("inspect", "evil.npz")
        self.assertIn(result.returncode, (0, 3), result.stderr)
        self.assertEqual(os.listdir(), ["evil.npz"])
        self.assertEqual(os.listdir(".."), ["folder"])
        self.assertFalse(os.path.exists("/tmp/cellmnn-hostile"))

    def test_an_output_that_is_a_link_changes_the_file_that_it_names_and_no_other(self):
        pathlib.Path("target.csv").write_text("old")
        os.symlink("target.csv", "link.csv")
        self.succeed("simulate", "-o", "link.csv", "--cells", 20)
        self.assertTrue(os.path.islink("link.csv"))
        self.assertNotEqual(pathlib.Path("target.csv").read_text(), "old")
        before = pathlib.Path("data.h5ad").read_bytes()
        os.symlink("data.h5ad", "input.h5ad")
        self.refused(3, ["input.h5ad", "is an input"], "annotate", "model", "data.h5ad", "-o", "input.h5ad")
        self.assertEqual(pathlib.Path("data.h5ad").read_bytes(), before)


if __name__ == "__main__":
    unittest.main()
