#!/usr/bin/python3
"""An independent statement of the lagged read-out of gene networks in NumPy, for golden values.

    lagged_network.py golden FOLDER     write the float64 golden values of tests/golden

Needs python3-numpy. Shapes: N cells, K snapshots, G genes, R regulators, T targets, all that are no input.
Levels z = min(1, E / q), E on a log scale and q the 0.9 quantile of the gene's values above 0. For neighbouring
snapshots k and k + 1, and a plan between their cells:
  ancestors  : the mean of the cells of k, weighted by the plan's column of a cell of k + 1
  regression : z of the later cell ~ s(B ancestor + c), logistic ridge
  next plan  : entropic, by the cross-entropy between s(B z + c) of the earlier and z of the later cell
Inputs are constant within each snapshot, not over time: no targets, taken from the later snapshot; with one of them the
cells of the first snapshot are also explained by their mean. With memory, e = exp(-dt / (memory span)) of what a cell
carries on are the regressors that it got from its own ancestors, the rest its levels.
"""

import argparse
import pathlib
from typing import NamedTuple

import numpy as np
from numpy import ndarray as Array

RIDGE, FREE_RIDGE, REGULARISATION, ROUNDS = 0.003, 1e-6, 0.05, 3
SUREST, QUANTILE, TOLERANCE, MOST_STEPS, SINKHORN_STEPS = 0.99, 0.9, 1e-3, 200, 100


class Network(NamedTuple):
    effects: Array  # G x G, row = target, column = regulator
    offsets: Array  # G
    scores: Array  # G x G, |.| ranks the edges


