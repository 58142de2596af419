"""Models that are damaged, or do not fit the data or the request."""

import unittest

from bad_files import (
    BAD_INPUT,
    USAGE,
    BadInputTestCase,
    Case,
    changed_model,
    future_version,
    narrow_model,
    other_dtype,
    overlap,
    trained_model,
    write_tensors,
)

CASES = {
    "score_model_with_journal": Case(
        "evaluate good.npz --model good.safetensors --journal j", USAGE, ["--model", "--journal"], trained_model
    ),
    "model_is_missing": Case("predict missing good.npz --ahead 1 -o out.csv", BAD_INPUT, ["missing"]),
    "model_with_absurd_header": Case(
        "inspect bad.safetensors",
        BAD_INPUT,
        ["bad.safetensors", "header"],
        lambda: write_tensors("bad.safetensors", b"{}", length=2**62),
    ),
    "model_with_damaged_header": Case(
        "inspect bad.safetensors",
        BAD_INPUT,
        ["bad.safetensors"],
        lambda: write_tensors("bad.safetensors", b'{"a": [1, '),
    ),
    "model_with_overlapping_tensors": Case(
        "inspect bad.safetensors", BAD_INPUT, ["bad.safetensors", "encoder"], changed_model(overlap)
    ),
    "model_with_other_dtype": Case(
        "inspect bad.safetensors", BAD_INPUT, ["bad.safetensors", "I32"], changed_model(other_dtype)
    ),
    "model_of_the_future": Case(
        "inspect bad.safetensors", BAD_INPUT, ["cellmnn/99", "cellmnn/1"], changed_model(future_version)
    ),
    "model_with_more_dims_than_data": Case(
        "predict good.safetensors narrow.npz --ahead 1 -o out.csv", BAD_INPUT, ["narrow.npz", "2", "4"], narrow_model
    ),
    "score_model_with_more_dims": Case(
        "evaluate narrow.npz --model good.safetensors --json out.json",
        BAD_INPUT,
        ["narrow.npz", "2", "4"],
        narrow_model,
    ),
    "score_model_and_train": Case(
        "evaluate good.npz --model good.safetensors --steps 5", USAGE, ["--model", "--steps"], trained_model
    ),
    "score_model_and_hold_out": Case(
        "evaluate good.npz --model good.safetensors --hold-out 1", USAGE, ["--model", "--hold-out"], trained_model
    ),
    "nothing_to_predict": Case(
        "predict good.safetensors good.npz -o out.csv", USAGE, ["--times", "--ahead"], trained_model
    ),
    "two_ways_to_predict": Case(
        "predict good.safetensors good.npz -o out.csv --ahead 1 --times 2", USAGE, ["--times", "--ahead"], trained_model
    ),
    "predict_from_absent_time": Case(
        "predict good.safetensors good.npz -o out.csv --ahead 1 --from 9",
        BAD_INPUT,
        ["9", "0, 1, 2 and 3"],
        trained_model,
    ),
    "predict_genes_of_a_model_without": Case(
        "predict good.safetensors good.npz -o out.csv --ahead 1 --genes", BAD_INPUT, ["--genes"], trained_model
    ),
    "prediction_of_unknown_ending": Case(
        "predict good.safetensors good.npz -o out --ahead 1", USAGE, [".h5ad, .npz or .csv"], trained_model
    ),
    "list_with_empty_entry": Case(
        "predict good.safetensors good.npz -o out.csv --times 1,,2", USAGE, ["--times", "empty"], trained_model
    ),
}


class BadModels(BadInputTestCase):
    cases = CASES


if __name__ == "__main__":
    unittest.main()
