"""The first contact."""

import json
import os
import unittest

import anndata
from support import TestCase


class Demo(TestCase):
    def test_the_demo_leaves_everything_a_newcomer_needs(self):
        result = self.succeed("demo", "--output", "here/demo")
        left = set(os.listdir("here/demo")) - {"demo.html"}  # which is there if the page is built
        self.assertEqual(
            sorted(left),
            [
                "data.h5ad",
                "model.safetensors",
                "predictions.h5ad",
                "summary.json",
                "summary.md",
                "true_network.csv",
                "true_paths.npz",
            ],
        )
        for method in ["previous", "next", "mixture", "ot-interpolate", "linear (honest)", "cellmnn (honest)"]:
            self.assertRegex(result.stdout, rf"(?m)^  {method.replace('(', '.').replace(')', '.')}( +\d\.\d+)+$")
        self.assertRegex(result.stdout, r"(?m)^  noise-floor, highest( +\d\.\d+)+ +-$")
        self.assertRegex(result.stderr, "cellmnn inspect .*cellmnn train")

        with open("here/demo/summary.json") as file:
            w1 = {part["method"]: part["w1_mean"] for part in json.load(file)["summary"]}
        self.assertLess(w1["noise-floor"], w1["cellmnn"])
        for baseline in ["previous", "next", "mixture", "ot-interpolate", "linear"]:
            self.assertLess(w1["cellmnn"], w1[baseline], baseline)
        with open("here/demo/summary.md") as file:
            self.assertIn(f"| {w1['cellmnn']:.4f} |", file.read())

        predictions = anndata.read_h5ad("here/demo/predictions.h5ad")
        self.assertEqual(predictions.obsm["X_predicted"].shape, predictions.obsm["X_pca"].shape)
        self.succeed("inspect", "here/demo/model.safetensors")


if __name__ == "__main__":
    unittest.main()
