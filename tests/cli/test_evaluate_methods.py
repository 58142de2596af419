"""Methods of a suite beside each other: differences from interpolation, and trainings that two methods share."""

import unittest

from evaluate_case import EvaluateTestCase, without_seconds


class EvaluateMethods(EvaluateTestCase):
    def test_every_method_is_compared_with_interpolation_beyond_chance(self):
        result, scores = self.evaluate("--steps", 5, "--seeds", 2)
        by_method = {part["method"]: part for part in scores["summary"]}
        self.assertNotIn("against", by_method["noise-floor"])
        self.assertEqual(list(by_method["ot-interpolate"]["against"]), ["ot-interpolate-w2"])
        for method, part in by_method.items():
            for plan, difference in part.get("against", {}).items():
                expected = part["w1_mean"] - by_method[plan]["w1_mean"]
                self.assertAlmostEqual(difference["w1_difference"], expected)
                low, high = difference["w1_low"], difference["w1_high"]
                self.assertLess(low, high)
                verdict = "better" if high < 0 else "worse" if low > 0 else "chance"
                self.assertEqual(difference["verdict"], verdict)
                self.assertIn(f"{verdict} {expected:+.4f} ({low:+.4f} to {high:+.4f})", result.stdout, method)
        self.assertEqual(by_method["previous"]["against"]["ot-interpolate"]["verdict"], "worse", "cells move far")
        self.assertNotIn("Mean W1 less", self.evaluate("--methods", "previous,next")[0].stdout)

    def test_two_sides_train_the_forward_network_once(self):
        arguments = ["--steps", 20, "--seeds", 2]
        both = self.evaluate(*arguments, "--methods", "cellmnn,cellmnn-two-sided,cellmnn-ensemble")[1]["results"]
        alone = [self.evaluate(*arguments, "--methods", method)[1]["results"]
                 for method in ("cellmnn", "cellmnn-ensemble", "cellmnn-two-sided")]  # fmt: skip
        self.assertEqual(without_seconds(both), without_seconds(sum(alone, [])))
        forward = {(s["seed"], s["hold_out"]): s["seconds"] for s in both if s["method"] == "cellmnn"}
        for score in both:
            if score["method"] == "cellmnn-two-sided":
                self.assertGreater(score["seconds"], forward[score["seed"], score["hold_out"]])
        journal = ["--journal", "journal", *arguments, "--methods", "cellmnn,cellmnn-two-sided,cellmnn-ensemble"]
        self.assertEqual(without_seconds(self.evaluate(*journal)[1]["results"]), without_seconds(both))
        with open("journal") as file:
            lines = file.readlines()
        with open("journal", "w") as file:
            file.writelines(lines[:4])
        again = self.evaluate(*journal)[1]
        self.assertEqual(without_seconds(again["results"]), without_seconds(both))


if __name__ == "__main__":
    unittest.main()
