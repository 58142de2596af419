from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import _core
from .._course import chosen_cells
from .._data_of_model import course_of_model
from .._expression import GeneLevels
from .._progress import seed, threads
from .._target import KEY, model_of, target

if TYPE_CHECKING:
    from anndata import AnnData

USUAL_CONTROLS = 50


def perturb(
    adata: "AnnData",
    changes: Mapping[str, float | str],
    times: float | Sequence[float] | None = None,
    *,
    by: str | None = None,
    model: Any = None,
    from_time: float | None = None,
    groupby: str | None = None,
    group: str | None = None,
    controls: int | None = None,
    regulators: Sequence[str] | None = None,
    inputs: Sequence[str] = (),
    treatment_from: float | None = None,
    ko_key: str | None = None,
    prior: pd.DataFrame | None = None,
    layer: str | None = None,
    values: str | None = None,
    time_key: str | None = None,
    use_rep: str | None = None,
    force: bool = False,
    random_state: int = 1,
    n_jobs: int | None = None,
    model_key: str = KEY,
    key_added: str = "cellmnn_perturbation",
    copy: bool = False,
    progress: bool | None = None,
) -> "AnnData | None":
    """What happens to cells if genes are switched off or on.

    By a model, a change moves a cell in the space of components once, at its own time, and the model predicts from
    there: a first-order statement, in which genes with alike loadings cannot be told apart. By the network of the
    expression a gene is held: the levels of all others follow from snapshot to snapshot.

    Parameters
    ----------
    adata
        cells over time
    changes
        ``{"GATA1": 0}`` is a knock-out, ``{"GATA1": 2.5}`` sets the expression, ``{"GATA1": "x2"}`` doubles it. Several
        genes are changed at once.
    times
        of the predictions; a model needs them, the network answers for all later times
    by
        "model" or "network"; by default the model if there is one
    model
        a Model or the name of its file; by default that of ``uns[model_key]``
    from_time
        only the cells of this time; by the network the genes are held from then on, by default from the first
    controls
        by a model: genes of similar loading and expression to compare with, by default 50
    groupby, group
        only the cells with this label of this column of obs; by the network from the first time that has any
    regulators, inputs, treatment_from, ko_key, prior, layer, values
        by the network: as in :func:`network`
    time_key, use_rep
        as in :func:`train`
    force
        use data that are not such as those of the training, with a warning
    random_state
        seed of the subsets of W1
    n_jobs
        threads; by default all cores
    model_key
        where the model is
    key_added
        the answer goes to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``
    progress
        whether a bar is shown; by default where someone looks

    Returns
    -------
    None, or with ``copy`` the AnnData. :func:`cellmnn.get.perturbation` gives

    by a model
        of each gene and time the change of its expression, and mean and standard deviation of that by the controls;
        the summary has the shift of the mean, W1, and the share p of the controls that shift the mean as far
    by the network
        of each gene and time the change of its level and of its expression
    """
    adata = target(adata, copy)
    asked = [(str(gene), *change_of(f"the change of {gene!r}", change)) for gene, change in changes.items()]
    if not asked:
        raise ValueError("changes is empty: give genes and their expression, such as {'GATA1': 0}")
    at = None if times is None else np.atleast_1d(np.asarray(times, dtype=float)).tolist()
    way = way_of(adata, by, model, model_key, ("model", "network"))
    chosen = chosen_cells(adata, groupby, group)
    if way == "model":
        if at is None:
            raise TypeError("times are required where a model predicts")
        answer = _by_model(
            adata, asked, at, model_of(adata, model, model_key), from_time, chosen, controls, time_key, use_rep, force,
            seed(random_state), threads(n_jobs),
        )  # fmt: skip
    else:
        levels = GeneLevels(adata, layer, values, time_key, None, None, ko_key, treatment_from)
        fitted = levels.network(regulators, inputs, n_jobs, progress, prior, for_changes=True)
        start = starting_cells(levels, fitted, from_time, chosen)
        answer = _by_network(levels, fitted, asked, at, start, threads(n_jobs))
    adata.uns[key_added] = {**answer, "by": way, "changes": ", ".join(f"{gene}={changes[gene]}" for gene in changes)}
    return adata if copy else None


def change_of(what: str, change: float | str) -> tuple[float, float]:
    """Of a gene's expression: (times, plus)."""
    try:
        dose = isinstance(change, str) and change.startswith("x")
        amount = float(change[1:] if dose else change)  # type: ignore[index]
    except (TypeError, ValueError):
        raise ValueError(f"{what} is {change!r}, expected a number, or a text such as 'x2'") from None
    if not 0 <= amount < np.inf:
        raise ValueError(f"{what} is {change!r}, but expression must be finite and cannot be below 0")
    return (amount, 0.0) if dose else (0.0, amount)


