from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from .. import _core
from .._course import label_column, obs_column
from .._progress import seed, threads
from .._target import KEY, target
from ._fates import fate_course, model_if_any

if TYPE_CHECKING:
    from anndata import AnnData


def label_flows(
    adata: "AnnData",
    groupby: str,
    *,
    starts: str | None = None,
    model: Any = None,
    later_cells: int = _core.USUAL_LATER_CELLS,
    time_key: str | None = None,
    use_rep: str | None = None,
    time_map: Mapping[str, float] | None = None,
    force: bool = False,
    random_state: int = 0,
    n_jobs: int | None = None,
    key: str = KEY,
    key_added: str = "cellmnn_label_flows",
    copy: bool = False,
) -> "AnnData | None":
    """Which labels become which from time to time, measured and predicted.

    By the soft transitions of :func:`fates`. Where predicted and measured shares differ, types grow or die, or the
    transitions are wrong: the table cannot tell which.

    Parameters
    ----------
    adata
        cells of two times or more, with coordinates in ``obsm``
    groupby
        the column of ``obs`` with the labels, such as cell types
    starts, model, later_cells, time_key, use_rep, time_map, force, random_state, n_jobs
        as in :func:`fates`
    key
        the ``key_added`` of the training
    key_added
        the answer goes to ``uns[key_added]``
    copy
        return a copy instead of writing to ``adata``

    Returns
    -------
    None, or with ``copy`` the AnnData. :func:`cellmnn.get.label_flows` gives one row a time but the last, and pair of
    labels: from_time, from_label, to_time, to_label, the share of all labelled cells that have the one and become the
    other, the measured shares of both, and predicted_to, what the flows predict of the second.

    Raises
    ------
    KeyError
        for a column that is not there
    ValueError
        for cells of one time
    """
    adata = target(adata, copy)
    column = obs_column(adata, groupby, "groupby")
    asked = model_if_any(adata, model, starts, key)
    course = fate_course(adata, asked, time_key, use_rep, force, time_map=time_map)
    labels = label_column(column)
    used = starts or ("both" if asked else "stay")
    flows, shares = _core.label_flows(
        course, labels, used, int(later_cells), seed(random_state), asked._file if asked else None, threads(n_jobs)
    )
    names, times = list(labels.labels), course.snapshot_times
    rows = [
        (times[s], names[a], times[s + 1], names[b], flow[a, b], shares[s][a], shares[s + 1][b], flow[:, b].sum())
        for s, flow in enumerate(flows)
        for a in range(len(names))
        for b in range(len(names))
        if shares[s][a] > 0 and shares[s + 1][b] > 0
    ]
    columns = ["from_time", "from_label", "to_time", "to_label", "share"]
    adata.uns[key_added] = pd.DataFrame(rows, columns=[*columns, "measured_from", "measured_to", "predicted_to"])
    return adata if copy else None
