from typing import TYPE_CHECKING

import numpy as np

from .. import get
from .._course import coordinates
from .._target import KEY
from ._axes import GREY, axes_or_new, without_frame

if TYPE_CHECKING:
    from anndata import AnnData
    from matplotlib.axes import Axes


def _colors(adata: "AnnData", names: list[str]) -> dict[str, str]:
    return dict(zip(names, (str(color) for color in adata.uns["term_states_fwd_colors"]), strict=False))


def fates(adata: "AnnData", *, basis: str | None = None, key: str = KEY, ax: "Axes | None" = None) -> "Axes":
    """The probabilities of fates.

    Without ``basis`` bars of their means at each time, and how much is known of each cell's fate above them. With
    ``basis`` the cells, each in the colours of the fates mixed by their probabilities, and the greyer the less it is
    committed.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.fates`
    basis
        an embedding, such as "umap"
    key
        the ``key_added`` of the fates
    ax
        where to draw; by default a new figure
    """
    probabilities = get.fates(adata)
    known = get.known(adata, key)
    colors = _colors(adata, list(probabilities))
    if basis is not None:
        return _on_embedding(adata, basis, probabilities.to_numpy(), colors, key, axes_or_new(ax))
    times = adata.obs[f"{key}_time"].to_numpy(float)
    ax = axes_or_new(ax, (1.2 + 0.9 * len(known), 4))
    means = probabilities.groupby(times).mean()
    base = np.zeros(len(means))
    for name, color in colors.items():
        ax.bar(range(len(means)), means[name], bottom=base, color=color, label=name, width=0.8)
        base += means[name].to_numpy()
    for place, (_, row) in enumerate(known.iterrows()):
        text = row["in_words"] if np.isnan(row["known"]) else f"{row['in_words']}\n{row['known']:.2f}"
        ax.text(place, 1.02, text, ha="center", va="bottom", fontsize="small")
    ax.set_xticks(range(len(means)), [f"{time:g}" for time in means.index])
    ax.set(xlabel="time", ylabel="mean probability of a fate", ylim=(0, 1.15))
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    without_frame(ax)
    return ax


def _on_embedding(
    adata: "AnnData", basis: str, probabilities: np.ndarray, colors: dict[str, str], key: str, ax: "Axes"
) -> "Axes":
    from matplotlib.colors import to_rgb

    name = basis if basis in adata.obsm else f"X_{basis}"
    if name not in adata.obsm:
        raise KeyError(f"obsm has no {name!r} (basis): it holds {list(adata.obsm)}")
    places = coordinates(adata, name, 2)
    mixed = probabilities @ np.array([to_rgb(color) for color in colors.values()])
    committed = np.clip(adata.obs[f"{key}_fate_commitment"].to_numpy(float), 0, 1)[:, None]
    shown = committed * mixed + (1 - committed) * float(GREY)
    order = np.argsort(committed[:, 0], kind="stable")
    ax.scatter(places[order, 0], places[order, 1], s=6, c=np.clip(shown[order], 0, 1), lw=0, rasterized=True)
    for fate, color in colors.items():
        ax.scatter([], [], color=color, label=fate)
    ax.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    short = name.removeprefix("X_")
    ax.set(xlabel=f"{short} 1", ylabel=f"{short} 2", xticks=[], yticks=[])
    without_frame(ax)
    return ax


def trends(adata: "AnnData", gene: str, *, key: str = "cellmnn_trends", ax: "Axes | None" = None) -> "Axes":
    """The expression of a gene along the way to each fate, with its 95 % interval. Points are means of all cells.

    Parameters
    ----------
    adata
        after :func:`cellmnn.tl.trends`
    gene
        one of its genes
    key
        the ``key_added`` of the trends
    ax
        where to draw; by default a new figure
    """
    table = get.trends(adata, key)
    table = table[table["gene"] == gene]
    if table.empty:
        raise KeyError(f"the trends have no gene {gene!r}: call cellmnn.tl.trends with it")
    names = list(dict.fromkeys(table["fate"]))
    colors = _colors(adata, [str(name) for name in adata.uns["fates_fwd_names"]])
    ax = axes_or_new(ax)
    for name in names:
        rows = table[table["fate"] == name]
        ax.fill_between(rows["time"], rows["low"], rows["high"], color=colors[name], alpha=0.2, lw=0)
        ax.plot(rows["time"], rows["mean"], color=colors[name], label=name)
    measured = table[(table["fate"] == names[0]) & table["all_cells"].notna()]
    ax.scatter(measured["time"], measured["all_cells"], s=18, color="0.4", zorder=3, label="all cells")
    ax.set(xlabel="time", ylabel=f"mean expression of {gene}")
    ax.legend(frameon=False)
    without_frame(ax)
    return ax
