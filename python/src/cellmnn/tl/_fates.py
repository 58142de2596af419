from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import _core
from .._colors import label_colors
from .._course import course_of, label_column, obs_column
from .._data_of_model import course_of_model
from .._progress import logger, seed, threads
from .._target import KEY, entries, model_of, target

if TYPE_CHECKING:
    from anndata import AnnData

    from .._model import Model

STATES = "term_states_fwd"  # CellRank's name


def fates(
    adata: "AnnData",
    groupby: str | None = None,
    *,
    undecided: Sequence[str] = (),
    terminal: Mapping[str, str] | None = None,
    starts: str | None = None,
    model: Any = None,
    later_cells: int = _core.USUAL_LATER_CELLS,
    time_key: str | None = None,
    use_rep: str | None = None,
    time_map: Mapping[str, float] | None = None,
    force: bool = False,
    random_state: int = 0,
    n_jobs: int | None = None,
    key_added: str = KEY,
    copy: bool = False,
) -> "AnnData | None":
    """Where cells end: the probability of each fate for each cell.

    The probabilities are carried back from the last time, by soft transitions between neighbouring times. Look first at
    how much is known of each time, in ``uns[key_added]["fates"]["known"]``: below 0.01 nothing is known, and the
    probabilities are base rates.

    Parameters
    ----------
    adata
        cells of two times or more, with coordinates in ``obsm``
    groupby
        the column of ``obs`` whose labels at the last time are the fates, such as cell types
    undecided
        labels at the last time that are no fate. Cells without a label are undecided, too.
    terminal
        instead of ``groupby`` the fates of cells of any time, by the names of the cells
    starts
        from where cells set out to the next time: "stay", where they are; "model", where the model moves them;
        "both", the mean of both transitions. By default "both" if there is a model, "stay" if there is none.
    model
        a Model or the name of its file; by default that of ``uns[key_added]``, if there is one
    later_cells
        of a time with more cells, transitions to it see so many random ones
    time_key, use_rep, time_map
        as in :func:`train`; by default those of the model
    force
        use data that are not such as those of the training, with a warning
    random_state
        seed of the random cells
    n_jobs
        threads; by default all cores
    key_added
        part of the names that are written
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. Written are

    ``obsm["fates_fwd"]``, ``obsm["lineages_fwd"]``, ``uns["fates_fwd_names"]``
        (N, F) probabilities, given that the cell decides; rows sum to 1. :func:`cellmnn.get.fates` gives them.
    ``obsm["cellmnn_fates_reached"]``
        (N, F) of ending in each fate at all, without smoothing: what :func:`drivers` and :func:`trends` take
    ``obs["cellmnn_fate_decided"]``, ``obs["cellmnn_fate_commitment"]``
        the probability of having a fate at the last time; 0 for a cell that is as open as the base rates, 1 for one
        that is decided
    ``obs["cellmnn_time"]``
        the times of the cells
    ``obs["term_states_fwd"]``, ``uns["term_states_fwd_colors"]``
        the fates that were given
    ``uns[key_added]["fates"]``
        the times, what is known of each and in words, the base rates and how it was made

    Raises
    ------
    KeyError
        for a column, label or cell that is not there
    ValueError
        for fewer than two fates or times
    """
    adata = target(adata, copy)
    if (groupby is None) == (terminal is None):
        raise TypeError("which cells have which fate? Give either groupby, a column of obs, or terminal")
    asked = model_if_any(adata, model, starts, key_added)
    course = fate_course(adata, asked, time_key, use_rep, force, time_map=time_map)
    if groupby is not None:
        column = label_column(obs_column(adata, groupby, "groupby"))
        known = _core.KnownFates.by_labels(course, column, groupby, [str(label) for label in undecided])
    else:
        known = _core.KnownFates.by_cells(course, _by_names(adata, terminal or {}))
    used = starts or ("both" if asked else "stay")
    first, jobs = seed(random_state), threads(n_jobs)
    found = _core.Fates.of(course, known, used, int(later_cells), first, asked._file if asked else None, jobs)
    names = list(known.names)
    reached, probabilities = found.reached(course), found.probabilities(course).astype(np.float32)
    adata.obsm[f"{key_added}_fates_reached"] = reached
    adata.obsm["fates_fwd"] = probabilities
    adata.obsm["lineages_fwd"] = probabilities.copy()
    adata.obs[f"{key_added}_time"] = course.times
    adata.obs[STATES] = pd.Categorical.from_codes(known.codes(course), names)
    adata.obs[f"{key_added}_fate_decided"] = reached.sum(axis=1).astype(np.float32)
    adata.obs[f"{key_added}_fate_commitment"] = found.commitment(course)[:, 0].astype(np.float32)
    adata.uns["fates_fwd_names"] = np.asarray(names, dtype=object)
    adata.uns[f"{STATES}_colors"] = np.asarray(label_colors(adata, groupby, names), dtype=object)
    entries(adata, key_added)["fates"] = {
        "times": np.asarray(course.snapshot_times),
        "known": np.asarray(found.known),
        "in_words": np.asarray(found.words, dtype=object),
        "base_rates": found.base_rates,
        "use_rep": course.embedding_key,
        "groupby": groupby or "",
        "starts": used,
        "later_cells": int(later_cells),
        "seed": first,
    }
    for time, word in list(zip(course.snapshot_times, found.words, strict=True))[:-1]:
        logger.info(f"time {time:g}: the fates of cells are {word}")
    return adata if copy else None


def fate_course(
    adata: "AnnData", model: "Model | None", time_key: str | None, use_rep: str | None, force: bool, **options: Any
) -> _core.Course:
    """The cells in the dimensions at which transitions look."""
    if model is None:
        return course_of(adata, time_key, use_rep, None, most_dims=_core.FATE_DIMS, **options)
    return course_of_model(adata, model, time_key, use_rep, force, least_dims=_core.FATE_DIMS, **options)


def model_if_any(adata: "AnnData", model: Any, starts: str | None, key: str) -> "Model | None":
    """The model that moves cells, where one is given or held and ``starts`` asks for it."""
    held = adata.uns.get(key)
    if starts == "stay" or (model is None and not (isinstance(held, dict) and "model" in held)):
        return None
    return model_of(adata, model, key)


def _by_names(adata: "AnnData", terminal: Mapping[str, str]) -> _core.LabelColumn:
    unknown = [name for name in terminal if name not in adata.obs_names]
    if unknown:
        raise KeyError(f"terminal names {unknown[0]!r}, which is no cell of adata")
    texts = [str(terminal.get(name, "")) for name in adata.obs_names]
    return _core.LabelColumn.of_texts(texts, [not text for text in texts])
