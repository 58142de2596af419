"""Counts over time of a chain of genes behind a stimulus, the last of which represses the first."""

import anndata
import numpy as np

GENES = ["Drug", "First", "Second", "Third", "Brake"]
EDGES = [("Drug", "First", "+"), ("First", "Second", "+"), ("Second", "Third", "+"), ("Third", "Brake", "+")]


def chain_of_counts(cells=60, times=(0, 6, 12, 24, 36), seed=1):
    rng = np.random.default_rng(seed)
    counts, t = [], []
    for step, time in enumerate(times):
        on = np.zeros((cells, len(GENES)))
        for passed in range(step + 2):
            on[:, 0] = passed >= 2
            logit = -4 + 5 * np.roll(on, 1, axis=1) + 3 * on
            logit[:, 1] += -5 * on[:, -1] + 5 * on[:, 0] - 5 * np.roll(on, 1, axis=1)[:, 1]
            drawn = rng.random(on.shape) < 1 / (1 + np.exp(-logit))
            on[:, 1:] = drawn[:, 1:]
        on[:, 0] = time > 0
        counts.append(rng.poisson(20 * on))
        counts[-1][:, 0] = 100 * on[:, 0]
        t += [time] * cells
    order = rng.permutation(len(t))
    data = anndata.AnnData(np.vstack(counts)[order].astype("f4"))
    data.var_names = GENES
    data.obs_names = [f"cell{i}" for i in range(len(t))]
    data.obs["time"] = np.asarray(t, float)[order]
    return data


def write_chain(path, **options):
    data = chain_of_counts(**options)
    data.write_h5ad(path)
    return data


def write_edges(path, edges=EDGES):
    with open(path, "w") as file:
        file.write("Gene1,Gene2,Type\n" + "".join(",".join(edge) + "\n" for edge in edges))
