from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import _core
from .._course import course_of, obs_column
from .._progress import logger, progress_bar, threads
from .._target import KEY, entries, target
from ._options import options_json, two_sided_steps, usual_dims

if TYPE_CHECKING:
    from anndata import AnnData


def train(
    adata: "AnnData",
    *,
    time_key: str | None = None,
    use_rep: str | None = None,
    dims: int | None = None,
    time_map: Mapping[str, float] | None = None,
    time_unit: str | None = None,
    hold_out: float | None = None,
    two_sided: bool = False,
    counts: Mapping[float, float] | None = None,
    growth_prior: str | None = None,
    preset: str = "default",
    random_state: int = 42,
    n_jobs: int | None = None,
    key_added: str = KEY,
    copy: bool = False,
    progress: bool | None = None,
    **options: Any,
) -> "AnnData | None":
    """Train a model on a time course.

    The program `cellmnn train` makes the same model of the same data, seed and options, to the last bit.

    Parameters
    ----------
    adata
        cells of two times or more, with coordinates in ``obsm``
    time_key
        the column of ``obs`` with the times; found if there is one candidate, such as "day"
    use_rep
        the coordinates in ``obsm``; by default "X_pca" or "pca"
    dims
        how many of their dimensions are used, the first ones; by default 5
    time_map
        times of labels; by default the number in each label
    time_unit
        unit of the times, such as "d" or "h"; labels with other units are converted to it
    hold_out
        leave the snapshot of this time out
    two_sided
        also train a second network on the mirrored course; each has 8,000 steps unless ``steps`` is given
    counts
        with ``mass=True``: the size of the population at each time, ``{time: count}``. The cells of a time become
        together as many as are counted at the next
    growth_prior
        with ``mass=True``: the column of ``obs`` with what is known of the growth of each cell, its rate of division
        less that of death, per unit of time. ``growth_prior_weight`` then takes the place of ``mass_penalty``
    preset
        "default", or "paper" for the settings of the paper
    random_state
        seed of all random numbers
    n_jobs
        threads; by default all cores. The model does not depend on them.
    key_added
        the model goes to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``
    progress
        whether a bar is shown; by default where someone looks
    **options
        options of model and training, such as ``steps=10000`` or ``width=128``: the names of the program's options
        with underscores

    Returns
    -------
    None, or with ``copy`` the AnnData. Written are

    ``uns[key_added]["model"]``
        the model file as bytes; :func:`cellmnn.get.model` gives the model
    ``uns[key_added]["loss"]``
        step, loss, mmd, kinetic and det of about a hundred steps

    Raises
    ------
    KeyError
        for a column or coordinates that are not there
    ValueError
        for data of which no model can be trained, and options out of range
    FloatingPointError
        if the loss leaves the finite numbers

    References
    ----------
    Cell-MNN, arXiv 2510.02903.
    """
    adata = target(adata, copy)
    if two_sided and (steps := two_sided_steps(preset, options)):
        options = {**options, "steps": steps}
    parsed = options_json(preset, random_state, options)
    course = course_of(adata, time_key, use_rep, dims, most_dims=usual_dims(), time_map=time_map, time_unit=time_unit)
    course.validate_for_training()
    _refuse_idle_weights(options, growth_prior)
    sizes = None if counts is None else ([float(time) for time in counts], [float(n) for n in counts.values()])
    prior = None if growth_prior is None else _growth_prior_of(adata, growth_prior)
    with progress_bar("training", "step", progress) as bar:
        model, losses = _core.train(course, parsed, two_sided, hold_out, sizes, prior, threads(n_jobs), bar)
    held = entries(adata, key_added)
    held["model"] = np.frombuffer(model.to_bytes(), dtype=np.uint8).copy()
    held["loss"] = dict(zip(("step", "loss", "mmd", "kinetic", "det"), losses.T.copy(), strict=True))
    logger.info(f"added uns[{key_added!r}]: a model of {model.dims} dimensions, last loss {losses[-1, 1]:.4f}")
    return adata if copy else None


def _refuse_idle_weights(options: Mapping[str, Any], growth_prior: str | None) -> None:
    """Of the two weights of growth only one has an effect."""
    idle = "growth_prior_weight" if growth_prior is None else "mass_penalty"
    if idle in options:
        raise TypeError(f"{idle} has no effect {'without' if growth_prior is None else 'with'} growth_prior")


def _growth_prior_of(adata: "AnnData", key: str) -> np.ndarray:
    column = obs_column(adata, key, "growth_prior")
    if not pd.api.types.is_numeric_dtype(column.dtype):
        raise ValueError(f"obs[{key!r}] (growth_prior) is of type {column.dtype}, but growth is a number")
    return np.ascontiguousarray(column.to_numpy(float, na_value=np.nan))
