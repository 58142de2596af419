"""A model beside data that are not those of its training: what differs is said, and how to go on."""

import json
import unittest

import anndata
import numpy as np
import pandas as pd
from gene_data import with_changed, write_trained
from support import TestCase, moving_cells, write_npz


def commands(path):
    """All that take a model and data."""
    return [
        ["predict", "model", path, "--ahead", 1, "-o", "out.npz"],
        ["annotate", "model", path, "-o", "out.h5ad"],
        ["network", "model", path],
        ["perturb", "model", path, "--gene", "Stem1=0", "--times", 2],
        ["evaluate", path, "--model", "model"],
    ]


class ModelTestCase(TestCase):
    def all_refuse(self, words, path, *arguments):
        for command in commands(path):
            self.refused(3, [path, *words], *command, *arguments)

    def differs(self, words, change):
        """All commands refuse the changed data with these words, and take it with --force."""
        path = with_changed("changed.h5ad", change)
        self.all_refuse([*words, "--force"], path)
        self.assertIn("warning", self.succeed(*commands(path)[0], "--force").stderr)


class OtherGenes(ModelTestCase):
    def prepare(self):
        write_trained(self, steps=2)

    def setUp(self):
        super().setUp()
        self.data = anndata.read_h5ad("data.h5ad")

    def test_other_names(self):
        def change(data):
            data.var_names = ["New" if name == "Stem1" else name for name in data.var_names]

        self.differs(["'New'", "'Stem1'"], change)

    def test_fewer_genes(self):
        path = with_changed("all.h5ad", lambda data: None)
        anndata.read_h5ad(path)[:, 2:].copy().write_h5ad("fewer.h5ad")
        self.all_refuse(["14 genes", "16", "--force"], "fewer.h5ad")

    def test_other_loadings(self):
        def change(data):
            loadings = np.array(data.varm["PCs"])
            loadings[:, 1] *= -1
            data.varm["PCs"] = loadings

        self.differs(["component 2", "computed anew"], change)

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
            data.varm["PCs"] = data.varm["PCs"][:, :3]
            data.obsm["X_pca"] = data.obsm["X_pca"][:, :3]

        path = with_changed("narrow.h5ad", change)
        self.all_refuse(["3 latent dimensions", "needs 5"], path)

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


class OtherUnits(ModelTestCase):
    """A model of days, "0d" to "2d", beside the same cells with times of other units."""

    def prepare(self):
        write_trained(self, steps=2)
        with_changed("data.h5ad", self.labels("{:g}d"))
        self.succeed("train", "data.h5ad", "--time-key", "stage", "-o", "model", "--steps", 2, "--width", 8)

    def labels(self, text, factor=1):
        def change(data):
            times = data.obs["time"] if "time" in data.obs else data.obs["stage"].astype(str).str[:-1].astype(float)
            data.obs = pd.DataFrame({"stage": [text.format(factor * time) for time in times]}, index=data.obs_names)

        return change

    def times(self, *arguments):
        self.succeed("predict", "model", *arguments, "--ahead", 0, "-o", "out.npz")
        return set(np.load("out.npz")["time"])

    def test_labels_are_converted_to_the_unit_of_the_model(self):
        hours = with_changed("hours.h5ad", self.labels("{:g}h", 24))
        for command in commands(hours):
            self.assertIn("converted to the unit d (0h = 0, 24h = 1, 48h = 2)", self.succeed(*command).stderr)
        self.assertEqual(self.times(hours), {0, 1, 2})
        self.assertEqual(self.times(hours, "--time-unit", "days"), {0, 1, 2})

    def test_numbers_in_a_column_of_hours_are_converted_too(self):
        def hours(data):
            self.labels("{:g}", 24)(data)
            data.obs = pd.DataFrame({"hour": data.obs["stage"].astype(float)})

        self.assertEqual(self.times(with_changed("hours.h5ad", hours)), {0, 1, 2})

    def test_another_unit_is_refused(self):
        words = ["in h, but those of training in d (1 d = 24 h)", "--time-unit d", "--time-map", "--force"]
        hours = with_changed("hours.h5ad", self.labels("{:g}h", 24))
        self.all_refuse(words, hours, "--time-unit", "h")
        bare = with_changed("bare.h5ad", self.labels("{:g}"))
        self.all_refuse(words, bare, "--time-unit", "h")
        self.assertEqual(self.times(bare), {0, 1, 2})
        self.assertIn("warning", self.succeed(*commands(bare)[0], "--time-unit", "h", "--force").stderr)

    def test_a_unit_that_is_only_named_in_training(self):
        numbers = with_changed("numbers.h5ad", self.labels("{:g}"))
        arguments = ["--steps", 2, "--width", 8, "--time-unit", "somites"]
        self.succeed("train", numbers, "--time-key", "stage", "-o", "model", *arguments)
        self.assertEqual(self.times(numbers), {0, 1, 2})
        self.all_refuse(["in h, but those of training in somites", "--force"], numbers, "--time-unit", "h")

    def test_another_map(self):
        map = ["--time-map", "0d=0,1d=1,2d=3"]
        self.all_refuse(["'2d' is time 3", "was 2", "--force"], "data.h5ad", *map)
        self.assertIn("warning", self.succeed(*commands("data.h5ad")[0], *map, "--force").stderr)


class OtherCells(ModelTestCase):
    """Without loadings and with other numbers of cells only the range of the coordinates can tell."""

    def prepare(self):
        write_npz("data.npz")
        self.succeed("train", "data.npz", "-o", "model", "--steps", 2, "--width", 8)

    def warnings(self, change):
        x, t = moving_cells(cells=25, seed=3)
        np.savez("other.npz", pcs=change(x), sample_labels=t)
        return self.succeed("predict", "model", "other.npz", "--ahead", 1, "-o", "out.npz").stderr

    def test_cells_like_those_of_training(self):
        self.assertNotIn("warning", self.warnings(lambda x: x))

    def test_cells_far_outside(self):
        words = "warning: other.npz: {} % of its cells are further than 6 standard deviations"
        self.assertIn(words.format(100), self.warnings(lambda x: x + np.float32([0, 0, 50, 0])))
        self.assertIn("in dimension 3", self.warnings(lambda x: x + np.float32([0, 0, 50, 0])))
        self.assertIn("% of its cells are further than 6", self.warnings(lambda x: 20 * x))

    def test_few_cells_far_outside(self):
        def few(x):
            x[:9] += 50
            return x

        self.assertNotIn("warning", self.warnings(few))


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
