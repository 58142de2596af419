#!/usr/bin/python3
"""Exact Wasserstein-1 of cellmnn beside POT's emd2, in turns, in one run, one thread each.

    bench/compare_w1.py [--data FILE.npz] [--repeats 5] [--program PATH]

FILE has pcs and sample_labels; without it there are two normal clouds, 2,400 and 4,200 points. POT's time includes its
cost matrix. Prints one line a pair of snapshots: medians, their ratio, the relative difference of the two values, and
cold over warm after a small move. Needs python3-pot; build the preset `native` first.
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy as np
import ot

ROOT = pathlib.Path(__file__).resolve().parent.parent
DIMS = 5


def write_clouds(path: pathlib.Path) -> None:
    rng = np.random.default_rng(0)
    labels = np.repeat([0.0, 1.0], [2400, 4200])
    points = rng.normal(size=(labels.size, DIMS)) * (1 + 0.1 * labels)[:, None] + 0.5 * labels[:, None]
    np.savez(path, pcs=points, sample_labels=labels)


def whitened_snapshots(path: pathlib.Path) -> dict[float, np.ndarray]:
    data = np.load(path)
    points = data["pcs"][:, :DIMS]
    points = (points - points.mean(axis=0)) / points.std(axis=0)
    return {label: points[data["sample_labels"] == label] for label in np.unique(data["sample_labels"])}


def pot(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:
    """The value and the seconds that it took."""
    start = time.perf_counter()
    value = ot.emd2([], [], ot.dist(x, y, metric="euclidean"), numItermax=10**9)
    return value, time.perf_counter() - start


def cellmnn(program: str, path: pathlib.Path, source: float, target: float) -> tuple[float, float, float, str]:
    """The value, the seconds from scratch and after a small move, and the SIMD level."""
    command = [program, "w1", "--data", path, "--dims", DIMS, "--from", source, "--to", target, "--repeats", 1]
    output = subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True).stdout
    result = json.loads(output)
    return result["value"], result["ms_cold"]["median"] / 1e3, result["ms_warm"]["median"] / 1e3, result["simd"]


def compare(program: str, data: pathlib.Path, repeats: int) -> None:
    snapshots = whitened_snapshots(data)
    labels = sorted(snapshots)
    for source, target in zip(labels[:-1], labels[1:], strict=True):
        x, y = snapshots[source], snapshots[target]
        references, colds, warms = [], [], []
        for _ in range(repeats):
            expected, seconds = pot(x, y)
            value, cold, warm, simd = cellmnn(program, data, source, target)
            references.append(seconds)
            colds.append(cold)
            warms.append(warm)
        reference, ours, moved = map(statistics.median, (references, colds, warms))
        print(
            f"{source} -> {target} ({len(x)} x {len(y)}) {simd}: W1 {value:.10f}, "
            f"cellmnn {ours:.3f} s, POT {reference:.3f} s: {reference / ours:.1f} times faster, "
            f"relative difference {abs(value / expected - 1):.1e}; "
            f"after a small move {moved:.3f} s: {ours / moved:.1f} times faster",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--program", default=str(ROOT / "build/native/bin/cellmnn_bench"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cellmnn-w1-") as folder:
        if arguments.data is None:
            arguments.data = pathlib.Path(folder) / "clouds.npz"
            write_clouds(arguments.data)
        compare(arguments.program, arguments.data, arguments.repeats)


if __name__ == "__main__":
    main()
