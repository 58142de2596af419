"""Other rules for probabilities of fates, of cells x (N, D) at times t (N); `last` (N, F) is 1 at the known fate.

All give (N, F) of ending in each fate, in u = x / sqrt(sd).
"""

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
import scipy.spatial

EPS, SINKHORN_STEPS = 0.2, 200  # of the median cost
NEIGHBORS, NEAREST = 30, 100


def scaled(x):
    return x / np.sqrt(x.std(axis=0))


def entropic_chain(x, t, last):
    """Entropic transport with both marginals between neighbouring times, as in Waddington-OT."""
    u, times, result = scaled(x), np.unique(t), last.copy()
    for now, then in reversed(list(zip(times, times[1:], strict=False))):
        costs = scipy.spatial.distance.cdist(u[t == now], u[t == then], "sqeuclidean")
        kernel = np.exp(-(costs - costs.min(axis=0)) / (EPS * np.median(costs)))
        n, m = kernel.shape
        b = np.ones(m)
        for _ in range(SINKHORN_STEPS):
            a = 1 / n / (kernel @ b + 1e-300)
            b = 1 / m / (kernel.T @ a + 1e-300)
        plan = a[:, None] * kernel * b
        result[t == now] = plan @ result[t == then] / plan.sum(axis=1, keepdims=True)
    return result


def graph_absorption(x, t, last):
    """A random walk on the graph of neighbours, which ends at decided cells of the last time."""
    u = scaled(x)
    neighbors = scipy.spatial.cKDTree(u).query(u, NEIGHBORS + 1)[1][:, 1:]
    rows = np.repeat(np.arange(len(u)), NEIGHBORS)
    links = scipy.sparse.csr_matrix((np.ones(rows.size), (rows, neighbors.ravel())), shape=(len(u), len(u)))
    links = links.maximum(links.T)
    walk = scipy.sparse.diags(1 / np.asarray(links.sum(axis=1)).ravel()) @ links
    ends = last.sum(axis=1) > 0
    system = scipy.sparse.identity((~ends).sum(), format="csc") - walk[~ends][:, ~ends].tocsc()
    result = last.copy()
    result[~ends] = scipy.sparse.linalg.splu(system).solve(walk[~ends][:, ends] @ last[ends])
    return result


def nearest_cells(x, t, last):
    """The shares among the nearest cells of the last time."""
    u, is_last = scaled(x), t == t.max()
    nearest = scipy.spatial.cKDTree(u[is_last]).query(u, min(NEAREST, is_last.sum()))[1]
    return last[is_last][nearest].mean(axis=1)


def base_rates(t, last):
    return np.tile(last.sum(axis=0) / last.sum(), (len(t), 1))
