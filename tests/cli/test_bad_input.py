"""Every bad input ends with its exit code and one clear sentence, and leaves no output behind."""

import json
import os
import struct
import subprocess
import unittest
import zipfile

import h5py
import numpy as np

from support import TestCase, command, moving_cells, run, write_npz

USAGE, BAD_INPUT = 2, 3


def save(path, x=None, t=None, **more):
    cells, times = moving_cells()
    np.savez(path, pcs=cells if x is None else x, sample_labels=times if t is None else t, **more)


def write_h5ad(path, columns, **obsm):
    with h5py.File(path, "w") as file:
        file.attrs.update({"encoding-type": "anndata", "encoding-version": "0.1.0"})
        obs = file.create_group("obs")
        obs.attrs.update({"encoding-type": "dataframe", "encoding-version": "0.2.0", "_index": "index"})
        obs.attrs["column-order"] = np.array(list(columns), dtype=h5py.string_dtype())
        count = len(next(iter(columns.values())))
        obs["index"] = np.array([f"cell{i}" for i in range(count)], dtype=h5py.string_dtype())
        for name, values in columns.items():
            obs[name] = values
        group = file.create_group("obsm")
        for name, values in obsm.items():
            group[name] = values


def truncate(path, share):
    with open(path, "r+b") as file:
        file.truncate(int(os.path.getsize(path) * share))


def write_text(path, text):
    with open(path, "w") as file:
        file.write(text)


def write_tensors(path, header, data=b"", length=None):
    text = json.dumps(header).encode() if isinstance(header, dict) else header
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text) if length is None else length) + text + data)


def model_header(path):
    with open(path, "rb") as file:
        length = struct.unpack("<Q", file.read(8))[0]
        return json.loads(file.read(length)), file.read()


# Builders of files. Each is called in the test's folder, where good.npz, 4 dimensions and the times 0
# to 3, exists already.


def nan_cells():
    x, t = moving_cells()
    second, third = np.flatnonzero(t == 1)[1:3]
    x[second, 2] = x[third, 0] = np.nan
    save("bad.npz", x=x)


def infinite_cells():
    x, _ = moving_cells()
    x[3, 0] = np.inf
    save("bad.npz", x=x)


def truncated_npz():
    save("bad.npz")
    truncate("bad.npz", 0.6)


def truncated_h5ad():
    x, t = moving_cells()
    write_h5ad("bad.h5ad", {"day": t}, X_pca=x)
    truncate("bad.h5ad", 0.5)


def good_h5ad():
    x, t = moving_cells()
    write_h5ad("good.h5ad", {"day": t, "depth": t * 7}, X_pca=x, X_umap=x[:, :2])


def ambiguous_h5ad():
    x, t = moving_cells()
    write_h5ad("bad.h5ad", {"day": t, "stage": t + 1}, X_pca=x)


def overflowing_npy():
    shape = b"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 8), }"
    header = b"\x93NUMPY\x01\x00" + struct.pack("<H", len(shape) + 1) + shape + b"\n"
    with zipfile.ZipFile("bad.npz", "w") as file:
        file.writestr("pcs.npy", header + b"\0" * 64)
        file.writestr("sample_labels.npy", header + b"\0" * 64)


def trained_model():
    result = run("train", "good.npz", "-o", "good.safetensors", "--steps", "1", "--width", "8", "--quiet")
    assert result.returncode == 0, result.stderr


def changed_model(change):
    """Writes bad.safetensors: a good model of which `change` has edited the header."""

    def build():
        trained_model()
        header, data = model_header("good.safetensors")
        change(header)
        write_tensors("bad.safetensors", header, data)

    return build


def first_tensor(header):
    return next(value for name, value in sorted(header.items()) if name.startswith("encoder"))


def overlap(header):
    last = sorted(name for name in header if name.startswith("encoder"))[-1]
    begin, end = header[last]["data_offsets"]
    header[last]["data_offsets"] = [begin - 4, end - 4]


def other_dtype(header):
    first_tensor(header)["dtype"] = "I32"


def future_version(header):
    header["__metadata__"]["format"] = "cellmnn/99"


def narrow_model():
    trained_model()
    write_npz("narrow.npz", dims=2)


