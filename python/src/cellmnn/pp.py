"""Preprocessing that scanpy lacks. For all other steps take scanpy's: its results are accepted as they are."""

import operator
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from . import _core
from ._course import course_of_times
from ._expression import expression_of
from ._genes import csr_arrays
from ._progress import threads
from ._target import target

if TYPE_CHECKING:
    from anndata import AnnData

__all__ = ["pca"]


def pca(
    adata: "AnnData",
    n_comps: int = 50,
    *,
    fit_without: float | Sequence[float] = (),
    layer: str | None = None,
    use_highly_variable: bool | None = None,
    time_key: str | None = None,
    time_map: Mapping[str, float] | None = None,
    n_jobs: int | None = None,
    copy: bool = False,
) -> "AnnData | None":
    """Principal components, fitted without the cells of some times, and with the mean that they are centred on.

    Where cells of a time are held out to test a model, components that have seen them know too much. Here they are
    projected only. The genes should be chosen without them, too: call ``scanpy.pp.highly_variable_genes`` on the other
    cells.

    Parameters
    ----------
    adata
        cells with expression on a log scale
    n_comps
        the number of components
    fit_without
        times whose cells take no part in the fit
    layer
        the layer with the expression, by default X
    use_highly_variable
        whether only genes with ``var["highly_variable"]`` are used; by default where there is this column
    time_key, time_map
        as in :func:`cellmnn.tl.train`; they are asked only with ``fit_without``
    n_jobs
        threads; by default all cores. The answer does not depend on them.
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. Written are

    ``obsm["X_pca"]``
        (N, n_comps) float32. The entry of largest size of each loading is positive.
    ``varm["PCs"]``
        (G, n_comps) loadings; 0 for genes that are not used
    ``uns["pca"]``
        ``variance`` and ``variance_ratio`` of the fitted cells, as scanpy has them
    ``uns["pca_mean"]``
        (G) the mean of each gene, which ``tl.perturb`` needs

    Raises
    ------
    KeyError
        for a layer that is not there
    ValueError
        for a time without cells, or more components than cells or genes allow
    """
    adata = target(adata, copy)
    if layer == "raw":
        raise ValueError("layer is 'raw', whose genes are not those of adata: expected X or one of the layers")
    values, _ = expression_of(adata, layer)
    fitted = np.ones(adata.n_obs, dtype=bool)
    left_out = np.atleast_1d(np.asarray(fit_without, dtype=float))
    if len(left_out):
        course = course_of_times(adata, time_key, time_map)
        times = np.asarray(course.times)
        for time in left_out:
            if not (times == time).any():
                known = ", ".join(f"{each:g}" for each in course.snapshot_times)
                raise ValueError(f"fit_without is {time:g}, but no cell is of this time: expected one of {known}")
        fitted = ~np.isin(times, left_out)
    used = _used_genes(adata, use_highly_variable)
    matrix = sparse.csr_matrix(values[:, used])
    rows = np.flatnonzero(fitted).astype(np.int64)
    scores, loadings, mean, variance = _core.components(
        *csr_arrays(matrix), matrix.shape[1], rows, operator.index(n_comps), threads(n_jobs)
    )
    adata.obsm["X_pca"] = scores
    adata.varm["PCs"] = _of_all_genes(loadings.astype(np.float64), used)
    adata.uns["pca_mean"] = np.asarray(values[fitted].mean(axis=0), dtype=np.float32).ravel()
    adata.uns["pca_mean"][used] = mean
    total = _variance(matrix[rows])
    adata.uns["pca"] = {"variance": variance, "variance_ratio": variance / total}
    return adata if copy else None


def _used_genes(adata: "AnnData", use_highly_variable: bool | None) -> np.ndarray:
    known = "highly_variable" in adata.var
    if use_highly_variable and not known:
        raise KeyError("var has no column 'highly_variable': call scanpy.pp.highly_variable_genes first")
    if not known or use_highly_variable is False:
        return np.ones(adata.n_vars, dtype=bool)
    return adata.var["highly_variable"].to_numpy(bool)


def _of_all_genes(loadings: np.ndarray, used: np.ndarray) -> np.ndarray:
    result = np.zeros((len(used), loadings.shape[1]))
    result[used] = loadings
    return result


def _variance(matrix: sparse.csr_matrix) -> float:
    """Of all genes together, with divisor n - 1."""
    wide = matrix.astype(np.float64)
    mean = np.asarray(wide.mean(axis=0)).ravel()
    squares = np.asarray(wide.multiply(wide).sum(axis=0)).ravel()
    return float((squares - wide.shape[0] * mean**2).sum() / (wide.shape[0] - 1))
