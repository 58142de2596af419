"""Data that cannot be read or make no sense."""

import os
import unittest

import numpy as np
from bad_files import (
    BAD_INPUT,
    BadInputTestCase,
    Case,
    ambiguous_h5ad,
    good_h5ad,
    infinite_cells,
    nan_cells,
    overflowing_npy,
    save,
    small_npz,
    truncated_h5ad,
    truncated_npz,
    write_text,
)
from support import moving_cells

CASES = {
    "no_such_file": Case("train missing.npz -o out", BAD_INPUT, ["missing.npz", "no such file"]),
    "a_folder": Case("train bad.npz -o out --steps 2", BAD_INPUT, ["bad.npz", "folder"], lambda: os.mkdir("bad.npz")),
    "unknown_ending": Case(
        "train bad.xlsx -o out", BAD_INPUT, ["bad.xlsx", ".h5ad, .npz"], lambda: write_text("bad.xlsx", "x")
    ),
    "npz_that_is_not_a_zip": Case(
        "train bad.npz -o out --steps 2", BAD_INPUT, ["bad.npz", "zip"], lambda: write_text("bad.npz", "hello" * 100)
    ),
    "empty_file": Case("train bad.npz -o out --steps 2", BAD_INPUT, ["bad.npz"], lambda: write_text("bad.npz", "")),
    "truncated_npz": Case("train bad.npz -o out --steps 2", BAD_INPUT, ["bad.npz"], truncated_npz),
    "h5ad_that_is_not_hdf5": Case(
        "train bad.h5ad -o out", BAD_INPUT, ["bad.h5ad", "HDF5"], lambda: write_text("bad.h5ad", "hello" * 100)
    ),
    "truncated_h5ad": Case("train bad.h5ad -o out", BAD_INPUT, ["bad.h5ad"], truncated_h5ad),
    "h5ad_without_time_key": Case(
        "train good.h5ad -o out --time-key hour", BAD_INPUT, ["'hour'", "'day'", "'depth'"], good_h5ad
    ),
    "h5ad_without_embedding": Case(
        "train good.h5ad -o out --embedding-key X_tsne", BAD_INPUT, ["'X_tsne'", "'X_pca'", "'X_umap'"], good_h5ad
    ),
    "npz_without_named_array": Case(
        "train good.npz -o out --steps 2 --embedding-key latent", BAD_INPUT, ["'latent'", "'pcs'"]
    ),
    "npz_without_embedding": Case(
        "train bad.npz -o out --steps 2",
        BAD_INPUT,
        ["bad.npz", "--embedding-key"],
        lambda: np.savez("bad.npz", sample_labels=np.arange(9.0)),
    ),
    "npz_of_objects": Case(
        "train bad.npz -o out --steps 2",
        BAD_INPUT,
        ["bad.npz"],
        lambda: np.savez("bad.npz", pcs=np.array([{}, 1], object), sample_labels=np.arange(2.0)),
    ),
    "different_lengths": Case(
        "train bad.npz -o out --steps 2", BAD_INPUT, ["bad.npz", "160"], lambda: save("bad.npz", t=np.arange(5.0))
    ),
    "not_a_number": Case(
        "train bad.npz -o out --steps 2",
        BAD_INPUT,
        ["time 1", "2 of 160", "not finite", "cell 1, dimension 2"],
        nan_cells,
    ),
    "infinite": Case("train bad.npz -o out --steps 2", BAD_INPUT, ["1 of 160", "not finite"], infinite_cells),
    "single_time": Case("train bad.npz -o out --steps 2", BAD_INPUT, ["time"], small_npz(times=(2,))),
    "no_cells": Case(
        "train bad.npz -o out --steps 2",
        BAD_INPUT,
        ["bad.npz"],
        lambda: save("bad.npz", x=np.zeros((0, 4), np.float32), t=np.zeros(0)),
    ),
    "cells_without_time": Case(
        "train bad.npz -o out --steps 2",
        BAD_INPUT,
        ["40 of 160"],
        lambda: save("bad.npz", t=np.where(moving_cells()[1] == 3, np.nan, 1)),
    ),
    "times_without_number": Case(
        "train bad.npz -o out --steps 2",
        BAD_INPUT,
        ["early", "--time-map"],
        lambda: save("bad.npz", t=np.where(moving_cells()[1] > 1, "late", "early")),
    ),
    "ambiguous_time_column": Case(
        "train bad.h5ad -o out", BAD_INPUT, ["'day'", "'stage'", "--time-key"], ambiguous_h5ad
    ),
    "more_dims_than_there_are": Case("train good.npz -o out --steps 2 --dims 9", BAD_INPUT, ["9", "4"]),
    "overflowing_sizes": Case("train bad.npz -o out --steps 2", BAD_INPUT, ["bad.npz"], overflowing_npy),
    "csv_with_ragged_line": Case(
        "train bad.csv -o out",
        BAD_INPUT,
        ["line 3", "2 fields"],
        lambda: write_text("bad.csv", "time,a,b\n0,1,2\n1,2\n"),
    ),
    "csv_with_word": Case(
        "train bad.csv -o out", BAD_INPUT, ["line 3", "'x'"], lambda: write_text("bad.csv", "time,a,b\n0,1,2\n1,x,2\n")
    ),
    "csv_without_time": Case(
        "train bad.csv -o out", BAD_INPUT, ["'a'", "--time-key"], lambda: write_text("bad.csv", "a,b\n1,2\n3,4\n")
    ),
    "one_time": Case("train bad.npz -o out", BAD_INPUT, ["bad.npz", "at least two times"], small_npz(times=(3,))),
}


class BadData(BadInputTestCase):
    cases = CASES

    def test_raw_counts_are_warned_of(self):
        x, t = moving_cells()
        save("counts.npz", x=np.floor(np.abs(x) * 40), t=t)
        result = self.succeed("train", "counts.npz", "-o", "model", "--steps", 1)
        self.assertRegex(result.stderr, "(?m)^cellmnn: warning: .*raw counts")


if __name__ == "__main__":
    unittest.main()
