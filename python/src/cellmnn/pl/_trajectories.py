from typing import TYPE_CHECKING, Any

import numpy as np

from .._course import coordinates
from .._data_of_model import course_of_model
from .._progress import seed
from .._target import KEY, model_of
from ._axes import GREY, axes_or_new, without_frame

if TYPE_CHECKING:
    from anndata import AnnData
    from matplotlib.axes import Axes


def trajectories(
    adata: "AnnData",
    *,
    basis: str | None = None,
    n_cells: int = 50,
    from_time: float | None = None,
    n_times: int = 40,
    n_neighbors: int = 10,
    model: Any = None,
    random_state: int = 0,
    key: str = KEY,
    ax: "Axes | None" = None,
) -> "Axes":
    """The paths of some cells from one time to the last training time.

    In the coordinates of the model a path is drawn where it is. In another embedding each point of it lies at the mean
    place of the measured cells that are nearest to it in the coordinates of the model: no model lives there.

    Parameters
    ----------
    adata
        cells in the coordinates of the model
    basis
        the embedding, such as "umap"; by default that of the model
    n_cells
        how many cells are followed, drawn at random
    from_time
        the time at which they begin; by default the first
    n_times
        points of a path
    n_neighbors
        cells whose mean place stands for a point in another embedding
    model
        a Model or the name of its file; by default that of ``uns[key]``
    random_state
        seed of the choice of cells
    key
        the ``key_added`` of the training
    ax
        where to draw; by default a new figure
    """
    asked = model_of(adata, model, key)
    course = course_of_model(adata, asked, None, None, False)
    cells, own = coordinates(adata, course.embedding_key, asked.dims), course.times
    begin = course.snapshot_times[0 if from_time is None else course.snapshot_at(from_time)]
    end = asked.training_times[-1]
    if not begin < end:
        raise ValueError(f"from_time is {begin:g}, but the last training time is {end:g}: expected an earlier time")
    rows = np.flatnonzero(own == begin)
    chosen = np.random.default_rng(seed(random_state)).choice(rows, min(n_cells, len(rows)), replace=False)
    at = np.linspace(begin, end, n_times)
    paths = asked.predict(cells[chosen], begin, at.tolist(), progress=False)
    name = course.embedding_key if basis is None else basis if basis in adata.obsm else f"X_{basis}"
    if name == course.embedding_key:
        places, paths = cells[:, :2], paths[:, :, :2]
    else:
        if name not in adata.obsm:
            raise KeyError(f"obsm has no {name!r} (basis): it holds {list(adata.obsm)}")
        places = coordinates(adata, name, 2)
        paths = _places_of(paths, cells, places, n_neighbors)
    ax = axes_or_new(ax)
    ax.scatter(places[:, 0], places[:, 1], s=4, c=GREY, lw=0, rasterized=True)
    from matplotlib.collections import LineCollection

    steps = np.stack([paths[:-1], paths[1:]], axis=2).reshape(-1, 2, 2)
    lines = LineCollection(list(steps), cmap="viridis", linewidths=1.2, alpha=0.9)
    lines.set_array(np.repeat(at[:-1], len(chosen)))
    ax.add_collection(lines)
    ax.scatter(paths[0, :, 0], paths[0, :, 1], s=8, color="black", zorder=3)
    ax.figure.colorbar(lines, ax=ax, label=f"time [{course.time_unit}]" if course.time_unit else "time", shrink=0.7)
    short = name.removeprefix("X_")
    ax.set(xlabel=f"{short} 1", ylabel=f"{short} 2", xticks=[], yticks=[])
    without_frame(ax)
    return ax


def _places_of(paths: np.ndarray, cells: np.ndarray, places: np.ndarray, n_neighbors: int) -> np.ndarray:
    """(T, n, 2) mean places of the cells nearest to the points (T, n, D)."""
    from scipy.spatial import cKDTree

    nearest = cKDTree(cells).query(paths.reshape(-1, cells.shape[1]), k=min(n_neighbors, len(cells)))[1]
    nearest = nearest.reshape(len(nearest), -1)
    means: np.ndarray = places[nearest].mean(axis=1).reshape(*paths.shape[:2], 2)
    return means
