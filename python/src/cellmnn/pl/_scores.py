from typing import TYPE_CHECKING

import numpy as np

from .. import get
from .._target import KEY
from ._axes import axes_or_new, without_frame

if TYPE_CHECKING:
    from anndata import AnnData
    from matplotlib.axes import Axes


def loss(adata: "AnnData", *, key: str = KEY, ax: "Axes | None" = None) -> "Axes":
    """The loss over the steps of the training, and its largest part.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.train`
    key
        the ``key_added`` of the training
    ax
        where to draw; by default a new figure
    """
    frame = get.loss(adata, key)
    ax = axes_or_new(ax)
    ax.plot(frame["step"], frame["loss"], color="black", label="loss")
    ax.plot(frame["step"], frame["mmd"], color="0.6", label="distance to the measured cells")
    ax.set(xlabel="step", ylabel="loss", ylim=(0, None))
    ax.legend(frameon=False)
    without_frame(ax)
    return ax


def evaluation(adata: "AnnData", *, metric: str = "w1", key: str = KEY, ax: "Axes | None" = None) -> "Axes":
    """The scores of all methods: a point for each hold-out (the mean over seeds), a bar for the mean.

    Lower is better. The dark band is the noise floor: halves of the held-out cells against each other, from the nearest
    to the farthest.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.evaluate`
    metric
        w1, w2, mmd, rbf_mmd or energy
    key
        the ``key_added`` of the evaluation
    ax
        where to draw; by default a new figure
    """
    scores = get.scores(adata, key)
    metrics = ["w1", "w2", "mmd", "rbf_mmd", "energy"]
    if metric not in metrics:
        raise ValueError(f"metric is {metric!r}, but must be one of {', '.join(metrics)}")
    ax = axes_or_new(ax, (6, 4))
    of_times = scores.groupby(["method", "hold_out"], sort=False)[metric].mean()
    methods = [name for name in dict.fromkeys(scores["method"]) if name != "noise-floor"]
    times = sorted(scores["hold_out"].unique())
    for place, method in enumerate(methods):
        values = of_times[method]
        ax.bar(place, values.mean(), color="#9ecae1" if method == "cellmnn" else "0.85", zorder=1)
        shifts = np.interp(values.index, times, np.linspace(-0.25, 0.25, len(times))) if len(times) > 1 else [0]
        ax.scatter(place + np.asarray(shifts), values, s=14, c=values.index, cmap="viridis", zorder=2)
    if "noise-floor" in set(scores["method"]):
        floor = scores.loc[scores["method"] == "noise-floor", metric]
        ax.axhspan(floor.min(), floor.max(), color="0.4", alpha=0.25, lw=0, label="noise floor", zorder=3)
        ax.legend(frameon=False)
    ax.set_xticks(range(len(methods)), methods, rotation=45, ha="right")
    ax.set(ylabel={"w1": "W1", "w2": "W2"}.get(metric, metric), ylim=(0, None))
    without_frame(ax)
    return ax
