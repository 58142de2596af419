"""What predicted populations are made of, their intervals, and the choice among settings."""

import csv
import os
import unittest

from evaluate_case import EvaluateTestCase, without_seconds

QUICK = ["--steps", 5, "--width", 16, "--methods", "previous,mixture,cellmnn,noise-floor"]


class EvaluateComposition(EvaluateTestCase):
    def prepare(self):
        super().prepare()
        self.succeed("simulate", "-o", "cells.h5ad", "--cells", 40, "--genes", 12)

    def test_shares_of_a_usual_column_and_gene_means_are_scored(self):
        result, scores = self.evaluate(*QUICK, "--csv", "scores.csv", data="cells.h5ad")
        self.assertIn("types of cells: obs['fate'], 3 labels", result.stderr)
        self.assertRegex(result.stdout, r"method +types +gene means\n +previous +0\.\d{4} +\d")
        self.assertNotIn("in 80 %", result.stdout)
        composition = scores["composition"]
        self.assertEqual(len(composition["types"]), 3)
        self.assertEqual(len(composition["populations"]), 9)  # three methods at three times
        for population in composition["populations"]:
            shares, genes = population["shares"], population["gene_means"]
            self.assertEqual(list(shares), ["predicted", "measured"])
            self.assertAlmostEqual(sum(shares["predicted"]), 1)
            self.assertEqual(len(genes["predicted"]), len(composition["genes"]))
            score = next(
                each
                for each in scores["results"]
                if (each["method"], each["hold_out"]) == (population["method"], population["hold_out"])
            )
            pairs = list(zip(shares["predicted"], shares["measured"], strict=True))
            self.assertAlmostEqual(score["proportions"], sum(abs(a - b) for a, b in pairs) / 2)
            pairs = list(zip(genes["predicted"], genes["measured"], strict=True))
            error = (sum((a - b) ** 2 for a, b in pairs) / len(pairs)) ** 0.5
            self.assertAlmostEqual(score["gene_means"], error, places=5)
        with open("scores.csv") as file:
            self.assertEqual(
                [float(row["proportions"]) for row in csv.DictReader(file)][:3],
                [score["proportions"] for score in scores["results"][:3]],
            )

    def test_one_metric_is_shown_with_the_noise_floor(self):
        result = self.evaluate(*QUICK, "--metric", "proportions", data="cells.h5ad")[0]
        self.assertIn("total variation of types between predicted and held-out cells; lower is better", result.stdout)
        self.assertRegex(result.stdout, r"noise-floor, highest +0\.\d{4}")

    def test_intervals_come_from_inner_hold_outs(self):
        arguments = [*QUICK, "--intervals", "--seeds", 2]
        result, scores = self.evaluate(*arguments, data="cells.h5ad")
        self.assertRegex(result.stdout, r"mixture .* \d+ of \d+ \(\d+ %\)")
        for population in scores["composition"]["populations"]:
            shares = population["shares"]
            for low, middle, high in zip(shares["low"], shares["predicted"], shares["high"], strict=True):
                self.assertTrue(0 <= low <= middle + 1e-12 and middle <= high + 1e-12 <= 1 + 1e-9)
        few = self.evaluate(*arguments, "--ahead", 2, data="cells.h5ad")[0]
        self.assertIn("cannot tell", few.stdout)

    def test_a_choice_is_that_of_the_inner_scores(self):
        arguments = ["--steps", 5, "--width", 16, "--methods", "cellmnn", "--select", "steps=40,steps=6+sigma=1"]
        result, scores = self.evaluate(*arguments)
        self.assertIn("Settings chosen by inner hold-outs", result.stdout)
        self.assertEqual([each["hold_out"] for each in scores["selection"]], [1, 2])
        for each in scores["selection"]:
            self.assertTrue(each["can_tell"])
            self.assertEqual(
                [candidate["method"] for candidate in each["candidates"]],
                ["cellmnn", "cellmnn steps=40", "cellmnn steps=6+sigma=1"],
            )
            best = min(each["candidates"], key=lambda candidate: candidate["inner_w1"])
            self.assertEqual(each["chosen"], best["method"])
            selected = next(
                score
                for score in scores["results"]
                if score["method"] == "cellmnn selected" and score["hold_out"] == each["hold_out"]
            )
            self.assertEqual(selected["w1"], best["w1"])

    def test_threads_processes_and_a_journal_change_nothing(self):
        arguments = [*QUICK, "--intervals", "--select", "sigma=1", "--hold-out", "1,2"]
        whole = self.evaluate(*arguments, "--threads", 1, data="cells.h5ad")[1]
        listed = self.succeed("evaluate", "cells.h5ad", *arguments, "--list-runs").stdout.splitlines()
        self.assertTrue(any("cellmnn sigma=1 without t = 2" in line for line in listed))
        half = len(listed) // 2
        os.mkdir("runs")
        for part in (f"1:{half}", f"{half + 1}:{len(listed) - 1}"):
            self.succeed("evaluate", "cells.h5ad", *arguments, "--journal", "runs", "--run", part)
        left = self.succeed("evaluate", "cells.h5ad", *arguments, "--journal", "runs", "--list-runs").stdout
        self.assertEqual(len(left.splitlines()), 1)  # the header
        joined = self.evaluate(*arguments, "--threads", 3, "--journal", "runs", data="cells.h5ad")[1]
        self.assertEqual(without_seconds(joined["results"]), without_seconds(whole["results"]))
        self.assertEqual(joined["composition"], whole["composition"])
        self.assertEqual(without_seconds(joined["selection"]), without_seconds(whole["selection"]))

    def test_what_cannot_be_is_refused(self):
        self.refused(3, ["fates", "did you mean 'fate'?"], "evaluate", "cells.h5ad", "--label-key", "fates")
        self.refused(3, ["time", "--label-key"], "evaluate", "cells.h5ad", "--label-key", "time")
        self.refused(3, ["data.npz", ".h5ad"], "evaluate", "data.npz", "--label-key", "fate")
        self.refused(3, ["--label-key"], "evaluate", "data.npz", "--metric", "proportions")
        self.refused(3, ["loadings"], "evaluate", "data.npz", "--metric", "gene_means")
        self.refused(2, ["--select", "neither"], "evaluate", "data.npz", "--select", "sigma=1", "--methods", "next")
        self.refused(2, ["nosuch=1"], "evaluate", "data.npz", "--select", "sigma=1+nosuch=1")
        self.refused(2, ["--ablate"], "evaluate", "data.npz", "--select", "sigma=1", "--ablate", "sigma=1")

    def test_what_is_not_known_is_left_out(self):
        scores = self.evaluate("--methods", "previous")[1]
        self.assertNotIn("composition", scores)
        self.assertNotIn("proportions", scores["results"][0])
        self.assertNotIn("proportions_mean", scores["summary"][0])


if __name__ == "__main__":
    unittest.main()
