#!/usr/bin/python3
"""An independent statement of the chain of fates in NumPy, for golden values.

    fates.py golden FOLDER     write the float64 golden values of tests/golden

Needs python3-numpy. x (N, D) cells, t (N) their times, fate (N) at the last time or where a cell has reached one, -1
where it has none. `starts` are one or more (N, D): from where each cell sets out to the next snapshot.
"""

import argparse
import pathlib

import numpy as np
from numpy import ndarray as Array

BANDWIDTH, SMOOTHING = 0.3, 0.001


def transition(starts: Array, later: Array, bandwidth: float) -> Array:
    costs = ((starts[:, None] - later[None]) ** 2).sum(axis=2)
    logs = -costs / (bandwidth * np.median(costs, axis=0))
    kernel = np.exp(logs - logs.max(axis=0))
    kernel = np.log(kernel) - np.log(kernel.sum(axis=0))
    kernel = np.exp(kernel - kernel.max(axis=1, keepdims=True))
    return kernel / kernel.sum(axis=1, keepdims=True)


def fates(x: Array, t: Array, fate: Array, starts: list[Array]) -> tuple[Array, Array]:
    """(N, F) of ending in each fate, and the same smoothed, given that a cell decides."""
    times, sd = np.unique(t), x.std(axis=0)
    scale = sd if x.shape[1] <= 5 else np.sqrt(sd)
    one_hot = (fate[:, None] == np.arange(fate.max() + 1)).astype(float)
    base, reached = one_hot.sum(axis=0) / one_hot.sum(), one_hot.copy()
    for now, then in reversed(list(zip(times, times[1:], strict=False))):
        width = BANDWIDTH * np.sqrt((then - now) / (times[-1] - times[0]))
        plans = [transition(a[t == now] / scale, x[t == then] / scale, width) for a in starts]
        earlier = np.mean(plans, axis=0) @ reached[t == then]
        known = fate[t == now] >= 0
        earlier[known] = one_hot[t == now][known]
        reached[t == now] = earlier
    smooth = reached + SMOOTHING * base
    return reached, smooth / smooth.sum(axis=1, keepdims=True)


def branching(dims: int, cells: list[int], times: list[float], seed: int) -> tuple[Array, Array, Array]:
    """Cells that part into three groups, the fates of the last and of some earlier ones."""
    rng = np.random.default_rng(seed)
    t = np.repeat(times, cells)
    group = rng.integers(0, 3, len(t))
    x = rng.normal(size=(len(t), dims)) * np.linspace(3, 0.5, dims) + 20
    x[:, :3] += (t / times[-1])[:, None] * 8 * np.eye(3)[group]
    is_known = (t == times[-1]) & (rng.random(len(t)) < 0.9) | (t == times[-2]) & (rng.random(len(t)) < 0.05)
    return x.astype("f4").astype(float), t, np.where(is_known, group, -1)


def golden(folder: pathlib.Path) -> None:
    cases: list[tuple[str, int, list[int], list[float], int]] = [
        ("few_dims", 4, [70, 300, 90], [0, 1, 5], 1),
        ("many_dims", 12, [90, 80, 110, 401], [2, 3, 4.5, 9], 2),
    ]
    for name, dims, cells, times, seed in cases:
        x, t, fate = branching(dims, cells, times, seed)
        velocity = np.array([0.5, -0.25, 0.125])
        ahead = dict(zip(times, np.diff(times, append=times[-1]), strict=True))
        moved = x.copy()
        moved[:, :3] += np.array([ahead[time] for time in t])[:, None] * velocity
        stay, model, both = fates(x, t, fate, [x]), fates(x, t, fate, [moved]), fates(x, t, fate, [x, moved])
        np.savez_compressed(
            folder / f"fates_{name}.npz",
            x=x.astype("f4"),
            velocity=velocity,
            t=t,
            fate=fate.astype(float),
            stay_reached=stay[0],
            stay=stay[1],
            model_reached=model[0],
            both_reached=both[0],
        )
        print(name, x.shape, "mean probabilities", stay[1].mean(axis=0).round(3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_subparsers(required=True).add_parser("golden").add_argument("folder", type=pathlib.Path)
    golden(parser.parse_args().folder)


if __name__ == "__main__":
    main()
