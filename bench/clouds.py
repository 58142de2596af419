#!/usr/bin/python3
"""A cell's future as a cloud of measured cells, against its true later state.

    bench/clouds.py [--seeds 1,2,3,4] [--steps 5000] [--size 100]

Simulated courses of 6 times with 300 true paths each. The path's cells of one time are added to that snapshot, and
`predict --cloud` is asked for their later cells. Printed is the energy score by snapshots ahead, lower is better, in
five whitened components: mean |X - y| - mean |X - X'| / 2 for a cloud X and the truth y; a point's is its distance.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import anndata
import numpy as np
import pandas as pd
import scipy.spatial

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIMS, PATHS = 5, 300


def spread(points, weights):
    return weights @ scipy.spatial.distance.cdist(points, points) @ weights


def energy_score(points, weights, truth, own_spread):
    return weights @ np.linalg.norm(points - truth, axis=1) - own_spread / 2


def measure(run, folder, seed, size, steps):
    """Lists of scores by (rule, snapshots ahead)."""
    cells, paths, model = folder / "cells.h5ad", folder / "paths.npz", folder / "model.safetensors"
    given = ["--cells", 400, "--dims", 10, "--times", "0,1,2,3,4,5", "--paths", PATHS]
    run("simulate", "--seed", seed, *given, "--trajectories", paths, "-o", cells)
    run("train", cells, "-o", model, "--dims", DIMS, "--steps", steps, "--seed", seed)
    data, truth = anndata.read_h5ad(cells), np.load(paths)
    x, t = np.asarray(data.obsm["X_pca"])[:, :DIMS], data.obs["time"].to_numpy(float)
    times = np.unique(t)
    on_time = [int(np.argmin(np.abs(truth["times"] - time))) for time in times]
    mean, loadings = np.asarray(data.uns["pca_mean"]), np.asarray(data.varm["PCs"])[:, :DIMS]
    true = (truth["trajectories"][:, on_time].astype(float) - mean) @ loadings
    std = x.std(axis=0)
    scores = {}
    populations = [(x[t == time] / std, np.full((t == time).sum(), 1 / (t == time).sum())) for time in times]
    spreads = [spread(*population) for population in populations]
    for s in range(len(times) - 1):
        joined = anndata.AnnData(
            np.zeros((len(t) + PATHS, 1), "f4"),
            obs=pd.DataFrame({"time": np.append(t, np.full(PATHS, times[s]))}).rename(index=str),
            obsm={"X_pca": np.vstack([x, true[:, s]]).astype("f4")},
        )
        joined.write_h5ad(folder / "joined.h5ad")
        where = ["--from", times[s], "-o", folder / "cloud.npz"]
        run("predict", model, folder / "joined.h5ad", "--force", "--cloud", size, *where)
        run("predict", model, folder / "joined.h5ad", "--force", "--times", ",".join(map(str, times[s + 1 :])),
            "--from", times[s], "-o", folder / "points.npz")  # fmt: skip
        cloud, points = np.load(folder / "cloud.npz"), np.load(folder / "points.npz")
        cloud_points, cloud_weights = cloud["X_predicted"], cloud["weight"]
        row_of = {int(name): row for row, name in enumerate(points["names"])}
        points = {key: points[key] for key in points.files if key.startswith("X_")}
        of_cell = pd.DataFrame({"cell": cloud["cell_before"].astype(int), "time": cloud["predicted_time"]})
        for (cell, time), rows in of_cell.groupby(["cell", "time"]).indices.items():
            if cell < len(t):
                continue
            to = int(np.searchsorted(times, time))
            y = true[cell - len(t), to] / std
            place = "X_predicted" if s + 2 == len(times) else f"X_cellmnn_t{time:g}"
            own, weights = cloud_points[rows] / std, cloud_weights[rows]
            predicted = points[place][row_of[cell]] / std
            later = populations[to]
            for rule, score in [
                ("the cell stays", np.linalg.norm(true[cell - len(t), s] / std - y)),
                ("predicted point", np.linalg.norm(predicted - y)),
                (f"cloud of {size}", energy_score(own, weights, y, spread(own, weights))),
                ("the whole later snapshot", energy_score(*later, y, spreads[to])),
            ]:
                scores.setdefault((rule, to - s), []).append(score)
    return scores


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=ROOT / "build/native/bin/cellmnn")
    parser.add_argument("--seeds", default="1,2,3,4")
    parser.add_argument("--steps", type=int, default=5000)
    parser.add_argument("--size", type=int, default=100)
    arguments = parser.parse_args()

    def run(*words):
        done = subprocess.run([arguments.program, *map(str, words), "--quiet"], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{' '.join(map(str, words))}: {done.stderr}")

    found = {}
    for seed in arguments.seeds.split(","):
        with tempfile.TemporaryDirectory(prefix="cellmnn-clouds-") as folder:
            for key, scores in measure(run, pathlib.Path(folder), seed, arguments.size, arguments.steps).items():
                found.setdefault(key, []).append(np.mean(scores))
    aheads = sorted({ahead for _, ahead in found})
    print(f"| rule | {' | '.join(map(str, aheads))} |\n|{'---|' * (1 + len(aheads))}")
    for rule in dict.fromkeys(rule for rule, _ in found):
        print(f"| {rule} | {' | '.join(f'{np.mean(found[rule, ahead]):.2f}' for ahead in aheads)} |")


if __name__ == "__main__":
    main()
