from typing import TYPE_CHECKING

import numpy as np

from .. import get
from ._axes import DOWN, UP, axes_or_new

if TYPE_CHECKING:
    from anndata import AnnData
    from matplotlib.axes import Axes


def network(
    adata: "AnnData", gene: str, *, top: int = 12, key: str = "cellmnn_network", ax: "Axes | None" = None
) -> "Axes":
    """The strongest effects from and to a gene.

    Regulators stand on the left, targets on the right. Red lines with arrows activate, blue lines with bars repress;
    width is the score.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.network`
    gene
        the gene in the middle
    top
        at most so many regulators, and so many targets
    key
        the ``key_added`` of the network
    ax
        where to draw; by default a new figure
    """
    edges = get.network(adata, key, gene)
    regulators = edges[edges["target"] == gene].head(top)
    targets = edges[edges["source"] == gene].head(top)
    rows = max(len(regulators), len(targets), 3)
    ax = axes_or_new(ax, (6, 0.32 * rows + 0.6))
    widest = edges["score"].abs().max() or 1
    for side, names, effects, scores in (
        (-1, regulators["source"], regulators["effect"], regulators["score"]),
        (1, targets["target"], targets["effect"], targets["score"]),
    ):
        heights = np.linspace(1, -1, len(names)) if len(names) > 1 else np.zeros(len(names))
        for name, effect, score, height in zip(names, effects, scores, heights, strict=True):
            ax.text(1.05 * side, height, name, ha="left" if side > 0 else "right", va="center")
            start, end = ((-1.0, height), (-0.3, 0.0)) if side < 0 else ((0.3, 0.0), (1.0, height))
            ax.annotate(
                "",
                end,
                start,
                arrowprops={
                    "arrowstyle": "-|>" if effect > 0 else "-[,widthB=0.5,lengthB=0",
                    "color": UP if effect > 0 else DOWN,
                    "lw": 0.5 + 2.5 * abs(score) / widest,
                    "shrinkA": 2,
                    "shrinkB": 2,
                },
            )
    ax.text(0, 0, gene, ha="center", va="center", weight="bold")
    ax.set(xlim=(-1.6, 1.6), ylim=(-1.25, 1.25))
    ax.set_title("regulators", loc="left", fontsize="medium")
    ax.set_title("targets", loc="right", fontsize="medium")
    ax.axis("off")
    return ax
