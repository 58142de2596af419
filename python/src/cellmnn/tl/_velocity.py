from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from .. import _core
from .._course import coordinates, width
from .._data_of_model import course_of_model
from .._model import Model
from .._progress import logger, threads
from .._target import KEY, model_of, target

if TYPE_CHECKING:
    from anndata import AnnData


def _basis_of(embedding: str) -> str:
    return embedding.removeprefix("X_")


def _finite(adata: "AnnData", name: str) -> np.ndarray:
    if name not in adata.obsm:
        raise KeyError(f"obsm has no {name!r}: it holds {list(adata.obsm)}")
    values = coordinates(adata, name, width(adata, name))
    if not np.isfinite(values).all():
        raise ValueError(f"obsm[{name!r}] holds values that are not finite")
    return values


def _moving_cells(
    adata: "AnnData", model: Any, time_key: str | None, use_rep: str | None, force: bool, key: str, n_jobs: int
) -> tuple[Model, _core.Course, np.ndarray, np.ndarray]:
    asked = model_of(adata, model, key)
    course = course_of_model(adata, asked, time_key, use_rep, force)
    cells = coordinates(adata, course.embedding_key, asked.dims)
    return asked, course, cells, asked.velocity(cells, course.times, n_jobs=n_jobs)


def velocity(
    adata: "AnnData",
    basis: str | Sequence[str] | None = None,
    *,
    model: Any = None,
    time_key: str | None = None,
    use_rep: str | None = None,
    n_neighbors: int = 30,
    force: bool = False,
    n_jobs: int | None = None,
    key_added: str = KEY,
    copy: bool = False,
) -> "AnnData | None":
    """The velocity of every cell at its own time, per unit of time.

    Parameters
    ----------
    adata
        cells in the coordinates of the model
    basis
        embeddings to which velocities are projected, such as "umap" for ``obsm["X_umap"]``; by default "umap" if it
        is there. The coordinates of the model always get their velocity itself.
    model
        a Model or the name of its file; by default that of ``uns[key_added]``
    time_key, use_rep
        as in :func:`train`; by default those of the training
    n_neighbors
        of a cell, for the projections
    force
        use data that are not such as those of the training, with a warning
    n_jobs
        threads; by default all cores
    key_added
        part of the names that are written
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. Written are

    ``obs``
        ``cellmnn_time``; ``cellmnn_speed``; ``cellmnn_max_eigenvalue``, the largest real part of an eigenvalue of A;
        ``cellmnn_extrapolated``, whether the cell was measured outside of the training times
    ``obsm["X_cellmnn"]``, ``obsm["velocity_cellmnn"]``
        (N, D) coordinates and velocities: the pair for CellRank's VelocityKernel
    ``obsm["velocity_pca"]``
        the same, with zeros to the width of ``X_pca``; after the name of the coordinates
    ``obsm["velocity_umap"]`` and others
        the sum over neighbours of (probability - 1 / n) step / \\|step\\|, as in scVelo: its length says how clear
        the direction is, not how fast a cell is
    """
    adata = target(adata, copy)
    jobs = threads(n_jobs)
    asked, course, cells, moved = _moving_cells(adata, model, time_key, use_rep, force, key_added, jobs)
    own = _basis_of(course.embedding_key)
    if basis is None:
        bases = ["umap"] if "X_umap" in adata.obsm and own != "umap" else []
    else:
        bases = [_basis_of(each) for each in ([basis] if isinstance(basis, str) else basis)]
        bases = [each for each in dict.fromkeys(bases) if each != own]
    embeddings = {each: _finite(adata, f"X_{each}") for each in bases}
    if embeddings:
        graph = _core.velocity_graph(cells, moved, n_neighbors, jobs)
        for name, embedding in embeddings.items():
            adata.obsm[f"velocity_{name}"] = graph.projected(embedding)
    padded = np.zeros((len(cells), width(adata, course.embedding_key)), dtype=np.float32)
    padded[:, : asked.dims] = moved
    adata.obsm[f"X_{key_added}"] = cells
    adata.obsm[f"velocity_{key_added}"] = moved
    adata.obsm[f"velocity_{own}"] = padded
    times, training = course.times, asked.training_times
    adata.obs[f"{key_added}_time"] = times
    adata.obs[f"{key_added}_speed"] = np.linalg.norm(moved, axis=1)
    eigenvalues = asked.eigenvalues(cells, times, n_jobs=jobs)
    adata.obs[f"{key_added}_max_eigenvalue"] = eigenvalues.real.max(axis=1)
    adata.obs[f"{key_added}_extrapolated"] = (times < training[0]) | (times > training[-1])
    logger.info(f"added velocities of {', '.join([key_added, own, *embeddings])} to obsm")
    return adata if copy else None


def transition_matrix(
    adata: "AnnData",
    *,
    model: Any = None,
    time_key: str | None = None,
    use_rep: str | None = None,
    n_neighbors: int = 30,
    scale: float | None = None,
    force: bool = False,
    n_jobs: int | None = None,
    key_added: str = KEY,
    copy: bool = False,
) -> "AnnData | None":
    """Probabilities of moving from each cell to its neighbours, for CellRank's PrecomputedKernel.

    They are in proportion to exp(scale c), with c the cosine between the velocity of a cell and the step to its
    neighbour. Two cells are neighbours if one of them is among the nearest of the other, so that every way can be gone
    back.

    Parameters
    ----------
    adata
        cells in the coordinates of the model
    model
        a Model or the name of its file; by default that of ``uns[key_added]``
    time_key, use_rep
        as in :func:`train`; by default those of the training
    n_neighbors
        nearest cells of each cell
    scale
        of the cosines; by default 1 / median \\|c\\|, as CellRank chooses it
    force
        use data that are not such as those of the training, with a warning
    n_jobs
        threads; by default all cores
    key_added
        the scale goes to ``uns[key_added]["transition"]``
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. Written are

    ``obsp["T_fwd"]``
        (N, N) probabilities; rows sum to 1
    ``obsp["distances"]``, ``obsp["connectivities"]``, ``uns["neighbors"]``
        the graph of neighbours, unless the AnnData has one. Connectivities are exp(-d^2 / (r_i r_j)) with r the
        distance to the last of the nearest cells (Zelnik-Manor & Perona 2004).
    """
    adata = target(adata, copy)
    jobs = threads(n_jobs)
    _, _, cells, moved = _moving_cells(adata, model, time_key, use_rep, force, key_added, jobs)
    probabilities, distances, connectivities, used = _core.transition_matrix(cells, moved, n_neighbors, scale, jobs)
    adata.obsp["T_fwd"] = _matrix(probabilities)
    if "neighbors" not in adata.uns:
        adata.obsp["distances"] = _matrix(distances)
        adata.obsp["connectivities"] = _matrix(connectivities)
        adata.uns["neighbors"] = {
            "connectivities_key": "connectivities",
            "distances_key": "distances",
            "params": {"n_neighbors": n_neighbors, "method": "cellmnn", "metric": "euclidean"},
        }
    held = adata.uns.setdefault(key_added, {})
    held["transition"] = {"scale": used, "n_neighbors": n_neighbors}
    return adata if copy else None


def _matrix(parts: tuple[np.ndarray, np.ndarray, np.ndarray, tuple[int, int]]) -> sparse.csr_matrix:
    """In double, so that rows sum to 1 as near as tools ask for."""
    values, columns, starts, shape = parts
    return sparse.csr_matrix((values.astype(np.float64), columns, starts.astype(columns.dtype)), shape=shape)
