#!/usr/bin/python3
"""Ways to a lower held-out W1 on EB that need no other training, and what they score.

    bench/levers.py EB.npz [--program build/native/bin/cellmnn] [--steps 10000]

Needs python3-pot. One model for each inner time, seed 1, honest; then predictions of that time:
  forward            from the snapshot before, as everywhere else
  backward           from the snapshot after
  both               half of the cells of each
  h steps            forward, with the operator taken anew at each of h equal parts of the way
  bridged            forward, plus half the way from the prediction of the snapshot after to its cells, along the
                     exact plan between the two
  settings           forward, each cell by a random one of four models with other settings
"""

import argparse
import os
import subprocess
import tempfile

import numpy as np
import ot

SETTINGS = [[], ["--agreement", "0"], ["--backward", "0.1"], ["--kinetic-times", "ahead"]]
TRAINING = ["--seed", "1", "--quiet"]

parser = argparse.ArgumentParser()
parser.add_argument("data")
parser.add_argument("--program", default="build/native/bin/cellmnn")
parser.add_argument("--steps", default="10000")
options = parser.parse_args()
program, data = os.path.abspath(options.program), os.path.abspath(options.data)

file = np.load(data, allow_pickle=True)
x, t = file["pcs"][:, :5].astype(float), file["sample_labels"].astype(float)
mean, std = x.mean(axis=0), x.std(axis=0)
rng = np.random.default_rng(0)


def costs(a, b):
    return ot.dist((a - mean) / std, (b - mean) / std, "euclidean")


def w1(a, b):
    return ot.emd2(ot.unif(len(a)), ot.unif(len(b)), costs(a, b), numItermax=10**7)


def moved(model, cells, begin, end):
    np.savez("cells.npz", X_pca=cells.astype(np.float32), time=np.full(len(cells), float(begin)))
    subprocess.run(
        [program, "predict", model, "cells.npz", "--times", str(end), "-o", "moved.npz", "--quiet"], check=True
    )
    result = np.load("moved.npz")["X_predicted"].astype(float)
    os.remove("moved.npz")
    return result


def in_parts(model, cells, begin, end, parts):
    for k in range(parts):
        cells = moved(model, cells, begin + (end - begin) * k / parts, begin + (end - begin) * (k + 1) / parts)
    return cells


def half(cells):
    return cells[rng.permutation(len(cells))[: len(cells) // 2]]


scores = {}
with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for time in [1, 2, 3]:
        held_out, before, after = (x[t == time + k] for k in [0, -1, 1])
        models = []
        for k, setting in enumerate(SETTINGS):
            models.append(f"{time}-{k}.safetensors")
            subprocess.run(
                [
                    program,
                    "train",
                    data,
                    "--hold-out",
                    str(time),
                    "-o",
                    models[-1],
                    "--steps",
                    options.steps,
                    *TRAINING,
                    *setting,
                ],
                check=True,
            )
        forward = moved(models[0], before, time - 1, time)
        backward = moved(models[0], after, time + 1, time)
        on = moved(models[0], before, time - 1, time + 1)
        plan = ot.emd(ot.unif(len(on)), ot.unif(len(after)), costs(on, after), numItermax=10**7)
        members = np.stack([moved(model, before, time - 1, time) for model in models])
        predictions = {
            "forward": forward,
            "backward": backward,
            "both": np.concatenate([half(forward), half(backward)]),
            **{f"{parts} steps": in_parts(models[0], before, time - 1, time, parts) for parts in [2, 4, 8]},
            "bridged": forward + 0.5 * (plan / plan.sum(axis=1, keepdims=True) @ after - on),
            "settings": members[rng.integers(len(members), size=len(before)), np.arange(len(before))],
        }
        for name, cells in predictions.items():
            scores.setdefault(name, []).append(w1(cells, held_out))
for name, values in scores.items():
    print(f"{name:9}", *(f"{value:.4f}" for value in values), f"mean {np.mean(values):.4f}")
