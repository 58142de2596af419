"""What the program says about data and models."""

import json
import unittest

import h5py
import numpy as np
import pandas as pd
from annotated import annotated
from support import TestCase, run, write_npz


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

    def test_what_train_would_take(self):
        write_npz("wide.npz", cells=3, dims=40)
        self.assertIn("5 of 40 dimensions", self.succeed("inspect", "wide.npz").stdout)

    def test_tables_with_tabs(self):
        with open("cells.tsv", "w") as file:
            file.write("day\tPC1\tPC2\n0\t1\t2\n1\t3\t4\n")
        self.assertEqual(self.inspect("cells.tsv")["cells"], 2)

    def test_counts_without_coordinates(self):
        x = np.arange(24, dtype="f4").reshape(8, 3)
        obs = pd.DataFrame(
            {"day": [0, 1] * 4, "kind": pd.Categorical(["a", "b"] * 4)}, index=[f"c{i}" for i in range(8)]
        )
        data = annotated(x, obs=obs, var=pd.DataFrame(index=["A", "B", "C"]))
        data.layers["counts"] = x
        data.write_h5ad("counts.h5ad")
        text = self.succeed("inspect", "counts.h5ad").stdout
        for words in [
            "layers/counts  8 x 3",
            "obs/kind",
            "2 categories",
            "times from day",
            "cellmnn preprocess counts.h5ad",
        ]:
            self.assertIn(words, text)
        found = self.inspect("counts.h5ad")
        self.assertIn({"name": "X", "shape": "8 x 3", "kind": "dense"}, found["contents"])
        data.obsm["X_pca"] = x
        data.write_h5ad("ready.h5ad")
        self.assertIn("obsm/X_pca", self.succeed("inspect", "ready.h5ad").stdout)
        self.assertEqual(self.inspect("ready.h5ad")["dims"], 3)

    def test_files_that_are_for_other_steps(self):
        with h5py.File("tenx.h5", "w") as file:
            file["matrix/barcodes"] = np.array(["AA-1", "CC-1"], "S4")
            file["matrix/data"], file["matrix/indices"] = [3, 4], [0, 1]
            file["matrix/indptr"], file["matrix/shape"] = [0, 1, 2], [2, 2]
            file["matrix/features/id"] = file["matrix/features/name"] = np.array(["A", "B"], "S1")
        text = self.succeed("inspect", "tenx.h5").stdout
        self.assertIn("2 x 2", text)
        self.assertIn("cellmnn preprocess tenx.h5", text)
        for part in ("data", "indptr", "indices", "shape", "barcodes", "features/id"):
            with h5py.File("tenx.h5") as file:
                kept = file["matrix/" + part][:]
            for wrong in (kept[0], kept[None, None]):
                with h5py.File("tenx.h5", "r+") as file:
                    del file["matrix/" + part]
                    file["matrix/" + part] = wrong
                self.refused(3, ["tenx.h5", "matrix"], "preprocess", "tenx.h5", "-o", "out.h5ad")
                self.assertNotIn("internal error", run("inspect", "tenx.h5", "--json").stderr)
            with h5py.File("tenx.h5", "r+") as file:
                del file["matrix/" + part]
                file["matrix/" + part] = kept
        with h5py.File("cells.loom", "w") as file:
            file["matrix"] = np.ones((3, 2))
            file["col_attrs/day"] = [0, 1]
        text = self.succeed("inspect", "cells.loom").stdout
        self.assertIn("col_attrs/day", text)
        self.assertIn("read_loom", text)
        np.save("cells.npy", np.ones((4, 2), "f4"))
        self.assertIn("(4, 2)", self.succeed("inspect", "cells.npy").stdout)

    def test_names_that_say_nothing(self):
        with open("cells.xlsx", "w") as file:
            file.write("PK and so on, long enough")
        self.refused(3, ["unknown ending", ".h5ad", ".csv"], "inspect", "cells.xlsx")


if __name__ == "__main__":
    unittest.main()
