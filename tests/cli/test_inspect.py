"""What the program says about data and models."""

import json
import unittest

from support import TestCase, write_npz


class Inspect(TestCase):
    def inspect(self, path, *arguments):
        return json.loads(self.succeed("inspect", path, "--json", *arguments).stdout)

    def test_data_as_text(self):
        write_npz("data.npz")
        result = self.succeed("inspect", "data.npz")
        self.assertEqual(result.stderr, "")
        self.assertIn("160 cells at 4 times", result.stdout)
        self.assertIn("times from sample_labels, coordinates from pcs (4 of 4 dimensions)", result.stdout)

    def test_data_as_json(self):
        write_npz("data.npz", cells=7, times=(0, 2.5))
        data = self.inspect("data.npz", "--dims", 3)
        self.assertEqual(data["format"], "npz")
        self.assertEqual(data["time_key"], "sample_labels")
        self.assertEqual(data["embedding_key"], "pcs")
        self.assertEqual((data["cells"], data["dims"], data["available_dims"]), (14, 3, 4))
        self.assertEqual([(time["time"], time["cells"]) for time in data["times"]], [(0, 7), (2.5, 7)])

    def test_a_time_map_is_used(self):
        write_npz("data.npz", cells=3)
        data = self.inspect("data.npz", "--time-map", "0=10,1=20")
        self.assertEqual([time["time"] for time in data["times"]], [2, 3, 10, 20])

    def test_a_model(self):
        write_npz("data.npz")
        self.succeed("train", "data.npz", "-o", "model", "--steps", 3, "--width", 10, "--depth", 2)
        model = self.inspect("model")
        self.assertEqual(model["parameters"], 5 * 10 + 10 + 10 * 10 + 10 + 10 * 20 + 20)
        self.assertEqual((model["operator"], model["dims"], model["width"], model["depth"]), ("dense", 4, 10, 2))
        self.assertEqual((model["first_time"], model["last_time"]), (0, 3))
        self.assertEqual(model["provenance"]["options"]["steps"], 3)
        text = self.succeed("inspect", "model").stdout
        self.assertIn("a Cell-MNN with 390 parameters", text)
        self.assertRegex(text, r"(?m)^ +steps +3$")


if __name__ == "__main__":
    unittest.main()
