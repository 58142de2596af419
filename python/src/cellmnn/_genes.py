"""How the coordinates of an AnnData map to genes."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from . import _core
from ._progress import logger

if TYPE_CHECKING:
    from anndata import AnnData

Candidate = tuple[str, np.ndarray, Callable[[int, int], tuple[np.ndarray, np.ndarray, np.ndarray]], bool]


def gene_list(adata: "AnnData") -> _core.GeneList:
    """The names of the genes: those of the index, or the symbols of a usual column where the index holds ids."""
    index = [str(name) for name in adata.var_names]
    column = _core.usual_symbol_column([str(name) for name in adata.var.columns])
    if column is None:
        return _core.GeneList(index, [], "")
    values = adata.var[column]
    symbols = ["" if absent else str(value) for value, absent in zip(values, values.isna(), strict=True)]
    if not _core.are_gene_ids(index):
        return _core.GeneList(index, symbols, "")
    return _core.GeneList(_core.names_by_symbol(symbols, index), index, column)


def set_genes(adata: "AnnData", course: _core.Course, compute_means: bool) -> None:
    """Loadings as scanpy has them, and the mean of the genes: uns['pca_mean'], or that of the expression."""
    key = "PCs" if course.embedding_key == "X_pca" else course.embedding_key
    if key not in adata.varm or adata.n_vars == 0:
        return
    loadings: np.ndarray = np.asarray(adata.varm[key], dtype=np.float32)
    if loadings.ndim != 2:
        return
    if loadings.shape[1] < course.dims:
        logger.warning(
            f"varm[{key!r}] has only {loadings.shape[1]} columns for {course.dims} dimensions, so results cannot be "
            "mapped to genes"
        )
        return
    loadings = np.ascontiguousarray(loadings[:, : course.dims])
    unknown = ~np.isfinite(loadings).all(axis=1)
    if unknown.any():
        loadings = np.where(unknown[:, None], np.float32(0), loadings)
        logger.warning(
            f"varm[{key!r}] holds no numbers for {unknown.sum()} of {len(unknown)} genes: they are taken as 0, as of "
            "genes that are not highly variable"
        )
    known = len(course.warnings)
    candidates = list(_candidates(adata, loadings))
    course.set_genes(gene_list(adata), loadings, _stored_mean(adata), candidates, compute_means)
    for warning in course.warnings[known:]:
        logger.warning(warning)


def _stored_mean(adata: "AnnData") -> np.ndarray | None:
    if "pca_mean" not in adata.uns:
        return None
    mean = np.asarray(adata.uns["pca_mean"])
    if mean.shape != (adata.n_vars,) or not np.issubdtype(mean.dtype, np.number) or not np.isfinite(mean).all():
        return None
    return mean.astype(np.float32)


def _candidates(adata: "AnnData", loadings: np.ndarray) -> Iterator[Candidate]:
    """Expression from which the components may have been computed: X, the layers, raw."""
    in_order = np.arange(adata.n_vars, dtype=np.int64)
    if adata.X is not None:
        yield from _candidate("X", adata.X, in_order)
    for name in sorted(str(name) for name in adata.layers if name is not None):  # None is X
        yield from _candidate(f"layers/{name}", adata.layers[name], in_order)
    if adata.raw is not None:
        places = {name: index for index, name in enumerate(adata.var_names)}
        genes = np.array([places.get(name, -1) for name in adata.raw.var_names], dtype=np.int64)
        missing = np.setdiff1d(in_order, genes)
        if not loadings[missing].any():
            yield from _candidate("raw/X", adata.raw.X, genes)


def _candidate(name: str, values: Any, genes: np.ndarray) -> Iterator[Candidate]:
    if getattr(values, "ndim", 0) != 2 or not np.issubdtype(values.dtype, np.number) or hasattr(values, "compute"):
        return
    by_columns = getattr(values, "format", "") == "csc"

    def rows(begin: int, end: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        part = values[begin:end] if not by_columns else sparse.csr_matrix(values[:])
        return csr_arrays(sparse.csr_matrix(part))

    yield name, genes, rows, not by_columns


def csr_arrays(matrix: sparse.csr_matrix) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, columns and starts of rows in the types of the core."""
    if np.iscomplexobj(matrix.data):
        raise ValueError("the expression holds complex numbers, expected real ones")
    return (
        matrix.data.astype(np.float32, copy=False),
        matrix.indices.astype(np.int32, copy=False),
        matrix.indptr.astype(np.int64, copy=False),
    )
