"""Options that make no sense, alone or together."""

import os
import resource
import subprocess
import unittest

from bad_files import BAD_INPUT, USAGE, BadInputTestCase, Case, small_npz, write_text
from support import command

CASES = {
    "hold_out_absent": Case("train good.npz -o out --steps 2 --hold-out 1.5", BAD_INPUT, ["1.5", "0, 1, 2 and 3"]),
    "hold_out_first": Case("train good.npz -o out --steps 2 --hold-out 0", BAD_INPUT, ["first"]),
    "hold_out_last": Case("evaluate good.npz --steps 2 --json out.json --hold-out 3", BAD_INPUT, ["last"]),
    "hold_out_of_two_times": Case(
        "evaluate bad.npz --json out.json", BAD_INPUT, ["only 2 times"], small_npz(times=(0, 1))
    ),
    "hold_out_is_not_a_number": Case(
        "evaluate good.npz --steps 2 --json out.json --hold-out all,1", USAGE, ["--hold-out", "'all'"]
    ),
    "hold_out_first_of_evaluation": Case(
        "evaluate good.npz --steps 2 --json out.json --hold-out 0", BAD_INPUT, ["time 0", "start from"]
    ),
    "hold_out_last_of_two_times": Case(
        "evaluate bad.npz --hold-out last", BAD_INPUT, ["time 1", "1 of 2 snapshots", "two"], small_npz(times=(0, 1))
    ),
    "ahead_of_the_beginning": Case(
        "evaluate good.npz --steps 2 --json out.json --hold-out 1 --ahead 2", BAD_INPUT, ["time 1", "2 before"]
    ),
    "ahead_too_far": Case(
        "evaluate good.npz --steps 2 --json out.json --ahead 3", BAD_INPUT, ["only 4 times", "3 before"]
    ),
    "ahead_zero": Case(
        "evaluate good.npz --steps 2 --json out.json --ahead 0", USAGE, ["--ahead", "'0'", "at least 1"]
    ),
    "unknown_method": Case(
        "evaluate good.npz --steps 2 --json out.json --methods magic",
        USAGE,
        ["--methods", "'magic'", "cellmnn-ensemble"],
    ),
    "ensemble_of_one": Case(
        "evaluate good.npz --steps 2 --json out.json --methods cellmnn-ensemble", USAGE, ["cellmnn-ensemble", "--seeds"]
    ),
    "unknown_metric": Case(
        "evaluate good.npz --steps 2 --json out.json --metric w3", USAGE, ["--metric", "'w3'", "w1, w2"]
    ),
    "seed_twice": Case("evaluate good.npz --steps 2 --json out.json --seeds 1,2,1", USAGE, ["--seeds", "once"]),
    "zero_seeds": Case("evaluate good.npz --steps 2 --json out.json --seeds 0", USAGE, ["--seeds", "at least 1"]),
    "two_outputs_of_one_name": Case(
        "evaluate good.npz --steps 2 --json out.json --journal out.json", USAGE, ["--json and --journal", "'out.json'"]
    ),
    "journal_over_the_data": Case(
        "evaluate good.npz --steps 2 --json out.json --journal good.npz", BAD_INPUT, ["good.npz", "input"]
    ),
    "markdown_over_the_data": Case(
        "evaluate good.npz --steps 2 --json out.json --markdown good.npz", USAGE, ["--markdown", "good.npz", ".md"]
    ),
    "journal_that_is_something_else": Case(
        "evaluate good.npz --steps 2 --json out.json --journal notes",
        BAD_INPUT,
        ["notes", "not a journal"],
        lambda: write_text("notes", "mine\n"),
    ),
    "zero_steps": Case("train good.npz -o out --steps 0", USAGE, ["--steps", "0", "at least 1"]),
    "negative_steps": Case("train good.npz -o out --steps -5", USAGE, ["--steps", "-5"]),
    "steps_are_a_word": Case("train good.npz -o out --steps many", USAGE, ["--steps", "'many'", "whole number"]),
    "steps_overflow": Case("train good.npz -o out --steps 99999999999999999999", USAGE, ["--steps"]),
    "zero_batch": Case("train good.npz -o out --steps 2 --batch 0", USAGE, ["--batch", "1 to 16777216"]),
    "negative_batch": Case("train good.npz -o out --steps 2 --batch -1", USAGE, ["--batch", "-1"]),
    "zero_dims": Case("train good.npz -o out --steps 2 --dims 0", USAGE, ["--dims", "at least 1"]),
    "zero_width": Case("train good.npz -o out --steps 2 --width 0", USAGE, ["--width is 0", "1 to"]),
    "learning_rate_zero": Case("train good.npz -o out --steps 2 --lr 0", USAGE, ["--lr"]),
    "learning_rate_nan": Case("train good.npz -o out --steps 2 --lr nan", USAGE, ["--lr", "'nan'"]),
    "unknown_schedule": Case(
        "train good.npz -o out --steps 2 --schedule linear", USAGE, ["'linear'", "constant or cosine"]
    ),
    "unknown_preset": Case("train good.npz -o out --steps 2 --preset papr", USAGE, ["'papr'", "default or paper"]),
    "zero_threads": Case("train good.npz -o out --steps 2 --threads 0", USAGE, ["--threads", "at least 1"]),
    "absurd_threads": Case("train good.npz -o out --steps 2 --threads 100000", USAGE, ["--threads", "at most"]),
    "negative_seed": Case("train good.npz -o out --steps 2 --seed -1", USAGE, ["--seed", "'-1'"]),
    "unknown_method_of_several": Case(
        "evaluate good.npz --steps 2 --json out.json --methods cellmnn,magic", USAGE, ["'magic'", "ot-interpolate"]
    ),
    "unknown_ablation": Case(
        "evaluate good.npz --steps 2 --json out.json --ablate sigam=1", USAGE, ["'sigam=1'", "NAME=VALUE"]
    ),
    "ablation_without_value": Case(
        "evaluate good.npz --steps 2 --json out.json --ablate sigma", USAGE, ["'sigma'", "NAME=VALUE"]
    ),
    "ablation_out_of_range": Case(
        "evaluate good.npz --steps 2 --json out.json --ablate sigma=-1", USAGE, ["--sigma is -1", "above 0"]
    ),
    "affine_is_a_word": Case("train good.npz -o out --steps 2 --affine maybe", USAGE, ["'maybe'", "yes or no"]),
    "unknown_protocol": Case(
        "evaluate good.npz --steps 2 --json out.json --protocol kind", USAGE, ["'kind'", "honest or paper"]
    ),
    "time_map_without_time": Case(
        "train good.npz -o out --steps 2 --time-map early", USAGE, ["--time-map", "LABEL=TIME"]
    ),
    "unknown_option": Case("train good.npz -o out --steps 2 --stesp 3", USAGE, ["--stesp", "did you mean --steps?"]),
    "unknown_command": Case("trian good.npz", USAGE, ["'trian'", "did you mean train?"]),
    "missing_argument": Case("train -o out", USAGE, ["DATA is required"]),
    "missing_output": Case("train good.npz", USAGE, ["--output is required"]),
    "one_argument_too_many": Case("inspect good.npz good.npz", USAGE, ["unexpected argument good.npz"]),
    "the_same_data_twice": Case("train good.npz -o out --steps 2 good.npz", USAGE, ["named 'good'", "rename"]),
    "option_given_twice": Case("train good.npz -o out --steps 2 --steps 3", USAGE, ["--steps", "only once"]),
    "output_in_missing_folder": Case("train good.npz -o nowhere/out", BAD_INPUT, ["nowhere"]),
    "output_is_a_folder": Case("train good.npz -o taken", BAD_INPUT, ["folder"], lambda: os.mkdir("taken")),
    "output_is_the_input": Case("train good.npz -o good.npz --steps 2", USAGE, ["good.npz", "safetensors"]),
    "log_is_the_input": Case("train good.npz -o out --steps 2 --json-log good.npz", BAD_INPUT, ["good.npz", "input"]),
    "scores_in_missing_folder": Case("evaluate good.npz --steps 2 --json nowhere/out.json", BAD_INPUT, ["nowhere"]),
    "disk_full": Case("train good.npz -o /dev/full --steps 2", BAD_INPUT, ["No space left"]),
    "disk_full_for_cells": Case("simulate -o /dev/full", BAD_INPUT, ["the disk is full"]),
    "resume_without_checkpoint": Case(
        "train good.npz -o out --steps 2 --resume", BAD_INPUT, ["out.checkpoint", "--resume"]
    ),
    "resume_from_a_damaged_checkpoint": Case(
        "train good.npz -o out --steps 2 --resume",
        BAD_INPUT,
        ["out.checkpoint"],
        lambda: write_text("out.checkpoint", "x" * 99),
    ),
    "model_is_data": Case("predict good.npz good.npz --ahead 1 -o out.csv", BAD_INPUT, ["good.npz"]),
    "simulate_no_genes": Case("simulate -o out.csv --genes 0", USAGE, ["--genes"]),
    "simulate_dropout_one": Case("simulate -o out.csv --dropout 1", USAGE, ["--dropout"]),
    "simulate_times_descend": Case("simulate -o out.csv --times 1,0", USAGE, ["--times"]),
    "simulate_negative_noise": Case("simulate -o out.csv --noise -1", USAGE, ["--noise"]),
    "inflate_without_cells": Case("simulate --inflate good.npz -o out.npz", USAGE, ["--inflate", "--cells"]),
    "inflate_and_genes": Case(
        "simulate --inflate good.npz --cells 200 --genes 20 -o out.npz", USAGE, ["--inflate", "--genes"]
    ),
    "inflate_to_fewer": Case("simulate --inflate good.npz --cells 100 -o out.npz", USAGE, ["--cells", "100", "160"]),
    "inflate_to_csv": Case("simulate --inflate good.npz --cells 200 -o out.csv", USAGE, ["out.csv", ".npz"]),
    "inflate_over_itself": Case(
        "simulate --inflate good.npz --cells 200 -o good.npz", BAD_INPUT, ["good.npz", "input"]
    ),
    "inflate_over_the_limit_of_zip": Case(
        "simulate --inflate good.npz --cells 2000000000000 -o out.npz", USAGE, ["--cells", "2^40"]
    ),
    "keys_without_inflate": Case("simulate --time-key day -o out.npz", USAGE, ["--time-key", "--inflate"]),
    "demo_in_a_file": Case(
        "demo --output out.txt/demo", BAD_INPUT, ["out.txt/demo"], lambda: write_text("out.txt", "x")
    ),
}