def small_npz(**options):
    return lambda: write_npz("bad.npz", **options)


def nothing():
    pass


TRAIN = ["train", "bad.npz", "-o", "out", "--steps", "2"]
TRAIN_GOOD = ["train", "good.npz", "-o", "out", "--steps", "2"]
EVALUATE = ["evaluate", "good.npz", "--steps", "2", "--json", "out"]

# name: (build, arguments, exit code, words of the message)
CASES = {
    "no_such_file": (nothing, ["train", "missing.npz", "-o", "out"], BAD_INPUT, ["missing.npz", "no such file"]),
    "a_folder": (lambda: os.mkdir("bad.npz"), TRAIN, BAD_INPUT, ["bad.npz", "folder"]),
    "unknown_ending": (lambda: write_text("bad.xlsx", "x"), ["train", "bad.xlsx", "-o", "out"], BAD_INPUT,
                       ["bad.xlsx", ".h5ad, .npz"]),
    "npz_that_is_not_a_zip": (lambda: write_text("bad.npz", "hello" * 100), TRAIN, BAD_INPUT, ["bad.npz", "zip"]),
    "empty_file": (lambda: write_text("bad.npz", ""), TRAIN, BAD_INPUT, ["bad.npz"]),
    "truncated_npz": (truncated_npz, TRAIN, BAD_INPUT, ["bad.npz"]),
    "h5ad_that_is_not_hdf5": (lambda: write_text("bad.h5ad", "hello" * 100), ["train", "bad.h5ad", "-o", "out"],
                              BAD_INPUT, ["bad.h5ad", "HDF5"]),
    "truncated_h5ad": (truncated_h5ad, ["train", "bad.h5ad", "-o", "out"], BAD_INPUT, ["bad.h5ad"]),
    "h5ad_without_time_key": (good_h5ad, ["train", "good.h5ad", "-o", "out", "--time-key", "hour"], BAD_INPUT,
                              ["'hour'", "'day'", "'depth'"]),
    "h5ad_without_embedding": (good_h5ad, ["train", "good.h5ad", "-o", "out", "--embedding-key", "X_tsne"], BAD_INPUT,
                               ["'X_tsne'", "'X_pca'", "'X_umap'"]),
    "npz_without_named_array": (nothing, TRAIN_GOOD + ["--embedding-key", "latent"], BAD_INPUT,
                                ["'latent'", "'pcs'"]),
    "npz_without_embedding": (lambda: np.savez("bad.npz", sample_labels=np.arange(9.0)), TRAIN, BAD_INPUT,
                              ["bad.npz", "--embedding-key"]),
    "npz_of_objects": (lambda: np.savez("bad.npz", pcs=np.array([{}, 1], object), sample_labels=np.arange(2.0)), TRAIN,
                       BAD_INPUT, ["bad.npz"]),
    "different_lengths": (lambda: save("bad.npz", t=np.arange(5.0)), TRAIN, BAD_INPUT, ["bad.npz", "160"]),
    "not_a_number": (nan_cells, TRAIN, BAD_INPUT, ["time 1", "2 of 160", "not finite", "cell 1, dimension 2"]),
    "infinite": (infinite_cells, TRAIN, BAD_INPUT, ["1 of 160", "not finite"]),
    "single_time": (small_npz(times=(2,)), TRAIN, BAD_INPUT, ["time"]),
    "no_cells": (lambda: save("bad.npz", x=np.zeros((0, 4), np.float32), t=np.zeros(0)), TRAIN, BAD_INPUT, ["bad.npz"]),
    "cells_without_time": (lambda: save("bad.npz", t=np.where(moving_cells()[1] == 3, np.nan, 1)), TRAIN, BAD_INPUT,
                           ["40 of 160"]),
    "times_without_number": (lambda: save("bad.npz", t=np.where(moving_cells()[1] > 1, "late", "early")), TRAIN,
                             BAD_INPUT, ["early", "--time-map"]),
    "ambiguous_time_column": (ambiguous_h5ad, ["train", "bad.h5ad", "-o", "out"], BAD_INPUT,
                              ["'day'", "'stage'", "--time-key"]),
    "more_dims_than_there_are": (nothing, TRAIN_GOOD + ["--dims", "9"], BAD_INPUT, ["9", "4"]),
    "overflowing_sizes": (overflowing_npy, TRAIN, BAD_INPUT, ["bad.npz"]),
    "csv_with_ragged_line": (lambda: write_text("bad.csv", "time,a,b\n0,1,2\n1,2\n"), ["train", "bad.csv", "-o", "out"],
                             BAD_INPUT, ["line 3", "2 fields"]),
    "csv_with_word": (lambda: write_text("bad.csv", "time,a,b\n0,1,2\n1,x,2\n"), ["train", "bad.csv", "-o", "out"],
                      BAD_INPUT, ["line 3", "'x'"]),
    "csv_without_time": (lambda: write_text("bad.csv", "a,b\n1,2\n3,4\n"), ["train", "bad.csv", "-o", "out"], BAD_INPUT,
                         ["'a'", "--time-key"]),
    "hold_out_absent": (nothing, TRAIN_GOOD + ["--hold-out", "1.5"], BAD_INPUT, ["1.5", "0, 1, 2 and 3"]),
    "one_time": (small_npz(times=(3,)), ["train", "bad.npz", "-o", "out"], BAD_INPUT, ["bad.npz", "at least two times"]),
    "hold_out_first": (nothing, TRAIN_GOOD + ["--hold-out", "0"], BAD_INPUT, ["first"]),
    "hold_out_last": (nothing, EVALUATE + ["--hold-out", "3"], BAD_INPUT, ["last"]),
    "hold_out_of_two_times": (small_npz(times=(0, 1)), ["evaluate", "bad.npz", "--json", "out"], BAD_INPUT,
                              ["only 2 times"]),
    "hold_out_is_not_a_number": (nothing, EVALUATE + ["--hold-out", "all,1"], USAGE, ["--hold-out", "'all'"]),
    "hold_out_first_of_evaluation": (nothing, EVALUATE + ["--hold-out", "0"], BAD_INPUT, ["time 0", "start from"]),
    "hold_out_last_of_two_times": (small_npz(times=(0, 1)), ["evaluate", "bad.npz", "--hold-out", "last"], BAD_INPUT,
                                   ["time 1", "1 of 2 snapshots", "two"]),
    "ahead_of_the_beginning": (nothing, EVALUATE + ["--hold-out", "1", "--ahead", "2"], BAD_INPUT, ["time 1", "2 before"]),
    "ahead_too_far": (nothing, EVALUATE + ["--ahead", "3"], BAD_INPUT, ["only 4 times", "3 before"]),
    "ahead_zero": (nothing, EVALUATE + ["--ahead", "0"], USAGE, ["--ahead", "'0'", "at least 1"]),
    "unknown_method": (nothing, EVALUATE + ["--methods", "magic"], USAGE, ["--methods", "'magic'", "cellmnn-ensemble"]),
    "ensemble_of_one": (nothing, EVALUATE + ["--methods", "cellmnn-ensemble"], USAGE, ["cellmnn-ensemble", "--seeds"]),
    "unknown_metric": (nothing, EVALUATE + ["--metric", "w3"], USAGE, ["--metric", "'w3'", "w1, w2"]),
    "seed_twice": (nothing, EVALUATE + ["--seeds", "1,2,1"], USAGE, ["--seeds", "once"]),
    "zero_seeds": (nothing, EVALUATE + ["--seeds", "0"], USAGE, ["--seeds", "at least 1"]),
    "two_outputs_of_one_name": (nothing, EVALUATE + ["--csv", "out"], USAGE, ["--json and --csv", "'out'"]),
    "journal_over_the_data": (nothing, EVALUATE + ["--journal", "good.npz"], BAD_INPUT, ["good.npz", "input"]),
    "markdown_over_the_data": (nothing, EVALUATE + ["--markdown", "good.npz"], BAD_INPUT, ["good.npz", "input"]),
    "journal_that_is_something_else": (lambda: write_text("notes", "mine\n"), EVALUATE + ["--journal", "notes"], BAD_INPUT,
                                       ["notes", "not a journal"]),
    "score_model_with_journal": (trained_model, ["evaluate", "good.npz", "--model", "good.safetensors", "--journal",
                                                 "j"], USAGE, ["--model", "--journal"]),
    "zero_steps": (nothing, TRAIN_GOOD[:-1] + ["0"], USAGE, ["--steps", "0", "at least 1"]),
    "negative_steps": (nothing, TRAIN_GOOD[:-1] + ["-5"], USAGE, ["--steps", "-5"]),
    "steps_are_a_word": (nothing, TRAIN_GOOD[:-1] + ["many"], USAGE, ["--steps", "'many'", "whole number"]),
    "steps_overflow": (nothing, TRAIN_GOOD[:-1] + ["99999999999999999999"], USAGE, ["--steps"]),
    "zero_batch": (nothing, TRAIN_GOOD + ["--batch", "0"], USAGE, ["--batch", "1 to 16777216"]),
    "negative_batch": (nothing, TRAIN_GOOD + ["--batch", "-1"], USAGE, ["--batch", "-1"]),
    "zero_dims": (nothing, TRAIN_GOOD + ["--dims", "0"], USAGE, ["--dims", "at least 1"]),
    "zero_width": (nothing, TRAIN_GOOD + ["--width", "0"], USAGE, ["--width is 0", "1 to"]),
    "learning_rate_zero": (nothing, TRAIN_GOOD + ["--lr", "0"], USAGE, ["--lr"]),
    "learning_rate_nan": (nothing, TRAIN_GOOD + ["--lr", "nan"], USAGE, ["--lr", "'nan'"]),
    "unknown_schedule": (nothing, TRAIN_GOOD + ["--schedule", "linear"], USAGE, ["'linear'", "constant or cosine"]),
    "unknown_preset": (nothing, TRAIN_GOOD + ["--preset", "papr"], USAGE, ["'papr'", "default or paper"]),
    "zero_threads": (nothing, TRAIN_GOOD + ["--threads", "0"], USAGE, ["--threads", "at least 1"]),
    "absurd_threads": (nothing, TRAIN_GOOD + ["--threads", "100000"], USAGE, ["--threads", "at most"]),
    "negative_seed": (nothing, TRAIN_GOOD + ["--seed", "-1"], USAGE, ["--seed", "'-1'"]),
    "unknown_method": (nothing, EVALUATE + ["--methods", "cellmnn,magic"], USAGE, ["'magic'", "ot-interpolate"]),
    "unknown_ablation": (nothing, EVALUATE + ["--ablate", "sigam=1"], USAGE, ["'sigam=1'", "NAME=VALUE"]),
    "ablation_without_value": (nothing, EVALUATE + ["--ablate", "sigma"], USAGE, ["'sigma'", "NAME=VALUE"]),
    "ablation_out_of_range": (nothing, EVALUATE + ["--ablate", "sigma=-1"], USAGE, ["--sigma is -1", "above 0"]),
    "affine_is_a_word": (nothing, TRAIN_GOOD + ["--affine", "maybe"], USAGE, ["'maybe'", "yes or no"]),
    "unknown_protocol": (nothing, EVALUATE + ["--protocol", "kind"], USAGE, ["'kind'", "honest or paper"]),
    "time_map_without_time": (nothing, TRAIN_GOOD + ["--time-map", "early"], USAGE, ["--time-map", "LABEL=TIME"]),
    "unknown_option": (nothing, TRAIN_GOOD + ["--stesp", "3"], USAGE, ["--stesp", "did you mean --steps?"]),
    "unknown_command": (nothing, ["trian", "good.npz"], USAGE, ["'trian'", "did you mean train?"]),
    "missing_argument": (nothing, ["train", "-o", "out"], USAGE, ["DATA is required"]),
    "missing_output": (nothing, ["train", "good.npz"], USAGE, ["--output is required"]),
    "one_argument_too_many": (nothing, ["inspect", "good.npz", "good.npz"], USAGE, ["unexpected argument good.npz"]),
    "the_same_data_twice": (nothing, TRAIN_GOOD + ["good.npz"], USAGE, ["named 'good'", "rename"]),
    "option_given_twice": (nothing, TRAIN_GOOD + ["--steps", "3"], USAGE, ["--steps", "only once"]),
    "output_in_missing_folder": (nothing, ["train", "good.npz", "-o", "nowhere/out"], BAD_INPUT, ["nowhere"]),
    "output_is_a_folder": (lambda: os.mkdir("taken"), ["train", "good.npz", "-o", "taken"], BAD_INPUT, ["folder"]),
    "output_is_the_input": (nothing, ["train", "good.npz", "-o", "good.npz", "--steps", "2"], BAD_INPUT,
                            ["good.npz", "input"]),
    "log_is_the_input": (nothing, TRAIN_GOOD + ["--json-log", "good.npz"], BAD_INPUT, ["good.npz", "input"]),
    "scores_in_missing_folder": (nothing, EVALUATE[:-1] + ["nowhere/out"], BAD_INPUT, ["nowhere"]),
    "disk_full": (nothing, ["train", "good.npz", "-o", "/dev/full", "--steps", "2"], BAD_INPUT, ["No space left"]),
    "disk_full_for_cells": (nothing, ["simulate", "-o", "/dev/full"], USAGE, [".h5ad, .npz or .csv"]),
    "resume_without_checkpoint": (nothing, TRAIN_GOOD + ["--resume"], BAD_INPUT, ["out.checkpoint", "--resume"]),
    "resume_from_a_damaged_checkpoint": (lambda: write_text("out.checkpoint", "x" * 99), TRAIN_GOOD + ["--resume"],
                                         BAD_INPUT, ["out.checkpoint"]),
    "model_is_missing": (nothing, ["predict", "missing", "good.npz", "--ahead", "1", "-o", "out.csv"], BAD_INPUT,
                         ["missing"]),
    "model_is_data": (nothing, ["predict", "good.npz", "good.npz", "--ahead", "1", "-o", "out.csv"], BAD_INPUT,
                      ["good.npz"]),
    "model_with_absurd_header": (lambda: write_tensors("bad.safetensors", b"{}", length=2**62),
                                 ["inspect", "bad.safetensors"], BAD_INPUT, ["bad.safetensors", "header"]),
    "model_with_damaged_header": (lambda: write_tensors("bad.safetensors", b'{"a": [1, '),
                                  ["inspect", "bad.safetensors"], BAD_INPUT, ["bad.safetensors"]),
    "model_with_overlapping_tensors": (changed_model(overlap), ["inspect", "bad.safetensors"], BAD_INPUT,
                                       ["bad.safetensors", "encoder"]),
    "model_with_other_dtype": (changed_model(other_dtype), ["inspect", "bad.safetensors"], BAD_INPUT,
                               ["bad.safetensors", "I32"]),
    "model_of_the_future": (changed_model(future_version), ["inspect", "bad.safetensors"], BAD_INPUT,
                            ["cellmnn/99", "cellmnn/1"]),
    "model_with_more_dims_than_data": (narrow_model, ["predict", "good.safetensors", "narrow.npz", "--ahead", "1", "-o",
                                                      "out.csv"], BAD_INPUT, ["narrow.npz", "2", "4"]),
    "score_model_with_more_dims": (narrow_model, ["evaluate", "narrow.npz", "--model", "good.safetensors", "--json",
                                                  "out"], BAD_INPUT, ["narrow.npz", "2", "4"]),
    "score_model_and_train": (trained_model, ["evaluate", "good.npz", "--model", "good.safetensors", "--steps", "5"],
                              USAGE, ["--model", "--steps"]),
    "score_model_and_hold_out": (trained_model, ["evaluate", "good.npz", "--model", "good.safetensors", "--hold-out",
                                                 "1"], USAGE, ["--model", "--hold-out"]),
    "nothing_to_predict": (trained_model, ["predict", "good.safetensors", "good.npz", "-o", "out.csv"], USAGE,
                           ["--times", "--ahead"]),
    "two_ways_to_predict": (trained_model, ["predict", "good.safetensors", "good.npz", "-o", "out.csv", "--ahead", "1",
                                            "--times", "2"], USAGE, ["--times", "--ahead"]),
    "predict_from_absent_time": (trained_model, ["predict", "good.safetensors", "good.npz", "-o", "out.csv", "--ahead",
                                                 "1", "--from", "9"], BAD_INPUT, ["9", "0, 1, 2 and 3"]),
    "predict_genes_of_a_model_without": (trained_model, ["predict", "good.safetensors", "good.npz", "-o", "out.csv",
                                                         "--ahead", "1", "--genes"], BAD_INPUT, ["--genes"]),
    "prediction_of_unknown_ending": (trained_model, ["predict", "good.safetensors", "good.npz", "-o", "out",
                                                     "--ahead", "1"], USAGE, [".h5ad, .npz or .csv"]),
    "list_with_empty_entry": (trained_model, ["predict", "good.safetensors", "good.npz", "-o", "out.csv", "--times",
                                              "1,,2"], USAGE, ["--times", "empty"]),
    "simulate_no_genes": (nothing, ["simulate", "-o", "out.csv", "--genes", "0"], USAGE, ["--genes"]),
    "simulate_dropout_one": (nothing, ["simulate", "-o", "out.csv", "--dropout", "1"], USAGE, ["--dropout"]),
    "simulate_times_descend": (nothing, ["simulate", "-o", "out.csv", "--times", "1,0"], USAGE, ["--times"]),
    "simulate_negative_noise": (nothing, ["simulate", "-o", "out.csv", "--noise", "-1"], USAGE, ["--noise"]),
    "inflate_without_cells": (nothing, ["simulate", "--inflate", "good.npz", "-o", "out.npz"], USAGE,
                              ["--inflate", "--cells"]),
    "inflate_and_genes": (nothing, ["simulate", "--inflate", "good.npz", "--cells", "200", "--genes", "20", "-o",
                                    "out.npz"], USAGE, ["--inflate", "--genes"]),
    "inflate_to_fewer": (nothing, ["simulate", "--inflate", "good.npz", "--cells", "100", "-o", "out.npz"], USAGE,
                         ["--cells", "100", "160"]),
    "inflate_to_csv": (nothing, ["simulate", "--inflate", "good.npz", "--cells", "200", "-o", "out.csv"], USAGE,
                       ["out.csv", ".npz"]),
    "inflate_over_itself": (nothing, ["simulate", "--inflate", "good.npz", "--cells", "200", "-o", "good.npz"],
                            BAD_INPUT, ["good.npz", "input"]),
    "inflate_over_the_limit_of_zip": (nothing, ["simulate", "--inflate", "good.npz", "--cells", "2000000000000", "-o",
                                                "out.npz"], USAGE, ["--cells", "2^40"]),
    "keys_without_inflate": (nothing, ["simulate", "--time-key", "day", "-o", "out.npz"], USAGE,
                             ["--time-key", "--inflate"]),
    "demo_in_a_file": (lambda: write_text("out.txt", "x"), ["demo", "--output", "out.txt/demo"], BAD_INPUT,
                       ["out.txt/demo"]),
}


