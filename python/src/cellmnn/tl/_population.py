from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import _core
from .._course import check_adata
from .._data_of_model import course_of_model
from .._progress import progress_bar, seed, threads
from .._target import KEY, model_of, warn_of_extrapolation

if TYPE_CHECKING:
    from anndata import AnnData

_POOL, _SPREAD, _BEND, _BRIDGE = _core.USUAL_BETWEEN


def population(
    adata: "AnnData",
    times: float | Sequence[float],
    *,
    resample: int | None = None,
    pool: float = _POOL,
    spread: float = _SPREAD,
    bend: float = _BEND,
    bridge: float = _BRIDGE,
    model: Any = None,
    time_key: str | None = None,
    use_rep: str | None = None,
    time_map: Mapping[str, float] | None = None,
    time_unit: str | None = None,
    force: bool = False,
    random_state: int = 0,
    n_jobs: int | None = None,
    key: str = KEY,
    progress: bool | None = None,
) -> "AnnData":
    """All cells at times between the snapshots, from both sides.

    The two networks of ``train(..., two_sided=True)`` move the cells before a time forward and those after it back,
    and displacement interpolation by optimal transport joins the two answers. :func:`predict` is for single cells.

    Parameters
    ----------
    adata
        the snapshots next to each time, in the coordinates of the model
    times
        of the populations. Outside of the training times the forward network speaks alone.
    resample
        so many equal cells at each time, instead of points with weights
    pool
        share of the population that is optimal transport between the two snapshots themselves
    spread
        half-way, move points by up to this part of their way to the cell they come from or go to. Each way then has
        about four points, less if these were over 20,000
    bend
        move the mean by this part to the smooth curve through the means of all known snapshots, where four are known
    bridge
        correct each network by this part of what its cells lack when they reach the snapshot of the other side
    model
        a Model or the name of its file; by default that of ``uns[key]``
    time_key, use_rep, time_map, time_unit
        as in :func:`train`; by default those of the training
    force
        use data that are not such as those of the training, with a warning
    random_state
        seed of the subsets of large snapshots, of spread and resample
    n_jobs
        threads; by default all cores. The answer does not depend on them.
    key
        where the model is
    progress
        whether a bar is shown; by default where someone looks

    Returns
    -------
    An AnnData of points, one time after the other: ``obsm["X_predicted"]``, and in obs ``predicted_time``, ``weight``,
    of sum 1 at each time, and ``cell_before`` and ``cell_after``, the cells between which a point lies, the latter
    empty where the forward network spoke alone.

    Raises
    ------
    ValueError
        for a model of one network, options out of range, a snapshot that is missing, and data of another kind
    """
    from anndata import AnnData

    check_adata(adata)
    asked = model_of(adata, model, key)
    course = course_of_model(adata, asked, time_key, use_rep, force, time_map=time_map, time_unit=time_unit)
    at = np.atleast_1d(np.asarray(times, dtype=float)).tolist()
    if not at or not np.isfinite(at).all():
        raise ValueError(f"times is {times!r}, expected times that are finite")
    if resample is not None and (int(resample) != resample or resample < 1):
        raise ValueError(f"resample is {resample!r}, but must be a whole number of 1 or more")
    names: np.ndarray = np.append(adata.obs_names.to_numpy(dtype=object), "")
    points, columns = [], []
    for place, time in enumerate(at):
        with progress_bar("predicting", "cell", progress) as bar:
            cells, weights, before, after = _core.population(
                asked._file, course, time, pool, spread, bend, bridge,
                resample, seed(random_state), place, threads(n_jobs), bar,
            )  # fmt: skip
        after = after if len(after) else np.full(len(before), -1)
        points.append(cells)
        columns.append(
            pd.DataFrame(
                {"predicted_time": time, "weight": weights, "cell_before": names[before], "cell_after": names[after]}
            )
        )
    warn_of_extrapolation(asked, at)
    obs = pd.concat(columns, ignore_index=True)
    obs.index = obs.index.astype(str)
    return AnnData(obs=obs, obsm={"X_predicted": np.concatenate(points)})
