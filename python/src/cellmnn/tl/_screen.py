from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from .. import _core
from .._course import chosen_cells, label_column
from .._data_of_model import course_of_model
from .._expression import GeneLevels
from .._model import Model
from .._progress import logger, progress_bar, threads
from .._target import KEY, model_of, target
from ._fates import STATES, fate_course
from ._perturb import USUAL_CONTROLS, acting_gene, cells_of, change_of, later_snapshots, starting_cells, way_of

if TYPE_CHECKING:
    from anndata import AnnData


def screen(
    adata: "AnnData",
    genes: Sequence[str] | None = None,
    time: float | None = None,
    *,
    to: float | str = 0,
    by: str | None = None,
    model: Any = None,
    from_time: float | None = None,
    groupby: str | None = None,
    group: str | None = None,
    controls: int = USUAL_CONTROLS,
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
    n_jobs: int | None = None,
    model_key: str = KEY,
    key_added: str = "cellmnn_screen",
    copy: bool = False,
    progress: bool | None = None,
) -> "AnnData | None":
    """Change each of many genes by itself, and rank them.

    Parameters
    ----------
    adata
        cells over time
    genes
        which are changed; by default all that the model knows, or all regulators of the network
    time
        of the prediction; a model needs it, the network takes the last
    to
        the new expression, or a text such as "x2" for its double; by default 0, a knock-out
    by
        "model", "network", or "fates": how the probabilities of fates change, after :func:`fates`. By default the model
        if there is one, else the network.
    model
        a Model or the name of its file; by default that of ``uns[model_key]``
    from_time
        only the cells of this time; by the network genes are held from then on; by fates by default each time but the
        last
    controls
        genes of similar loading and expression to compare with
    groupby, group
        only the cells with this label of this column of obs; by the network from the first time that has any
    regulators, inputs, treatment_from, ko_key, prior, layer, values
        by the network: as in :func:`network`
    time_key, use_rep
        as in :func:`train`
    force
        use data that are not such as those of the training, with a warning
    n_jobs
        threads; by default all cores
    model_key
        where the model and the fates are
    key_added
        the answer goes to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``
    progress
        whether a bar is shown; by default where someone looks

    Returns
    -------
    None, or with ``copy`` the AnnData. :func:`cellmnn.get.screen` gives the genes, the largest change first:

    by a model
        rank, gene, shift_of_mean of all cells, shift_of_cells (root mean square), expression, loading and control_z:
        the shift beside those of similar genes, in standard deviations
    by the network
        rank, gene, change (root mean square of the levels), the gene that changes most, and its change
    by fates
        time, gene, fate, fraction of the fate, change of it, p among similar genes, control (what expression alone
        says) and a verdict. A direction: true changes are larger.
    """
    adata = target(adata, copy)
    change = change_of("to", to)
    way = way_of(adata, by, model, model_key, ("model", "network", "fates"))
    chosen = chosen_cells(adata, groupby, group)
    if way == "network":
        levels = GeneLevels(adata, layer, values, time_key, None, None, ko_key, treatment_from)
        fitted = levels.network(regulators, inputs, n_jobs, progress, prior, for_changes=True)
        with progress_bar("changing genes", "", progress) as bar:
            start = starting_cells(levels, fitted, from_time, chosen)
            table = _by_network(levels, fitted, genes, time, change, start, threads(n_jobs), bar)
    elif way == "model":
        if time is None:
            raise TypeError("time is required where a model predicts")
        asked = model_of(adata, model, model_key)
        course = course_of_model(adata, asked, time_key, use_rep, force, gene_means=asked._file.gene_mean.size == 0)
        with progress_bar("changing genes", "", progress) as bar:
            cells = cells_of(course, from_time, chosen)
            table = _by_model(asked, course, cells, genes, time, change, controls, threads(n_jobs), bar)
    elif chosen is not None:
        raise TypeError("groupby and group are not for fates: give from_time")
    else:
        table = _by_fates(adata, genes, change, model, from_time, controls, force, threads(n_jobs), model_key)
    adata.uns[key_added] = table
    return adata if copy else None


def _by_model(
    model: Model,
    course: _core.Course,
    cells: tuple[np.ndarray, np.ndarray],
    names: Sequence[str] | None,
    time: float,
    change: tuple[float, float],
    controls: int,
    jobs: int,
    bar: Any,
) -> pd.DataFrame:
    genes = _core.Genes.of(model._file, course)
    asked = None if names is None else [genes.index_of(name) for name in names]
    table = pd.DataFrame(genes.screen(*cells, asked, *change, time, controls, jobs, bar))
    table.insert(0, "rank", np.arange(1, len(table) + 1))
    return table


def _by_network(
    levels: GeneLevels,
    fitted: _core.Network,
    names: Sequence[str] | None,
    time: float | None,
    change: tuple[float, float],
    start: tuple[int, list[int]],
    jobs: int,
    bar: Any,
) -> pd.DataFrame:
    begin, cells = start
    at = later_snapshots(levels, None if time is None else [time], begin)[-1]
    genes = fitted.regulators
    if names is not None:
        genes = np.asarray([acting_gene(levels, fitted, name, "genes") for name in names], dtype=np.int64)
    rows = [
        (rank, levels.genes[gene], size, levels.genes[most], of_most)
        for rank, (gene, size, most, of_most) in enumerate(
            fitted.screen(begin, cells, at, genes, *change, jobs, bar), 1
        )
    ]
    return pd.DataFrame(rows, columns=["rank", "gene", "change", "largest_gene", "largest_change"])


def _by_fates(
    adata: "AnnData",
    names: Sequence[str] | None,
    change: tuple[float, float],
    model: Any,
    from_time: float | None,
    controls: int,
    force: bool,
    jobs: int,
    key: str,
) -> pd.DataFrame:
    held = adata.uns.get(key)
    if not isinstance(held, dict) or "fates" not in held or STATES not in adata.obs:
        raise KeyError(f"there is no uns[{key!r}]['fates']: call cellmnn.tl.fates first")
    facts = held["fates"]
    starts = str(facts["starts"])
    asked = None if starts == "stay" else model_of(adata, model, key)
    file = asked._file if asked else None
    course = fate_course(adata, asked, f"{key}_time", str(facts["use_rep"]), force, gene_means=True)
    known = _core.KnownFates.by_cells(course, label_column(adata.obs[STATES]))
    fates = _core.Fates.of(course, known, starts, int(facts["later_cells"]), int(facts["seed"]), file, jobs)
    genes = [course.modelled_gene(name) for name in names] if names is not None else course.modelled_genes
    chosen = range(len(course.snapshot_times) - 1) if from_time is None else [course.snapshot_at(from_time)]
    shares = fates.probabilities(course)
    rows = []
    for snapshot in chosen:
        time = course.snapshot_times[snapshot]
        if fates.known[snapshot] < _core.KNOWN_FOR_DRIVERS:
            logger.warning(f"at time {time:g} the fates of cells are not known")
        fractions = shares[course.times == time].mean(axis=0)
        for gene, moved, p, control, verdict in fates.changes(
            course, snapshot, np.asarray(genes, dtype=np.int64), *change, controls, file, jobs
        ):
            for fate, name in enumerate(known.names):
                numbers = (fractions[fate], moved[fate], p[fate], control[fate])
                rows.append((time, course.genes[gene], name, *numbers, verdict[fate]))
    table = pd.DataFrame(rows, columns=["time", "gene", "fate", "fraction", "change", "p", "control", "verdict"])
    order = table["change"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)
