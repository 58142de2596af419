#!/usr/bin/python3
"""Exact Wasserstein-1 of cellmnn beside POT's emd2, in turns, in one run, one thread each.

    bench/compare_w1.py [--data ../shared/data/eb_pcs.npz] [--repeats 5] [--program PATH]

POT's time includes its cost matrix. Prints one line a pair of snapshots: medians, their ratio, the
relative difference of the two values, and cold over warm after a small move. Needs python3-pot; build
the preset `native` first.
"""
import os

os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import json
import pathlib
import statistics
import subprocess
import time

import numpy
import ot

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIMS = 5


def whitened_snapshots(path):
    data = numpy.load(path)
    points = data["pcs"][:, :DIMS]
    points = (points - points.mean(axis=0)) / points.std(axis=0)
    return {label: points[data["sample_labels"] == label] for label in numpy.unique(data["sample_labels"])}


def pot(x, y):
    start = time.perf_counter()
    value = ot.emd2([], [], ot.dist(x, y, metric="euclidean"), numItermax=10**9)
    return value, time.perf_counter() - start


def cellmnn(program, path, source, target):
    command = [program, "w1", "--data", path, "--dims", str(DIMS), "--from", str(source), "--to", str(target),
               "--repeats", "1"]
    result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return result["value"], result["ms_cold"]["median"] / 1e3, result["ms_warm"]["median"] / 1e3, result["simd"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=ROOT / "../shared/data/eb_pcs.npz")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--program", default=ROOT / "build/native/bin/cellmnn_bench")
    arguments = parser.parse_args()
    snapshots = whitened_snapshots(arguments.data)
    labels = sorted(snapshots)
    for source, target in zip(labels, labels[1:]):
        x, y = snapshots[source], snapshots[target]
        theirs, cold, warm = [], [], []
        for _ in range(arguments.repeats):
            expected, seconds = pot(x, y)
            theirs.append(seconds)
            value, *seconds, simd = cellmnn(arguments.program, arguments.data, source, target)
            cold.append(seconds[0])
            warm.append(seconds[1])
        reference, ours, moved = map(statistics.median, (theirs, cold, warm))
        print(f"{source} -> {target} ({len(x)} x {len(y)}) {simd}: W1 {value:.10f}, cellmnn {ours:.3f} s, POT {reference:.3f} s: "
              f"{reference / ours:.1f} times faster, relative difference {abs(value / expected - 1):.1e}; "
              f"after a small move {moved:.3f} s: {ours / moved:.1f} times faster", flush=True)


if __name__ == "__main__":
    main()
