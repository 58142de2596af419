"""Screens that are done in parts and merged: to the byte what they are in one, and what is refused."""

import json
import pathlib
import unittest

import anndata
import numpy as np
from gene_data import write_trained
from support import TestCase, run


class ScreenParts(TestCase):
    def check(self, *ask, parts):
        """The parts, made in another order and with other threads, are the whole; how many rows each has."""
        whole = self.succeed("perturb", *ask, "-o", "whole.tsv").stdout
        files = [f"{part}.jsonl" for part in range(1, parts + 1)]
        for part in reversed(range(1, parts + 1)):
            options = ["--screen-part", f"{part}/{parts}", "--threads", 1 + part % 2, "-o", files[part - 1]]
            self.assertEqual(self.succeed("perturb", *ask, *options).stdout, "")
        merged = self.succeed("perturb", "--merge", *reversed(files), "-o", "merged.tsv").stdout
        self.assertEqual(merged, whole)
        self.assertEqual(pathlib.Path("merged.tsv").read_bytes(), pathlib.Path("whole.tsv").read_bytes())
        return [pathlib.Path(file).read_text().count("\n") - 1 for file in files]


class ByModel(ScreenParts):
    def prepare(self):
        write_trained(self, steps=20)

    def test_parts_are_the_whole(self):
        ask = ["model", "data.h5ad", "--screen", "all", "--group", "time=0", "--times", 1, "--controls", 5]
        self.assertEqual(self.check(*ask, parts=3), [5, 5, 6])
        self.assertEqual(self.check(*ask, parts=1), [16])
        self.check(*ask, "--ensemble", "model", "--to", "x2", "--with-population", parts=4)

    def test_named_genes_are_compared_among_themselves(self):
        ask = ["model", "data.h5ad", "--screen", "Stem1,Stem2,Stem3,Timer1", "--times", 2]
        self.assertEqual(self.check(*ask, parts=6), [0, 1, 1, 0, 1, 1])

    def test_parts_that_do_not_fit(self):
        ask = ["perturb", "model", "data.h5ad", "--screen", "all"]
        for part, name, options in [
            ("1/3", "1", ["--times", 2]),
            ("2/3", "2", ["--times", 2]),
            ("3/3", "3", ["--times", 2]),
            ("2/3", "again", ["--times", 2]),
            ("2/4", "of4", ["--times", 2]),
            ("2/3", "time", ["--times", 1]),
            ("2/3", "dose", ["--times", 2, "--to", "x2"]),
            ("2/3", "group", ["--times", 2, "--group", "time=0"]),
        ]:
            self.succeed(*ask, *options, "--screen-part", part, "-o", name + ".jsonl")
        self.succeed("train", "data.h5ad", "-o", "other", "--steps", 2, "--width", 8)
        self.succeed("perturb", "other", *ask[2:], "--times", 2, "--screen-part", "2/3", "-o", "model.jsonl")

        def refuse(words, *files):
            self.refused(3, words, "perturb", "--merge", *files, "-o", "out.tsv")
            self.assertFalse(pathlib.Path("out.tsv").exists())

        refuse(["part 2/3 is missing", "2 of 3 parts"], "1.jsonl", "3.jsonl")
        refuse(["part 3/3 is missing"], "1.jsonl", "2.jsonl")
        refuse(["again.jsonl: is part 2/3, as 2.jsonl is"], "1.jsonl", "2.jsonl", "again.jsonl")
        refuse(["of4.jsonl: is part 2/4", "1.jsonl is part 1/3"], "1.jsonl", "of4.jsonl")
        refuse(["time.jsonl: is a part of another screen than 1.jsonl", "time was 2.0 and is 1.0"],
               "1.jsonl", "time.jsonl", "3.jsonl")  # fmt: skip
        refuse(["dose.jsonl", "times was 0.0 and is 2.0"], "1.jsonl", "dose.jsonl", "3.jsonl")
        refuse(["group.jsonl", "cells was"], "1.jsonl", "group.jsonl", "3.jsonl")
        refuse(["model.jsonl", "models was"], "1.jsonl", "model.jsonl", "3.jsonl")

    def test_files_that_are_no_parts(self):
        self.succeed("perturb", "model", "data.h5ad", "--screen", "all", "--times", 2, "--screen-part", "1/1",
                     "-o", "part.jsonl")  # fmt: skip
        whole = pathlib.Path("part.jsonl").read_text()
        lines = whole.splitlines(keepends=True)
        header = json.loads(lines[0])
        for text, words in [
            ("", ["not a part of a screen", "--screen-part"]),
            ("[1]\n", ["not a part"]),
            (whole[:-9], ["damaged"]),
            ("".join(lines[:-1]), ["damaged"]),
            ("".join([*lines[:-1], "[2]\n"]), ["damaged"]),
            ("".join([*lines[:-1], "{}\n"]), ["damaged"]),
            (json.dumps({**header, "part": 0}) + "\n" + "".join(lines[1:]), ["damaged"]),
            (json.dumps({**header, "part": 2}) + "\n" + "".join(lines[1:]), ["damaged"]),
            (json.dumps({**header, "parts": "x"}) + "\n" + "".join(lines[1:]), ["damaged"]),
            (json.dumps({**header, "kind": "odd"}) + "\n" + "".join(lines[1:]), ["kind 'odd'"]),
            (json.dumps({**header, "kind": "network"}) + "\n" + "".join(lines[1:]), ["damaged"]),
        ]:
            pathlib.Path("bad.jsonl").write_text(text)
            self.refused(3, words, "perturb", "--merge", "bad.jsonl")
        self.refused(3, ["none.jsonl", "no such file"], "perturb", "--merge", "none.jsonl")

    def test_options_that_do_not_fit(self):
        ask = ["perturb", "model", "data.h5ad", "--screen", "all", "--times", 2]
        for text in ["0/3", "4/3", "3", "a/b", "1/0", "/", "1/2/3", "-1/3", "1/999999999"]:
            words = [f"--screen-part is '{text}'", "K/N", "2/8"]
            self.refused(2, words, *ask, f"--screen-part={text}", "-o", "1.jsonl")
        self.refused(2, ["--screen-part", "-o FILE.jsonl"], *ask, "--screen-part", "1/2")
        self.refused(2, ["--output", ".jsonl"], *ask, "--screen-part", "1/2", "-o", "1.tsv")
        self.refused(2, ["--screen-part", "--screen"], *ask[:3], "--gene", "Stem1=0", "--screen-part", "1/2")
        self.refused(2, ["--screen-part has no meaning with --fates"], *ask[:5], "--fates", "--screen-part", "1/2")
        self.refused(2, ["--screen has no meaning with --merge"], *ask, "--merge")
        self.refused(2, ["--time-key has no meaning with --merge"], "perturb", "--merge", "1", "--time-key", "t")
        self.succeed(*ask, "--screen-part", "1/1", "-o", "part.jsonl")
        self.refused(2, ["--output", ".tsv"], "perturb", "--merge", "part.jsonl", "-o", "out.jsonl")
        self.assertEqual(run("perturb", "--merge").returncode, 2)


class ByNetwork(ScreenParts):
    def prepare(self):
        rng = np.random.default_rng(3)
        t = np.repeat([0.0, 1.0, 2.0], 40)
        rates = np.exp(rng.normal(size=150) * t[:, None] / 3 + rng.normal(size=(t.size, 150)) / 2)
        data = anndata.AnnData(rng.poisson(3 * rates).astype("f4"))
        data.var_names = [f"gene{g}" for g in range(150)]
        data.obs["time"] = t
        data.write_h5ad("data.h5ad")

    def test_parts_are_the_whole(self):
        self.assertEqual(self.check("data.h5ad", "--screen", "all", parts=2), [64, 86])
        self.assertEqual(self.check("data.h5ad", "--screen", "gene3,gene1,gene2", parts=2), [0, 3])

    def test_parts_of_pairs_are_the_whole(self):
        genes = ",".join(f"gene{g}" for g in range(16))
        rows = self.check("data.h5ad", "--screen", genes, "--screen-pairs", parts=2)
        self.assertEqual(rows, [64, 56])


if __name__ == "__main__":
    unittest.main()