def way_of(adata: "AnnData", by: str | None, model: Any, key: str, ways: Sequence[str]) -> str:
    """Who answers: as asked, or the model where there is one and else the network."""
    if by is None:
        held = adata.uns.get(key)
        return "model" if model is not None or (isinstance(held, dict) and "model" in held) else "network"
    if by not in ways:
        raise ValueError(f"by is {by!r}, but must be one of {', '.join(map(repr, ways))}")
    return by


def acting_gene(levels: GeneLevels, fitted: _core.Network, name: str, argument: str) -> int:
    gene = levels.index_of(name, argument)
    if gene not in fitted.regulators:
        raise ValueError(
            f"{argument}: {name!r} is none of the {len(fitted.regulators)} regulators, so that nothing would follow "
            "from its change"
        )
    return gene


def later_snapshots(levels: GeneLevels, times: Sequence[float] | None, begin: int) -> list[int]:
    """Those of the times, or all after the snapshot from which genes are held."""
    later = range(begin + 1, len(levels.times))
    chosen = list(later) if times is None else [levels.snapshot_at(time, "times") for time in times]
    early = [levels.times[index] for index in chosen if index <= begin]
    if early or not chosen:
        held = f"the genes are held from {levels.times[begin]:g} on"
        raise ValueError(
            f"times has {early[0]:g}, but {held}: expected a later time" if early else f"{held}, the last time"
        )
    return chosen


def starting_cells(
    levels: GeneLevels, fitted: _core.Network, from_time: float | None, chosen: np.ndarray | None
) -> tuple[int, list[int]]:
    """From where the network is followed: a snapshot and cells of it, or no cells for all."""
    if chosen is None:
        return (0 if from_time is None else levels.snapshot_at(from_time, "from_time")), []
    if from_time is not None:
        chosen = chosen & (levels.course.times == levels.times[levels.snapshot_at(from_time, "from_time")])
    found = fitted.starting_cells(chosen)
    if found is None:
        raise ValueError("no cell of the group is among those of which the network is followed")
    return found


def cells_of(course: _core.Course, from_time: float | None, chosen: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The cells (n, D) of one time and of those chosen, or all, and their times (n)."""
    cells, own = course.by_snapshot
    kept = np.ones(len(own), dtype=bool)
    if from_time is not None:
        kept &= own == course.snapshot_times[course.snapshot_at(from_time)]
    if chosen is not None:
        kept &= chosen[np.argsort(course.times, kind="stable")]
        if not kept.any():
            raise ValueError("the group has no cell of that time")
    return cells[kept], own[kept]


def _by_model(
    adata: "AnnData",
    changes: list[tuple[str, float, float]],
    times: list[float],
    model: Any,
    from_time: float | None,
    chosen: np.ndarray | None,
    controls: int | None,
    time_key: str | None,
    use_rep: str | None,
    force: bool,
    random_state: int,
    jobs: int,
) -> dict[str, pd.DataFrame]:
    course = course_of_model(adata, model, time_key, use_rep, force, gene_means=model._file.gene_mean.size == 0)
    genes = _core.Genes.of(model._file, course)
    parsed = [(genes.index_of(gene), factor, plus) for gene, factor, plus in changes]
    cells, own = cells_of(course, from_time, chosen)
    frames, rows = [], []
    kept = np.ones(len(genes.names), dtype=bool)
    kept[[gene for gene, _, _ in parsed]] = False
    names = np.asarray(genes.names, dtype=object)[kept].astype(str)
    for time in times:
        report = genes.report(
            cells, own, parsed, time, USUAL_CONTROLS if controls is None else controls, True, random_state, jobs
        )
        columns = {name: report.pop(name)[kept] for name in ("change", "control_mean", "control_sd")}
        frames.append(pd.DataFrame({"time": time, "gene": names, **columns}))
        rows.append(report)
    return {"genes": pd.concat(frames, ignore_index=True), "summary": pd.DataFrame(rows)}


def _by_network(
    levels: GeneLevels,
    fitted: _core.Network,
    changes: list[tuple[str, float, float]],
    times: list[float] | None,
    start: tuple[int, list[int]],
    jobs: int,
) -> dict[str, pd.DataFrame]:
    begin, cells = start
    parsed = [(acting_gene(levels, fitted, name, "changes"), factor, plus) for name, factor, plus in changes]
    chosen = later_snapshots(levels, times, begin)
    path = fitted.changes(begin, cells, parsed, jobs)
    kept = np.ones(len(levels.genes), dtype=bool)
    kept[[gene for gene, _, _ in parsed]] = False
    names = np.asarray(levels.genes, dtype=object)[kept].astype(str)
    frames, rows = [], []
    for index in chosen:
        change = path[index - begin]
        of_expression = change * fitted.tops
        frames.append(
            pd.DataFrame(
                {
                    "time": levels.times[index],
                    "gene": names,
                    "change": change[kept],
                    "change_of_expression": of_expression[kept],
                }
            )
        )
        rows.append({"time": levels.times[index], "change_of_levels": float(np.sqrt(np.mean(change[kept] ** 2)))})
    return {"genes": pd.concat(frames, ignore_index=True), "summary": pd.DataFrame(rows)}
