from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import _core
from .._expression import USUAL_PRIOR_STRENGTH, GeneLevels
from .._progress import logger, progress_bar, seed, threads
from .._target import target

if TYPE_CHECKING:
    from anndata import AnnData

_MOST_USUAL_EVIDENCE = 2_000_000  # effects of a network that is fitted many times unasked
_USUAL_FITS = 20


def network(
    adata: "AnnData",
    *,
    regulators: Sequence[str] | None = None,
    inputs: Sequence[str] = (),
    treatment_from: float | None = None,
    ko_key: str | None = None,
    prior: pd.DataFrame | None = None,
    prior_strength: float = USUAL_PRIOR_STRENGTH,
    layer: str | None = None,
    values: str | None = None,
    time_key: str | None = None,
    time_map: Mapping[str, float] | None = None,
    time_unit: str | None = None,
    draws: int | None = None,
    shuffles: int | None = None,
    top: int | None = None,
    random_state: int = 1,
    n_jobs: int | None = None,
    key_added: str = "cellmnn_network",
    copy: bool = False,
    progress: bool | None = None,
) -> "AnnData | None":
    """Which gene acts on which, from expression over time alone.

    The level of a target in a cell is explained by the earlier levels of all regulators, in the cells from which
    optimal transport leads to it. An effect says what goes before what. It is no proof that a regulator binds.

    Parameters
    ----------
    adata
        cells of two times or more, with expression
    regulators
        genes that may act, such as transcription factors; by default all
    inputs
        genes that are set from outside, such as a drug; by default those that are constant at each time
    treatment_from
        the time at which a treatment begins, which then is a gene "treatment" of the network
    ko_key
        the column of obs with the gene that is knocked out in a cell, several joined by "+", or "WT": what is held
        explains nothing of itself, and all conditions share one network
    prior
        interactions that are known beforehand, such as those of decoupler: columns source, target and perhaps weight,
        below 0 for repression. They are found more easily; do not score the network by what they tell.
    prior_strength
        the penalty of an interaction of the prior is divided by 1 + prior_strength times its weight
    layer
        the layer with the expression, or "raw"; by default X
    values
        "counts" or "log"; by default counts if all values are whole numbers
    time_key, time_map, time_unit
        as in :func:`train`
    draws
        networks of half of the cells, for ``same_sign`` and ``confidence``; by default 20, or 0 of a large network
    shuffles
        networks of snapshots in another order, for ``p``; by default 20, or 0 of a large network
    top
        the number of edges that are kept; by default all
    random_state
        seed of the draws
    n_jobs
        threads; by default all cores
    key_added
        the edges go to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``
    progress
        whether a bar is shown; by default where someone looks

    Returns
    -------
    None, or with ``copy`` the AnnData. ``uns[key_added]`` is a data frame of edges, the highest score first:
    source, target, effect, score, lag, same_sign, p, correlation, correlation_within, agreement, confidence, rank;
    with a prior also its weights. :func:`cellmnn.get.network` gives it.
    """
    adata = target(adata, copy)
    first = seed(random_state)
    levels = GeneLevels(adata, layer, values, time_key, time_map, time_unit, ko_key, treatment_from)
    fitted = levels.network(regulators, inputs, n_jobs, progress, prior, prior_strength)
    effects = fitted.effects
    large = effects.size > _MOST_USUAL_EVIDENCE
    if large and (draws is None or shuffles is None):
        logger.info(f"a network of {effects.size} effects is fitted once only: give draws and shuffles for evidence")
    fits = 0 if large else _USUAL_FITS
    with progress_bar("fitting parts of the data", "", progress) as bar:
        evidence = fitted.evidence(
            fits if draws is None else _count(draws, "draws"),
            fits if shuffles is None else _count(shuffles, "shuffles"),
            first,
            threads(n_jobs),
            bar,
        )
    adata.uns[key_added] = _table(levels, fitted, evidence, top)
    return adata if copy else None


def _count(value: int, name: str) -> int:
    if isinstance(value, bool) or int(value) != value or value < 0:
        raise ValueError(f"{name} is {value!r}, but must be a whole number of 0 or more")
    return int(value)


def _table(levels: GeneLevels, fitted: _core.Network, evidence: dict[str, np.ndarray], top: int | None) -> pd.DataFrame:
    places = fitted.ranked(None if top is None else _count(top, "top"))
    at = (places[:, 0], places[:, 1])
    genes = np.asarray(levels.genes, dtype=object)
    effect, within = fitted.effects[at], evidence["correlation_within"][at]
    agreement = np.where(np.isnan(within * effect), np.nan, (within * effect > 0).astype(float))
    table = pd.DataFrame(
        {
            "source": genes[fitted.regulators[at[0]]].astype(str),
            "target": genes[fitted.targets[at[1]]].astype(str),
            "effect": effect,
            "score": fitted.scores[at],
            "lag": (levels.times[-1] - levels.times[0]) / (len(levels.times) - 1),
            "same_sign": evidence["same_sign"][at],
            "p": evidence["p"][at],
            "correlation": evidence["correlation"][at],
            "correlation_within": within,
            "agreement": agreement,
            "confidence": evidence["confidence"][at],
            "rank": np.arange(1, len(places) + 1),
        }
    )
    prior = fitted.prior
    if prior.size > 0:
        table.insert(table.columns.get_loc("rank"), "prior", prior[at])
    return table
