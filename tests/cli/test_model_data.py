"""A model beside data that are not those of its training: what differs is said, and how to go on."""

import json
import unittest

import anndata
import numpy as np
import pandas as pd
from gene_data import with_changed, write_trained
from support import TestCase, moving_cells


class OtherGenes(TestCase):
    def setUp(self):
        super().setUp()
        self.data = write_trained(self, steps=2)

    def differs(self, words, change, *, forced=True):
        """All commands refuse the changed data with these words, and take it with --force."""
        path = with_changed("changed.h5ad", change)
        commands = [
            ["predict", "model", path, "--ahead", 1, "-o", "out.npz"],
            ["annotate", "model", path, "-o", "out.h5ad"],
            ["network", "model", path],
            ["perturb", "model", path, "--gene", "Stem1=0", "--times", 2],
        ]
        for command in commands:
            self.refused(3, ["changed.h5ad", *words, "--force"], *command)
        if forced:
            self.assertIn("warning", self.succeed(*commands[0], "--force").stderr)

    def test_other_names(self):
        def change(data):
            data.var_names = ["New" if name == "Stem1" else name for name in data.var_names]

        self.differs(["'New'", "'Stem1'"], change)

    def test_fewer_genes(self):
        path = with_changed("all.h5ad", lambda data: None)
        anndata.read_h5ad(path)[:, 2:].copy().write_h5ad("fewer.h5ad")
        self.refused(3, ["14 genes", "16"], "predict", "model", "fewer.h5ad", "--ahead", 1, "-o", "out.npz")

    def test_other_loadings(self):
        def change(data):
            loadings = np.array(data.varm["PCs"])
            loadings[:, 1] *= -1
            data.varm["PCs"] = loadings

        self.differs(["component '2'", "computed anew"], change)

    def test_other_times(self):
        def hours(data):
            data.obs["time"] = 1.5 * data.obs["time"]

        self.differs(["its times 0, 1.5, 3", "0, 1, 2"], hours)

    def test_other_coordinates(self):
        def change(data):
            del data.varm["PCs"]
            data.obsm["X_pca"] = -data.obsm["X_pca"]

        path = with_changed("turned.h5ad", change)
        self.refused(3, ["other coordinates", "--force"], "predict", "model", path, "--ahead", 1, "-o", "out.npz")

    def test_other_dimensions(self):
        def change(data):
            del data.varm["PCs"]
            data.obsm["X_pca"] = data.obsm["X_pca"][:, :3]

        path = with_changed("narrow.h5ad", change)
        self.refused(3, ["3 latent dimensions", "needs 5"], "predict", "model", path, "--ahead", 1, "-o", "out.npz")

    def test_more_dimensions_of_the_same_are_left_out(self):
        def change(data):
            del data.varm["PCs"]
            data.obsm["X_pca"] = np.hstack([data.obsm["X_pca"], np.ones((data.n_obs, 2), "f4")])

        path = with_changed("wide.h5ad", change)
        self.succeed("predict", "model", path, "--ahead", 1, "-o", "out.npz")

    def test_some_of_the_cells(self):
        path = with_changed("all.h5ad", lambda data: None)
        anndata.read_h5ad(path)[::3].copy().write_h5ad("some.h5ad")
        self.succeed("predict", "model", "some.h5ad", "--ahead", 1, "-o", "out.npz")

    def test_a_model_that_says_nothing_of_its_data(self):
        with open("model", "rb") as file:
            size = int.from_bytes(file.read(8), "little")
            header, rest = json.loads(file.read(size)), file.read()
        header["__metadata__"]["provenance"] = "{}"
        del header["__metadata__"]["genes"]
        for name in ["latent.loadings", "latent.gene_mean"]:
            self.assertIn(name, header)
        header["__metadata__"]["genes"] = json.dumps(list(self.data.var_names))
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        with open("old", "wb") as file:
            file.write(len(text).to_bytes(8, "little") + text + rest)
        self.succeed("inspect", "old")

        def hours(data):
            data.obs["time"] = 1.5 * data.obs["time"]

        path = with_changed("hours.h5ad", hours)
        self.succeed("predict", "old", path, "--ahead", 1, "-o", "out.npz")


class Labels(TestCase):
    """Labels whose times were given in training have them again."""

    def setUp(self):
        super().setUp()
        x, t = moving_cells(times=(0, 2, 5))
        names = {0: "start", 2: "mid", 5: "end"}
        self.rows = pd.DataFrame(x, columns=[f"PC{d + 1}" for d in range(4)])
        self.rows.insert(0, "stage", [names[time] for time in t])
        self.rows.to_csv("data.csv", index=False)
        self.succeed(
            "train", "data.csv", "-o", "model", "--steps", 2, "--width", 8, "--time-map", "start=0,mid=2,end=5"
        )

    def test_a_known_map_is_used_again(self):
        self.succeed("predict", "model", "data.csv", "--ahead", 1, "-o", "out.npz")
        self.assertEqual(set(np.load("out.npz")["time"]), {0, 2, 5})

    def test_of_some_of_the_labels(self):
        self.rows[self.rows["stage"] == "mid"].to_csv("mid.csv", index=False)
        self.succeed("predict", "model", "mid.csv", "--ahead", 1, "-o", "out.npz")
        self.assertEqual(set(np.load("out.npz")["time"]), {2})

    def test_another_map(self):
        arguments = ["predict", "model", "data.csv", "--ahead", 1, "-o", "out.npz", "--time-map", "start=0,mid=1,end=5"]
        self.refused(3, ["'mid' is time 1", "was 2", "--force"], *arguments)
        self.succeed(*arguments, "--force")


if __name__ == "__main__":
    unittest.main()