class BadRequests(BadInputTestCase):
    cases = CASES

    def test_standard_output_is_full(self):
        with open("/dev/full", "w") as full:
            result = subprocess.run(command("inspect", "good.npz"), stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(result.returncode, BAD_INPUT)
        self.assertIn("standard output", result.stderr)

    def test_files_may_be_limited_in_size(self):
        before = sorted(os.listdir())
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
        for arguments in [
            "train good.npz -o out --steps 2",
            "simulate --cells 50 -o out.h5ad",
            "simulate --cells 50 -o out.npz",
            "simulate --cells 50 -o out.csv",
        ]:
            words = [arguments.split(" -o ")[1].split()[0] + ": cannot be written", "ulimit -f"]
            self.refused(BAD_INPUT, words, *arguments.split(), preexec_fn=limit)
            self.assertEqual(sorted(os.listdir()), before)

    def test_a_batch_larger_than_a_snapshot_is_warned_of(self):
        result = self.succeed("train", "good.npz", "-o", "model", "--steps", 1, "--batch", 300)
        self.assertRegex(result.stderr, "(?m)^cellmnn: warning: .*100 cells.*only 40.*with replacement")
        result = self.succeed("train", "good.npz", "-o", "model", "--steps", 1, "--batch", 120)
        self.assertNotIn("warning", result.stderr)


if __name__ == "__main__":
    unittest.main()
