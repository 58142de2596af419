"""Scores of a small time course, and their file."""

import json

from support import TestCase, write_npz

METRICS = ["w1", "w2", "mmd", "rbf_mmd", "energy"]


def without_seconds(scores):
    return [{name: value for name, value in score.items() if name != "seconds"} for score in scores]


class EvaluateTestCase(TestCase):
    def prepare(self):
        write_npz("data.npz", cells=30)

    def evaluate(self, *arguments, data="data.npz"):
        result = self.succeed("evaluate", data, "--json", "scores.json", *arguments)
        with open("scores.json") as file:
            return result, json.load(file)
