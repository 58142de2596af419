"""Settings of a training, chosen by inner hold-outs of its own snapshots."""

import json
import os
import signal
import unittest

from support import TestCase, interrupted, write_npz

QUICK = ["--steps", 5, "--width", 16]
SELECT = ["--select", "steps=40,steps=6+sigma=1"]


class Select(TestCase):
    def prepare(self):
        write_npz("data.npz")

    def bytes_of(self, path):
        with open(path, "rb") as file:
            return file.read()

    def tensors(self, path):
        """What follows the header of a safetensors file."""
        read = self.bytes_of(path)
        return read[8 + int.from_bytes(read[:8], "little") :]

    def inspected(self, model):
        return json.loads(self.succeed("inspect", model, "--json").stdout)

    def test_the_lowest_mean_of_the_inner_scores_is_chosen_and_kept(self):
        result = self.succeed("train", "data.npz", "-o", "model", *QUICK, *SELECT)
        choice = self.inspected("model")["provenance"]["selection"]
        self.assertEqual(set(choice["inner_w1"]), {"unchanged", "steps=40", "steps=6+sigma=1"})
        self.assertEqual(choice["chosen"], min(choice["inner_w1"], key=choice["inner_w1"].get))
        self.assertRegex(result.stderr, rf"{choice['chosen'].replace('+', '.')} +\S+ +chosen")
        self.assertFalse(os.path.exists("model.selection"))
        changes = {"unchanged": "", "steps=40": "steps=40"}
        for name, change in changes.items():  # the scores are those of evaluate
            flags = dict([change.split("=")]) if change else {}
            line = ["evaluate", "data.npz", "--methods", "cellmnn", "--width", 16, "--steps", flags.get("steps", 5)]
            self.succeed(*line, "--json", "scores.json")
            with open("scores.json") as file:
                scores = [each["w1"] for each in json.load(file)["results"]]
            self.assertAlmostEqual(choice["inner_w1"][name], sum(scores) / len(scores))

    def test_the_model_is_that_of_the_chosen_options(self):
        self.succeed("train", "data.npz", "-o", "model", *QUICK, *SELECT)
        chosen = self.inspected("model")["provenance"]["selection"]["chosen"]
        self.assertNotEqual(chosen, "unchanged")  # of five steps
        options = [word for each in chosen.split("+") for word in ("--" + each).split("=")]
        given = [word for word in QUICK if word not in ("--steps", 5)]
        self.succeed("train", "data.npz", "-o", "plain", *given, *options)
        self.assertEqual(self.tensors("plain"), self.tensors("model"))

    def test_two_networks_are_scored_as_they_will_be_trained(self):
        self.succeed("train", "data.npz", "-o", "model", *QUICK, "--two-sided", "--select", "mass=yes")
        choice = self.inspected("model")["provenance"]["selection"]
        line = ["evaluate", "data.npz", "--methods", "cellmnn-two-sided", *QUICK, "--json", "scores.json"]
        for name, mass in (("unchanged", "no"), ("mass=yes", "yes")):
            self.succeed(*line, "--mass", mass)
            with open("scores.json") as file:
                scores = [each["w1"] for each in json.load(file)["results"]]
            self.assertAlmostEqual(choice["inner_w1"][name], sum(scores) / len(scores))

    def test_the_model_does_not_depend_on_threads(self):
        for threads in (1, 3):
            line = ["train", "data.npz", "-o", f"model{threads}", *QUICK, *SELECT, "--two-sided"]
            self.succeed(*line, "--threads", threads)
        self.assertEqual(self.bytes_of("model1"), self.bytes_of("model3"))

    def test_an_interrupted_choice_goes_on(self):
        line = ["train", "data.npz", "--width", 16, "--steps", 4, "--select", "steps=300,steps=301", "-o"]
        self.succeed(*line, "whole")
        code, errors = interrupted(signal.SIGINT, lambda log: b'"event":"score"' in log, *line, "model")
        if code != 0:
            self.assertEqual(code, 130, errors)
            self.refused(3, ["other.checkpoint"], *line[:-3], "-o", "other", "--resume")
            with open("model.selection") as journal:
                self.assertGreater(len(journal.readlines()), 1)  # the header, and what was finished
            self.succeed(*line, "model", "--resume")
        self.assertEqual(self.bytes_of("whole"), self.bytes_of("model"))
        self.assertFalse(os.path.exists("model.selection"))

    def test_what_cannot_be_is_refused(self):
        line = ["train", "data.npz", "-o", "model", *QUICK]
        self.refused(2, ["nosuch=1"], *line, "--select", "sigma=1+nosuch=1")
        self.refused(2, ["--sigma is -1"], *line, "--select", "sigma=-1")
        self.refused(2, ["--select", "MORE"], "train", "data.npz", "data.npz", *line[2:], "--select", "sigma=1")
        write_npz("two.npz", times=(0, 1))
        self.refused(3, ["--select", "2 snapshots"], "train", "two.npz", *line[2:], "--select", "sigma=1")
        self.assertFalse(os.path.exists("model"))


if __name__ == "__main__":
    unittest.main()
