"""Scores: the table, the file, and the figures known for real data."""

import csv
import json
import unittest

import numpy as np
from evaluate_case import METRICS, EvaluateTestCase, without_seconds
from support import write_npz

PLANS = ["ot-interpolate", "ot-interpolate-w2"]
METHODS = ["previous", "next", "mixture", *PLANS, "linear", "cellmnn", "noise-floor"]
TRAINED = ["linear", "cellmnn"]
HALVINGS = 10


def label(method):
    return method + " (honest)" if method in TRAINED else method


def deviation(values):
    mean = sum(values) / len(values)
    return (sum((x - mean) ** 2 for x in values) / (len(values) - 1)) ** 0.5


class Evaluate(EvaluateTestCase):
    def test_ablations_change_one_option_each(self):
        arguments = ["--steps", 5, "--methods", "cellmnn", "--ablate", "sigma=0.5,sigma=2,affine=no"]
        result, scores = self.evaluate(*arguments)
        by_method = {}
        for score in scores["results"]:
            by_method.setdefault(score["method"], []).append(score["w1"])
        self.assertEqual(list(by_method), ["cellmnn", "cellmnn sigma=0.5", "cellmnn sigma=2", "cellmnn affine=no"])
        self.assertEqual(by_method["cellmnn sigma=0.5"], by_method["cellmnn"], "0.5 is the default")
        self.assertNotEqual(by_method["cellmnn sigma=2"], by_method["cellmnn"])
        self.assertNotEqual(by_method["cellmnn affine=no"], by_method["cellmnn"])
        self.assertRegex(result.stdout, r"(?m)^ +cellmnn sigma=2 \(honest\) ")
        journal = ["--journal", "journal", *arguments]
        self.assertEqual(without_seconds(self.evaluate(*journal)[1]["results"]), without_seconds(scores["results"]))
        again, kept = self.evaluate(*journal)
        self.assertEqual(without_seconds(kept["results"]), without_seconds(scores["results"]))
        self.assertNotIn("steps/s", again.stderr)

    def test_the_file_has_data_results_and_summary(self):
        _, scores = self.evaluate("--steps", 5)
        self.assertEqual(list(scores), ["data", "results", "summary", "not_applicable", "settings"])
        self.assertEqual([time["cells"] for time in scores["data"]["times"]], [30] * 4)
        self.assertEqual(
            [(score["method"], score["hold_out"]) for score in scores["results"]],
            [(m, time) for m in METHODS for time in (1, 2) for _ in range(HALVINGS if m == "noise-floor" else 1)],
        )
        for score in scores["results"]:
            self.assertEqual(
                list(score), ["method", "protocol", "hold_out", "seed", *METRICS, "w1_se", "w2_se", "subset", "seconds"]
            )
            self.assertEqual(score["protocol"], "honest" if score["method"] in TRAINED else "-")
            self.assertGreater(score["w1"], 0)
            self.assertGreaterEqual(score["w2"], score["w1"])
            self.assertEqual([score["w1_se"], score["w2_se"], score["subset"]], [0, 0, 0])
        for part in scores["summary"]:
            if part["method"] == "noise-floor":
                continue
            self.assertEqual([part["hold_outs"], part["seeds"]], [2, 1])
            for metric in METRICS:
                values = [score[metric] for score in scores["results"] if score["method"] == part["method"]]
                self.assertAlmostEqual(part[metric + "_mean"], sum(values) / 2)
                self.assertEqual(part[metric + "_std"], 0)
                self.assertAlmostEqual(part[metric + "_std_hold_outs"], deviation(values))
        self.assertEqual([part["method"] for part in scores["summary"]], METHODS)

    def test_the_table_is_on_standard_output_and_has_the_same_numbers(self):
        result, scores = self.evaluate("--steps", 5)
        table = result.stdout[: result.stdout.index("\nMean W1 less")]
        lines = [line for line in table.splitlines()[2:] if line.startswith("  ")]
        rows = {line.split("  ")[1].strip(): line.split()[-4:] for line in lines}
        floor = ["noise-floor, lowest", "noise-floor, highest"]
        self.assertEqual(list(rows), [label(method) for method in METHODS] + floor)
        for part in scores["summary"]:
            values = [[s["w1"] for s in scores["results"] if s["method"] == part["method"] and s["hold_out"] == time]
                      for time in (1, 2)]  # fmt: skip
            w1 = [sum(each) / len(each) for each in values]
            row = rows[label(part["method"])]
            self.assertEqual(row, [f"{value:.4f}" for value in [*w1, part["w1_mean"], part["w1_std_hold_outs"]]])
        both = [sum(pair) / 2 for pair in zip(*values, strict=True)]
        for name, least in zip(floor, [min, max], strict=True):
            expected = [f"{value:.4f}" for value in [least(values[0]), least(values[1]), least(both)]]
            self.assertEqual(rows[name], [*expected, "-"])

    def test_the_noise_floor_is_of_several_halvings_with_their_range(self):
        result, scores = self.evaluate("--methods", "noise-floor", "--seeds", 3)
        part = scores["summary"][0]
        self.assertEqual(part["halvings"], HALVINGS)
        for metric in METRICS:
            of = {s: [r[metric] for r in scores["results"] if r["seed"] == s] for s in range(1, HALVINGS + 1)}
            means = [sum(values) / 2 for values in of.values()]
            self.assertEqual({len(values) for values in of.values()}, {2})
            self.assertAlmostEqual(part[metric + "_mean"], sum(means) / HALVINGS)
            self.assertAlmostEqual(part[metric + "_lowest"], min(means))
            self.assertAlmostEqual(part[metric + "_highest"], max(means))
            self.assertLess(part[metric + "_lowest"], part[metric + "_highest"])
        self.assertNotIn("sd (seeds)", result.stdout)
        self.assertIn("noise-floor is the mean of 10 random halvings", result.stdout)
        self.assertIn("Few cells make noise-floor far too high: a half has 15 at t = 1, 15 at t = 2.", result.stdout)
        other = self.evaluate("--methods", "noise-floor", "--seed", 7)[1]
        self.assertEqual(without_seconds(other["results"]), without_seconds(scores["results"]))

    def test_equal_distributions_score_below_the_noise_floor(self):
        rng = np.random.default_rng(0)
        np.savez("same.npz", pcs=rng.normal(size=(600, 5)).astype("f4"), sample_labels=np.repeat([0.0, 1, 2], 200))
        result, scores = self.evaluate("--methods", "previous,noise-floor", data="same.npz")
        previous, floor = scores["summary"]
        for metric in METRICS:
            self.assertLess(previous[metric + "_mean"], floor[metric + "_lowest"])
        self.assertIn("a good prediction can score below it", result.stdout)
        self.assertNotIn("Few cells", result.stdout)

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
        arguments = ["--steps", 10, "--flow-steps", 10, "--seeds", 2, "--methods", "all"]
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
        self.assertEqual(
            [score["w1"] for score in listed["results"]], [score["w1"] for score in counted["results"]][::-1]
        )
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

    def test_the_metric_of_the_table_can_be_chosen(self):
        for metric in METRICS:
            result, scores = self.evaluate("--methods", "previous", "--metric", metric)
            row = result.stdout.splitlines()[2].split()
            self.assertEqual(row[1:3], [f"{score[metric]:.4f}" for score in scores["results"]])

    def test_csv_and_markdown_have_the_scores_of_the_json(self):
        result, scores = self.evaluate("--steps", 3, "--seeds", 2, "--csv", "scores.csv", "--markdown", "scores.md")
        with open("scores.csv") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(list(rows[0]), list(scores["results"][0]))
        for row, score in zip(rows, scores["results"], strict=True):
            self.assertEqual(row["method"], score["method"])
            for name in ["hold_out", "seed", *METRICS]:
                self.assertEqual(float(row[name]), score[name])
        with open("scores.md") as file:
            text = file.read()
        for line in result.stdout.splitlines()[1:]:
            if not line.startswith("  "):
                self.assertIn("\n" + line + "\n", text)
                continue
            cells = [cell.strip() for cell in line.split("  ") if cell.strip()]
            self.assertIn("| " + " | ".join(cells) + " |", text)
        part = scores["summary"][0]
        self.assertIn(" | ".join(f"{part[metric + '_mean']:.4f}" for metric in METRICS), text)

    def test_deviations_over_seeds_and_over_hold_outs_are_kept_apart(self):
        result, scores = self.evaluate("--steps", 5, "--seeds", 3, "--methods", "cellmnn")
        w1 = {(score["seed"], score["hold_out"]): score["w1"] for score in scores["results"]}
        seeds, times = [42, 43, 44], [1, 2]
        of_seeds = deviation([sum(w1[seed, time] for time in times) / 2 for seed in seeds])
        of_times = deviation([sum(w1[seed, time] for seed in seeds) / 3 for time in times])
        part = scores["summary"][0]
        self.assertAlmostEqual(part["w1_std"], of_seeds)
        self.assertAlmostEqual(part["w1_std_hold_outs"], of_times)
        lines = result.stdout.splitlines()
        self.assertTrue(lines[1].endswith("mean  sd (seeds)  sd (times)"), lines[1])
        self.assertEqual(lines[2].split()[-2:], [f"{of_seeds:.4f}", f"{of_times:.4f}"])

    def test_the_ensemble_is_scored_once_a_hold_out_beside_its_members_or_alone(self):
        arguments = ["--steps", 20, "--seeds", 3]
        beside = self.evaluate(*arguments, "--methods", "cellmnn,cellmnn-ensemble")[1]["results"]
        alone = self.evaluate(*arguments, "--methods", "cellmnn-ensemble", "--threads", 1)[1]["results"]
        self.assertEqual(
            [(score["method"], score["hold_out"]) for score in alone],
            [("cellmnn-ensemble", 1), ("cellmnn-ensemble", 2)],
        )
        self.assertEqual(without_seconds(beside[6:]), without_seconds(alone))
        self.assertEqual({score["protocol"] for score in alone}, {"honest"})

    def test_all_methods_are_the_ensemble_too_if_there_are_seeds_for_it(self):
        methods = lambda scores: {score["method"] for score in scores["results"]}
        one = methods(self.evaluate("--methods", "all", "--steps", 2, "--flow-steps", 2)[1])
        self.assertLessEqual({*METHODS, "i-cfm", "ot-cfm", "ot-cfm-full"}, one)
        two = methods(self.evaluate("--methods", "all", "--steps", 2, "--flow-steps", 2, "--seeds", 2)[1])
        self.assertEqual(two - one, {"cellmnn-ensemble", "cellmnn-two-sided-ensemble"})

    def test_the_last_time_is_predicted_from_the_data_before_it_alone(self):
        result, scores = self.evaluate("--hold-out", "last", "--steps", 5)
        self.assertEqual(
            [(score["method"], score["hold_out"]) for score in scores["results"]],
            [("previous", 3), ("linear", 3), ("cellmnn", 3), *[("noise-floor", 3)] * HALVINGS],
        )
        self.assertEqual(
            [(each["method"], each["hold_out"]) for each in scores["not_applicable"]],
            [(method, 3) for method in ["next", "mixture", *PLANS]],
        )
        self.assertIn(
            "Not applicable: next, mixture, ot-interpolate, ot-interpolate-w2 at t = 3: there is no snapshot after",
            result.stdout,
        )

    def test_two_ahead_holds_out_what_lies_between(self):
        _, scores = self.evaluate("--ahead", 2, "--steps", 5)
        self.assertEqual({score["hold_out"] for score in scores["results"]}, {2})
        w1 = {score["method"]: score["w1"] for score in scores["results"]}
        near = {score["method"]: score["w1"] for score in self.evaluate("--hold-out", 2, "--steps", 5)[1]["results"]}
        self.assertGreater(w1["previous"], near["previous"])
        self.assertEqual(w1["next"], near["next"])

    def test_a_model_is_scored_and_what_it_has_seen_is_said(self):
        self.succeed("train", "data.npz", "-o", "model", "--steps", 5, "--hold-out", 2)
        result, scores = self.evaluate("--model", "model")
        self.assertEqual(
            [(score["hold_out"], score["protocol"]) for score in scores["results"]],
            [(1, "seen"), (2, "unseen"), (3, "seen")],
        )
        self.assertRegex(result.stdout, r"(?m)^ +2 .* has not seen this time$")
        self.assertRegex(result.stdout, r"(?m)^ +3 .* has seen this time: a fit, not a test$")

    def test_a_model_trained_without_a_time_scores_as_the_evaluation_of_that_time(self):
        arguments = ["--steps", 20, "--seed", 3]
        self.succeed("train", "data.npz", "-o", "model", "--hold-out", 1, *arguments)
        trained = self.evaluate("--hold-out", 1, "--methods", "cellmnn", *arguments)[1]["results"][0]
        given = self.evaluate("--model", "model")[1]["results"][0]
        self.assertEqual(given["hold_out"], 1)
        self.assertAlmostEqual(given["w1"], trained["w1"], places=6)

    def test_joint_training_is_scored_beside_separate_training(self):
        write_npz("more.npz", seed=1)
        arguments = [
            "evaluate",
            "data.npz",
            "--methods",
            "cellmnn,previous",
            "--hold-out",
            1,
            "--steps",
            20,
            "--joint-with",
            "more.npz",
            "--json",
            "scores.json",
            "--journal",
            "journal",
        ]
        first = self.succeed(*arguments)
        with open("scores.json") as file:
            methods = [result["method"] for result in json.load(file)["results"]]
        self.assertEqual(sorted(methods), ["cellmnn", "cellmnn joint", "previous"])
        self.assertEqual(self.succeed(*arguments).stdout, first.stdout)
        write_npz("more.npz", seed=2)
        self.refused(3, ["journal"], *arguments)


if __name__ == "__main__":
    unittest.main()