def logistic(x: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def levels_of(expression: Array) -> Array:
    tops = [np.quantile(e[e > 0], QUANTILE) if (e > 0).any() else 1.0 for e in expression.T]
    return np.minimum(1, expression / tops)


def plan_of(costs: Array) -> Array:
    epsilon = REGULARISATION * np.median(costs)
    costs = costs - costs.min(axis=1, keepdims=True)
    kernel = np.exp(-np.minimum((costs - costs.min(axis=0)) / epsilon, 600))
    n, m = costs.shape
    u = np.ones(n)
    for _ in range(SINKHORN_STEPS):
        v = 1 / m / (kernel.T @ u + 1e-300)
        u = 1 / n / (kernel @ v + 1e-300)
    return u[:, None] * kernel * v


def regression(r: Array, y: Array, start: Array | None) -> Array:
    """Weights (R + 1) x T by steps on the bound of the curvature, with Nesterov's momentum and restarts."""
    n, p = r.shape
    penalty = np.full((p, 1), RIDGE * n)
    penalty[-1] = FREE_RIDGE * n
    bound = r.T @ r / 4 + np.diag(penalty[:, 0])
    if start is None:
        mean = np.clip(y.mean(axis=0), 0.01, 0.99)
        start = np.zeros((p, y.shape[1]))
        start[-1] = np.log(mean / (1 - mean))
    w = v = start
    theta = 1.0
    for _ in range(MOST_STEPS):
        new = v - np.linalg.solve(bound, r.T @ (logistic(r @ v) - y) + penalty * v)
        change = np.abs(new - w).max()
        if ((v - new) * (new - w)).sum() > 0:
            theta, v = 1.0, new
        else:
            old, theta = theta, (1 + np.sqrt(1 + 4 * theta**2)) / 2
            v = new + (old - 1) / theta * (new - w)
        w = new
        if change < TOLERANCE:
            break
    return w


def network(z: Array, t: Array, regulators: list[int], memory: float = 0.0) -> Network:
    times = np.unique(t)
    cells = [z[t == time] for time in times]
    inputs = [g for g in range(z.shape[1]) if all(np.ptp(c[:, g]) < 1e-9 for c in cells) and np.ptp(z[:, g]) > 1e-9]
    targets = [g for g in range(z.shape[1]) if g not in inputs]
    acting = sorted({*regulators, *inputs})
    at = [acting.index(g) for g in inputs]
    w: Array | None = None
    for _ in range(ROUNDS + 1):
        ancestors = [cells[0][:, acting]]
        for k in range(len(times) - 1):
            share = np.exp(-(times[k + 1] - times[k]) / (memory * (times[-1] - times[0]))) if memory and k else 0.0
            carried = share * ancestors[k] + (1 - share) * cells[k][:, acting]
            later = cells[k + 1]
            if w is None:
                costs = ((cells[k][:, None, targets] - later[None, :, targets]) ** 2).sum(axis=2)
            else:
                source = carried.copy()
                source[:, at] = later[:1, inputs]
                s = np.clip(logistic(source @ w[:-1] + w[-1]), 1 - SUREST, SUREST)
                costs = -np.log(s) @ later[:, targets].T - np.log(1 - s) @ (1 - later[:, targets]).T
            plan = plan_of(costs)
            mean = (plan / plan.sum(axis=0)).T @ carried
            mean[:, at] = later[:, inputs]
            ancestors.append(mean)
        ancestors[0] = np.tile(cells[0][:, acting].mean(axis=0), (len(cells[0]), 1))
        first = 0 if inputs else 1
        r = np.vstack(ancestors[first:])
        w = regression(np.hstack([r, np.ones((len(r), 1))]), np.vstack(cells[first:])[:, targets], w)
    assert w is not None
    effects, offsets = np.zeros((z.shape[1], z.shape[1])), np.zeros(z.shape[1])
    effects[np.ix_(targets, acting)] = w[:-1].T
    offsets[targets] = w[-1]
    scores = effects.copy()
    np.fill_diagonal(scores, 0)
    return Network(effects, offsets, scores / np.sqrt(np.abs(scores).max(axis=1, keepdims=True) + 1e-12))


def bursting_counts(genes: int, cells: list[int], times: list[float], stimulus: bool, seed: int) -> tuple[Array, Array]:
    """Counts of genes in a chain with a repressor at its end, whose mRNA comes in bursts; gene 0 begins it."""
    rng = np.random.default_rng(seed)
    effect = np.zeros((genes, genes))
    for g in range(1, genes):
        effect[g, g - 1] = -8.0 if g == genes - 1 else 8.0
    basal = np.where(np.arange(genes) == genes - 1, 4.0, -4.0)
    counts, labels = [], []
    for n, time in zip(cells, times, strict=True):
        rna, protein = np.zeros((n, genes)), np.zeros((n, genes))
        for step in range(-200, int(time * 10)):
            protein[:, 0] = (step > 0) if stimulus else protein[:, 0]
            on = logistic(basal + protein @ effect.T)
            bursts = rng.poisson(0.05 * on)
            rna = rna * np.exp(-0.02) + rng.gamma(np.maximum(bursts, 1e-9), 40.0) * (bursts > 0)
            protein += 0.01 * (rna / 100 - protein)
        seen = rng.poisson(rna).astype(float)
        if stimulus:
            seen[:, 0] = 100 * (time > 0)
        counts.append(seen)
        labels.append(np.full(n, time))
    return np.vstack(counts), np.concatenate(labels)


def golden(folder: pathlib.Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    cases = {
        "stimulus": (*bursting_counts(6, [40] * 6, [0, 3, 6, 12, 24, 36], True, 1), range(6), 0.0),
        "regulators": (*bursting_counts(14, [60, 31, 45], [1, 2, 4.5], False, 2), [0, 2, 3, 7, 9, 12], 0.0),
        "memory": (*bursting_counts(9, [12] * 14, [2.0 * k for k in range(14)], True, 3), range(9), 0.05),
    }
    for name, (counts, t, regulators, memory) in cases.items():
        found = network(levels_of(np.log1p(counts)), t, list(regulators), memory)
        np.savez_compressed(
            folder / f"lagged_{name}.npz",
            counts=counts.astype("f4"),
            t=t,
            regulators=np.array(list(regulators), "i8"),
            memory=memory,
            effects=found.effects,
            offsets=found.offsets,
            scores=found.scores,
        )
        print(name, counts.shape, "largest effect", np.abs(found.effects).max().round(3))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_subparsers(required=True).add_parser("golden").add_argument("folder", type=pathlib.Path)
    golden(parser.parse_args().folder)


if __name__ == "__main__":
    main()
