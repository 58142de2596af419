from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from .._course import coordinates
from .._data_of_model import course_of_model
from .._target import KEY, model_of, target, time_text, warn_of_extrapolation

if TYPE_CHECKING:
    from anndata import AnnData


def predict(
    adata: "AnnData",
    times: float | Sequence[float] | None = None,
    *,
    ahead: float | None = None,
    model: Any = None,
    time_key: str | None = None,
    use_rep: str | None = None,
    time_map: Mapping[str, float] | None = None,
    time_unit: str | None = None,
    force: bool = False,
    n_jobs: int | None = None,
    key_added: str = KEY,
    copy: bool = False,
    progress: bool | None = None,
) -> "AnnData | None":
    """Predict where every cell is at other times.

    A cell follows its own equation up to the next training time. There it gets a new one, from where it is by then,
    and so on. Backwards alike.

    Parameters
    ----------
    adata
        cells in the coordinates of the model
    times
        predict all cells at these times
    ahead
        or each cell so long after its own time; negative is the past
    model
        a Model or the name of its file; by default that of ``uns[key_added]``
    time_key, use_rep, time_map, time_unit
        as in :func:`train`; by default those of the training
    force
        use data that are not such as those of the training, with a warning
    n_jobs
        threads; by default all cores
    key_added
        beginning of the names that are written
    copy
        return a copy instead of writing to ``adata``
    progress
        whether a bar is shown; by default where someone looks

    Returns
    -------
    None, or with ``copy`` the AnnData. Written are

    ``obsm["X_cellmnn_t<time>"]``
        (N, D) the cells at each of the times, or
    ``obsm["X_cellmnn_ahead"]``
        (N, D) each cell so long after its own time
    ``obs["cellmnn_weight_t<time>"]``, ``obs["cellmnn_weight_ahead"]``
        of a model with mass: how much each cell counts there, see :meth:`cellmnn.Model.weights`

    Raises
    ------
    ValueError
        for data of another kind than those of the training
    FloatingPointError
        for predictions far away from all training cells
    """
    if (times is None) == (ahead is None):
        raise TypeError("give either times or ahead")
    adata = target(adata, copy)
    asked = model_of(adata, model, key_added)
    course = course_of_model(adata, asked, time_key, use_rep, force, time_map=time_map, time_unit=time_unit)
    cells, own = coordinates(adata, course.embedding_key, asked.dims), course.times
    if times is not None:
        at = np.atleast_1d(np.asarray(times, dtype=float)).tolist()
        positions, weights = asked._paths(cells, own, at, "raise", n_jobs, progress)
        for place, time in enumerate(at):
            adata.obsm[f"X_{key_added}_t{time_text(time)}"] = positions[place]
            if asked.mass:
                adata.obs[f"{key_added}_weight_t{time_text(time)}"] = weights[place]
    elif ahead is not None:
        moved, counted = np.empty_like(cells), np.empty(len(cells))
        at = []
        for time in course.snapshot_times:
            rows = own == time
            at.append(time + ahead)
            positions, weights = asked._paths(cells[rows], time, time + ahead, "raise", n_jobs, progress)
            moved[rows] = positions[0]
            if asked.mass:
                counted[rows] = weights[0]
        adata.obsm[f"X_{key_added}_ahead"] = moved
        if asked.mass:
            adata.obs[f"{key_added}_weight_ahead"] = counted
    warn_of_extrapolation(asked, at)
    return adata if copy else None
