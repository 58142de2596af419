"""Preprocessing that is done in parts and merged: to the byte what it is in one, and what is refused."""

import pathlib
import shutil
import unittest

import numpy as np
import pandas as pd
from annotated import annotated
from count_data import PreprocessTestCase, counts, log_normalized, write_h5ad

MANY = 17_000  # cells, which are four shares


class PreprocessParts(PreprocessTestCase):
    def parts(self, *ask, parts, folder="parts/"):
        """Calls all parts until nothing is left; how often they did a pass."""
        for passes in range(9):
            said = [
                self.succeed("preprocess", *ask, "--part", f"{part}/{parts}", "--threads", 1 + part % 2, "-o", folder)
                for part in range(parts, 0, -1)
            ]
            if all("nothing is left" in result.stderr for result in said):
                return passes
        return self.fail("the parts come to no end")

    def check(self, *ask, parts, passes):
        """The merged parts are the whole."""
        shutil.rmtree("parts", ignore_errors=True)
        self.succeed("preprocess", *ask, "-o", "whole.h5ad")
        self.assertEqual(self.parts(*ask, parts=parts), passes)
        self.succeed("preprocess", *ask, "--merge", "parts/", "-o", "merged.h5ad")
        self.assertEqual(pathlib.Path("merged.h5ad").read_bytes(), pathlib.Path("whole.h5ad").read_bytes())

    def test_parts_are_the_whole(self):
        write_h5ad("counts.h5ad", counts(cells=MANY, genes=30))
        ask = ["counts.h5ad", "--n-top-genes", 20, "--n-comps", 5]
        for parts in [1, 2, 4]:
            self.check(*ask, parts=parts, passes=4)
        self.assertEqual(len(list(pathlib.Path("parts").iterdir())), 4 * 4)
        self.succeed("preprocess", "counts.h5ad", "--n-top-genes", 20, "--merge", "parts/", "-o", "more.h5ad")

    def test_parts_of_several_files_with_filters(self):
        x = counts(cells=MANY, genes=30)
        x[5::7] = 0
        names = np.array([f"cell{i}" for i in range(MANY)])
        for name, cells in [("a", slice(0, 6000)), ("b", slice(6000, MANY))]:
            annotated(
                x[cells], obs=pd.DataFrame(index=names[cells]), var=pd.DataFrame(index=[f"g{g}" for g in range(30)])
            ).write_h5ad(f"{name}.h5ad")
        pd.DataFrame({"cell": names, "day": np.arange(MANY) % 3}).to_csv("days.csv", index=False)
        ask = ["a.h5ad", "b.h5ad", "--obs", "days.csv", "--fit-without", 1, "--min-genes", 3, "--min-cells", 2000,
               "--target-sum", 100, "--n-top-genes", 20, "--keep-counts"]  # fmt: skip
        self.check(*ask, parts=2, passes=5)

    def test_parts_of_logarithms(self):
        write_h5ad("logs.h5ad", log_normalized(counts(cells=MANY, genes=30)).astype("f4"))
        self.check("logs.h5ad", "--values", "log", "--n-top-genes", 20, parts=3, passes=3)

    def test_few_cells_are_one_share(self):
        write_h5ad("few.h5ad", counts())
        self.check("few.h5ad", "--n-top-genes", 10, parts=2, passes=4)
        write_h5ad("fewer.h5ad", counts(cells=20))
        self.check("fewer.h5ad", parts=2, passes=3)  # fewer values than the covariance has entries

    def test_parts_that_are_missing_or_do_not_fit(self):
        write_h5ad("counts.h5ad", counts(cells=MANY, genes=30))
        ask = ["preprocess", "counts.h5ad"]
        self.succeed(*ask, "--part", "1/4", "-o", "parts/")
        words = ["parts/: of the pass 'reading' 3 of 4 shares are missing", "until they say that nothing is left"]
        self.refused(3, words, *ask, "--merge", "parts/", "-o", "out.h5ad")
        self.refused(3, ["parts/: the pass 'reading' waits for the parts 2/4, 3/4, 4/4: "],
                     *ask, "--part", "1/4", "-o", "parts/")  # fmt: skip
        self.succeed(*ask, "--part", "2/2", "-o", "parts/")  # shares are shares, of any number of parts
        self.succeed(*ask, "--part", "2/4", "-o", "parts/")
        self.refused(3, ["reading-01.safetensors: is of other counts or options: min_genes was 1 and is 2; give"],
                     *ask, "--min-genes", 2, "--part", "1/4", "-o", "parts/")  # fmt: skip
        pathlib.Path("elsewhere").mkdir()
        shutil.copy("counts.h5ad", "elsewhere")
        self.succeed("preprocess", "elsewhere/counts.h5ad", "--part", "3/4", "-o", "parts/")
        write_h5ad("other.h5ad", counts(cells=MANY, genes=30))
        self.refused(3, ['files was ["counts.h5ad"] and is ["other.h5ad"]'],
                     "preprocess", "other.h5ad", "--part", "1/4", "-o", "parts/")  # fmt: skip
        self.refused(3, ["4 of 4 shares"], *ask, "--merge", "none/", "-o", "out.h5ad")
        share = pathlib.Path("parts/reading-02.safetensors")
        whole = share.read_bytes()
        share.write_bytes(whole[:-3] + b"\1" + whole[-2:])
        self.refused(3, ["reading-02.safetensors: is damaged", "its part"], *ask, "--part", "1/4", "-o", "parts/")
        share.write_bytes(whole[:-8])
        self.refused(3, ["reading-02.safetensors"], *ask, "--part", "1/4", "-o", "parts/")
        share.write_bytes(b"")
        self.refused(3, ["reading-02.safetensors"], *ask, "--part", "1/4", "-o", "parts/")
        self.assertFalse(pathlib.Path("out.h5ad").exists())

    def test_odd_values_are_refused_by_all_parts(self):
        x = counts(cells=MANY, genes=30)
        x[16_000, 4] = -1
        write_h5ad("odd.h5ad", x)
        words = ["gene 'g4' of cell 'c16000' is -1, expected counts"]
        for part in [1, 2]:
            self.succeed("preprocess", "odd.h5ad", "--part", f"{part}/2", "-o", "parts/")
        self.refused(3, words, "preprocess", "odd.h5ad", "--part", "1/2", "-o", "parts/")
        self.refused(3, words, "preprocess", "odd.h5ad", "-o", "out.h5ad")

    def test_options_that_do_not_fit(self):
        write_h5ad("few.h5ad", counts())
        ask = ["preprocess", "few.h5ad"]
        for text in ["0/4", "5/4", "3", "a/b"]:
            self.refused(2, [f"--part is '{text}'", "K/N"], *ask, f"--part={text}", "-o", "parts/")
        self.refused(2, ["--output is 'out.h5ad'", "folder", "parts/"], *ask, "--part", "1/2", "-o", "out.h5ad")
        self.refused(2, ["--part", "--merge"], *ask, "--part", "1/2", "--merge", "parts/", "-o", "parts/")
        self.refused(2, ["--output", ".h5ad"], *ask, "--merge", "parts/", "-o", "out.npz")


if __name__ == "__main__":
    unittest.main()
