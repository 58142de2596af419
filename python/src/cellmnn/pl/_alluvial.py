from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .. import get
from .._colors import label_colors
from .._course import obs_column
from ._axes import axes_or_new, without_frame

if TYPE_CHECKING:
    from anndata import AnnData
    from matplotlib.axes import Axes

_WIDTH = 0.12  # of a bar, in steps from one time to the next
_GAP = 0.012  # between the labels of a bar
_LEAST_FLOW = 0.004  # share below which a band is not drawn


def alluvial(
    adata: "AnnData", *, groupby: str | None = None, key: str = "cellmnn_label_flows", ax: "Axes | None" = None
) -> "Axes":
    """Bars of the measured shares of labels at each time, and bands of which labels become which.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.label_flows`
    groupby
        the column of ``obs`` with the labels, for the colours that ``uns[groupby + "_colors"]`` has of them
    key
        the ``key_added`` of the flows
    ax
        where to draw; by default a new figure
    """
    flows = get.label_flows(adata, key)
    shares = _measured(flows)
    times, labels = list(shares.index), list(shares.columns)
    if groupby is not None:
        obs_column(adata, groupby, "groupby")
    colors = dict(zip(labels, label_colors(adata, groupby, labels), strict=True))
    ax = axes_or_new(ax, (1.5 + 1.6 * len(times), 4))
    stacked = shares.to_numpy() + np.where(shares.to_numpy() > 0, _GAP, 0)
    bottoms = pd.DataFrame(np.cumsum(stacked, axis=1) - stacked, index=times, columns=labels)
    for place, (time, later) in enumerate(zip(times, times[1:], strict=False)):
        _bands(ax, place, flows[flows["from_time"] == time], shares, bottoms, (time, later), colors)
    for label, color in colors.items():
        ax.bar(range(len(times)), shares[label], _WIDTH, bottoms[label], color=color, label=label)
    ax.set_xticks(range(len(times)), [f"{time:g}" for time in times])
    ax.set(xlabel="time", ylabel="share of the cells", yticks=[])
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    without_frame(ax)
    ax.spines["left"].set_visible(False)
    return ax


def _measured(flows: pd.DataFrame) -> pd.DataFrame:
    """Shares of the labels, one row a time."""
    begin = flows.rename(columns={"from_time": "time", "from_label": "label", "measured_from": "share_of"})
    end = flows.rename(columns={"to_time": "time", "to_label": "label", "measured_to": "share_of"})
    both = pd.concat([begin[["time", "label", "share_of"]], end[["time", "label", "share_of"]]]).drop_duplicates()
    labels = list(dict.fromkeys(both["label"]))
    return both.pivot(index="time", columns="label", values="share_of").fillna(0.0)[labels]


def _bands(
    ax: "Axes",
    place: int,
    flows: pd.DataFrame,
    shares: pd.DataFrame,
    bottoms: pd.DataFrame,
    times: tuple[float, float],
    colors: dict[str, str],
) -> None:
    """From one time to the next. Both ends of a bar are filled: flows are shares of what leaves and of what arrives."""
    way = np.linspace(0, 1, 40)
    bend = way * way * (3 - 2 * way)
    x = place + _WIDTH / 2 + way * (1 - _WIDTH)
    begin, end = dict(bottoms.loc[times[0]]), dict(bottoms.loc[times[1]])
    leaving, arriving = flows.groupby("from_label")["share"].sum(), flows.groupby("to_label")["share"].sum()
    for source, to, share in zip(flows["from_label"], flows["to_label"], flows["share"], strict=True):
        if share <= 0:
            continue
        out = shares.loc[times[0], source] * share / leaving[source]
        into = shares.loc[times[1], to] * share / arriving[to]
        if share > _LEAST_FLOW:
            low = begin[source] + bend * (end[to] - begin[source])
            ax.fill_between(x, low, low + out + bend * (into - out), color=colors[source], alpha=0.35, lw=0)
        begin[source] += out
        end[to] += into