class BadInput(TestCase):
    def setUp(self):
        super().setUp()
        write_npz("good.npz")

    def check(self, build, arguments, code, words):
        build()
        before = {name: os.stat(name).st_mtime_ns for name in os.listdir()}
        self.refused(code, words, *arguments)
        after = {name: os.stat(name).st_mtime_ns for name in os.listdir()}
        self.assertEqual(after, before, "files that appeared or changed")

    def test_standard_output_is_full(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run(command("inspect", "good.npz"), stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, BAD_INPUT)
        self.assertIn("standard output", result.stderr)

    def test_raw_counts_are_warned_of(self):
        x, t = moving_cells()
        save("counts.npz", x=np.floor(np.abs(x) * 40), t=t)
        result = self.succeed("train", "counts.npz", "-o", "model", "--steps", 1)
        self.assertRegex(result.stderr, "(?m)^cellmnn: warning: .*raw counts")

    def test_a_batch_larger_than_a_snapshot_is_warned_of(self):
        result = self.succeed("train", "good.npz", "-o", "model", "--steps", 1, "--batch", 300)
        self.assertRegex(result.stderr, "(?m)^cellmnn: warning: .*100 cells.*only 40.*with replacement")
        result = self.succeed("train", "good.npz", "-o", "model", "--steps", 1, "--batch", 120)
        self.assertNotIn("warning", result.stderr)


def add_case(name, case):
    setattr(BadInput, "test_" + name, lambda self: self.check(*case))


for case_name, bad_case in CASES.items():
    add_case(case_name, bad_case)

if __name__ == "__main__":
    unittest.main()
