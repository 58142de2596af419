from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import _core
from .._expression import dense_rows, expression_of
from .._progress import logger, seed, threads
from .._target import KEY, target

if TYPE_CHECKING:
    from anndata import AnnData

_INTERVAL = 1.96  # standard errors, for 95 %
_STEPS_BETWEEN = 4  # times of a trend from one snapshot to the next


class _CellsOfFates:
    """The cells after :func:`cellmnn.tl.fates`, one time after the other, with their expression."""

    def __init__(self, adata: "AnnData", layer: str | None, genes: Sequence[str] | None, key: str) -> None:
        held = adata.uns.get(key)
        reached = f"{key}_fates_reached"
        if not isinstance(held, dict) or "fates" not in held or reached not in adata.obsm:
            raise KeyError(f"there is no uns[{key!r}]['fates']: call cellmnn.tl.fates first")
        self.facts: dict[str, Any] = held["fates"]
        self.names = [str(name) for name in adata.uns["fates_fwd_names"]]
        self.reached = np.ascontiguousarray(adata.obsm[reached], dtype=np.float64)
        self.times = [float(time) for time in self.facts["times"]]
        self._of_cells = adata.obs[f"{key}_time"].to_numpy(float)
        self._values, names = expression_of(adata, layer)
        self._chosen = None if genes is None else [_place(name, names) for name in genes]
        self.genes = np.asarray(names if self._chosen is None else [names[gene] for gene in self._chosen], dtype=object)

    def snapshots(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Expression (n, G) and reached (n, F) of each time."""
        for time in self.times:
            yield self.at(time)

    def at(self, time: float) -> tuple[np.ndarray, np.ndarray]:
        rows = self._of_cells == time
        expression = dense_rows(self._values, rows)
        chosen = expression if self._chosen is None else expression[:, self._chosen]
        return np.ascontiguousarray(chosen), self.reached[rows]


def _place(name: str, names: list[str]) -> int:
    if name not in names:
        near = _core.nearest(name, names)
        raise KeyError(f"adata has no gene {name!r} (genes)" + (f": did you mean {near!r}?" if near else ""))
    return names.index(name)


def drivers(
    adata: "AnnData",
    *,
    layer: str | None = None,
    permutations: int = 100,
    random_state: int = 0,
    n_jobs: int | None = None,
    key: str = KEY,
    key_added: str = "cellmnn_drivers",
    copy: bool = False,
) -> "AnnData | None":
    """Genes that differ between cells of one time with a high and a low probability of a fate.

    The quarter of the cells with the highest probability is compared with the quarter with the lowest, so genes that
    merely change with time are not found. That a gene differs does not mean that it decides.

    Parameters
    ----------
    adata
        after :func:`fates`, with expression on a log scale
    layer
        the layer with the expression, or "raw"; by default X
    permutations
        random quarters of the cells, for p
    random_state
        their seed
    n_jobs
        threads; by default all cores
    key
        the ``key_added`` of the fates
    key_added
        the answer goes to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. :func:`cellmnn.get.drivers` gives one row a fate, time and gene, those first
    that differ much now and less at the last time: fate, time, rank, gene, difference of mean expression, low and high
    of its 95 % interval, effect in standard deviations, p and q (Benjamini and Hochberg), and the difference at the
    last time. Times at which nothing is known of the fates are left out.
    """
    adata = target(adata, copy)
    cells = _CellsOfFates(adata, layer, None, key)
    first, jobs = seed(random_state), threads(n_jobs)
    base_rates = np.ascontiguousarray(cells.facts["base_rates"], dtype=np.float64)
    last, reached_last = cells.at(cells.times[-1])
    at_end = _core.differences_at_end(last, _core.given_decided(reached_last, base_rates), jobs)
    frames = []
    for (expression, reached), time, known in zip(
        cells.snapshots(), cells.times[:-1], cells.facts["known"], strict=False
    ):
        unknown = known < _core.KNOWN_FOR_DRIVERS
        if unknown or len(expression) < _core.LEAST_CELLS_FOR_DRIVERS:
            why = "the fates of its cells are not known" if unknown else "it has too few cells"
            logger.warning(f"no drivers at time {time:g}: {why}")
            continue
        probabilities = _core.given_decided(reached, base_rates)
        found = _core.fate_drivers(expression, probabilities, at_end, int(permutations), first, jobs)
        for name, columns in zip(cells.names, found, strict=True):
            frames.append(_ranked(name, time, cells.genes, columns))
    columns = ["fate", "time", "rank", "gene", "difference", "low", "high", "effect", "p", "q", "at_end"]
    adata.uns[key_added] = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)
    return adata if copy else None


def _ranked(fate: str, time: float, genes: np.ndarray, columns: dict[str, np.ndarray]) -> pd.DataFrame:
    order = columns["order"]
    half = _INTERVAL * columns["error"]
    return pd.DataFrame(
        {
            "fate": fate,
            "time": time,
            "rank": np.arange(1, len(order) + 1),
            "gene": genes[order].astype(str),
            "difference": columns["difference"][order],
            "low": (columns["difference"] - half)[order],
            "high": (columns["difference"] + half)[order],
            "effect": columns["effect"][order],
            "p": columns["p"][order],
            "q": columns["q"][order],
            "at_end": columns["at_end"][order],
        }
    )


def trends(
    adata: "AnnData",
    genes: Sequence[str] | None = None,
    *,
    layer: str | None = None,
    key: str = KEY,
    key_added: str = "cellmnn_trends",
    copy: bool = False,
) -> "AnnData | None":
    """Expression over time along the way to each fate.

    The mean over the cells of a time, each weighted by its probability to reach the fate. Between measured times the
    values are interpolated; no model is asked.

    Parameters
    ----------
    adata
        after :func:`fates`, with expression on a log scale
    genes
        only these; by default all
    layer
        the layer with the expression, or "raw"; by default X
    key
        the ``key_added`` of the fates
    key_added
        the answer goes to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. :func:`cellmnn.get.trends` gives one row a fate, time and gene: mean, low and
    high of a 95 % interval, as if the probabilities were exact, and the mean of all cells at measured times.
    """
    adata = target(adata, copy)
    cells = _CellsOfFates(adata, layer, [genes] if isinstance(genes, str) else genes, key)
    all_cells, means, errors = [], [], []
    for expression, reached in cells.snapshots():
        all_cells.append(expression.mean(axis=0, dtype=np.float64))
        mean, error = _core.fate_means(expression, reached)
        means.append(mean)
        errors.append(error)
    steps = np.arange(_STEPS_BETWEEN) / _STEPS_BETWEEN
    begins, gaps = np.asarray(cells.times[:-1]), np.diff(cells.times)
    times = [*(begins[:, None] + gaps[:, None] * steps).ravel().tolist(), cells.times[-1]]
    of_all = np.full((len(times), len(cells.genes)), np.nan)
    of_all[::_STEPS_BETWEEN] = all_cells
    frames = []
    for fate, name in enumerate(cells.names):
        mean, error = (
            _core.between_times(cells.times, np.ascontiguousarray([row[fate] for row in rows]), times)
            for rows in (means, errors)
        )
        half = _INTERVAL * error
        frames.append(
            pd.DataFrame(
                {
                    "fate": name,
                    "time": np.repeat(times, len(cells.genes)),
                    "gene": np.tile(cells.genes, len(times)).astype(str),
                    "mean": mean.ravel(),
                    "low": (mean - half).ravel(),
                    "high": (mean + half).ravel(),
                    "all_cells": of_all.ravel(),
                }
            )
        )
    adata.uns[key_added] = pd.concat(frames, ignore_index=True)
    return adata if copy else None
