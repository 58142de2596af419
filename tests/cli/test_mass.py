"""Models with mass: their training, their file, and the weights of what they predict."""

import json
import unittest

import numpy as np
from support import TestCase, write_npz

SMALL = ["--width", 16, "--lr", 5e-3, "--steps", 300]


def growing_type():
    """Cells of two types that stay where they are, the second one from a tenth to more than half of all."""
    rng = np.random.default_rng(1)
    shares, cells = [0.1, 0.3, 0.6], 200
    x, t = [], []
    for time, share in enumerate(shares):
        second = np.arange(cells) < share * cells
        x.append(rng.normal(size=(cells, 2)) * 0.3 + np.where(second, 4, 0)[:, None])
        t += [time] * cells
    return np.concatenate(x).astype("f4"), np.array(t, float)


class Mass(TestCase):
    def prepare(self):
        x, t = growing_type()
        np.savez("types.npz", X_pca=x, time=t)
        self.succeed("train", "types.npz", "-o", "mass", "--mass", "yes", "--two-sided", *SMALL)

    def predict(self, *arguments, model="mass", data="types.npz"):
        result = self.succeed("predict", model, data, "-o", "out.npz", *arguments)
        return np.load("out.npz"), result

    def test_a_type_that_becomes_common_gets_the_weight(self):
        table, _ = self.predict("--from", 0, "--times", "0,1")
        second = table["X_cellmnn"][:, 0] > 2
        self.assertAlmostEqual(table["weight"][second].sum(), 0.1, msg="at their own time all count the same")
        self.assertAlmostEqual(table["weight_t1"].sum(), 1)
        arrived = table["X_cellmnn_t1"][:, 0] > 2
        self.assertAlmostEqual(table["weight_t1"][arrived].sum(), 0.3, delta=0.08)
        self.assertGreater(table["weight_t1"][second].sum(), 0.2)

    def test_weights_of_cells_of_several_times_sum_to_one_for_each(self):
        table, _ = self.predict("--ahead", 1)
        for time in (0, 1, 2):
            self.assertAlmostEqual(table["weight"][table["time"] == time].sum(), 1)

    def test_a_population_has_the_weights_and_equal_cells_can_be_drawn(self):
        table, _ = self.predict("--between", "both", "--times", "0.5,1.5", "--spread", 0, "--bend", 0)
        shares = []
        for time in (0.5, 1.5):
            chosen = table["predicted_time"] == time
            self.assertAlmostEqual(table["weight"][chosen].sum(), 1)
            shares.append(table["weight"][chosen & (table["X_predicted"][:, 0] > 2)].sum())
        self.assertLess(shares[0], shares[1])
        drawn, _ = self.predict("--between", "both", "--times", 1.5, "--resample", 1000, "--spread", 0, "--bend", 0)
        np.testing.assert_allclose(drawn["weight"], 1e-3)
        self.assertAlmostEqual((drawn["X_predicted"][:, 0] > 2).mean(), shares[1], delta=0.05)

    def test_scores_have_the_weights(self):
        self.succeed("train", "types.npz", "-o", "held", "--mass", "yes", "--hold-out", 1, *SMALL)
        self.succeed("evaluate", "types.npz", "--model", "held", "--json", "scores.json")
        with open("scores.json") as file:
            given = json.load(file)["results"][0]
        self.succeed("evaluate", "types.npz", "--methods", "cellmnn", "--mass", "yes", "--json", "suite.json", *SMALL)
        with open("suite.json") as file:
            suite = json.load(file)["results"][0]
        for metric in ("w1", "w2", "mmd", "rbf_mmd", "energy"):
            self.assertAlmostEqual(given[metric], suite[metric], places=6)

    def test_the_file_says_that_there_is_mass_and_what_the_growth_was(self):
        read = json.loads(self.succeed("inspect", "mass", "--json").stdout)
        self.assertTrue(read["provenance"]["options"]["mass"])
        self.assertGreater(read["provenance"]["metrics"]["mass"], 0)
        self.succeed("train", "types.npz", "-o", "plain", "--steps", 2, "--mass", "no", "--mass-penalty", 3)
        read = json.loads(self.succeed("inspect", "plain", "--json").stdout)
        self.assertNotIn("mass", read["provenance"]["options"])
        self.assertNotIn("mass_penalty", read["provenance"]["options"])
        table, _ = self.predict("--times", 1, model="plain")
        self.assertNotIn("weight", table.files)

    def test_a_larger_penalty_makes_less_growth(self):
        growth = []
        for penalty in (0, 10):
            arguments = ["--mass", "yes", "--mass-penalty", penalty, *SMALL]
            self.succeed("train", "types.npz", "-o", "model", *arguments)
            growth.append(
                json.loads(self.succeed("inspect", "model", "--json").stdout)["provenance"]["metrics"]["mass"]
            )
        self.assertLess(growth[1], 0.1 * growth[0])

    def test_neither_training_nor_prediction_depends_on_threads(self):
        tables = []
        for threads in (1, 3):
            self.succeed(*["train", "types.npz", "-o", "model", "--mass", "yes", "--steps", 30, "--threads", threads])
            with open("model", "rb") as file:
                tables.append((file.read(), self.predict("--times", "3", "--threads", threads, model="model")[0]))
        self.assertEqual(tables[0][0], tables[1][0])
        np.testing.assert_array_equal(tables[0][1]["weight"], tables[1][1]["weight"])

    def test_weights_that_rest_on_few_cells_are_told(self):
        x, t = growing_type()
        keep = (t > 0) | (np.arange(len(t)) < 24)
        np.savez("few.npz", X_pca=x[keep], time=t[keep])
        arguments = ["--mass", "yes", "--mass-penalty", 0, "--width", 16, "--lr", 2e-2, "--steps", 200]
        self.succeed("train", "few.npz", "-o", "few", *arguments)
        _, result = self.predict("--from", 1, "--times", 40, model="few", data="few.npz")
        self.assertRegex(result.stderr, r"warning: the weights at time 40 amount to \d\.\d of 200 cells")

    def test_a_command_that_does_not_use_the_weights_says_so(self):
        self.succeed("simulate", "-o", "cells.h5ad", "--genes", 12, "--cells", 30, "--times", "0,1,2")
        for model, mass in (("weighted", "yes"), ("plain", "no")):
            self.succeed("train", "cells.h5ad", "-o", model, "--mass", mass, "--steps", 2, "--width", 8)
            for command, *arguments in (
                ["annotate", "-o", "out.h5ad", "--wot", "maps"],
                ["predict", "--cloud", 3, "--times", 1, "-o", "out.npz"],
                ["network", "-o", "out.tsv"],
                ["perturb", "--gene", "Stem1=0", "--times", 1, "-o", "out.tsv"],
                ["fates", "--label-key", "fate", "--undecided", 0, "-o", "out.h5ad"],
            ):
                said = self.succeed(command, model, "cells.h5ad", *arguments).stderr
                is_told = "warning: the model has mass (train --mass yes), but this command does not use" in said
                self.assertEqual(is_told, model == "weighted", command)

    def test_wrong_requests(self):
        write_npz("data.npz")
        self.refused(2, ["--mass is 'maybe'", "yes", "no"], "train", "data.npz", "-o", "x", "--mass", "maybe")
        self.refused(2, ["--mass-penalty is -1"], "train", "data.npz", "-o", "x", "--mass-penalty", -1)


if __name__ == "__main__":
    unittest.main()
