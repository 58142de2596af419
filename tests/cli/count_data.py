"""Counts of cells, numpy's statement of scanpy's steps, and the command that does them."""

import anndata
import numpy as np
import pandas as pd
from annotated import annotated
from support import TestCase

CELLS, GENES = 90, 40


def counts(cells=CELLS, genes=GENES, seed=0):
    """Counts of two kinds of cells; gene 0 is never seen, gene 1 in two cells."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(2, 1, size=genes) * np.where(rng.random((cells, genes)) < 0.5, 0.2, 3)
    x = rng.poisson(rate * rng.gamma(4, 0.25, size=(cells, 1))).astype("f4")
    x[:, 0] = 0
    x[:, 1] = 0
    x[[3, 5], 1] = 7
    return x


def write_h5ad(path, x, **columns):
    columns.setdefault("day", np.arange(x.shape[0]) % 3)
    obs = pd.DataFrame(columns, index=[f"c{i}" for i in range(x.shape[0])])
    data = annotated(x, obs=obs, var=pd.DataFrame(index=[f"g{g}" for g in range(x.shape[1])]))
    data.write_h5ad(path)
    return data


def log_normalized(x, target=None):
    """scanpy's normalize_total, whose target is the median total, and log1p."""
    totals = x.astype("f8").sum(axis=1)
    target = np.median(totals[totals > 0]) if target is None else target
    return np.log1p(x * (target / np.where(totals > 0, totals, 1))[:, None])


def highly_variable(x, top):
    """scanpy's flavour 'seurat' with n_top_genes, as its source states it."""
    linear = np.expm1(x.astype("f8"))
    mean, variance = linear.mean(axis=0), linear.var(axis=0, ddof=1)
    mean[mean == 0] = 1e-12
    with np.errstate(divide="ignore"):
        genes = pd.DataFrame(
            {"means": np.log1p(mean), "dispersions": np.log(np.where(variance > 0, variance / mean, np.nan))}
        )
    grouped = genes.groupby(pd.cut(genes["means"], bins=20))["dispersions"]
    centre, spread = grouped.transform("mean"), grouped.transform("std", ddof=1)
    alone = spread.isnull()
    spread[alone], centre[alone] = centre[alone], 0
    genes["dispersions_norm"] = (genes["dispersions"] - centre) / spread
    ranked = np.sort(genes["dispersions_norm"].dropna())[::-1]
    genes["highly_variable"] = genes["dispersions_norm"] >= ranked[min(top, len(ranked)) - 1]
    return genes


def components(x, dims):
    """scikit-learn's PCA with the full solver: scores, loadings (G, D) and explained variances."""
    x = x.astype("f8")
    u, s, vt = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)
    return u[:, :dims] * s[:dims], vt[:dims].T, s[:dims] ** 2 / (len(x) - 1)


class PreprocessTestCase(TestCase):
    def preprocess(self, data, *arguments, output="ready.h5ad"):
        self.succeed("preprocess", data, "-o", output, *arguments)
        return anndata.read_h5ad(output)

    def assert_same_components(self, ready, x, dims):
        """Scores and loadings are those of x to 1e-5 of the largest; signs are free."""
        scores, loadings, variance = components(x, dims)
        genes = ready.var["highly_variable"].to_numpy()
        found = ready.varm["PCs"][genes]
        signs = np.sign((found * loadings).sum(axis=0))
        np.testing.assert_allclose(found * signs, loadings, atol=1e-5)
        np.testing.assert_allclose(ready.obsm["X_pca"] * signs, scores, atol=1e-5 * np.abs(scores).max())
        np.testing.assert_allclose(ready.uns["pca"]["variance"], variance, rtol=1e-5)
        np.testing.assert_allclose(
            ready.uns["pca"]["variance_ratio"], variance / x.astype("f8").var(axis=0, ddof=1).sum(), rtol=1e-5
        )
        np.testing.assert_array_equal(ready.varm["PCs"][~genes], 0)
