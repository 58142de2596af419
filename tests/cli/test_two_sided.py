"""Models of two networks: their training, their file, and what they say between two snapshots."""

import csv
import hashlib
import json
import os
import signal
import unittest

import anndata
import numpy as np
from support import TestCase, interrupted, moving_cells, write_npz

SMALL = ["--width", 16, "--lr", 5e-3]


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


class TwoSided(TestCase):
    def prepare(self):
        write_npz("data.npz")
        self.succeed("train", "data.npz", "-o", "both", "--two-sided", "--steps", 300, *SMALL)
        self.succeed("train", "data.npz", "-o", "forward", "--steps", 300, *SMALL)

    def population(self, *arguments, model="both", data="data.npz", output="out.npz"):
        self.succeed("predict", model, data, "--between", "both", "-o", output, *arguments)
        return np.load(output)

    def test_the_forward_network_is_that_of_a_training_without(self):
        for name in ("both", "forward"):
            self.succeed("predict", name, "data.npz", "--ahead", 1, "-o", f"{name}.npz")
        both, forward = np.load("both.npz"), np.load("forward.npz")
        np.testing.assert_array_equal(both["X_predicted"], forward["X_predicted"])
        read = [json.loads(self.succeed("inspect", name, "--json").stdout) for name in ("both", "forward")]
        self.assertEqual([model["two_sided"] for model in read], [True, False])
        self.assertEqual(read[0]["provenance"]["seed"], 42)
        self.assertEqual(read[0]["provenance"]["reversed"]["seed"], 42 ^ 0x9E3779B97F4A7C15)
        self.assertIn("two", self.succeed("inspect", "both").stdout)

    def test_neither_model_nor_population_depends_on_threads(self):
        tables = []
        for threads in (1, 4):
            name = f"of{threads}"
            self.succeed("train", "data.npz", "-o", name, "--two-sided", "--steps", 20, "--threads", threads)
            tables.append(
                self.population("--times", "0.5,2.25", "--threads", threads, model=name, output=name + ".npz")
            )
        self.assertEqual(sha256("of1"), sha256("of4"))
        for name in tables[0].files:
            np.testing.assert_array_equal(tables[0][name], tables[1][name])

    def test_an_interrupted_and_resumed_run_equals_one_that_was_not(self):
        arguments = ["data.npz", "-o", "model", "--steps", 200, "--width", 16, "--two-sided"]
        code, errors = interrupted(signal.SIGINT, lambda log: b'"event":"step"' in log, "train", *arguments)
        self.assertEqual(code, 130, errors)
        self.refused(2, ["was with --two-sided"], "train", *arguments[:-1], "--resume")
        self.assertRegex(self.succeed("train", *arguments, "--resume").stderr, r"resumed at step [\d,]+ of 200")
        self.assertFalse(os.path.exists("model.checkpoint"))
        self.succeed("train", *arguments[:2], "whole", *arguments[3:])
        self.assertEqual(sha256("model"), sha256("whole"))

    def test_the_log_has_the_loss_of_both(self):
        self.succeed("train", "data.npz", "-o", "model", "--steps", 10, "--two-sided", "--json-log", "log")
        with open("log") as file:
            steps = [event for event in map(json.loads, file) if event["event"] == "step"]
        for step in steps:
            self.assertNotEqual(step["loss"], step["reversed"]["loss"])
            self.assertGreater(step["reversed"]["mmd"], 0)

    def test_two_snapshots_and_several_data_sets_are_enough(self):
        x, t = moving_cells()
        np.savez("two.npz", X_pca=x[t <= 1], time=t[t <= 1])
        self.succeed("train", "two.npz", "data.npz", "-o", "joint", "--two-sided", "--steps", 5)
        table = self.population("--times", "0.5", model="joint.two", data="two.npz")
        self.assertAlmostEqual(table["weight"].sum(), 1)

    def test_a_population_lies_between_its_snapshots(self):
        x, t = moving_cells()
        table = self.population("--times", "1.5,2.25", "--pool", 0.25)
        for time in (1.5, 2.25):
            chosen = table["predicted_time"] == time
            self.assertAlmostEqual(table["weight"][chosen].sum(), 1)
            mean = np.average(table["X_predicted"][chosen], axis=0, weights=table["weight"][chosen])
            before = x[t == int(time)].mean(axis=0)
            after = x[t == int(time) + 1].mean(axis=0)
            expected = before + (time - int(time)) * (after - before)
            np.testing.assert_allclose(mean, expected, atol=0.4)
            rows = table["cell_before"][chosen].astype(int)
            self.assertEqual(set(rows), set(np.flatnonzero(t == int(time))))
            rows = table["cell_after"][chosen].astype(int)
            self.assertEqual(set(rows), set(np.flatnonzero(t == int(time) + 1)))
        self.assertFalse(table["extrapolated"].any())

    def test_all_of_the_pool_is_the_same_for_any_networks(self):
        self.succeed("train", "data.npz", "-o", "other", "--two-sided", "--steps", 2, "--seed", 5)
        plain = ["--times", "0.5", "--spread", 0, "--bend", 0]
        straight = [self.population(*plain, "--pool", 1, model=name) for name in ("both", "other")]
        np.testing.assert_allclose(straight[0]["X_predicted"], straight[1]["X_predicted"], atol=1e-5)
        by_networks = [self.population(*plain, "--pool", 0, model=name) for name in ("both", "other")]
        self.assertGreater(
            np.abs(by_networks[0]["X_predicted"].mean(axis=0) - by_networks[1]["X_predicted"].mean(axis=0)).max(), 0.01
        )

    def test_outside_of_the_snapshots_the_forward_network_speaks_alone(self):
        table = self.population("--times", "4")
        self.succeed("predict", "both", "data.npz", "--from", 3, "--times", 4, "-o", "forward.npz")
        np.testing.assert_array_equal(table["X_predicted"], np.load("forward.npz")["X_predicted"])
        self.assertTrue(table["extrapolated"].all())

    def test_equal_cells_can_be_drawn(self):
        weighted = self.population("--times", "1.5,4")
        drawn = self.population("--times", "1.5,4", "--resample", 500, output="drawn.npz")
        self.assertEqual(len(drawn["weight"]), 1000)
        np.testing.assert_allclose(drawn["weight"], 1 / 500)
        points = {tuple(row) for row in weighted["X_predicted"]}
        self.assertTrue(all(tuple(row) in points for row in drawn["X_predicted"]))
        again = self.population("--times", "1.5,4", "--resample", 500, "--seed", 1, output="again.npz")
        self.assertFalse(np.array_equal(drawn["X_predicted"], again["X_predicted"]))

    def test_every_format_has_it(self):
        table = self.population("--times", "1.5")
        self.succeed("predict", "both", "data.npz", "--between", "both", "--times", 1.5, "-o", "out.h5ad")
        cells = anndata.read_h5ad("out.h5ad")
        np.testing.assert_array_equal(cells.obsm["X_predicted"], table["X_predicted"])
        np.testing.assert_array_equal(cells.obs["weight"], table["weight"])
        self.assertEqual(list(cells.obs["cell_before"].astype(str)), list(table["cell_before"].astype(str)))
        self.succeed("predict", "both", "data.npz", "--between", "both", "--times", 1.5, "-o", "out.csv")
        with open("out.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), len(table["weight"]))
        self.assertIn("cell_after", rows[0])

    def test_scores_of_a_model_that_has_not_seen_a_time(self):
        self.succeed("train", "data.npz", "-o", "held", "--two-sided", "--hold-out", 2, "--steps", 300, *SMALL)
        result = self.succeed("evaluate", "data.npz", "--model", "held", "--spread", 0, "--json", "scores.json")
        self.assertEqual(result.stdout.count("cellmnn-two-sided"), 1)
        with open("scores.json") as file:
            scores = json.load(file)["results"]
        rows = [(score["method"], score["hold_out"], score["protocol"]) for score in scores]
        self.assertEqual(
            rows,
            [
                ("cellmnn", 1, "seen"),
                ("cellmnn", 2, "unseen"),
                ("cellmnn-two-sided", 2, "unseen"),
                ("cellmnn", 3, "seen"),
            ],
        )
        # The suite trains the same networks.
        self.succeed(
            *["evaluate", "data.npz", "--hold-out", 2, "--methods", "cellmnn,cellmnn-two-sided", "--steps", 300],
            *[*SMALL, "--seeds", "42,43", "--spread", 0, "--json", "suite.json"],
        )
        with open("suite.json") as file:
            suite = [score["w1"] for score in json.load(file)["results"] if score["seed"] == 42]
        self.assertEqual(suite, [scores[1]["w1"], scores[2]["w1"]])

    def test_the_suite_has_rows_of_its_own(self):
        arguments = ["evaluate", "data.npz", "--steps", 20, "--methods", "cellmnn,cellmnn-two-sided"]
        self.succeed(*arguments, "--json", "scores.json")
        with open("scores.json") as file:
            scores = json.load(file)
        self.assertEqual([part["method"] for part in scores["summary"]], ["cellmnn", "cellmnn-two-sided"])
        self.assertEqual(scores["settings"]["between"], {"pool": 0.25, "spread": 0.6, "bend": 0.5, "bridge": 1})
        self.succeed(*arguments, "--preset", "paper", "--spread", 0.2, "--json", "scores.json")
        with open("scores.json") as file:
            between = json.load(file)["settings"]["between"]
        self.assertEqual(between, {"pool": 0, "spread": 0.2, "bend": 0, "bridge": 0})

    def test_both_networks_have_fewer_steps_unless_they_are_given(self):
        small = ["--width", 4, "--depth", 1, "--batch", 4]
        self.succeed("train", "data.npz", "-o", "usual", *small, "--two-sided")
        steps = json.loads(self.succeed("inspect", "usual", "--json").stdout)["provenance"]["options"]["steps"]
        self.assertEqual(steps, 8000)
        line = ["evaluate", "data.npz", "--hold-out", 2, "--methods", "cellmnn-two-sided", *small, "--json", "s.json"]
        for given, expected in (((), 8000), (("--steps", 9), 9), (("--preset", "paper", "--steps", 8), 8)):
            self.succeed(*line, *given)
            with open("s.json") as file:
                self.assertEqual(json.load(file)["settings"]["two_sided_steps"], expected)

    def test_the_row_of_the_suite_has_mass_where_there_are_cells_for_it(self):
        arguments = ["--hold-out", 2, "--steps", 20, "--methods", "cellmnn,cellmnn-two-sided", "--json", "scores.json"]

        def scores(data, *more):
            self.succeed("evaluate", data, *arguments, *more)
            with open("scores.json") as file:
                found = json.load(file)
            rows = {score["method"]: score["w1"] for score in found["results"]}
            return rows["cellmnn"], rows["cellmnn-two-sided"], found["settings"]["mass_by_cells"]

        for cells, has_mass in ((50, True), (49, False)):
            write_npz("some.npz", cells=cells)
            by_cells, without, with_mass = scores("some.npz"), *(scores("some.npz", "--mass", v) for v in ("no", "yes"))
            self.assertEqual(by_cells[0], without[0])
            self.assertNotEqual(without[1], with_mass[1])
            self.assertEqual(by_cells[1], (with_mass if has_mass else without)[1])
            self.assertEqual([by_cells[2], without[2], with_mass[2]], [True, False, False])
            paper = scores("some.npz", "--preset", "paper")
            self.assertEqual(paper, (*scores("some.npz", "--preset", "paper", "--mass", "no")[:2], False))

    def test_wrong_requests(self):
        self.refused(
            3, ["forward has one", "--two-sided"],
            *["predict", "forward", "data.npz", "--between", "both", "--times", 1.5, "-o", "x.npz"],
        )  # fmt: skip
        predict = ["predict", "both", "data.npz", "-o", "x.npz"]
        self.refused(2, ["--ahead has no meaning"], *predict, "--between", "both", "--ahead", 1)
        self.refused(2, ["--from has no meaning"], *predict, "--between", "both", "--times", 1.5, "--from", 1)
        self.refused(2, ["--between both as well"], *predict, "--times", 1.5, "--pool", 0)
        self.refused(2, ["--spread is 2", "0 to 1"], *predict, "--between", "both", "--times", 1.5, "--spread", 2)
        self.refused(2, ["--pool is -1"], "evaluate", "data.npz", "--pool", -1)
        x, t = moving_cells()
        np.savez("gap.npz", X_pca=x[t != 2], time=t[t != 2])
        self.refused(
            3, ["time 1.5", "the cells of time 2", "have none"],
            *["predict", "both", "gap.npz", "--between", "both", "--times", 1.5, "-o", "x.npz"],
        )  # fmt: skip
        self.assertFalse(os.path.exists("x.npz"))


if __name__ == "__main__":
    unittest.main()
