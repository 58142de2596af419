"""Scores: the table, the file, and the figures known for real data."""

import json
import unittest

from support import TestCase, real_data, write_npz

METHODS = ["previous", "next", "mixture", "ot-interpolate", "cellmnn", "noise-floor"]
METRICS = ["w1", "w2", "mmd", "rbf_mmd", "energy"]


def deviation(values):
    mean = sum(values) / len(values)
    return (sum((x - mean) ** 2 for x in values) / (len(values) - 1)) ** 0.5


def without_seconds(scores):
    return [{name: value for name, value in score.items() if name != "seconds"} for score in scores]


class Evaluate(TestCase):
    def setUp(self):
        super().setUp()
        write_npz("data.npz", cells=30)

    def evaluate(self, *arguments, data="data.npz"):
        result = self.succeed("evaluate", data, "--json", "scores.json", *arguments)
        with open("scores.json") as file:
            return result, json.load(file)

    def test_the_file_has_data_results_and_summary(self):
        _, scores = self.evaluate("--steps", 5)
        self.assertEqual(list(scores), ["data", "results", "summary", "not_applicable", "settings"])
        self.assertEqual([time["cells"] for time in scores["data"]["times"]], [30] * 4)
        self.assertEqual([(score["method"], score["hold_out"]) for score in scores["results"]],
                         [(method, time) for method in METHODS for time in (1, 2)])
        for score in scores["results"]:
            self.assertEqual(list(score), ["method", "protocol", "hold_out", "seed", *METRICS, "w1_se", "w2_se", "subset",
                                           "seconds"])
            self.assertEqual(score["protocol"], "honest" if score["method"] == "cellmnn" else "-")
            self.assertGreater(score["w1"], 0)
            self.assertGreaterEqual(score["w2"], score["w1"])
            self.assertEqual([score["w1_se"], score["w2_se"], score["subset"]], [0, 0, 0])
        for part in scores["summary"]:
            self.assertEqual([part["hold_outs"], part["seeds"]], [2, 1])
            for metric in METRICS:
                values = [score[metric] for score in scores["results"] if score["method"] == part["method"]]
                self.assertAlmostEqual(part[metric + "_mean"], sum(values) / 2)
                self.assertEqual(part[metric + "_std"], 0)
                self.assertAlmostEqual(part[metric + "_std_hold_outs"], deviation(values))

    def test_the_table_is_on_standard_output_and_has_the_same_numbers(self):
        result, scores = self.evaluate("--steps", 5)
        rows = {line.split("  ")[1].strip(): line.split()[-4:] for line in result.stdout.splitlines()[2:]}
        self.assertEqual(list(rows), [m if m != "cellmnn" else "cellmnn (honest)" for m in METHODS])
        for part in scores["summary"]:
            row = rows[part["method"] + (" (honest)" if part["method"] == "cellmnn" else "")]
            w1 = [score["w1"] for score in scores["results"] if score["method"] == part["method"]]
            self.assertEqual(row, [f"{value:.4f}" for value in [*w1, part["w1_mean"], part["w1_std_hold_outs"]]])

    def test_quiet_leaves_the_table(self):
        result, _ = self.evaluate("--steps", 2, "--quiet")
        self.assertEqual(result.stderr, "")
        self.assertIn("noise-floor", result.stdout)

    def test_training_learns(self):
        write_npz("many.npz", cells=150, dims=2)
        _, scores = self.evaluate("--steps", 400, "--lr", 3e-3, "--methods", "previous,cellmnn", data="many.npz")
        w1 = {part["method"]: part["w1_mean"] for part in scores["summary"]}
        self.assertLess(w1["cellmnn"], 0.5 * w1["previous"])

    def test_scores_do_not_depend_on_threads(self):
        arguments = ["--steps", 10, "--seeds", 2]
        one = self.evaluate(*arguments, "--threads", 1)[1]
        three = self.evaluate(*arguments, "--threads", 3)[1]
        self.assertEqual(without_seconds(one["results"]), without_seconds(three["results"]))
        self.assertEqual(one["summary"], three["summary"])

    def test_seeds_can_be_counted_or_listed(self):
        arguments = ["--steps", 2, "--methods", "cellmnn", "--hold-out", "1"]
        seeds = lambda scores: [score["seed"] for score in scores["results"]]
        counted = self.evaluate(*arguments, "--seeds", 3, "--seed", 5)[1]
        self.assertEqual(seeds(counted), [5, 6, 7])
        listed = self.evaluate(*arguments, "--seeds", "7,6,5")[1]
        self.assertEqual(seeds(listed), [7, 6, 5])
        self.assertEqual([score["w1"] for score in listed["results"]],
                         [score["w1"] for score in counted["results"]][::-1])
        w1 = [score["w1"] for score in listed["results"]]
        self.assertAlmostEqual(listed["summary"][0]["w1_std"], deviation(w1))

    def test_hold_outs_can_be_chosen(self):
        _, scores = self.evaluate("--methods", "previous", "--hold-out", "2,1,2")
        self.assertEqual([score["hold_out"] for score in scores["results"]], [1, 2])

    def test_the_paper_protocol_is_labelled_as_selected_on_the_test_set(self):
        result, scores = self.evaluate("--steps", 40, "--batch", 30, "--protocol", "paper", "--methods", "cellmnn")
        self.assertEqual({score["protocol"] for score in scores["results"]}, {"paper"})
        self.assertIn("cellmnn (paper)", result.stdout)
        self.assertIn("selects on the test set", result.stdout)

    def test_a_model_is_scored_and_what_it_has_seen_is_said(self):
        self.succeed("train", "data.npz", "-o", "model", "--steps", 5, "--hold-out", 2)
        result, scores = self.evaluate("--model", "model")
        self.assertEqual([(score["hold_out"], score["protocol"]) for score in scores["results"]],
                         [(1, "seen"), (2, "unseen"), (3, "seen")])
        self.assertRegex(result.stdout, r"(?m)^ +2 .* has not seen this time$")
        self.assertRegex(result.stdout, r"(?m)^ +3 .* has seen this time: a fit, not a test$")

    def test_a_model_trained_without_a_time_scores_as_the_evaluation_of_that_time(self):
        arguments = ["--steps", 20, "--seed", 3]
        self.succeed("train", "data.npz", "-o", "model", "--hold-out", 1, *arguments)
        trained = self.evaluate("--hold-out", 1, "--methods", "cellmnn", *arguments)[1]["results"][0]
        given = self.evaluate("--model", "model")[1]["results"][0]
        self.assertEqual(given["hold_out"], 1)
        self.assertAlmostEqual(given["w1"], trained["w1"], places=6)

    def test_previous_snapshots_of_the_embryoid_body_data(self):
        path = real_data("eb_pcs.npz")
        result, scores = self.evaluate("--methods", "previous,next", data=path)
        w1 = {(score["method"], score["hold_out"]): score["w1"] for score in scores["results"]}
        for hold_out, previous, following in [(1, 1.6630, 1.2507), (2, 1.2507, 0.7589), (3, 0.7589, 1.6169)]:
            self.assertAlmostEqual(w1["previous", hold_out], previous, delta=5e-5)
            self.assertAlmostEqual(w1["next", hold_out], following, delta=5e-5)
        for cells in ["2,381", "4,163", "3,278", "3,665", "3,332"]:
            self.assertIn(cells, result.stderr)


if __name__ == "__main__":
    unittest.main()
