from typing import TYPE_CHECKING

import numpy as np

from .. import get
from ._axes import DOWN, UP, axes_or_new, without_frame

if TYPE_CHECKING:
    from anndata import AnnData
    from matplotlib.axes import Axes


def perturbation(
    adata: "AnnData",
    *,
    time: float | None = None,
    top: int = 20,
    key: str = "cellmnn_perturbation",
    ax: "Axes | None" = None,
) -> "Axes":
    """The genes that change most.

    By a model, the grey bars are mean and standard deviation of the same change of genes that are alike.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.perturb`
    time
        of the prediction; by default the last
    top
        how many genes
    key
        the ``key_added`` of the answer
    ax
        where to draw; by default a new figure
    """
    answer = get.perturbation(adata, key)
    times = answer["time"].unique()
    at = times[-1] if time is None else times[np.argmin(np.abs(times - time))]
    if time is not None and abs(at - time) > 1e-6 * abs(time):
        raise ValueError(f"time is {time:g}, but the answer is of {', '.join(f'{each:g}' for each in times)}")
    genes = answer[answer["time"] == at]
    genes = genes.loc[genes["change"].abs().sort_values(ascending=False, kind="stable").index[:top]].iloc[::-1]
    ax = axes_or_new(ax, (5, 0.24 * len(genes) + 1))
    ax.barh(genes["gene"], genes["change"], color=np.where(genes["change"] > 0, UP, DOWN))
    if "control_sd" in genes:
        ax.errorbar(genes["control_mean"], genes["gene"], xerr=genes["control_sd"], fmt="none", ecolor="0.3", capsize=2)
    ax.axvline(0, color="black", lw=0.8)
    what = "expression" if "control_sd" in genes else "level"
    ax.set(xlabel=f"change of {what} at time {at:g}", title=str(adata.uns[key]["changes"]))
    without_frame(ax)
    return ax
